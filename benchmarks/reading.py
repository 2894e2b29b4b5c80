"""Postings drawn for reading, as text with every mention marked: how the samples of docs/accuracy.md were drawn.

    python -m benchmarks.reading POSTINGS --seed 52 --systems 40 --others 60 --without READ.jsonl > sample.txt

One posting an employer (told by the company, or by a long line that two postings share), English, no
two near-duplicates, and none that is one of a posting in the files of `--without`.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpus import write
from skilltax.postings.duplicates import fingerprint, groups
from skilltax.postings.language import language_of
from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings
from skilltax.tagging.model import TaggedPosting
from skilltax.tagging.tagger import Tagger

# One of these makes a posting one of systems. Words, not tags: what the tagger misses must not decide what is read.
SYSTEMS = re.compile(
    r"""\b(kernels?|hypervisors?|kvm|qemu|xen|vmware|virtualization|openstack|gpus?|cuda|rocm|nccl|hpc|slurm|infiniband|rdma|dpdk
    |ebpf|firmware|uefi|bmc|boot\s?loaders?|embedded\ linux|device\ drivers?|rtos|fpgas?|asics?|pcie|nvme
    |compilers?|llvm|(?:system)?verilog|ceph|lustre|storage\ engine|bgp|evpn|vxlan)\b""",
    re.IGNORECASE | re.VERBOSE,
)
SAID = 100  # characters of a line that is nobody else's
LENGTH = range(1000, 12_000)  # characters: shorter ones say little, longer ones are several postings


def draw(postings: Iterable[Posting], seed: int, systems: int, others: int, without: Iterable[Posting] = ()) -> list[Posting]:
    """Draw postings with systems terms, and others, in the order of a shuffle by the seed."""
    read, pool = list(without), list(postings)
    group = groups([fingerprint(p.text) for p in (*read, *pool)]).tolist()
    known: set[object] = set(group[: len(read)])
    shuffled = list(zip(pool, group[len(read) :], strict=True))
    random.Random(seed).shuffle(shuffled)
    wanted, drawn = {True: systems, False: others}, list[Posting]()
    for posting, number in shuffled:
        kind = SYSTEMS.search(posting.text) is not None
        signs = {number, *_employer(posting)}
        if wanted[kind] and len(posting.text) in LENGTH and known.isdisjoint(signs) and language_of(posting.text) == "en":
            wanted[kind] -= 1
            known |= signs
            drawn.append(posting)
    return drawn


def _employer(posting: Posting) -> set[object]:
    """What tells an employer: the company, and the long lines, which hold what it says of itself."""
    return {line for line in posting.text.splitlines() if len(line) > SAID} | ({posting.company} if posting.company else set())


def marked(tagged: TaggedPosting) -> Iterator[str]:
    """The text with mentions as [[text|concept|strength]], as [[text|strength]] where they are alike, soft ones as {{text}}."""
    yield f"@@@ {tagged.id} | {tagged.title} | {tagged.role} {tagged.seniority}\n"
    at = 0
    for m in tagged.mentions:
        yield tagged.text[at : m.start]
        concept = "" if m.concept == m.text.lower().replace(" ", "-") else f"|{m.concept}"
        yield f"{{{{{m.text}}}}}" if m.kind == "soft" else f"[[{m.text}{concept}|{m.strength[0]}]]"
        at = m.end
    yield tagged.text[at:] + "\n"


def main() -> None:
    """Draw, tag and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("postings")
    for name in ("seed", "systems", "others"):
        options.add_argument(f"--{name}", type=int, required=True)
    options.add_argument("--without", nargs="*", default=[])
    options.add_argument("--save", type=Path, help="write what was drawn, as JSON Lines")
    given = options.parse_args()
    read = [p for path in given.without for p in read_postings(path)]
    drawn = draw(read_postings(given.postings), given.seed, given.systems, given.others, read)
    if given.save:
        write(drawn, given.save)
    for tagged in Tagger().pipe(drawn):
        print("".join(marked(tagged)))


if __name__ == "__main__":
    main()
