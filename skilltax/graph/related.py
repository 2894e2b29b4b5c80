"""What belongs with a skill, and how one gets from one skill to another."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

import networkx as nx
import numpy as np

from skilltax.errors import SkilltaxError
from skilltax.graph import measures
from skilltax.graph.answers import Answer, as_counts, known, thin
from skilltax.graph.backbone import LEVEL
from skilltax.graph.counts import Counts
from skilltax.graph.kin import Kin
from skilltax.taxonomy.model import Taxonomy

ORDERS = ("g2", "npmi", "lift", "share", "postings")


class Related(NamedTuple):
    """A skill that stands with another one.

    Attributes
    ----------
    concept, label, category : str
        The skill.
    postings : int
        Postings that hold both.
    share, low, high : float
        Share of the other one's postings that hold it, with its 95 % interval (Wilson).
    lift, npmi, g2, q : float
        See :mod:`skilltax.graph.measures`; `q` over all skills that the other one could stand with.
    """

    concept: str
    label: str
    category: str
    postings: int
    share: float
    low: float
    high: float
    lift: float
    npmi: float
    g2: float
    q: float


def related(
    source: Counts | nx.Graph,
    concept: str,
    *,
    by: str = "g2",
    top: int = 15,
    min_postings: int = 2,
    kin: bool = False,
    taxonomy: Taxonomy | None = None,
) -> Answer[Related]:
    """What stands with a skill more often than by chance.

    Parameters
    ----------
    source : Counts or networkx.Graph
        Counts, selected to a role or to months where wanted, or a graph.
    concept : str
        Id of the skill.
    by : str
        Order: ``g2`` (surest first; favours what many postings hold), ``npmi`` or ``lift`` (strongest; favours what is rare),
        ``share``, ``postings``.
    top : int
        How many at most.
    min_postings : int
        In how many postings both must stand.
    kin : bool
        Whether what is above or below it in the taxonomy is shown: that they stand together is no news.
    taxonomy : Taxonomy, optional
        The shipped one without.

    Returns
    -------
    Answer of Related
        Only what stands with it more often than by chance (lift above 1). `postings` is how many hold the skill.

    Raises
    ------
    SkilltaxError
        Where no posting holds the skill, or the order is unknown.
    """
    counts = as_counts(source)
    known(concept, "skill", counts.concepts)
    if by not in ORDERS:
        raise SkilltaxError(f"by {by}: unknown; known are {', '.join(ORDERS)}")
    both, own, total = counts.together(concept), int(counts.singles[counts.place[concept]]), counts.total
    if not own:
        raise SkilltaxError(f"{concept}: none of the {total:,} postings holds it")
    family = Kin(taxonomy) if not kin else None
    at = np.array([
        i for i in np.flatnonzero(both >= max(1, min_postings)).tolist()
        if counts.ids[i] != concept and not (family and family(concept, counts.ids[i]))
    ], np.int64)  # fmt: skip
    n, others = both[at], counts.singles[at]
    low, high = measures.wilson(n, own)
    score = measures.g2(n, own, others, total)
    columns = {
        "postings": n, "share": measures.given(n, own), "low": low, "high": high, "lift": measures.lift(n, own, others, total),
        "npmi": measures.npmi(n, own, others, total), "g2": score, "q": measures.q_values(score, max(1, len(counts.ids) - 1)),
    }  # fmt: skip
    order = np.lexsort((at, -columns["postings"], -columns[by]))
    order = order[columns["lift"][order] > 1][:top]
    values = zip(*(columns[name][order].tolist() for name in columns), strict=True)
    nodes = [(counts.ids[i], counts.concepts[counts.ids[i]]) for i in at[order].tolist()]
    rows = [Related(c, node.label, node.category, *row) for (c, node), row in zip(nodes, values, strict=True)]
    label = counts.concepts[concept].label
    return Answer(f"What stands with {label}, of {total:,} postings", own, tuple(rows), thin(label, own), (label,))


class Path(NamedTuple):
    """A way from one skill to another.

    Attributes
    ----------
    steps : tuple of str
        Labels of the skills on the way, both ends too.
    postings : tuple of int
        Postings that hold each step and the next.
    npmi : tuple of float
        How strongly each step and the next belong together.
    """

    steps: tuple[str, ...]
    postings: tuple[int, ...]
    npmi: tuple[float, ...]


def paths(source: Counts | nx.Graph, start: str, end: str, *, top: int = 5, min_postings: int = 5) -> Answer[Path]:
    """The shortest ways from one skill to another over pairs that surely belong together (`q` below 0.05, lift above 1).

    A step is as long as ``1 / npmi``: two strong steps are shorter than a weak one. Yen, J. Y. (1971), "Finding the k shortest
    loopless paths in a network", Management Science 17(11).

    Parameters
    ----------
    source : Counts or networkx.Graph
        Counts, selected to a role or to months where wanted, or a graph.
    start, end : str
        Ids of the two skills.
    top : int
        Ways at most, the shortest first.
    min_postings : int
        Pairs that fewer postings hold are no step.

    Returns
    -------
    Answer of Path
        `postings` is how many there are in all.

    Raises
    ------
    SkilltaxError
        Where no posting holds one of them, or no way leads there.
    """
    counts = as_counts(source)
    for concept in (start, end):
        known(concept, "skill", counts.concepts)
    a, b, both = (column[counts.table.both >= min_postings] for column in counts.table)
    n_a, n_b, size = counts.singles[a], counts.singles[b], len(counts.ids)
    sure = measures.q_values(measures.g2(both, n_a, n_b, counts.total), size * (size - 1) // 2) < LEVEL
    sure &= measures.lift(both, n_a, n_b, counts.total) > 1
    npmi = measures.npmi(both, n_a, n_b, counts.total)
    graph = nx.Graph()
    for i, j, n, strength in zip(*(column[sure].tolist() for column in (a, b, both, npmi)), strict=True):
        graph.add_edge(i, j, count=n, npmi=strength, length=1 / strength)
    first, last = counts.place[start], counts.place[end]
    if first not in graph or last not in graph or not nx.has_path(graph, first, last):
        raise SkilltaxError(
            f"no way from {start} to {end} over pairs that {min_postings} or more postings hold and that are sure"
        )
    rows = []
    for way in islice(nx.shortest_simple_paths(graph, first, last, weight="length"), top):
        edges = [graph.edges[pair] for pair in nx.utils.pairwise(way)]
        rows.append(Path(
            tuple(counts.concepts[counts.ids[i]].label for i in way), tuple(e["count"] for e in edges),
            tuple(round(e["npmi"], 3) for e in edges),
        ))  # fmt: skip
    labels = counts.concepts[start].label, counts.concepts[end].label
    return Answer(f"From {labels[0]} to {labels[1]}", counts.total, tuple(rows))
