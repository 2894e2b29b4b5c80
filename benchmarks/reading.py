"""Postings drawn for reading, as text with every mention marked: how the samples of docs/accuracy.md were drawn.

    python -m benchmarks.reading POSTINGS --seed 52 --systems 40 --others 60 --without READ.jsonl > sample.txt

One posting an employer, English, no two near-duplicates, none that is a near-duplicate of a posting in the files of `--without`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterable, Iterator

from skilltax import Tagger
from skilltax.postings.duplicates import fingerprint, groups
from skilltax.postings.language import language_of
from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings
from skilltax.tagging.model import TaggedPosting

# Two of these make a posting one of systems. Words, not tags: what the tagger misses must not decide what is read.
SYSTEMS = re.compile(
    r"""\b(kernels?|hypervisors?|kvm|qemu|xen|vmware|virtualization|openstack|gpus?|cuda|rocm|nccl|hpc|slurm|infiniband|rdma|dpdk|ebpf
    |firmware|uefi|bmc|boot\s?loaders?|embedded\ linux|device\ drivers?|drivers|rtos|fpgas?|asics?|socs?|pcie|nvme|compilers?|llvm
    |(?:system)?verilog|ceph|lustre|storage\ engine|bgp|evpn|vxlan)\b""",
    re.IGNORECASE | re.VERBOSE,
)
LENGTH = range(1000, 12_000)  # characters: shorter ones say little, longer ones are several postings


def draw(postings: Iterable[Posting], seed: int, systems: int, others: int, without: Iterable[Posting] = ()) -> list[Posting]:
    """Draw postings with systems terms, and others, in the order of a shuffle by the seed."""
    read, pool = list(without), list(postings)
    group = groups([fingerprint(p.text) for p in (*read, *pool)]).tolist()
    known, employers = set(group[: len(read)]), {p.company for p in read if p.company}
    shuffled = list(zip(pool, group[len(read) :], strict=True))
    random.Random(seed).shuffle(shuffled)
    wanted, drawn = {True: systems, False: others}, list[Posting]()
    for posting, number in shuffled:
        kind = len({m.lower() for m in SYSTEMS.findall(posting.text)}) > 1
        if not wanted[kind] or number in known or posting.company in employers or len(posting.text) not in LENGTH:
            continue
        if language_of(posting.text) == "en":
            wanted[kind] -= 1
            known.add(number)
            employers |= {posting.company} if posting.company else set()
            drawn.append(posting)
    return drawn


def marked(tagged: TaggedPosting) -> Iterator[str]:
    """The text with its mentions as [[text|concept|strength]], skills of kind soft as {{text}}; the concept where the text is another."""
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
    options.add_argument("--save", help="write what was drawn, as JSON Lines")
    given = options.parse_args()
    read = [p for path in given.without for p in read_postings(path)]
    drawn = draw(read_postings(given.postings), given.seed, given.systems, given.others, read)
    if given.save:
        with open(given.save, "w", encoding="utf-8") as file:
            file.writelines(
                json.dumps({"id": p.id, "title": p.title, "company": p.company, "text": p.text}) + "\n" for p in drawn
            )
    for tagged in Tagger().pipe(drawn):
        print("".join(marked(tagged)))


if __name__ == "__main__":
    main()
