"""Pictures of a graph and charts, through matplotlib (``pip install skilltax[plot]``)."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx

from skilltax.errors import SkilltaxError
from skilltax.export.colours import GROUPS, REST
from skilltax.export.places import places

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET = "#1c2024", "#646d77"
SKILLS = 140  # drawn at most: more cannot be read on paper
LINKS = 1.7  # for each skill
SMALLEST, LARGEST = 2.0, 13.0  # radius in points
DPI = 160


def draw_graph(
    graph: nx.Graph,
    *,
    colour: str = "community",
    title: str = "",
    skills: int = SKILLS,
    labels: int = 90,
    size: tuple[float, float] = (12.0, 8.4),
) -> Figure:
    """A picture of the most frequent skills and the strongest links between them.

    Drawn are links of the backbone, where the graph has one, by ``npmi`` or else by ``weight``; each skill keeps its strongest.
    Labels do not cover each other: the most frequent skills come first, and a label without a free place is left out.

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

    Raises
    ------
    SkilltaxError
        Where matplotlib is missing, or `colour` is neither.
    """
    if colour not in ("community", "category"):
        raise SkilltaxError(f"colour {colour}: unknown; known are community, category")
    figure = blank(size)
    axes = figure.add_axes((0.01, 0.09, 0.98, 0.86 if title else 0.9))
    axes.set_axis_off()
    if title:
        figure.text(0.02, 0.965, title, fontsize=15, fontweight="bold", color=INK, parse_math=False)
    nodes = sorted(graph, key=lambda n: (-_held(graph, n), str(n)))[:skills]
    if not nodes:
        axes.text(0.5, 0.5, "no skills", ha="center", color=QUIET, transform=axes.transAxes)
        return figure
    points = dict(zip(nodes, places(graph, nodes), strict=True))
    if not any("community" in graph.nodes[n] for n in nodes):
        colour = "category"
    colours = _colours([graph.nodes[n].get(colour) for n in nodes])
    most = max(_held(graph, n) for n in nodes) or 1
    radius = {n: SMALLEST + (LARGEST - SMALLEST) * (_held(graph, n) / most) ** 0.5 for n in nodes}
    tint = {n: colours.get(graph.nodes[n].get(colour), REST) for n in nodes}
    links = _links(graph, set(nodes))
    for rank, (u, v) in reversed(list(enumerate(links))):
        strength = 1 - rank / len(links)
        axes.plot(
            *zip(points[u], points[v], strict=True), color=tint[u] if tint[u] == tint[v] else REST, zorder=1,
            alpha=0.15 + 0.4 * strength, linewidth=0.4 + 0.9 * strength, solid_capstyle="round",
        )  # fmt: skip
    x, y = zip(*(points[n] for n in nodes), strict=True)
    areas = [(2 * radius[n]) ** 2 for n in nodes]
    axes.scatter(x, y, s=areas, c=[tint[n] for n in nodes], zorder=2, linewidths=0.6, edgecolors="white")
    axes.margins(0.09, 0.06)
    _legend(figure, graph, colour, colours, nodes)
    _label(figure, axes, [(str(graph.nodes[n].get("label", n)), points[n], radius[n]) for n in nodes], labels)
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
    return Picture(figsize=size, facecolor="white")


def _held(graph: nx.Graph, node: Any) -> float:
    return float(graph.nodes[node].get("postings") or graph.degree[node])


def _links(graph: nx.Graph, nodes: set[Any]) -> list[tuple[Any, Any]]:
    """The strongest links among the nodes, strongest first, and of each node the strongest."""

    def strength(edge: tuple[Any, Any, dict[str, Any]]) -> float:
        found = edge[2].get("npmi", edge[2].get("weight", 1.0))
        return float(found) if isinstance(found, int | float) else 1.0

    inside = [(u, v, a) for u, v, a in graph.edges(nodes, data=True) if u != v and u in nodes and v in nodes]
    backbone = [edge for edge in inside if edge[2].get("backbone")] or inside
    linked: set[Any] = set()
    found = []
    for rank, (u, v, _) in enumerate(sorted(backbone, key=lambda e: (-strength(e), str(e[0]), str(e[1])))):
        if rank < LINKS * len(nodes) or not {u, v} <= linked:
            found.append((u, v))
        linked |= {u, v}
    return found


def _colours(groups: list[Any]) -> dict[Any, str]:
    """Colours for the largest groups."""
    sizes = Counter(g for g in groups if g not in (None, -1))
    ordered = sorted(sizes, key=lambda g: (-sizes[g], str(g)))
    return dict(zip(ordered, GROUPS, strict=False))


def _legend(figure: Figure, graph: nx.Graph, colour: str, colours: dict[Any, str], nodes: list[Any]) -> None:
    from matplotlib.lines import Line2D

    names = graph.graph.get("communities") if colour == "community" else None
    named = {g: (names.get(str(g), f"community {g}") if isinstance(names, dict) else str(g)) for g in colours}
    dots = [
        Line2D([], [], marker="o", linestyle="", markersize=6, color=c, label=plain_text(named[g])) for g, c in colours.items()
    ]
    if any(graph.nodes[n].get(colour) not in colours for n in nodes):
        dots.append(Line2D([], [], marker="o", linestyle="", markersize=6, color=REST, label="others"))
    if len(dots) > 1:
        figure.legend(handles=dots, loc="lower left", fontsize=7.5, frameon=False, labelcolor=QUIET, ncols=4, handletextpad=0.2)


def plain_text(text: str) -> str:
    """A text without what matplotlib takes for mathematics or, at the front, for a label not to be shown."""
    return text.replace("$", r"\$").lstrip("_")


class Box(NamedTuple):
    """A rectangle on the canvas, in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top


def _label(figure: Figure, axes: Axes, items: list[tuple[str, Any, float]], most: int) -> None:
    """Labels at the first free side of their nodes, the most important first; none covers a label or a larger node."""
    from matplotlib.patheffects import withStroke

    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    axes.autoscale_view()
    pixel = figure.dpi / 72
    inside = Box(*axes.get_window_extent(renderer).extents)
    taken: list[Box] = []
    written = 0
    for text, point, radius in items:
        if written == most:
            break
        x, y = axes.transData.transform(point)
        r = radius * pixel
        if r > 3:
            taken.append(Box(x - r, y - r, x + r, y + r))
        label = axes.annotate(
            text, point, fontsize=6.5 + 0.35 * radius, color=INK, zorder=3, annotation_clip=False,
            fontweight="bold" if radius > 8 else "normal", path_effects=[withStroke(linewidth=2, foreground="white")],
        )  # fmt: skip
        label.set_parse_math(False)
        extent = label.get_window_extent(renderer)
        width, height, gap = extent.width, extent.height, r + 1.5 * pixel
        sides = (
            (x + gap, y - height / 2),
            (x - gap - width, y - height / 2),
            (x - width / 2, y - gap - height),
            (x - width / 2, y + gap),
        )
        for left, bottom in sides:
            box = Box(left, bottom, left + width, bottom + height)
            own = Box(x - r, y - r, x + r, y + r)
            within = (
                inside.left <= box.left and box.right <= inside.right and inside.bottom <= box.bottom and box.top <= inside.top
            )
            if within and not any(box.meets(other) for other in taken if other != own):
                taken.append(box)
                place = axes.transData.inverted().transform((left, bottom - (extent.y0 - y)))
                label.set_position((float(place[0]), float(place[1])))
                written += 1
                break
        else:
            label.remove()
