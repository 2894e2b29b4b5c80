"""The explorer page: a graph of skills to look at, search, filter and ask, in one file.

The page's script, style and markup are built from ``web/`` into ``skilltax/data/explorer/``; here the graph is put into
columns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from numbers import Real
from typing import Any, NamedTuple

import networkx as nx

from skilltax.export.page import Page, document
from skilltax.export.places import places
from skilltax.export.plain import NOT_IN_XML
from skilltax.taxonomy.load import load


class Measure(NamedTuple):
    """What the page says of a number on the edges.

    Attributes
    ----------
    label, what : str
        Its name, and what it means.
    ranks : bool
        Whether edges can be chosen by it.
    smaller : bool
        Whether a small number is a strong edge.
    """

    label: str
    what: str
    ranks: bool = True
    smaller: bool = False


MEASURES = {
    "count": Measure("Count", "Postings that hold both"),
    "npmi": Measure("NPMI", "Normalised pointwise mutual information: 1 always together, 0 as by chance, -1 never"),
    "nc": Measure("Noise-corrected", "Standard deviations by which the count exceeds what the two skills' frequencies explain"),
    "jaccard": Measure("Jaccard", "Postings that hold both, of those that hold either"),
    "lift": Measure("Lift", "How many times as often together as by chance"),
    "g2": Measure("G²", "Log-likelihood ratio: how sure it is that they stand together more often than by chance"),
    "alpha": Measure(
        "Disparity", "Chance of so large a part of a skill's links under the disparity filter; small is strong", smaller=True
    ),
    "given_source": Measure("Share of first", "Share of the first skill's postings that hold the second too", ranks=False),
    "given_target": Measure("Share of second", "Share of the second skill's postings that hold the first too", ranks=False),
    "q": Measure("q", "Chance of a false discovery, for G²", ranks=False),
}
NODE_TEXTS = ("label", "category", "kind", "description", "homepage")
NODE_NUMBERS = (
    "postings", "share", "share_low", "share_high", "required", "preferred", "other", "degree", "pagerank", "betweenness",
    "community",
)  # fmt: skip
OWN_ROWS = ("skilltax", "taxonomy", "postings", "duplicates")  # of what the page says about the graph, first


def explore(graph: nx.Graph, *, title: str = "Skill graph", height: int = 680) -> Page:
    """A page to explore a graph of skills: shown by a notebook, and written by ``.save(path)`` as one file.

    Any graph of networkx will do; what :func:`skilltax.skill_graph` puts on nodes and edges is shown where it is there, and
    left out where it is not. Nodes without ``x`` and ``y`` are laid out. The search of the page also knows the aliases that the
    shipped taxonomy has for the skills of such a graph.

    Parameters
    ----------
    graph : networkx.Graph
        As :func:`skilltax.skill_graph` makes it, or read from a file.
    title : str
        Stands above the page.
    height : int
        How high a notebook shows it, in pixels.

    Returns
    -------
    Page
        Under a Content-Security-Policy that allows nothing but its own parts, by their hash.

    Examples
    --------
    >>> import networkx as nx
    >>> page = explore(nx.Graph([("Go", "Kubernetes")]))
    >>> "default-src 'none'" in page.html
    True
    """
    style, script, body, _ = _parts()
    return Page(document(title, body, style=style, script=script, data={"data": contents(graph, title)}), height)


@cache
def _parts() -> tuple[str, str, str, str]:
    folder = files("skilltax") / "data" / "explorer"
    style, script, body, licences = (
        (folder / name).read_text("utf-8") for name in ("explorer.css", "explorer.js", "body.html", "LICENSES.txt")
    )
    return style, script, body, licences


def contents(graph: nx.Graph, title: str) -> dict[str, Any]:
    """What the page holds of a graph: columns of nodes and edges, and what the graph says of itself."""
    nodes = sorted(graph.nodes, key=str)
    rows = [graph.nodes[n] for n in nodes]
    at = {n: i for i, n in enumerate(nodes)}
    pairs = sorted(tuple(sorted((at[u], at[v]))) for u, v in graph.edges if u != v)
    links = [graph.edges[nodes[u], nodes[v]] for u, v in pairs]
    roles = _mapping(graph.graph.get("roles"))
    number = {role: i for i, role in enumerate(roles)}
    postings = graph.graph.get("postings")
    columns: dict[str, list[Any]] = {"id": [_text(n) for n in nodes]}
    columns |= _columns(rows, NODE_TEXTS, _text) | _columns(rows, NODE_NUMBERS, _number)
    if "taxonomy" in graph.graph:  # ids are concepts, whose other names are found by the search too
        concepts = load().concepts
        columns["aliases"] = [list(concepts[n].aliases) if n in concepts else [] for n in nodes]
    columns["x"], columns["y"] = places(graph, nodes).round(4).T.tolist()
    edges: dict[str, list[Any]] = {"u": [u for u, _ in pairs], "v": [v for _, v in pairs]}
    names = [*MEASURES, *sorted(_foreign(links))]
    measures = _columns(links, names, _number)
    edges |= measures
    if any("backbone" in a for a in links):
        edges["backbone"] = [int(str(a.get("backbone")).lower() in ("true", "1")) for a in links]
    if roles:
        columns["roles"] = [_flat(a.get("roles"), number) for a in rows]
        if any("roles" in a for a in links):
            edges["roles"] = [_flat(a.get("roles"), number) for a in links]
    said = [f"{postings:,} postings"] if isinstance(postings, int) else []
    return {
        "title": _text(title),
        "name": re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "skills",
        "subtitle": ", ".join([*said, f"{len(nodes):,} skills"]),
        "provenance": _provenance(graph.graph),
        "about": _about(graph.graph),
        "postings": postings if isinstance(postings, int) else 0,
        "roles": {"names": [_text(role) for role in roles], "postings": list(roles.values())},
        "communityNames": {str(k): _text(v) for k, v in _mapping(graph.graph.get("communities")).items()},
        "measures": [{"key": n, **MEASURES.get(n, Measure(n, "As the file gives it"))._asdict()} for n in measures],
        "nodes": columns,
        "edges": edges,
        "licences": _parts()[3],
    }


def _columns(rows: list[dict[str, Any]], names: Iterable[str], cast: Any) -> dict[str, list[Any]]:
    """The attributes that any row has, as columns; None where a row has none."""
    found = {name: [cast(row.get(name)) for row in rows] for name in names}
    return {name: column for name, column in found.items() if any(value not in (None, "") for value in column)}


def _foreign(links: list[dict[str, Any]]) -> set[str]:
    """Numbers on the edges that we know nothing of; a weight only where it repeats no measure."""
    found = {n for a in links for n, value in a.items() if isinstance(value, Real) and not isinstance(value, bool)}
    repeats = any(all(a.get("weight") == a.get(n) for a in links) for n in found - {"weight"})
    return found - set(MEASURES) - {"x", "y"} - ({"weight"} if repeats else set())


def _text(value: Any) -> str | None:
    """Text as a picture of the page, which is XML, can hold it."""
    return None if value is None else NOT_IN_XML.sub("\ufffd", str(value))


def _number(value: Any) -> float | int | None:
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _mapping(value: Any) -> Mapping[str, Any]:
    """A mapping, also where a file keeps it as JSON."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    return value if isinstance(value, Mapping) else {}


def _flat(roles: Any, number: Mapping[str, int]) -> list[int]:
    return [x for role, n in sorted(_mapping(roles).items()) if role in number for x in (number[role], int(n))]


def _provenance(said: Mapping[str, Any]) -> str:
    version = str(said.get("taxonomy", "")).replace("sha256:", "")
    parts = [f"skilltax {said['skilltax']}"] if "skilltax" in said else []
    parts += [f"taxonomy {version}"] if version else []
    return ", ".join(parts)


def _about(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Rows of what the graph was made from, without what the page shows elsewhere."""
    rows = [(name, said[name]) for name in OWN_ROWS if said.get(name) not in (None, "")]
    rows += [(name.replace("_", " "), value) for name, value in sorted(_mapping(said.get("options")).items())]
    known = {*OWN_ROWS, "roles", "communities", "options", "node_default", "edge_default"}
    rows += [(str(name), value) for name, value in sorted(said.items()) if name not in known]
    return [(name, str(_text(_said(value)))) for name, value in rows]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value)
