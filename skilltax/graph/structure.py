"""The structure of a graph: communities with readable names, central nodes, and where to draw each.

The graph is one that :func:`skilltax.build_graph` makes: its edges have `npmi`, `g2` and `backbone`, its nodes `label` and
`postings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log1p
from typing import Any

import networkx as nx
import numpy as np

SEED = 7
NAMED_BY = 3  # concepts in the name of a community
ALONE = -1  # community of a node without neighbours
PIVOTS = 200  # nodes that shortest paths begin at, in graphs that have more
DRAWN = 500  # nodes that the layout is computed for
STEPS = 100
LEAST = 0.01  # weight of an edge at least; forces take none that is negative
JITTER = 0.03  # how far a node stands from the middle of its neighbours
RING = 1.25


def communities(graph: nx.Graph) -> dict[Any, int]:
    """The community of each node: 0 is the largest; :data:`ALONE` where a node has no neighbours.

    Communities maximise modularity over the `npmi` of the edges where it is above 0. Blondel, V. D., Guillaume, J.-L.,
    Lambiotte, R., Lefebvre, E. (2008), "Fast unfolding of communities in large networks", Journal of Statistical Mechanics.
    """
    ids = sorted(graph)
    number = {n: i for i, n in enumerate(ids)}  # sets of numbers have the same order in every run, sets of text do not
    linked = nx.Graph()
    linked.add_weighted_edges_from((number[u], number[v], npmi) for u, v, npmi in graph.edges(data="npmi") if npmi > 0)
    found = nx.community.louvain_communities(linked, seed=SEED) if linked else []
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    return dict.fromkeys(graph, ALONE) | {ids[n]: i for i, members in enumerate(ordered) for n in members}


def community_names(graph: nx.Graph, community: Mapping[Any, int]) -> dict[int, str]:
    """A name for each community: the labels of its most typical concepts.

    Typical is what has most of its links inside and is known to many: the share of its `npmi` that goes to members, times the
    logarithm of the `postings` that hold it.
    """
    inside, all_ = dict.fromkeys(graph, 0.0), dict.fromkeys(graph, 0.0)
    for u, v, npmi in graph.edges(data="npmi"):
        for node in (u, v):
            all_[node] += max(npmi, 0.0)
            inside[node] += max(npmi, 0.0) * (community[u] == community[v])
    members: dict[int, list[tuple[float, Any]]] = {}
    for node, number in community.items():
        if number != ALONE:
            typical = inside[node] / all_[node] * log1p(graph.nodes[node]["postings"])
            members.setdefault(number, []).append((-typical, node))
    return {
        number: ", ".join(str(graph.nodes[node]["label"]) for _, node in sorted(several)[:NAMED_BY])
        for number, several in sorted(members.items())
    }


def betweenness(backbone: nx.Graph) -> dict[Any, float]:
    """Share of the shortest paths of the backbone that lead over each node: 0 to 1.

    Brandes, U. (2001), "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25(2). In graphs with
    more than :data:`PIVOTS` nodes estimated from paths that begin at as many of them, drawn with a seed (Brandes, U., Pich, C.
    (2007), "Centrality estimation in large networks").
    """
    found: dict[Any, float] = nx.betweenness_centrality(backbone, k=min(PIVOTS, len(backbone)) or None, seed=SEED)
    return found


def layout(graph: nx.Graph) -> dict[Any, tuple[float, float]]:
    """Where to draw each node, within about -1.3 to 1.3.

    ForceAtlas2 (Jacomy, M., Venturini, T., Heymann, S., Bastian, M. (2014), PLoS ONE 9(6)) with a seed, over the backbone and
    each node's surest edge. Its time grows with the square of the nodes, so it places the :data:`DRAWN` nodes that most
    postings hold; each other node stands beside the middle of its placed neighbours. Nodes without any form a ring
    around the picture.
    """
    postings = graph.nodes(data="postings")
    order = {n: i for i, (n, _) in enumerate(sorted(postings, key=lambda n: (-n[1], n[0])))}
    skeleton = _skeleton(graph, order)
    linked = [n for n in order if skeleton.degree[n]]
    drawn = nx.Graph()
    drawn.add_nodes_from(linked[:DRAWN])
    chosen = set(drawn)
    drawn.add_weighted_edges_from((u, v, w) for u, v, w in skeleton.edges(data="weight") if u in chosen and v in chosen)
    place = _forces(drawn)
    random = np.random.default_rng(SEED)
    rest = linked[DRAWN:]
    while rest:
        beside = {n: [place[v] for v in skeleton[n] if v in place] for n in rest}
        for n in [n for n in rest if beside[n]] or rest:
            place[n] = np.mean(beside[n] or [np.zeros(2)], axis=0) + random.normal(0, JITTER, 2)
        rest = [n for n in rest if n not in place]
    alone = [n for n in order if n not in place]
    for i, n in enumerate(alone):
        turn = 2 * np.pi * i / len(alone)
        place[n] = RING * np.array([np.cos(turn), np.sin(turn)])
    return {n: (float(place[n][0]), float(place[n][1])) for n in graph}


def _skeleton(graph: nx.Graph, order: Mapping[Any, int]) -> nx.Graph:
    """All nodes, with the edges of the backbone, and for each node without any the one with the highest G2 above chance."""
    skeleton = nx.Graph()
    skeleton.add_nodes_from(order)
    skeleton.add_weighted_edges_from((u, v, max(d["npmi"], LEAST)) for u, v, d in graph.edges(data=True) if d["backbone"])
    for n in [n for n, degree in skeleton.degree if not degree]:
        near = [(-d["g2"], order[v], v, d["npmi"]) for v, d in graph[n].items() if d["npmi"] > 0]
        if near:
            _, _, v, npmi = min(near)
            skeleton.add_edge(n, v, weight=max(npmi, LEAST))
    return skeleton


def _forces(drawn: nx.Graph) -> dict[Any, Any]:
    """ForceAtlas2, moved and scaled to fill -1 to 1."""
    if len(drawn) < 2:
        return {n: np.zeros(2) for n in drawn}
    found = nx.forceatlas2_layout(drawn, max_iter=STEPS, weight="weight", seed=SEED)
    points = np.array([found[n] for n in drawn])
    points -= points.mean(axis=0)
    return dict(zip(drawn, points / (np.abs(points).max() or 1.0), strict=True))
