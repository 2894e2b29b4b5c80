"""Pictures through matplotlib: what is drawn, and that labels stay apart."""

from __future__ import annotations

import itertools
import subprocess
import sys
import xml.etree.ElementTree as ET

import networkx as nx
import pytest

from skilltax.errors import SkilltaxError
from skilltax.export.graphs import write_graph
from skilltax.export.labels import Box
from skilltax.export.pictures import draw_graph, picture

pytest.importorskip("matplotlib", reason="pictures need matplotlib: pip install 'skilltax[plot]'")


@pytest.fixture
def crowd() -> nx.Graph:
    """Sixty skills in a small place."""
    graph = nx.Graph(communities={"0": "left", "1": "$right_"})
    for i in range(60):
        graph.add_node(
            f"s{i}", label=f"$skill_{i}", postings=60 - i, category=f"c{i % 12}", community=i % 2, x=i % 8 / 10, y=i / 400
        )
    for i, j in itertools.combinations(range(60), 2):
        if (i + j) % 7 == 1:
            graph.add_edge(f"s{i}", f"s{j}", npmi=1 / (1 + abs(i - j)), count=2, backbone=(i + j) % 2 == 0)
    return graph


def test_labels_cover_neither_each_other_nor_the_edge_of_the_picture(crowd) -> None:
    figure = draw_graph(crowd)
    axes = figure.axes[0]
    renderer = figure.canvas.get_renderer()
    boxes = [Box(*label.get_window_extent(renderer).extents) for label in axes.texts]
    assert len(boxes) >= 20
    assert {label.get_text() for label in axes.texts} >= {f"$skill_{i}" for i in range(5)}
    slack = 1.0  # pixels: fonts are hinted when drawn
    for a, b in itertools.combinations(boxes, 2):
        assert not Box(a.left + slack, a.bottom + slack, a.right - slack, a.top - slack).meets(b)
    whole = Box(*figure.bbox.extents)
    assert all(b.within(whole) for b in boxes)


def test_no_label_covers_a_dot(crowd) -> None:
    figure = draw_graph(crowd)
    axes = figure.axes[0]
    renderer = figure.canvas.get_renderer()
    boxes = [Box(*label.get_window_extent(renderer).extents) for label in axes.texts]
    dots = axes.collections[-1]
    radii = [area**0.5 / 2 * figure.dpi / 72 for area in dots.get_sizes()]
    for (x, y), r in zip(axes.transData.transform(dots.get_offsets()), radii, strict=True):
        assert not any(box.meets(Box(x - r + 1, y - r + 1, x + r - 1, y + r - 1)) for box in boxes)


def test_a_skill_without_any_link_is_left_out_and_each_other_one_keeps_its_strongest() -> None:
    graph = nx.Graph()
    graph.add_nodes_from("abcdx", postings=3)
    graph.add_edge("a", "b", npmi=0.5, backbone=True)
    graph.add_edge("a", "c", npmi=0.4, backbone=False)
    graph.add_edge("b", "c", npmi=0.2, backbone=False)
    graph.add_edge("a", "d", npmi=-0.1, backbone=False)
    figure = draw_graph(graph)
    assert sorted(label.get_text() for label in figure.axes[0].texts) == ["a", "b", "c"]
    assert len(figure.axes[0].lines) == 2


@pytest.mark.parametrize("colour", ["community", "category"])
def test_colours_follow_the_groups_and_the_legend_names_them(crowd, colour) -> None:
    figure = draw_graph(crowd, colour=colour)
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    if colour == "community":
        assert names == ["left", r"\$right_"]
    else:
        assert len(names) == 11  # ten groups, and the others
        assert names[-1] == "others"


@pytest.mark.parametrize("size", [(12.0, 8.4), (6.0, 5.0)])
def test_the_legend_stays_within_the_picture_and_below_the_map(crowd, size) -> None:
    crowd.graph["communities"] = {"0": "a name of many words " * 2, "1": "another one, as long as the first " * 2}
    figure = draw_graph(crowd, size=size)
    legend = Box(*figure.legends[0].get_window_extent().extents)
    assert legend.within(Box(*figure.bbox.extents))
    assert legend.top <= figure.axes[0].get_window_extent().y0


@pytest.mark.parametrize("graph", [nx.Graph(), nx.Graph([("a", "b")]), nx.karate_club_graph()], ids=["empty", "pair", "karate"])
@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_any_graph_becomes_a_picture_and_the_same_one_twice(tmp_path, graph, suffix) -> None:
    for name in ("a", "b"):
        write_graph(graph, tmp_path / f"{name}{suffix}")
    first = (tmp_path / f"a{suffix}").read_bytes()
    assert first == (tmp_path / f"b{suffix}").read_bytes()
    assert first.startswith(b"\x89PNG") if suffix == ".png" else ET.fromstring(first).tag.endswith("svg")


def test_a_notebook_shows_a_picture_without_pyplot(crowd) -> None:
    assert draw_graph(crowd)._repr_png_().startswith(b"\x89PNG")
    code = """
import sys
import networkx as nx
from skilltax.export.pictures import draw_graph
from IPython.core.formatters import DisplayFormatter
shown, _ = DisplayFormatter().format(draw_graph(nx.path_graph(3)))
assert shown["image/png"], shown
assert "matplotlib.pyplot" not in sys.modules
"""
    pytest.importorskip("IPython", reason="the formatters of notebooks need IPython: make notebooks installs it")
    subprocess.run([sys.executable, "-c", code], check=True)


def test_few_skills_and_links_are_drawn_of_many(crowd) -> None:
    figure = draw_graph(crowd, skills=10, labels=3)
    assert len(figure.axes[0].collections[0].get_offsets()) == 9  # s4 has no link among these ten
    assert len(figure.axes[0].texts) == 3


def test_what_cannot_be_drawn_is_said(crowd, monkeypatch) -> None:
    with pytest.raises(SkilltaxError, match="colour mood: unknown"):
        draw_graph(crowd, colour="mood")
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.delitem(sys.modules, "skilltax.export.figure", raising=False)
    with pytest.raises(SkilltaxError, match=r"pip install 'skilltax\[plot\]'"):
        draw_graph(crowd)


def test_a_figure_is_written_without_the_day_it_was_made(crowd) -> None:
    assert b"<dc:date>" not in picture(draw_graph(crowd, skills=3), "svg")
