"""Pictures of a graph and charts, through matplotlib (``pip install skilltax[plot]``)."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from skilltax.errors import SkilltaxError
from skilltax.export.colours import GROUPS, REST
from skilltax.export.labels import Box, Dot, beside, spread
from skilltax.export.places import places

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET = "#1c2024", "#646d77"
SKILLS = 140  # drawn at most: more cannot be read on paper
LINKS = 1.7  # for each skill
SMALLEST, LARGEST = 2.0, 13.0  # radius in points
BOLD = 8.0  # radius from which a label is bold
DPI = 160  # also of the figure: text is a little wider or narrower at another one, and labels must fit


def draw_graph(
    graph: nx.Graph,
    *,
    colour: str = "community",
    title: str = "",
    skills: int = SKILLS,
    labels: int = SKILLS,
    size: tuple[float, float] = (12.0, 8.4),
) -> Figure:
    """A picture of the most frequent skills and the strongest links between them.

    Drawn are links of the backbone, where the graph has one, by ``npmi`` or else by ``weight``; each skill keeps its strongest
    link, and skills without any are left out. Skills stand where ``x`` and ``y`` say, moved apart to make room for labels.
    A label covers neither another one nor a dot: the most frequent skills come first; without a free place it is left out.

    Parameters
    ----------
    graph : networkx.Graph
        As :func:`skilltax.skill_graph` makes it; others will do.
    colour : str
        What gives a skill its colour: ``community`` or ``category``. The ten largest have one of their own.
    title : str
        Stands above the picture.
    skills, labels : int
        How many are drawn at most.
    size : (float, float)
        Width and height, in inches.

    Returns
    -------
    matplotlib.figure.Figure
        ``.savefig("skills.png")`` writes it; a notebook shows it.

    Raises
    ------
    SkilltaxError
        Where matplotlib is missing, or `colour` is neither.
    """
    if colour not in ("community", "category"):
        raise SkilltaxError(f"colour {colour}: unknown; known are community, category")
    figure = blank(size)
    if title:
        figure.text(0.02, 0.99, title, fontsize=15, fontweight="bold", color=INK, parse_math=False, va="top")
    nodes = sorted(graph, key=lambda n: (-_held(graph, n), str(n)))[:skills]
    if not nodes:
        figure.text(0.5, 0.5, "no skills", ha="center", color=QUIET)
        return figure
    links = _links(graph, set(nodes))
    linked = {n for link in links for n in link}
    nodes = [n for n in nodes if n in linked] or nodes
    if not any("community" in graph.nodes[n] for n in nodes):
        colour = "category"
    colours = _colours([graph.nodes[n].get(colour) for n in nodes])
    bottom = _legend(figure, graph, colour, colours, nodes)
    axes = figure.add_axes((0.01, bottom, 0.98, (0.95 if title else 0.99) - bottom))
    axes.set_axis_off()
    tint = {n: colours.get(graph.nodes[n].get(colour), REST) for n in nodes}
    most = max(_held(graph, n) for n in nodes) or 1
    radius = [SMALLEST + (LARGEST - SMALLEST) * (_held(graph, n) / most) ** 0.5 for n in nodes]
    names = [str(graph.nodes[n].get("label", n)) for n in nodes]
    points = _draw_names(figure, axes, names, radius, places(graph, nodes), labels)
    at = dict(zip(nodes, points.tolist(), strict=True))
    for rank, (u, v) in reversed(list(enumerate(links))):
        strength = 1 - rank / len(links)
        axes.plot(
            *zip(at[u], at[v], strict=True), color=tint[u] if tint[u] == tint[v] else REST, zorder=1,
            alpha=0.15 + 0.4 * strength, linewidth=0.4 + 0.9 * strength, solid_capstyle="round",
        )  # fmt: skip
    areas = [(2 * r) ** 2 for r in radius]
    axes.scatter(points[:, 0], points[:, 1], s=areas, c=[tint[n] for n in nodes], zorder=2, linewidths=0.6, edgecolors="white")
    return figure


def picture(figure: Figure, form: str) -> bytes:
    """A figure as ``png`` or ``svg``; the same figure gives the same bytes."""
    import matplotlib as mpl

    buffer = io.BytesIO()
    metadata = {"Date": None} if form == "svg" else {"Software": "skilltax"}
    with mpl.rc_context({"svg.hashsalt": "skilltax"}):
        figure.savefig(buffer, format=form, dpi=DPI, metadata=metadata)
    return buffer.getvalue()


def blank(size: tuple[float, float]) -> Figure:
    """An empty figure of a size in inches."""
    try:
        from skilltax.export.figure import Picture
    except ImportError:
        raise SkilltaxError("pictures need matplotlib: pip install 'skilltax[plot]'") from None
    return Picture(figsize=size, dpi=DPI, facecolor="white")


def _held(graph: nx.Graph, node: Any) -> float:
    return float(graph.nodes[node].get("postings") or graph.degree[node])


def _links(graph: nx.Graph, nodes: set[Any]) -> list[tuple[Any, Any]]:
    """The strongest links among the nodes, strongest first, and of each node the strongest."""

    def strength(edge: tuple[Any, Any, dict[str, Any]]) -> float:
        found = edge[2].get("npmi", edge[2].get("weight", 1.0))
        return float(found) if isinstance(found, int | float) else 1.0

    inside = [(u, v, a) for u, v, a in graph.edges(nodes, data=True) if u != v and u in nodes and v in nodes]
    order = sorted(inside, key=lambda e: (not e[2].get("backbone"), -strength(e), str(e[0]), str(e[1])))
    backbone = sum(bool(a.get("backbone")) for _, _, a in inside) or len(inside)
    most = min(backbone, LINKS * len(nodes))
    linked: set[Any] = set()
    found = []
    for rank, edge in enumerate(order):
        u, v, _ = edge
        if rank < most or (strength(edge) > 0 and not {u, v} <= linked):
            found.append((u, v))
            linked |= {u, v}
    return found


def _colours(groups: list[Any]) -> dict[Any, str]:
    """Colours for the largest groups."""
    sizes = Counter(g for g in groups if g not in (None, -1))
    ordered = sorted(sizes, key=lambda g: (-sizes[g], str(g)))
    return dict(zip(ordered, GROUPS, strict=False))


def _legend(figure: Figure, graph: nx.Graph, colour: str, colours: dict[Any, str], nodes: list[Any]) -> float:
    """Names of the colours at the foot, in as many columns as fit; gives the share of the height that they take."""
    from matplotlib.lines import Line2D

    names = graph.graph.get("communities") if colour == "community" else None
    named = {g: (names.get(str(g), f"community {g}") if isinstance(names, dict) else str(g)) for g in colours}
    dots = [
        Line2D([], [], marker="o", linestyle="", markersize=6, color=c, label=plain_text(named[g])) for g, c in colours.items()
    ]
    if any(graph.nodes[n].get(colour) not in colours for n in nodes):
        dots.append(Line2D([], [], marker="o", linestyle="", markersize=6, color=REST, label="others"))
    if len(dots) < 2:
        return 0.01
    for columns in (4, 3, 2, 1):
        legend = figure.legend(
            handles=dots, loc="lower left", fontsize=7.5, frameon=False, labelcolor=QUIET, ncols=columns, handletextpad=0.2
        )
        extent = legend.get_window_extent()
        if extent.width <= 0.96 * figure.bbox.width or columns == 1:
            break
        legend.remove()
    return float(min(0.4, extent.y1 / figure.bbox.height + 0.01))


def plain_text(text: str) -> str:
    """A text without what matplotlib takes for mathematics or, at the front, for a label not to be shown."""
    return text.replace("$", r"\$").lstrip("_")


def _draw_names(figure: Figure, axes: Axes, names: list[str], radius: list[float], known: Any, most: int) -> Any:
    """Write `most` labels and make room for them; gives the dots' places in pixels, in which the axes are measured now."""
    from matplotlib.patheffects import withStroke

    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    pixel = figure.dpi / 72
    left, bottom, right, top = axes.get_window_extent(renderer).extents
    room = Box(0, 0, right - left, top - bottom)
    axes.set_xlim(0, room.right)
    axes.set_ylim(0, room.top)
    labels = [
        axes.text(
            0, 0, name, fontsize=6.5 + 0.35 * r, color=INK, zorder=3, va="bottom", parse_math=False,
            fontweight="bold" if r > BOLD else "normal", path_effects=[withStroke(linewidth=2, foreground="white")],
        )
        for name, r in zip(names[:most], radius, strict=False)
    ]  # fmt: skip
    extents = [label.get_window_extent(renderer) for label in labels]
    dots = [Dot(r * pixel, e.width, e.height) for r, e in zip(radius, extents, strict=False)]
    dots += [Dot(r * pixel, 0, 0) for r in radius[len(dots) :]]
    low, size = known.min(axis=0), np.ptp(known, axis=0)
    filled = np.where(size > 0, (known - low) / np.where(size > 0, size, 1), 0.5)
    points = spread(filled * (room.right, room.top), dots, room)
    for label, box in zip(labels, beside(points, dots, room), strict=False):
        if box:
            label.set_position((box.left, box.bottom))
        else:
            label.remove()
    return points
