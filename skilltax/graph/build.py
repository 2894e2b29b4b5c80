"""Building the graph of skills from counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import networkx as nx

from skilltax import __version__
from skilltax.graph.counts import KINDS, STRENGTHS, Counts, count, pairs_of
from skilltax.graph.measures import jaccard, npmi
from skilltax.tagging.model import TaggedPosting

DIGITS = 6  # of a measure that are stored


def skill_graph(
    tagged: Iterable[TaggedPosting],
    *,
    roles: Collection[str] | None = None,
    strengths: Collection[str] = STRENGTHS,
    kinds: Collection[str] = KINDS,
    min_postings: int = 1,
    mix_taxonomies: bool = False,
) -> nx.Graph:
    """The co-occurrence graph of tagged postings: :func:`count`, then :func:`build_graph`."""
    counts = count(tagged, strengths=strengths, kinds=kinds, mix_taxonomies=mix_taxonomies)
    return build_graph(counts, roles=roles, min_postings=min_postings)


def build_graph(counts: Counts, *, roles: Collection[str] | None = None, min_postings: int = 1) -> nx.Graph:
    """The co-occurrence graph of counted postings.

    Parameters
    ----------
    counts : Counts
        What was counted.
    roles : collection of str, optional
        Only postings of these roles.
    min_postings : int
        Concepts, and pairs, that fewer postings hold are left out.

    Returns
    -------
    networkx.Graph
        A node a concept, with ``label``, ``category``, ``kind``, ``postings`` (how many hold it), ``share`` (of all, 0 to
        1) and ``roles`` (postings by role). An edge a pair that stands together, with ``count``, ``jaccard``, ``npmi``,
        ``weight`` (= count) and ``roles``. ``graph.graph`` says what it was made from.
    """
    chosen = {role: m for role, m in counts.pairs.items() if roles is None or role in roles}
    total = sum(n for role, n in counts.postings.items() if role in chosen)
    matrix = counts.matrix(chosen)
    held = matrix.diagonal().tolist()
    ids = list(counts.concepts)
    by_role = {role: m.diagonal().tolist() for role, m in sorted(chosen.items())}
    graph: nx.Graph = nx.Graph(
        skilltax=__version__, taxonomy=", ".join(sorted(counts.taxonomy)), postings=total, min_postings=min_postings,
        roles={role: counts.postings[role] for role in sorted(chosen)},
    )  # fmt: skip
    for i, (concept, node) in enumerate(counts.concepts.items()):
        if held[i] >= min_postings:
            shares: dict[str, Any] = {role: n[i] for role, n in by_role.items() if n[i]}
            graph.add_node(concept, **node._asdict(), postings=held[i], share=round(held[i] / total, DIGITS), roles=shares)
    for a, b, both in pairs_of(matrix):
        if both >= min_postings and ids[a] in graph and ids[b] in graph:
            graph.add_edge(
                ids[a], ids[b], weight=both, count=both, roles={},
                jaccard=round(jaccard(both, held[a], held[b]), DIGITS), npmi=round(npmi(both, held[a], held[b], total), DIGITS),
            )  # fmt: skip
    for role, of_role in sorted(chosen.items()):
        for a, b, both in pairs_of(of_role):
            if graph.has_edge(ids[a], ids[b]):
                graph.edges[ids[a], ids[b]]["roles"][role] = both
    return graph
