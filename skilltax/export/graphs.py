"""Graph files, written and read back: GEXF, GraphML, node-link JSON, Cytoscape JSON, DOT, CSV, Parquet."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from math import sqrt
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

import networkx as nx

from skilltax.errors import SkilltaxError
from skilltax.export.colours import GROUPS, REST
from skilltax.export.encode import csv_text
from skilltax.export.files import whole
from skilltax.export.plain import Attributes, nested, plain
from skilltax.export.views import VIEWS

SPREAD = 1000.0  # positions in files, in pixels from the middle
SIZES = 6.0, 40.0  # pixels across, of a node that no posting and of one that every posting holds

Files = Iterable[tuple[Path, bytes]]
Writer = Callable[[nx.Graph, Path], Files]


def write_graph(graph: nx.Graph, path: str | Path) -> tuple[Path, ...]:
    """Write a graph in the format that the suffix names.

    ``.gexf`` and ``.cyjs`` (with positions; GEXF with sizes and colours), ``.graphml``, ``.json`` (node-link, as D3 reads it),
    ``.dot``, ``.csv`` and ``.parquet`` (``NAME.nodes.csv`` and ``NAME.edges.csv``);
    for eyes ``.html`` (the explorer page), ``.png`` and ``.svg`` (pictures). The same graph gives the same bytes.

    Parameters
    ----------
    graph : networkx.Graph
        As :func:`skilltax.skill_graph` makes it; others will do.
    path : path
        With one of these suffixes. A file is written whole or not at all.

    Returns
    -------
    tuple of pathlib.Path
        The files that were written.

    Raises
    ------
    SkilltaxError
        Where the suffix names no known format, or the file cannot be written.
    """
    path = Path(path)
    view, writer = VIEWS.get(path.suffix.lower()), WRITERS.get(path.suffix.lower())
    if view is None and writer is None:
        raise SkilltaxError(f"{path}: unknown format; known suffixes are {', '.join(sorted([*WRITERS, *VIEWS]))}")
    written = []
    for name, content in [(path, view(graph))] if view else list(writer(plain(graph), path)) if writer else ():
        with whole(name) as file:
            file.write(content)
        written.append(name)
    return tuple(written)


def read_graph(path: str | Path) -> nx.Graph:
    """Read a graph that :func:`write_graph` wrote, with its mappings put together again.

    ``.gexf``, ``.graphml``, ``.json``, ``.cyjs`` and ``.parquet``; CSV knows no types, and DOT leaves most out.

    Parameters
    ----------
    path : path
        The name that was given to :func:`write_graph`.

    Returns
    -------
    networkx.Graph
        With the same counts and attributes; numbers of a column may have become floats.

    Raises
    ------
    SkilltaxError
        Where the file does not exist, is of another kind, or is broken.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise SkilltaxError(f"{path}: cannot be read back; readable suffixes are {', '.join(sorted(READERS))}")
    if not (path if path.suffix.lower() != ".parquet" else path.with_suffix(".nodes.parquet")).is_file():
        raise SkilltaxError(f"{path}: no such file")
    try:
        graph = nx.Graph(reader(path))
    except (ParseError, ValueError, LookupError, TypeError, AttributeError, nx.NetworkXError) as error:
        raise SkilltaxError(f"{path}: holds no graph ({error}); write it with `skilltax graph`") from None
    graph.graph = nested({k: v for k, v in graph.graph.items() if k not in ("mode", "node_default", "edge_default")})
    for _, attributes in graph.nodes(data=True):
        _replace(attributes)
    for _, _, attributes in graph.edges(data=True):
        _replace(attributes)
    return graph


def _replace(attributes: Attributes) -> None:
    again = nested(attributes)
    attributes.clear()
    attributes.update(again)


def colour_of(community: Any) -> str:
    """The colour of a community, as ``#rrggbb``."""
    return GROUPS[community] if isinstance(community, int) and 0 <= community < len(GROUPS) else REST


def size_of(attributes: Attributes) -> float:
    """How large a node is drawn: its area grows with the share of postings that hold it."""
    share = attributes.get("share")
    part = min(max(share, 0.0), 1.0) if isinstance(share, float | int) else 0.0
    return round(SIZES[0] + (SIZES[1] - SIZES[0]) * sqrt(part), 2)


def _position(attributes: Attributes) -> tuple[float, float] | None:
    """Where a node is drawn, the y axis upwards."""
    x, y = attributes.get("x"), attributes.get("y")
    return (round(SPREAD * x, 1), round(SPREAD * y, 1)) if isinstance(x, float | int) and isinstance(y, float | int) else None


def _gexf(graph: nx.Graph, path: Path) -> Files:
    for _, attributes in graph.nodes(data=True):
        colour = colour_of(attributes.get("community"))
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        look: Attributes = {"size": size_of(attributes), "color": {"r": red, "g": green, "b": blue, "a": 1.0}}
        if place := _position(attributes):
            look["position"] = {"x": place[0], "y": place[1], "z": 0.0}
        attributes["viz"] = look
    for *_, attributes in graph.edges(data=True):
        if isinstance(attributes.get("weight"), str):  # GEXF has no weights but numbers
            attributes["weight_"] = attributes.pop("weight")
    buffer = io.BytesIO()
    nx.write_gexf(graph, buffer)
    text = buffer.getvalue().decode("utf-8")
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)  # the same graph, the same bytes
    said = escape(_json(graph.graph))
    text = text.replace("<creator>NetworkX", "<creator>skilltax, NetworkX", 1)
    text = text.replace("</creator>", f"</creator>\n    <description>{said}</description>", 1)
    yield path, text.encode("utf-8")


