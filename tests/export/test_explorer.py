"""The explorer page as a file: whole, closed, and true to the graph. What it does in a browser is in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re

import networkx as nx
import pytest

from skilltax.export.explorer import explore
from skilltax.export.graphs import read_graph, write_graph
from skilltax.graph.build import skill_graph
from skilltax.tagging.tagger import Tagger

TEXTS = ["Kubernetes, Go and code review", "Kubernetes and Go", "K8s; Golang; C++", "Node.js and C++"]


@pytest.fixture(scope="module")
def graph(small) -> nx.Graph:
    return skill_graph(Tagger(small).pipe(TEXTS), taxonomy=small)


def held(page: str) -> dict:
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return json.loads(text)


def test_only_the_parts_with_the_hashes_in_the_policy_may_run(graph) -> None:
    page = explore(graph).html
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for kind, pattern in (("style-src", r"<style>(.*?)</style>"), ("script-src", r"<script>(.*?)</script>")):
        (part,) = re.findall(pattern, page, re.S)
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"
    assert "unsafe" not in policy
    assert not re.search(r"<(?:link|img|iframe|object)\b|\bon\w+=", page.split("<body>")[1].split("<script")[0])


def test_nodes_and_edges_stand_in_the_page_with_their_numbers(graph) -> None:
    data = held(explore(graph, title="Mine").html)
    assert data["title"] == "Mine"
    assert data["nodes"]["id"] == sorted(graph)
    at = {n: i for i, n in enumerate(data["nodes"]["id"])}
    assert data["nodes"]["postings"][at["kubernetes"]] == 3
    pairs = list(zip(data["edges"]["u"], data["edges"]["v"], data["edges"]["count"], strict=True))
    assert (at["go"], at["kubernetes"], 3) in pairs
    assert len(pairs) == graph.number_of_edges()
    assert {m["key"] for m in data["measures"]} >= {"count", "npmi", "jaccard", "lift"}
    assert "MIT" in data["licences"]
    assert "sigma" in data["licences"]


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".json", ".cyjs"])
def test_a_graph_from_a_file_gives_the_same_page(graph, tmp_path, suffix) -> None:
    write_graph(graph, tmp_path / f"g{suffix}")
    again, first = (held(explore(g).html) for g in (read_graph(tmp_path / f"g{suffix}"), graph))
    assert again["edges"] == first["edges"]
    for column in ("label", "postings", "category", "roles"):
        assert again["nodes"].get(column) == first["nodes"].get(column)
    assert again["communityNames"] == first["communityNames"]


@pytest.mark.parametrize(
    "other",
    [nx.Graph(), nx.Graph([("a", "b")]), nx.path_graph(4), nx.karate_club_graph(), nx.complete_graph(3, nx.DiGraph)],
    ids=["empty", "pair", "numbers", "karate", "directed"],
)
def test_a_graph_of_others_is_shown_without_what_it_lacks(other) -> None:
    data = held(explore(nx.Graph(other)).html)
    assert len(data["nodes"]["id"]) == len(other)
    assert "postings" not in data["nodes"]
    assert len(data["nodes"]["x"]) == len(other)
    assert all(isinstance(x, float) for x in data["nodes"]["x"])


def test_values_that_no_file_holds_do_not_break_the_page() -> None:
    odd = nx.Graph()
    odd.add_node("\ud800</script><!--", label="<b>\ud800", homepage="javascript:alert(1)", postings=float("nan"), x=1, y=None)
    odd.add_node("b", label="\u2028</SCRIPT>")
    odd.add_edge("b", "\ud800</script><!--", weight=float("inf"), count=2)
    odd.add_edge("b", "b")
    page = explore(odd, title="</title><script>alert(1)</script>").html
    page.encode("utf-8")
    assert page.lower().count("</script>") == 2  # the data, and our own
    assert "<script>alert" not in page
    assert held(page)["edges"]["u"] == [0]


def test_a_notebook_shows_it_in_a_closed_frame(graph) -> None:
    shown = explore(graph, height=500)._repr_html_()
    assert re.match(r'<iframe sandbox="allow-scripts allow-downloads allow-popups" width="100%" height="500" ', shown)
    (source,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(source) == explore(graph).html


def test_the_page_is_written_by_its_suffix_and_by_save(graph, tmp_path) -> None:
    assert write_graph(graph, tmp_path / "a.html") == (tmp_path / "a.html",)
    assert explore(graph).save(tmp_path / "b.html") == tmp_path / "b.html"
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
