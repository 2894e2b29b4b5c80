"""Where nodes stand in a picture."""

from __future__ import annotations

from numbers import Real
from typing import Any

import networkx as nx
import numpy as np

from skilltax.graph.structure import layout


def places(graph: nx.Graph, nodes: list[Any]) -> Any:
    """Where each of the nodes stands: an array of shape (nodes, 2), turned so that the longest way lies flat, as screens do.

    The nodes' ``x`` and ``y`` where each has them, and a layout otherwise.
    """
    if not nodes:
        return np.zeros((0, 2))
    known = {n: (graph.nodes[n].get("x"), graph.nodes[n].get("y")) for n in nodes}
    if any(not isinstance(c, Real) for place in known.values() for c in place):
        known = _laid_out(graph)
    points = np.array([known[n] for n in nodes], float)
    linked = np.array([graph.degree[n] > 0 for n in nodes])
    if linked.sum() <= 2:
        return points
    middle = points[linked].mean(axis=0)
    _, axes = np.linalg.eigh(np.cov((points[linked] - middle).T))
    flat = axes[:, 1] * (1 if axes[0, 1] >= 0 else -1)
    return (points - middle) @ np.array([[flat[0], -flat[1]], [flat[1], flat[0]]])


def _laid_out(graph: nx.Graph) -> dict[Any, tuple[float, float]]:
    """A layout by the association of the edges; where they tell none, all count alike."""
    nodes = sorted(graph, key=str)
    number = {n: i for i, n in enumerate(nodes)}
    linked = nx.Graph()
    for n, i in number.items():
        held = graph.nodes[n].get("postings")
        linked.add_node(i, postings=held if isinstance(held, Real) else graph.degree[n])
    for u, v, attributes in graph.edges(data=True):
        if u != v:
            npmi = attributes.get("npmi")
            sure = float(npmi) if isinstance(npmi, Real) else 1.0
            linked.add_edge(number[u], number[v], npmi=sure, g2=sure, backbone=bool(attributes.get("backbone", True)))
    found = layout(linked)
    return {n: found[i] for n, i in number.items()}