def _read_gexf(path: Path) -> nx.Graph:
    graph = nx.read_gexf(path)
    said = re.search(r"<description>(.*?)</description>", path.read_text("utf-8"), re.S)
    if said:
        graph.graph.update(json.loads(said[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")))
    return graph


def _graphml(graph: nx.Graph, path: Path) -> Files:
    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer)
    yield path, buffer.getvalue()


def _node_link(graph: nx.Graph, path: Path) -> Files:
    yield path, (_json(nx.node_link_data(graph, edges="links"), indent=1) + "\n").encode("utf-8")


def _cytoscape(graph: nx.Graph, path: Path) -> Files:
    nodes = []
    for node, attributes in graph.nodes(data=True):
        element: Attributes = {"data": {"id": node, **attributes}}
        if place := _position(attributes):
            element["position"] = {"x": place[0], "y": -place[1]}  # its y axis points down
        nodes.append(element)
    edges = [{"data": {"id": f"{u}--{v}", "source": u, "target": v, **a}} for u, v, a in graph.edges(data=True)]
    yield path, (_json({"data": graph.graph, "elements": {"nodes": nodes, "edges": edges}}, indent=1) + "\n").encode("utf-8")


def _read_cytoscape(path: Path) -> nx.Graph:
    found = json.loads(path.read_text("utf-8"))
    graph = nx.Graph(**found["data"])
    graph.add_nodes_from((e["data"]["id"], e["data"]) for e in found["elements"]["nodes"])
    for element in found["elements"]["edges"]:
        data = {k: v for k, v in element["data"].items() if k not in ("source", "target")}
        graph.add_edge(element["data"]["source"], element["data"]["target"], **data)
    return graph


def _dot(graph: nx.Graph, path: Path) -> Files:
    lines = [f"// {_json(graph.graph)}", "graph skills {", '  node [shape=circle, style=filled, fontname="Helvetica"];']
    for node, attributes in graph.nodes(data=True):
        said = {"label": attributes.get("label", node), "fillcolor": colour_of(attributes.get("community"))}
        said["width"] = f"{size_of(attributes) / 72:.2f}"  # inches
        if place := _position(attributes):
            said["pos"] = f"{place[0]},{place[1]}"
        lines.append(f"  {_quoted(node)} [{', '.join(f'{name}={_quoted(value)}' for name, value in said.items())}];")
    for u, v, attributes in graph.edges(data=True):
        lines.append(f"  {_quoted(u)} -- {_quoted(v)} [weight={_quoted(attributes.get('weight', 1))}];")
    yield path, ("\n".join([*lines, "}"]) + "\n").encode("utf-8")


def _quoted(value: Any) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + text.replace("\r", " ").replace("\n", "\\n") + '"'


def _tables(graph: nx.Graph) -> tuple[list[Attributes], list[Attributes]]:
    nodes = [{"id": n, **a} for n, a in graph.nodes(data=True)]
    edges = [{"source": u, "target": v, **a} for u, v, a in graph.edges(data=True)]
    return nodes, edges


def _csv(graph: nx.Graph, path: Path) -> Files:
    nodes, edges = _tables(graph)
    if nodes:
        nodes[0]["provenance"] = _json(graph.graph)
    yield path.with_suffix(".nodes.csv"), _table(nodes, ["id"])
    yield path.with_suffix(".edges.csv"), _table(edges, ["source", "target"])


def _table(rows: list[Attributes], first: list[str]) -> bytes:
    names = [*first, *_names(rows, first)]
    return csv_text([names, *([row.get(name, "") for name in names] for row in rows)]).encode("utf-8")


def _names(rows: list[Attributes], first: list[str]) -> list[str]:
    return sorted({n for row in rows for n in row} - set(first))


def _parquet(graph: nx.Graph, path: Path) -> Files:
    arrow, parquet = _pyarrow()
    for name, rows, first in zip(("nodes", "edges"), _tables(graph), (["id"], ["source", "target"]), strict=True):
        columns = {n: arrow.array([row.get(n) for row in rows]) for n in [*first, *_names(rows, first)]}
        table = arrow.table(columns).replace_schema_metadata({"skilltax": _json(graph.graph)})
        buffer = io.BytesIO()
        parquet.write_table(table, buffer)
        yield path.with_suffix(f".{name}.parquet"), buffer.getvalue()


def _read_parquet(path: Path) -> nx.Graph:
    _, parquet = _pyarrow()
    nodes, edges = (parquet.read_table(path.with_suffix(f".{name}.parquet")) for name in ("nodes", "edges"))
    graph = nx.Graph(**json.loads(nodes.schema.metadata[b"skilltax"]))
    for row in nodes.to_pylist():
        graph.add_node(row.pop("id"), **{k: v for k, v in row.items() if v is not None})
    for row in edges.to_pylist():
        graph.add_edge(row.pop("source"), row.pop("target"), **{k: v for k, v in row.items() if v is not None})
    return graph


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise SkilltaxError('Parquet needs pyarrow: pip install "skilltax[parquet]"') from None
    return pyarrow, pyarrow.parquet


def _json(value: Any, **form: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=not form, **form)


WRITERS: dict[str, Writer] = {
    ".gexf": _gexf,
    ".graphml": _graphml,
    ".json": _node_link,
    ".cyjs": _cytoscape,
    ".dot": _dot,
    ".csv": _csv,
    ".parquet": _parquet,
}
READERS: dict[str, Callable[[Path], nx.Graph]] = {
    ".gexf": _read_gexf,
    ".graphml": nx.read_graphml,
    ".json": lambda path: nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="links"),
    ".cyjs": _read_cytoscape,
    ".parquet": _read_parquet,
}
