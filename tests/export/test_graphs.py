"""Graph files: written, read back, nothing lost; odd values survive or become something that the format can hold."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.errors import SkilltaxError
from skilltax.export.graphs import plain, read_graph, write_graph
from skilltax.graph.build import skill_graph
from tests.graph.test_counts import FOUR

FORMATS = (".gexf", ".graphml", ".json", ".cyjs", ".parquet")


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
    for suffix in FORMATS[:4]:
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


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_the_graph_says_of_itself_is_read_back(tmp_path, suffix: str) -> None:
    graph = skill_graph(FOUR, min_postings=1, weight="npmi")
    write_graph(graph, tmp_path / f"g{suffix}")
    again = read_graph(tmp_path / f"g{suffix}").graph
    assert {name: again.get(name) for name in graph.graph} == graph.graph


@pytest.mark.parametrize("suffix", FORMATS)
def test_names_that_mean_something_to_a_format_are_kept_apart(tmp_path, suffix: str) -> None:
    graph = nx.Graph()
    graph.add_node("a", id="other", type="x", source="s", start="now", viz="v", key="k", big=2**70, gone=float("nan"))
    graph.add_edge("a", "b", id=7, type="strong", source="z", target="y", weight=float("inf"))
    write_graph(graph, tmp_path / f"g{suffix}")
    again = read_graph(tmp_path / f"g{suffix}")
    node, edge = again.nodes["a"], again.edges["a", "b"]
    assert [node[f"{name}_"] for name in ("id", "type", "source", "start", "viz", "key")] == [
        "other",
        "x",
        "s",
        "now",
        "v",
        "k",
    ]
    assert (node["big"], "gone" in node) == (str(2**70), False)
    assert [edge[f"{name}_"] for name in ("id", "type", "source", "target")] == [7, "strong", "z", "y"]


@pytest.mark.parametrize(
    ("graph", "message"),
    [
        (nx.DiGraph([("a", "b")]), "only undirected graphs"),
        (nx.MultiGraph([("a", "b"), ("a", "b")]), "without parallel edges"),
        (nx.Graph([(1, "1")]), "two nodes look the same as text"),
    ],
)
def test_what_would_lose_something_is_refused(tmp_path, graph: nx.Graph, message: str) -> None:
    with pytest.raises(SkilltaxError, match=message):
        write_graph(graph, tmp_path / "g.gexf")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".json", ".cyjs"])
def test_a_broken_file_is_named(tmp_path, suffix: str) -> None:
    (tmp_path / f"g{suffix}").write_text("{<not a graph", "utf-8")
    with pytest.raises(SkilltaxError, match=r"holds no graph \(.*write it with"):
        read_graph(tmp_path / f"g{suffix}")


def test_gexf_has_colours_sizes_and_positions(tmp_path) -> None:
    graph = skill_graph(FOUR)
    write_graph(graph, tmp_path / "g.gexf")
    look = nx.read_gexf(tmp_path / "g.gexf").nodes["a"]["viz"]
    assert set(look) == {"color", "size", "position"}
    assert look["position"]["x"] == pytest.approx(1000 * graph.nodes["a"]["x"], abs=0.1)


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=8),
        st.text() | st.integers() | st.floats() | st.booleans() | st.none() | st.lists(st.text()),
    )
)
def test_any_attributes_make_files_that_are_read_back(attributes: dict) -> None:
    graph = nx.Graph()
    graph.add_node("a", **{f"x{name}": value for name, value in attributes.items()})
    with tempfile.TemporaryDirectory() as folder:
        for suffix in FORMATS[:4]:
            write_graph(graph, Path(folder) / f"g{suffix}")
            assert list(read_graph(Path(folder) / f"g{suffix}")) == ["a"]
