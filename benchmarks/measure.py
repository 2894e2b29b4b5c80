"""The measurements, each a function that gives figures."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import psutil
import spacy

from benchmarks.corpus import postings, write
from benchmarks.peers import interleaved, names_of, peers, pipeline
from skilltax.export.encode import json_line
from skilltax.postings.clean import clean
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.model import Taxonomy

COMMAND = [sys.executable, "-c", "from skilltax.cli import main; main()"]
QUICK = "--quick" in sys.argv  # a fifth of the time, for a busy machine; figures are less sure
ROUNDS = 3 if QUICK else 5
HOSTILE = {
    "letters": "a", "stars": "*", "stars and words": "*nix _x ", "open brackets": "[", "links": "[a](", "ampersands": "&amp",
    "tags": "<p", "backslashes": "\\", "dots": ".", "blanks": " ", "lines": "\n", "commas": "Go, ", "slashes": "Go/",
    "years": "5+ years ", "colons": "a: ", "C's": "C ", "at signs": "a@", "Turkish": "İ", "mojibake": "â€™",
    "bullets": "* Go\n", "digits": "1.", "capitals": "Aaaaaaaaa ",
}  # fmt: skip


def speeds(tagger: Tagger, number: int = 100 if QUICK else 400) -> dict[str, float]:
    """Milliseconds a posting: the full tagger, also with its output, and the peers on the same names."""
    texts = [p.text for p in postings(number, every=10)]
    ours = {"skilltax, full tagger": tagger, "skilltax, with its line of JSON": lambda text: json_line(tagger(text))}
    return interleaved({**ours, **peers(names_of(tagger))}, texts, ROUNDS)


def on_docs(tagger: Tagger, number: int = 100 if QUICK else 300) -> dict[str, float]:
    """Milliseconds a Doc that is there already."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("skilltax")
    ruled = pipeline(names_of(tagger))
    ruler, phrases = ruled.get_pipe("entity_ruler"), component._phrases
    texts = [p.text for p in postings(number, every=10)]
    docs, others = [nlp.make_doc(t) for t in texts], [ruled.make_doc(t) for t in texts]
    return interleaved(
        {
            "skilltax component": lambda i: component(docs[i]),
            "EntityRuler": lambda i: ruler(others[i]),
            "PhraseMatcher alone": lambda i: phrases(docs[i]),
        },
        range(number),
        3,
    )


def commands(tagger: Tagger, folder: Path, number: int = 1500) -> dict[str, float]:
    """CPU seconds of whole commands, start and end included, JSON Lines to JSON Lines."""
    names = folder / "names.txt"
    names.write_text("\n".join(names_of(tagger)), "utf-8")
    given, out = write(postings(number, every=3), folder / "p.jsonl"), folder / "out.jsonl"
    runs = {
        "skilltax tag": [*COMMAND, "tag", str(given), "-o", str(out)],
        "EntityRuler": [sys.executable, "-m", "benchmarks.ruler", str(names), str(given), str(out)],
    }
    return {name: statistics.median(t) for name, t in _taken(runs, 1 if QUICK else 3).items()}


def workers(folder: Path, number: int = 2000 if QUICK else 3000) -> dict[str, tuple[float, float]]:
    """With one and with two workers, start included: seconds that pass, and CPU seconds of the busiest process; 1, 2 in turn.

    Seconds that pass say something only on an idle machine; where there are cores enough, all wait for the busiest process.
    Raises AssertionError where the bytes differ.
    """
    given = write(postings(number), folder / "w.jsonl")
    taken: dict[str, list[tuple[float, float]]] = {"1": [], "2": []}
    for _ in range(1 if QUICK else 3):
        for name, times in taken.items():
            times.append(_watched([*COMMAND, "tag", str(given), "-o", str(folder / f"{name}.jsonl"), "--workers", name]))
        assert (folder / "1.jsonl").read_bytes() == (folder / "2.jsonl").read_bytes()
    return {name: tuple(map(statistics.median, zip(*times, strict=True))) for name, times in taken.items()}  # type: ignore[misc]


def _watched(command: Sequence[str]) -> tuple[float, float]:
    """Seconds that pass, and CPU seconds of the busiest process, as they were in the last look at it."""
    begin, busy = time.perf_counter(), dict[int, float]()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        parent = psutil.Process(process.pid)
        while process.poll() is None:
            with suppress(psutil.Error):
                for one in (parent, *parent.children()):
                    busy[one.pid] = sum(one.cpu_times()[:2])
            time.sleep(0.02)
    return time.perf_counter() - begin, max(busy.values())


def by_postings(folder: Path) -> dict[int, float]:
    """CPU seconds of `skilltax tag` by the number of postings."""
    sizes = (1, 100, 1000) if QUICK else (1, 100, 1000, 5000)
    runs = {size: [*COMMAND, "tag", str(write(postings(size), folder / f"{size}.jsonl"))] for size in sizes}
    return {
        int(size): min(times) for size, times in _taken({str(s): run for s, run in runs.items()}, 1 if QUICK else 2).items()
    }


