"""Labels and ids that look like markup are text in every file: the raw bytes hold no tag of theirs, a parser gives them back."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from skilltax.export.explorer import explore
from skilltax.export.graphs import write_graph
from skilltax.export.highlight import highlight
from skilltax.export.tags import write_tags
from skilltax.tagging.model import Mention, TaggedPosting
from tests.export.test_highlight import Shown

HOSTILE = [
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\"><svg onload='x()'>",
    "]]><evil/>",
    "</script><script>alert(2)</script>",
    "<!--",
    "&lt;b&gt; &amp;",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
]
TAGS = re.compile(rb"<(?:img|svg onload|evil|!ENTITY|script>alert)")


@pytest.fixture
def graph() -> nx.Graph:
    graph = nx.Graph(source=HOSTILE[0], communities={"0": HOSTILE[1]})
    for n, text in enumerate(HOSTILE):
        graph.add_node(f"{text}{n}", label=text, category=text, postings=9 - n, community=0, x=n / 9, y=n % 3 / 9)
    nodes = list(graph)
    graph.add_edges_from((a, b, {"npmi": 0.5, "backbone": True, "why": HOSTILE[3]}) for a in nodes for b in nodes if a < b)
    return graph


@pytest.mark.parametrize("suffix", [".gexf", ".graphml"])
def test_xml_holds_hostile_names_as_text(graph: nx.Graph, tmp_path: Path, suffix: str) -> None:
    (path,) = write_graph(graph, tmp_path / f"g{suffix}")
    raw = path.read_bytes()
    assert not TAGS.search(raw) and raw.count(b"<!") == 0
    held = [text for e in ET.fromstring(raw).iter() for text in (*e.attrib.values(), e.text)]
    assert set(HOSTILE) <= set(held) and {f"{text}{n}" for n, text in enumerate(HOSTILE)} <= set(held)


def test_a_picture_holds_hostile_names_as_text(graph: nx.Graph, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="draws pictures")
    (path,) = write_graph(graph, tmp_path / "g.svg")
    raw = path.read_bytes()
    assert not TAGS.search(raw)
    names = {e.tag.rpartition("}")[2] for e in ET.fromstring(raw).iter()}
    assert names.isdisjoint({"script", "img", "evil", "image", "foreignObject"})


@pytest.mark.parametrize("title", HOSTILE)
def test_the_explorer_page_holds_hostile_names_as_text(graph: nx.Graph, title: str) -> None:
    """The page's own two scripts, and nothing but them; its data stand in the second and close it nowhere."""
    page = explore(graph, title=title).html
    assert not TAGS.search(page.encode())
    assert page.count("<script") == page.count("</script>") == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_highlighted_postings_hold_hostile_fields_as_text(small, text: str) -> None:
    mention = Mention(0, len(text), text, text, text, text, "technology", "required", "stack", version=text, quantity=text)
    page = highlight(TaggedPosting(text, text, (mention,), title=text, company=text), taxonomy=small, title=text).html
    shown = Shown(re.sub(r"<(?:meta|input)\b[^>]*>", "", page))
    assert not TAGS.search(page.encode())
    assert {tag for tag, _ in shown.tags}.isdisjoint({"script", "img", "svg", "evil"})
    assert not any(name.startswith("on") for _, attributes in shown.tags for name in attributes)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://x.example";"y")', *HOSTILE]
)
def test_a_table_for_spreadsheets_holds_hostile_fields_as_text(tmp_path: Path, text: str) -> None:
    mention = Mention(0, 2, text, text, text, text, "technology", "required", "stack", version=text, quantity=text)
    path = tmp_path / "t.csv"
    write_tags([TaggedPosting(text, "Go", (mention,), title=text, company=text, source=text)], path, spreadsheet_safe=True)
    (row,) = csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))
    for name in ("id", "title", "company", "source", "text", "concept", "label", "version", "quantity"):
        assert row[name].removeprefix("'") == text
        assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r"))
