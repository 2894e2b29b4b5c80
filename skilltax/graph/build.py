"""Building the graph of skills from counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import networkx as nx
import numpy as np

from skilltax import __version__
from skilltax.errors import SkilltaxError
from skilltax.graph import measures, structure
from skilltax.graph.backbone import LEVEL, METHODS, disparity, in_backbone, noise_corrected
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts
from skilltax.graph.kin import Kin, shipped
from skilltax.tagging.model import TaggedPosting
from skilltax.taxonomy.model import Taxonomy

WEIGHTS = ("count", "given_source", "given_target", "jaccard", "lift", "npmi", "g2", "nc")
ROUNDED = {"lift": 4, "g2": 4, "nc": 4}  # digits after the point; other measures have DIGITS
DIGITS = 6
SMALL = ("q", "alpha")  # chances, which may be very small: three digits that matter


def skill_graph(
    tagged: Iterable[TaggedPosting],
    *,
    roles: Collection[str] | None = None,
    months: tuple[str, str] | None = None,
    min_postings: int = 1,
    weight: str = "count",
    kin: bool = True,
    backbone: str = METHODS[0],
    significance: float = LEVEL,
    positions: bool = True,
    taxonomy: Taxonomy | None = None,
    **choices: Any,
) -> nx.Graph:
    """The co-occurrence graph of tagged postings: :func:`~skilltax.graph.counting.count`, then :func:`build_graph`.

    Parameters
    ----------
    tagged : iterable of TaggedPosting
        Read once.
    roles, months, min_postings, weight, kin, backbone, significance, positions, taxonomy
        As for :func:`build_graph`.
    **choices
        What counts (`strengths`, `kinds`, `without`, `level`, `alternatives`, `keep_duplicates`, `cap`, `mix_taxonomies`): as
        for :func:`~skilltax.graph.counting.count`.

    Returns
    -------
    networkx.Graph
        As :func:`build_graph` gives it.

    Raises
    ------
    SkilltaxError
        Where a choice is none of those that there are, or tags of different taxonomies meet.

    Examples
    --------
    >>> from skilltax import Tagger
    >>> graph = skill_graph(Tagger().pipe(["Go and Kubernetes", "Go, Kubernetes and Linux", "Rust"]))
    >>> graph.edges["go", "kubernetes"]["count"]
    2
    """
    return build_graph(
        count(tagged, taxonomy=taxonomy, **choices), roles=roles, months=months, min_postings=min_postings, weight=weight,
        kin=kin, backbone=backbone, significance=significance, positions=positions, taxonomy=taxonomy,
    )  # fmt: skip


def build_graph(
    counts: Counts,
    *,
    roles: Collection[str] | None = None,
    months: tuple[str, str] | None = None,
    min_postings: int = 1,
    weight: str = "count",
    kin: bool = True,
    backbone: str = METHODS[0],
    significance: float = LEVEL,
    positions: bool = True,
    taxonomy: Taxonomy | None = None,
) -> nx.Graph:
    """The co-occurrence graph of counted postings.

    Parameters
    ----------
    counts : Counts
        What was counted.
    roles : collection of str, optional
        Only postings of these roles.
    months : (str, str), optional
        Only postings of the months from the first to the last.
    min_postings : int
        Concepts, and pairs, that fewer postings hold are left out.
    weight : str
        Which of the edges' measures becomes their ``weight``.
    kin : bool
        Whether a concept is linked with those that stand above it in the taxonomy, or that it is part of.
    backbone : str
        What the backbone is: ``association``, ``noise-corrected`` or ``disparity``.
    significance : float
        At which level, between 0 and 1 (smaller: fewer edges); see :func:`skilltax.graph.backbone.in_backbone`.
    positions : bool
        Whether a layout is computed, which takes most of the time.
    taxonomy : Taxonomy, optional
        Where descriptions, homepages and kinship are from; the shipped one without.

    Returns
    -------
    networkx.Graph
        A node a concept, with ``label``, ``category``, ``kind``, ``description``, ``homepage``; ``postings`` (how many hold
        it), ``share`` (of all, 0 to 1) with the ends of its 95 % interval ``share_low`` and ``share_high``; ``required``,
        ``preferred``, ``other`` (postings by the strongest strength there), ``roles`` (postings by role); ``degree``,
        ``pagerank`` (over counts), ``betweenness`` (in the backbone), ``community`` (-1: none), ``x``, ``y``.

        An edge (u, v), u < v, a pair that stands together, with ``count``, ``given_source`` (share of u's postings that hold
        v), ``given_target`` (the other way), ``jaccard``, ``lift``, ``npmi``, ``g2``, ``q``, ``alpha`` (disparity), ``nc``
        (noise-corrected), ``backbone`` (whether in it), ``roles`` (count by role) and ``weight``.

        ``graph.graph`` says what it was made from: ``skilltax`` and ``taxonomy`` (versions), ``postings``, ``duplicates``
        (left out), ``origin`` (where the postings are from), ``roles`` (postings of each), ``communities`` (names),
        ``options``.

    Raises
    ------
    SkilltaxError
        Where an option is none of those that there are.
    """
    _known("weight", weight, WEIGHTS)
    _known("backbone", backbone, METHODS)
    if not 0 < significance < 1:
        raise SkilltaxError(f"significance {significance}: is a chance; give a number between 0 and 1, such as {LEVEL}")
    counts = counts.select(roles=roles, months=months)
    taxonomy = taxonomy or shipped()
    nodes, edges = _node_table(counts, min_postings), _edge_table(counts, min_postings)
    if not kin:
        family = Kin(taxonomy)
        ends = zip(edges["a"].tolist(), edges["b"].tolist(), strict=True)
        strangers = np.array([not family(counts.ids[a], counts.ids[b]) for a, b in ends], bool)
        edges = {name: column[strangers] for name, column in edges.items()}
    _measure(edges, counts, len(nodes["at"]), backbone, significance)
    options = {
        **counts.options, "roles": sorted(roles) if roles is not None else None, "months": list(months) if months else None,
        "min_postings": min_postings, "weight": weight, "kin": kin, "backbone": backbone, "significance": significance,
    }  # fmt: skip
    graph: nx.Graph = nx.Graph(
        skilltax=__version__, taxonomy=", ".join(sorted(counts.taxonomy)), postings=counts.total, duplicates=counts.duplicates,
        origin=counts.source, roles=dict(counts.roles), communities={},
        options={name: value for name, value in options.items() if value is not None},
    )  # fmt: skip
    names, by_role = counts.by_role(sum(counts.held.values()))
    roles_of = _by_column(names, by_role)
    for at, *row in zip(*(column.tolist() for column in nodes.values()), strict=True):
        concept = counts.ids[at]
        known = taxonomy.concepts.get(concept)
        said = {"description": known.description if known else "", "homepage": (known and known.homepage) or ""}
        held = dict(zip(list(nodes)[1:], row, strict=True))
        graph.add_node(concept, **counts.concepts[concept]._asdict(), **said, **held, roles=roles_of.get(at, {}))
    _add_edges(graph, counts, edges, weight)
    _structure(graph, positions)
    return graph


def _known(name: str, given: str, known: Collection[str]) -> None:
    if given not in known:
        raise SkilltaxError(f"{name} {given}: unknown; known are {', '.join(known)}")


def _node_table(counts: Counts, min_postings: int) -> dict[str, Any]:
    """The nodes as columns; `at` is their place among the concepts."""
    at = np.flatnonzero(counts.singles >= max(1, min_postings)) if counts.concepts else np.zeros(0, np.int64)
    postings = counts.singles[at] if len(at) else at
    low, high = measures.wilson(postings, counts.total)
    strengths = {name: counts.held[name].sum(axis=0)[at] for name in ("required", "preferred", "other")}
    shares = {"share": postings / max(1, counts.total), "share_low": low, "share_high": high}
    return {"at": at, "postings": postings, **{n: np.round(s, DIGITS) for n, s in shares.items()}, **strengths}


def _edge_table(counts: Counts, min_postings: int) -> dict[str, Any]:
    a, b, both = counts.table
    keep = both >= max(1, min_postings)  # then so many hold each of them
    return {"a": a[keep], "b": b[keep], "count": both[keep]}


def _measure(edges: dict[str, Any], counts: Counts, nodes: int, method: str, level: float) -> None:
    """Add every measure to the table of edges."""
    a, b, both = edges["a"], edges["b"], edges["count"]
    n_a, n_b, total, size = counts.singles[a], counts.singles[b], counts.total, len(counts.concepts)
    edges["given_source"], edges["given_target"] = measures.given(both, n_a), measures.given(both, n_b)
    edges["jaccard"] = measures.jaccard(both, n_a, n_b)
    edges["lift"] = measures.lift(both, n_a, n_b, total)
    edges["npmi"] = measures.npmi(both, n_a, n_b, total)
    edges["g2"] = measures.g2(both, n_a, n_b, total)
    edges["q"] = measures.q_values(edges["g2"], nodes * (nodes - 1) // 2)
    edges["alpha"] = disparity(a, b, both, size)
    edges["nc"] = noise_corrected(a, b, both, size)
    edges["backbone"] = in_backbone(method, level, edges)


def _by_column(names: list[str], by_role: Any) -> dict[int, dict[str, int]]:
    """For each column what stands in each row, by the rows' names."""
    found: dict[int, dict[str, int]] = {}
    flat = by_role.tocoo()
    order = np.lexsort((flat.row, flat.col))
    for column, row, n in zip(flat.col[order].tolist(), flat.row[order].tolist(), flat.data[order].tolist(), strict=True):
        if n:
            found.setdefault(column, {})[names[row]] = n
    return found


