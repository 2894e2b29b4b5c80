"""Communities, layout, and that two runs give the same bytes."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import numpy as np

from skilltax.graph import structure
from skilltax.graph.build import build_graph
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts
from tests.graph.test_counts import tagged


def two_worlds() -> Counts:
    """Ten postings of one world, ten of another, one of both."""
    return count([*[tagged("a", "b", "c")] * 10, *[tagged("x", "y", "z", role="qa")] * 10, tagged("a", "x"), tagged("alone")])


def test_two_worlds_are_two_communities_named_by_their_labels() -> None:
    graph = build_graph(two_worlds())
    found = nx.get_node_attributes(graph, "community")
    assert found["a"] == found["b"] == found["c"] != found["x"] == found["y"] == found["z"]
    assert found["alone"] == structure.ALONE
    names = graph.graph["communities"]
    assert {frozenset(name.split(", ")) for name in names.values()} == {frozenset("ABC"), frozenset("XYZ")}
    assert set(names) == {"0", "1"}


def test_each_node_has_a_place_near_its_own() -> None:
    graph = build_graph(two_worlds())
    place = {n: np.array([d["x"], d["y"]]) for n, d in graph.nodes(data=True)}
    assert all(np.abs(p).max() <= 1.5 for p in place.values())
    assert np.linalg.norm(place["a"] - place["b"]) < np.linalg.norm(place["a"] - place["y"])


def test_large_graphs_are_laid_out_in_part_and_every_node_has_a_place(monkeypatch) -> None:
    monkeypatch.setattr(structure, "DRAWN", 3)
    graph = build_graph(two_worlds())
    assert all(isinstance(d["x"], float) and isinstance(d["y"], float) for _, d in graph.nodes(data=True))


def test_betweenness_is_that_of_the_backbone() -> None:
    graph = build_graph(two_worlds())
    backbone = nx.Graph([(u, v) for u, v, inside in graph.edges(data="backbone") if inside])
    backbone.add_nodes_from(graph)
    expected = {n: round(value, 6) for n, value in nx.betweenness_centrality(backbone).items()}
    assert nx.get_node_attributes(graph, "betweenness") == expected


RUN = """
from tests.graph.test_structure import two_worlds
from skilltax.export.graphs import write_graph
from skilltax.graph.build import build_graph
import hashlib, sys
for suffix in (".gexf", ".graphml", ".json", ".cyjs", ".dot", ".csv", ".parquet"):
    for path in write_graph(build_graph(two_worlds()), sys.argv[1] + suffix):
        print(suffix, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_two_runs_give_the_same_bytes(tmp_path) -> None:
    """Though sets of text have another order in each."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", RUN, str(tmp_path / "g")],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""
