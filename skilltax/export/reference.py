"""The reference graph: counts of some 5,000 real postings that come with the package, and the command that counts them again.

``python -m skilltax.export.reference POSTINGS.jsonl.gz`` tags the postings with the taxonomy of the day and writes the counts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx

from skilltax.export.counts import read_counts, save_counts
from skilltax.graph.build import build_graph
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts

PATH = Path(__file__).resolve().parents[1] / "data" / "reference.npz"
SOURCE = (
    "Postings of remote jobs, 2024-05 to 2025-03, from the public repository RemoteWLB/remote-jobs; counts only, by role and "
    "month, near-duplicates grouped. Remote work in software: hardware, firmware and high-performance computing are rare here."
)
MIN_POSTINGS = 5


@cache
def reference_counts() -> Counts:
    """Counts of the 3,512 real postings that come with the package, by role and month; near-duplicates are left out.

    Returns
    -------
    Counts
        Read once and then kept; its `source` tells what the postings are.
    """
    return read_counts(PATH)


def reference_graph(**options: Any) -> nx.Graph:
    """The graph of the real postings that come with the package.

    Parameters
    ----------
    **options
        As for :func:`skilltax.graph.build.build_graph`; ``min_postings`` is 5 unless given.

    Returns
    -------
    networkx.Graph
        Made anew at each call, in some seconds: most of it is the layout (``positions=False`` leaves it out).
    """
    return build_graph(reference_counts(), **{"min_postings": MIN_POSTINGS, **options})


def _dated(path: str) -> Iterator[Any]:
    """The postings of a file, posted in the month that is the second part of their id."""
    from skilltax.postings.read import read_postings

    for posting in read_postings(path):
        yield replace(posting, posted=posting.id.split("/")[1])


def main(path: str) -> None:
    """Tag postings, count them, and write the counts that come with the package."""
    from skilltax.tagging.tagger import Tagger

    counts = replace(count(Tagger().pipe(_dated(path))), source=SOURCE)
    save_counts(counts, PATH)
    size = f"{PATH.stat().st_size:,} bytes"
    sys.stderr.write(f"{PATH}: {counts.total:,} postings, {counts.duplicates:,} near-duplicates left out, {size}\n")


if __name__ == "__main__":
    main(sys.argv[1])
