"""Spark beside the local engine, in CPU seconds of all processes: ``python -m benchmarks.spark [POSTINGS]``.

Each size is run in turn by both, so that what a start costs once (JVM, Python worker) and what grows can be told apart.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.corpus import NAME, postings, write
from skilltax.errors import SkilltaxError
from skilltax.export.tags import read_tags, write_tags
from skilltax.graph.counting import count
from skilltax.postings.read import read_postings
from skilltax.tagging.tagger import Tagger

SIZES = (500, 1_000, 2_000, 4_000)
ROUNDS = 2  # the second one counts: compilers have seen the code by then


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process and those that it started."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    me = psutil.Process()
    return sum(sum(process.cpu_times()[:2]) for process in (me, *me.children(recursive=True)))


def main(most: int) -> None:
    """Print a table of the sizes up to `most`."""
    try:
        from skilltax.engines import spark
    except SkilltaxError as error:
        print(f"skipped: {error}", file=sys.stderr)
        return
    if shutil.which("java") is None:
        print("skipped: Spark needs Java", file=sys.stderr)
        return
    session = spark.session("local[1]")
    session.sparkContext.setLogLevel("ERROR")
    tagger = Tagger()

    def works(given: str, there: str, here: str) -> list[Callable[[], object]]:
        return [
            lambda: spark.tag(spark.read(session, given).repartition(4)).write.mode("overwrite").parquet(there),
            lambda: write_tags(tagger.pipe(read_postings(given)), here),
            lambda: spark.count(session.read.parquet(there)),
            lambda: count(read_tags(here)),
        ]

    print(f"{NAME}; CPU seconds\n")
    print("| postings | tag: Spark | local | ratio | count: Spark | local | ratio |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in (size for size in SIZES if size <= most):
            given = str(write(postings(size), Path(folder) / f"{size}.jsonl"))
            several = works(given, f"{folder}/{size}-spark", f"{folder}/{size}.parquet")
            a, b, c, d = [[seconds(work) for work in several] for _ in range(ROUNDS)][-1]
            print(f"| {size:,} | {a:.1f} | {b:.1f} | {a / b:.1f} | {c:.1f} | {d:.1f} | {c / d:.1f} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1])