def starts(folder: Path) -> dict[str, float]:
    """CPU seconds of the shortest commands."""
    one = write(postings(1), folder / "one.jsonl")
    runs = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "skilltax --help": [*COMMAND, "--help"],
        "skilltax tag, one posting": [*COMMAND, "tag", str(one)],
    }
    return {name: statistics.median(t) for name, t in _taken(runs, ROUNDS).items()}


def _taken(runs: dict[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(run, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            taken[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return taken


def by_names(taxonomy: Taxonomy) -> dict[int, tuple[float, float]]:
    """For 1,000 to 30,000 names and all: milliseconds a posting of the tagger and of EntityRuler."""
    texts = [p.text for p in postings(500, every=10)]  # the first pass over so many makes the automaton
    found = {}
    order = sorted(taxonomy.concepts, key=lambda one: one[::-1])  # by their ends: of every category some
    for wanted in (1000, 10_000, 30_000, None) if QUICK else (1000, 3000, 10_000, 30_000, None):
        tagger = Tagger(_part(taxonomy, order, wanted)) if wanted else Tagger(taxonomy)
        names = names_of(tagger)
        nlp = pipeline(names)
        taken = interleaved({"ours": tagger, "ruler": nlp}, texts, 3)
        found[len(names)] = taken["ours"], taken["ruler"]
    return found


def _part(taxonomy: Taxonomy, order: Sequence[str], names: int) -> Taxonomy:
    """About so many names of a taxonomy, 15 a concept."""
    kept = set(order[: names // 15])
    concepts = {i: c.model_copy(update={"match": {}}) for i, c in taxonomy.concepts.items() if i in kept}
    return Taxonomy(concepts, rules=taxonomy.rules, version=f"part-{names}")


def by_length(tagger: Tagger) -> dict[int, float]:
    """Milliseconds a thousand characters, by the number of characters."""
    text = "\n".join(p.text for p in postings(64, every=50))
    sizes = [s for s in (1000, 4000, 16_000, 64_000, 256_000) if s <= len(text)]
    taken = interleaved({str(size): lambda _, size=size: tagger(text[:size]) for size in sizes}, [None], 7)
    return {int(size): time_ / int(size) * 1000 for size, time_ in taken.items()}


def hostile(tagger: Tagger, short: int = 80_000) -> dict[str, tuple[float, float]]:
    """For strings that are one thing again and again: milliseconds at a length, and how often that at four times the length."""
    found = {}
    for name, unit in HOSTILE.items():
        times = []
        for size in (short, 4 * short):
            text = (unit * (size // len(unit) + 1))[:size]
            begin = time.process_time()
            tagger(text)
            times.append((time.process_time() - begin) * 1000)
        found[name] = times[0], times[1] / max(times[0], 1)
    return found


def doors(tagger: Tagger, number: int = 500 if QUICK else 5070) -> tuple[int, int, int]:
    """The bulk door against the component on Docs of the cleaned view: postings, mentions, mentions that only one finds."""
    nlp = spacy.blank("en")
    component = nlp.add_pipe("skilltax")
    seen = mentions = other = 0
    for posting in postings(number):
        view = clean(posting.text).text
        if clean(view).text != view:
            continue
        doc = component(nlp.make_doc(view))
        one = {(s.start_char, s.end_char, s.id_) for s in doc.spans["skills"]}
        two = {(m.start, m.end, m.concept) for m in tagger(view).mentions}
        seen, mentions, other = seen + 1, mentions + len(two), other + len(one ^ two)
    return seen, mentions, other


def counting(tagger: Tagger, number: int = 100_000) -> tuple[float, float]:
    """CPU seconds: counting tagged postings in memory, and the bare product of sparse matrices."""
    from scipy import sparse

    from skilltax.graph.counting import count

    some = [tagger(p) for p in postings(2000, every=2)]
    many = (some * (number // len(some) + 1))[:number]
    concepts = {c: i for i, c in enumerate(sorted({c for t in some for c in t.skills}))}
    columns = [np.array([concepts[c] for c in t.skills]) for t in many]
    begin = time.process_time()
    count(many, keep_duplicates=True)
    ours = time.process_time() - begin
    starts_ = np.concatenate([[0], np.cumsum([len(c) for c in columns])])
    ones = sparse.csr_array((np.ones(starts_[-1], np.int32), np.concatenate(columns), starts_))
    begin = time.process_time()
    ones.T @ ones
    return ours, time.process_time() - begin


def everything(done: Callable[[dict[str, object]], None]) -> None:
    """Measure every figure; `done` is given what there is after each step."""
    tagger = Tagger()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps = {
            "speeds": lambda: speeds(tagger),
            "commands": lambda: commands(tagger, folder),
            "workers": lambda: workers(folder),
            "starts": lambda: starts(folder),
            "counting": lambda: counting(tagger),
            "docs": lambda: on_docs(tagger),
            "names": lambda: by_names(tagger.taxonomy),
            "postings": lambda: by_postings(folder),
            "length": lambda: by_length(tagger),
            "hostile": lambda: hostile(tagger),
            "doors": lambda: doors(tagger),
        }
        found: dict[str, object] = {}
        for step, measure in steps.items():
            print(f"{step} ...", file=sys.stderr, flush=True)
            found[step] = measure()
            print(f"  {found[step]}", file=sys.stderr, flush=True)
            done(found)
