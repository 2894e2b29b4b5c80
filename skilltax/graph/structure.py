"""The structure of a graph: communities with readable names, central nodes, and where to draw each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np

SEED = 7
NAMED_BY = 3  # concepts in the name of a community
ALONE = -1  # community of a node without neighbours
PIVOTS = 200  # nodes that shortest paths begin at, in graphs that have more
DRAWN = 600  # nodes that the layout is computed for; the others are put beside their neighbours
STEPS = 150
LEAST = 0.01  # weight of an edge at least; modularity and forces take none that is negative


def communities(backbone: nx.Graph) -> dict[Any, int]:
    """The community of each node: 0 is the largest; :data:`ALONE` where a node has no neighbours.

    Communities maximise modularity over the `npmi` of the edges. Blondel, V. D., Guillaume, J.-L., Lambiotte, R., Lefebvre,
    E. (2008), "Fast unfolding of communities in large networks", Journal of Statistical Mechanics.
    """
    linked = nx.Graph()
    linked.add_nodes_from(n for n, degree in backbone.degree if degree)
    linked.add_weighted_edges_from((u, v, max(d["npmi"], LEAST)) for u, v, d in backbone.edges(data=True))
    found = nx.community.louvain_communities(linked, seed=SEED) if linked else []
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    return dict.fromkeys(backbone, ALONE) | {n: i for i, members in enumerate(ordered) for n in members}


def community_names(backbone: nx.Graph, community: Mapping[Any, int]) -> dict[int, str]:
    """A name for each community: the labels of its most typical concepts.

    Typical is what has the largest part of its links inside, and many of them: the sum of `npmi` to members, times its share of
    the sum to all neighbours.
    """
    inside, all_ = dict.fromkeys(backbone, 0.0), dict.fromkeys(backbone, 0.0)
    for u, v, d in backbone.edges(data=True):
        for node in (u, v):
            all_[node] += max(d["npmi"], 0.0)
            inside[node] += max(d["npmi"], 0.0) * (community[u] == community[v])
    members: dict[int, list[tuple[float, Any]]] = {}
    for node, number in community.items():
        if number != ALONE:
            members.setdefault(number, []).append((-(inside[node] ** 2) / (all_[node] or 1), node))
    return {
        number: ", ".join(str(backbone.nodes[node].get("label", node)) for _, node in sorted(several)[:NAMED_BY])
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


def layout(backbone: nx.Graph, size: Mapping[Any, float]) -> dict[Any, tuple[float, float]]:
    """Where to draw each node, within about -1 to 1.

    ForceAtlas2 (Jacomy, M., Venturini, T., Heymann, S., Bastian, M. (2014), PLoS ONE 9(6)) with a seed places the :data:`DRAWN`
    largest nodes that have neighbours, since its time grows with the square of their number. Each other node stands beside the
    middle of its placed neighbours; nodes without any form a ring around the picture.

    Parameters
    ----------
    backbone : networkx.Graph
        With `npmi` on the edges.
    size : Mapping
        How large each node is, such as the postings that hold it.
    """
    linked = sorted((n for n, degree in backbone.degree if degree), key=lambda n: (-size[n], str(n)))
    drawn = nx.Graph()
    drawn.add_nodes_from(linked[:DRAWN])
    chosen = set(drawn)
    drawn.add_weighted_edges_from(
        sorted((u, v, max(d["npmi"], LEAST)) for u, v, d in backbone.edges(data=True) if u in chosen and v in chosen)
    )
    placed: dict[Any, Any] = {}
    if len(drawn) > 1:
        placed = nx.forceatlas2_layout(drawn, max_iter=STEPS, weight="weight", seed=SEED, linlog=False, strong_gravity=False)
        points = np.array([placed[n] for n in drawn])
        points -= points.mean(axis=0)
        reach = np.abs(points).max() or 1.0
        placed = dict(zip(drawn, points / reach, strict=True))
    elif drawn:
        placed = {n: np.zeros(2) for n in drawn}
    random = np.random.default_rng(SEED)
    rest = linked[DRAWN:]
    while rest:
        known = {n: [placed[v] for v in backbone[n] if v in placed] for n in rest}
        ready = [n for n in rest if known[n]] or rest
        for n in ready:
            middle = np.mean(known[n], axis=0) if known[n] else np.zeros(2)
            placed[n] = middle + random.normal(0, 0.03, 2)
        rest = [n for n in rest if n not in placed]
    alone = sorted((n for n in backbone if n not in placed), key=lambda n: (-size[n], str(n)))
    for i, n in enumerate(alone):
        turn = 2 * np.pi * i / len(alone)
        placed[n] = 1.25 * np.array([np.cos(turn), np.sin(turn)])
    return {n: (float(x), float(y)) for n, (x, y) in placed.items()}
