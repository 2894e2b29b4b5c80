"""Graph files: written, read back, nothing lost; odd values survive or become something that the format can hold."""

from __future__ import annotations

import csv

import networkx as nx
import numpy as np
import pytest

from skilltax.errors import SkilltaxError
from skilltax.export.graphs import plain, read_graph, write_graph
from skilltax.graph.build import skill_graph
from tests.graph.test_counts import FOUR

FORMATS = (".gexf", ".graphml", ".json")


@pytest.fixture
def odd() -> nx.Graph:
    graph = nx.Graph(note=None, seen=[1, 2])
    graph.add_node("b", label='<b> & "b" 💰', n=np.int64(3), mixed=1, tags=["x", "y"], none=None)
    graph.add_node("a", label="bell\x07", n=np.float32(0.5), mixed="one", roles={"sre": 2})
    graph.add_edge("b", "a", weight=np.int32(2), why=None)
    return graph


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_graph_is_read_back_as_it_was(tmp_path, suffix: str) -> None:
    graph = skill_graph(FOUR)
    write_graph(graph, tmp_path / f"g{suffix}")
    again = read_graph(tmp_path / f"g{suffix}")
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {frozenset(e[:2]): e[2] for e in again.edges(data=True)} == {frozenset(e[:2]): e[2] for e in graph.edges(data=True)}


@pytest.mark.parametrize("suffix", FORMATS)
def test_odd_values_make_no_broken_file(tmp_path, odd: nx.Graph, suffix: str) -> None:
    write_graph(odd, tmp_path / f"g{suffix}")
    again = read_graph(tmp_path / f"g{suffix}")
    assert again.nodes["b"]["label"] == '<b> & "b" 💰'
    assert again.nodes["a"]["label"] == "bell\ufffd"
    assert (again.nodes["b"]["n"], again.nodes["a"]["n"]) == (3.0, 0.5)
    assert (again.nodes["b"]["mixed"], again.nodes["a"]["mixed"]) == ("1", "one")
    assert again.nodes["b"]["tags"] == "x|y"
    assert again.nodes["a"]["roles"] == {"sre": 2}
    assert again.edges["a", "b"]["weight"] == 2


def test_the_same_graph_gives_the_same_bytes(tmp_path) -> None:
    for suffix in (*FORMATS, ".csv"):
        one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
        first = write_graph(skill_graph(FOUR), one)
        second = write_graph(skill_graph(FOUR[::-1]), two)
        assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_provenance_is_in_the_file(tmp_path) -> None:
    for suffix in FORMATS:
        write_graph(skill_graph(FOUR), tmp_path / f"g{suffix}")
        assert '"postings": 4' in (text := (tmp_path / f"g{suffix}").read_text("utf-8").replace("&quot;", '"')) or ">4<" in text


def test_csv_is_two_tables(tmp_path) -> None:
    nodes, edges = write_graph(skill_graph(FOUR), tmp_path / "g.csv")
    with nodes.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {r["id"]: r["postings"] for r in rows} == {"a": "3", "b": "2", "c": "1"}
    with edges.open(newline="", encoding="utf-8") as file:
        assert {(r["source"], r["target"]): r["count"] for r in csv.DictReader(file)}["a", "b"] == "2"


def test_an_unknown_format_is_refused(tmp_path) -> None:
    with pytest.raises(SkilltaxError, match=r"known suffixes are \.csv, \.cyjs, \.dot, \.gexf"):
        write_graph(nx.Graph(), tmp_path / "g.docx")


def test_a_failed_write_leaves_nothing(tmp_path, odd: nx.Graph, monkeypatch) -> None:
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(SkilltaxError, match=r"cannot be written: No space left"):
        write_graph(odd, tmp_path / "g.gexf")
    assert list(tmp_path.iterdir()) == []


def test_plain_is_idempotent(odd: nx.Graph) -> None:
    once = plain(odd)
    assert dict(plain(once).nodes(data=True)) == dict(once.nodes(data=True))
