"""Graph files as the programs that people open them with read them: nodes, edges and attributes compared."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from skilltax.export.graphs import write_graph
from skilltax.export.reference import reference_graph

NODE = Path(__file__).parents[1] / "node"
Seen = dict[str, object]


@pytest.fixture(scope="module")
def graph() -> nx.Graph:
    """A part of the reference graph, and a node with a name that breaks what does not quote."""
    made = reference_graph(min_postings=100)
    made.nodes["python"]["label"] = "<Py> & \"thon\" 🐍 \\ 'x' é"
    return made


@pytest.fixture(scope="module")
def files(graph: nx.Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    folder = tmp_path_factory.mktemp("graphs")
    suffixes = (".gexf", ".graphml", ".json", ".cyjs", ".dot", ".csv", ".parquet")
    return {suffix: list(write_graph(graph, folder / f"g{suffix}")) for suffix in suffixes}


def expected(graph: nx.Graph) -> Seen:
    node, edge = graph.nodes["python"], graph.edges["aws", "python"]
    return {
        "nodes": len(graph), "edges": graph.number_of_edges(), "postings": sum(d for _, d in graph.nodes(data="postings")),
        "label": node["label"], "community": node["community"], "x": node["x"],
        "counts": sum(d for _, _, d in graph.edges(data="count")), "npmi": edge["npmi"], "backbone": edge["backbone"],
    }  # fmt: skip


def check(graph: nx.Graph, seen: Seen) -> None:
    """What a consumer saw is what is there; one that keeps fewer attributes says fewer."""
    want = expected(graph)
    assert {"nodes", "edges"} <= set(seen)
    for name, value in seen.items():
        assert value == (pytest.approx(want[name], abs=1e-6) if isinstance(want[name], float) else want[name]), name


def _networkx(read: Callable[[Path], nx.Graph], path: Path) -> Seen:
    found = read(path)
    return expected(found)


@pytest.mark.parametrize(
    ("suffix", "read"),
    [
        (".gexf", nx.read_gexf),
        (".graphml", nx.read_graphml),
        (".json", lambda p: nx.node_link_graph(json.loads(p.read_text("utf-8")), edges="links")),
        (".cyjs", lambda p: nx.cytoscape_graph(cytoscape_names(json.loads(p.read_text("utf-8"))))),
    ],
)
def test_networkx(graph: nx.Graph, files: dict[str, list[Path]], suffix: str, read: Callable[[Path], nx.Graph]) -> None:
    check(graph, _networkx(read, files[suffix][0]))


def cytoscape_names(data: dict) -> dict:
    """networkx wants of Cytoscape JSON what only its own writer writes: a list of the graph's data, `name` and `value`."""
    for element in data["elements"]["nodes"]:
        element["data"] |= {"name": element["data"]["id"], "value": element["data"]["id"]}
    return data | {"data": [], "directed": False, "multigraph": False}


def test_igraph_reads_graphml(graph: nx.Graph, files: dict[str, list[Path]]) -> None:
    igraph = pytest.importorskip("igraph")
    found = igraph.Graph.Read_GraphML(str(files[".graphml"][0]))
    node = found.vs.find(id="python")
    edge = found.es[found.get_eid(found.vs.find(id="aws"), node)]
    check(graph, {
        "nodes": found.vcount(), "edges": found.ecount(), "postings": sum(found.vs["postings"]), "label": node["label"],
        "community": node["community"], "x": node["x"], "counts": sum(found.es["count"]), "npmi": edge["npmi"],
        "backbone": edge["backbone"],
    })  # fmt: skip
    assert found["postings"] == graph.graph["postings"]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_duckdb(graph: nx.Graph, files: dict[str, list[Path]], suffix: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    nodes, edges = (f"'{path}'" for path in files[suffix])
    n, postings = duckdb.execute(f"select count(*), sum(postings) from {nodes}").fetchall()[0]
    label, community, x = duckdb.execute(f"select label, community, x from {nodes} where id = 'python'").fetchall()[0]
    m, counts = duckdb.execute(f"select count(*), sum(count) from {edges}").fetchall()[0]
    npmi, backbone = duckdb.execute(
        f"select npmi, backbone from {edges} where source = 'aws' and target = 'python'"
    ).fetchall()[0]
    seen = {"nodes": n, "edges": m, "postings": postings, "label": label, "community": community, "x": x}
    check(graph, {**seen, "counts": counts, "npmi": npmi, "backbone": backbone})


def test_dot_is_parsed_by_pydot(graph: nx.Graph, files: dict[str, list[Path]]) -> None:
    pydot = pytest.importorskip("pydot")
    (found,) = pydot.graph_from_dot_file(str(files[".dot"][0]), encoding="utf-8")
    nodes = [n for n in found.get_nodes() if n.get_name() not in ("node", '"\\n"')]
    check(graph, {"nodes": len(nodes), "edges": len(found.get_edges())})


def test_graphviz_reads_dot(graph: nx.Graph, files: dict[str, list[Path]]) -> None:
    if shutil.which("neato") is None:
        pytest.skip("Graphviz is not installed: no neato on the path")
    done = subprocess.run(["neato", "-n2", "-Tjson", files[".dot"][0]], capture_output=True, check=True)
    found = json.loads(done.stdout)
    (python,) = (o for o in found["objects"] if o["name"] == "python")
    (drawn,) = (step["text"] for step in python["_ldraw_"] if step["op"] == "T")  # `label` itself keeps its escapes
    check(graph, {"nodes": len(found["objects"]), "edges": len(found["edges"]), "label": drawn})


@pytest.mark.parametrize("consumer", ["graphology-gexf", "graphology-graphml", "cytoscape", "d3-force"])
def test_javascript(graph: nx.Graph, files: dict[str, list[Path]], consumer: str) -> None:
    """Needs Node.js and `npm ci` in tests/node, which `make test-all` does."""
    if shutil.which("node") is None or not (NODE / "node_modules" / consumer).is_dir():
        pytest.skip(f"{consumer} is not installed: run `make test-all`")
    suffix = {"graphology-gexf": ".gexf", "graphology-graphml": ".graphml", "cytoscape": ".cyjs", "d3-force": ".json"}[consumer]
    done = subprocess.run(
        ["node", "consume.mjs", consumer, files[suffix][0]],
        cwd=NODE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    check(graph, json.loads(done.stdout))