def _add_edges(graph: nx.Graph, counts: Counts, edges: Mapping[str, Any], weight: str) -> None:
    names, by_role = counts.by_role(counts.pairs)
    keys = edges["a"] * len(counts.concepts) + edges["b"]
    roles_of = _by_column(names, by_role[:, keys])
    columns = {name: _rounded(name, column) for name, column in edges.items() if name not in ("a", "b")}
    columns = {"weight": columns[weight], **columns}
    ends = ([counts.ids[i] for i in edges[end].tolist()] for end in ("a", "b"))
    for i, (u, v, *row) in enumerate(zip(*ends, *columns.values(), strict=True)):
        graph.add_edge(u, v, **dict(zip(columns, row, strict=True)), roles=roles_of.get(i, {}))


def _rounded(name: str, column: Any) -> list[Any]:
    if name in SMALL:
        return [float(f"{x:.3g}") for x in column.tolist()]
    if column.dtype.kind == "f":
        return (np.round(column, ROUNDED.get(name, DIGITS)) + 0.0).tolist()  # type: ignore[no-any-return]
    return column.tolist()  # type: ignore[no-any-return]


def backbone_of(graph: nx.Graph) -> nx.Graph:
    """All nodes of a graph with the edges of its backbone, in the graph's order, whatever the seed of Python's hashes."""
    found = nx.Graph(**graph.graph)
    found.add_nodes_from(graph.nodes(data=True))
    found.add_edges_from((u, v, edge) for u, v, edge in graph.edges(data=True) if edge["backbone"])
    return found


def _structure(graph: nx.Graph, positions: bool) -> None:
    """Add what the whole graph says of its nodes."""
    community = structure.communities(graph)
    graph.graph["communities"] = {str(i): name for i, name in structure.community_names(graph, community).items()}
    rank = nx.pagerank(graph, weight="count") if graph else {}
    between = structure.betweenness(backbone_of(graph))
    place = structure.layout(graph) if positions else {}
    for node, attributes in graph.nodes(data=True):
        attributes["degree"] = graph.degree[node]
        attributes["pagerank"] = round(rank[node], DIGITS)
        attributes["betweenness"] = round(between[node], DIGITS)
        attributes["community"] = community[node]
        if positions:
            attributes["x"], attributes["y"] = (round(c, 4) + 0.0 for c in place[node])
