"""Measure everything, and write tables and plot into docs/performance.md: what stands between its marks is replaced."""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from benchmarks.corpus import NAME
from benchmarks.measure import everything
from benchmarks.peers import CACHE

ROOT = Path(__file__).parents[1]
PAGE, PLOT, CURVE = ROOT / "docs/performance.md", ROOT / "docs/images/performance.png", ROOT / "benchmarks/memory.json"
FIGURES = ROOT / "benchmarks/figures.json"
LIBRARIES = ("spacy", "ahocorasick-rs", "flashtext", "pyahocorasick", "scipy")


def machine() -> str:
    """Kind of processor and number of cores."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{model}, {os.cpu_count()} cores"


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """A table of Markdown."""
    yield from ("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))
    yield ""


def page(f: dict[str, Any], curve: list[tuple[int, float]]) -> Iterator[str]:
    """The lines between the marks."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"{f['date']}, {machine()}, Python {platform.python_version()}, {libraries}; {NAME}. CPU time unless said otherwise,"
    yield f"medians of interleaved runs; spaCy's tokenizer cache set to {CACHE:,} (its default of 10,000 makes it slower).\n"
    if "note" in f:
        yield f["note"] + "\n"
    s, d, c, w, b = f["speeds"], f["docs"], f["commands"], f["workers"], f["starts"]
    ours, ruler, raw = s["skilltax, full tagger"], s["spaCy EntityRuler"], s["ahocorasick-rs, raw"]
    help_, first = b["skilltax --help"], b["skilltax tag, one posting"]
    yield "## Targets\n"
    yield from table(["what", "measured", "target"], [
        ["full tagger against EntityRuler with the same names", f"{ruler / ours:.2f} times", "6 times"],
        ["full tagger against a raw ahocorasick-rs scan", f"{raw / ours:.2f}", "0.3"],
        ["whole command against EntityRuler doing the same", f"{c['EntityRuler'] / c['skilltax tag']:.2f} times", "5 times"],
        ["two workers against one: CPU time of the busiest process", f"{w['1'][1] / w['2'][1]:.2f} times", "1.7 times"],
        [f"memory of a process, at most, over {curve[-1][0]:,} postings" if curve else "memory: not measured in this run",
         f"{max(m for _, m in curve):.0f} MB" if curve else "-", "300 MB, flat"],
        ["`skilltax --help`", f"{help_:.2f} s", "0.4 s"],
        ["first result of `skilltax tag` on one posting", f"{first:.2f} s", "1.2 s"],
        ["counting against the bare `M.T @ M`", f"{f['counting'][0] / f['counting'][1]:.1f} times", "at most 2 times"],
        ["mentions of one door only", f"{f['doors'][2]} of {f['doors'][1]:,} ({f['doors'][0]:,} postings)", "0"],
    ])  # fmt: skip
    yield "## Beside the peers\n"
    yield from table(["on a text", "ms a posting", "against the full tagger"],
                     [[name, f"{t:.2f}", f"{t / ours:.2f}"] for name, t in s.items()])  # fmt: skip
    yield from table(["on a Doc that is there", "ms"], [[name, f"{t:.2f}"] for name, t in d.items()])
    yield "## How cost grows\n"
    yield from table(
        ["names", "ms a posting", "EntityRuler"], [[f"{int(n):,}", f"{a:.2f}", f"{r:.2f}"] for n, (a, r) in f["names"].items()]
    )
    if "postings" in f:
        rows = [[f"{int(n):,}", f"{t:.1f}"] for n, t in f["postings"].items()]
        yield from table(["postings", "CPU seconds of `skilltax tag`"], rows)
    yield from table(["workers", "CPU seconds of the busiest process", "seconds that passed, on the shared machine"],
                     [[n, f"{cpu:.1f}", f"{passed:.1f}"] for n, (passed, cpu) in w.items()])  # fmt: skip
    yield from table(["characters of a text", "ms a thousand"], [[f"{int(n):,}", f"{t:.2f}"] for n, t in f["length"].items()])
    yield "Strings of one thing repeated, 80,000 characters, and how much longer four times the length takes (4 is linear):\n"
    yield from table(["string", "ms", "times"], [[name, f"{t:.0f}", f"{r:.1f}"] for name, (t, r) in f["hostile"].items()])


def plot(f: dict[str, Any], curve: list[tuple[int, float]]) -> None:
    """Speeds beside the peers; cost by names; memory."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 3.6), layout="constrained")
    left, middle, right = figure.subplots(1, 3)
    left.barh(list(f["speeds"]), list(f["speeds"].values()), color="#4878a8")
    left.set(xlabel="ms CPU a posting")
    names = [int(n) for n in f["names"]]
    for i, label in enumerate(("skilltax", "EntityRuler")):
        middle.plot(names, [pair[i] for pair in f["names"].values()], marker="o", label=label)
    middle.set(xscale="log", xlabel="names", ylabel="ms CPU a posting", ylim=(0, None))
    middle.legend()
    right.plot([n for n, _ in curve], [m for _, m in curve])
    right.set(xlabel="postings handed over", ylabel="MB, largest process", ylim=(0, 300))
    figure.savefig(PLOT, dpi=110)


def main() -> None:
    """Measure (`--quick`: with fewer repetitions), or with `--again` write anew from the figures of the last run."""
    if "--again" in sys.argv:
        figures = json.loads(FIGURES.read_text("utf-8"))
    else:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        everything(
            lambda figures: FIGURES.write_bytes(orjson.dumps({"date": today, **figures}, option=orjson.OPT_NON_STR_KEYS))
        )
        figures = json.loads(FIGURES.read_text("utf-8"))
    curve = json.loads(CURVE.read_text("utf-8")) if CURVE.exists() else []
    text = "\n".join(page(figures, curve))
    old = PAGE.read_text("utf-8")
    PAGE.write_text(
        re.sub(r"(<!-- figures -->\n).*(<!-- end -->)", lambda m: f"{m[1]}{text}\n{m[2]}", old, flags=re.S), "utf-8"
    )
    plot(figures, curve)


if __name__ == "__main__":
    main()
