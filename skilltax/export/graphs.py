"""Graph files: GEXF, GraphML, node-link JSON, CSV. One normaliser stands in front of every writer.

Formats disagree about what an attribute may be; networkx's writers raise on some values and write unreadable files for
others. So a graph is first made *plain*: nodes and edges in order, one type a column, no None, no dictionaries.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import networkx as nx

from skilltax.errors import SkilltaxError
from skilltax.export.files import whole

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Attributes = dict[str, Any]


def write_graph(graph: nx.Graph, path: str | Path) -> tuple[Path, ...]:
    """Write a graph in the format that the suffix names; tells which files were written.

    ``.gexf``, ``.graphml``, ``.json`` (node-link, as D3 reads it), ``.csv`` (``NAME.nodes.csv`` and ``NAME.edges.csv``).
    The same graph gives the same bytes.

    Raises
    ------
    SkilltaxError
        Where the suffix names no known format, or the file cannot be written.
    """
    path = Path(path)
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise SkilltaxError(f"{path}: unknown format; known suffixes are {', '.join(sorted(WRITERS))}")
    written = []
    for name, content in writer(plain(graph), path):
        with whole(name) as file:
            file.write(content)
        written.append(name)
    return tuple(written)


def read_graph(path: str | Path) -> nx.Graph:
    """Read a graph that :func:`write_graph` wrote as GEXF, GraphML or JSON, with what it says of roles put together again."""
    path = Path(path)
    if not path.is_file():
        raise SkilltaxError(f"{path}: no such file")
    readers: dict[str, Callable[[], nx.Graph]] = {
        ".gexf": lambda: nx.read_gexf(path),
        ".graphml": lambda: nx.read_graphml(path),
        ".json": lambda: nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="links"),
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise SkilltaxError(f"{path}: cannot be read back; readable suffixes are {', '.join(sorted(readers))}")
    graph = nx.Graph(reader())
    graph.graph = _nested(graph.graph)
    rows = [a for _, a in graph.nodes(data=True)] + [a for _, _, a in graph.edges(data=True)]
    for attributes in rows:
        nested = _nested(attributes)
        attributes.clear()
        attributes.update(nested)
    return graph


def _nested(attributes: Attributes) -> Attributes:
    """``role_sre: 3`` as ``roles: {"sre": 3}``."""
    rest = {k: v for k, v in attributes.items() if not k.startswith("role_") and k != "id"}
    roles = {k.removeprefix("role_"): v for k, v in attributes.items() if k.startswith("role_") and v}
    return {**rest, "roles": roles}


def plain(graph: nx.Graph) -> nx.Graph:
    """A graph that every writer can write: sorted, attributes scalar, one type a column, nothing that XML forbids."""
    out: nx.Graph = nx.Graph(**_scalars(graph.graph))
    nodes = sorted(graph.nodes, key=str)
    for node, attributes in zip(nodes, _columns(_scalars(graph.nodes[n]) for n in nodes), strict=True):
        out.add_node(_text(node), **attributes)
    edges = sorted((sorted((u, v), key=str) for u, v in graph.edges), key=lambda e: (str(e[0]), str(e[1])))
    for (u, v), attributes in zip(edges, _columns(_scalars(graph.edges[u, v]) for u, v in edges), strict=True):
        out.add_edge(_text(u), _text(v), **attributes)
    return out


def _scalars(attributes: Attributes) -> Attributes:
    """Attributes as scalars: `roles` a column a role, other mappings JSON, lists joined by ``|``, None left out."""
    out: Attributes = {}
    for name, value in attributes.items():
        if name == "roles" and isinstance(value, dict):
            out.update({f"role_{role}": _scalar(n) for role, n in sorted(value.items())})
        elif value is not None:
            out[name] = _scalar(value)
    return out


def _scalar(value: Any) -> bool | int | float | str:
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return _text(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str))
    if isinstance(value, list | tuple | set | frozenset):
        return _text("|".join(map(str, sorted(value, key=str) if isinstance(value, set | frozenset) else value)))
    return _text(value)


def _text(value: Any) -> str:
    return NOT_IN_XML.sub("\ufffd", str(value))


def _columns(rows: Iterable[Attributes]) -> list[Attributes]:
    """Rows whose columns have one type each: float where int and float meet, text where anything else does."""
    rows = list(rows)
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            kinds.setdefault(name, set()).add(type(value))
    casts: dict[str, type] = {n: float if k == {int, float} else str for n, k in kinds.items() if len(k) > 1}
    return [{n: casts[n](v) if n in casts else v for n, v in sorted(row.items())} for row in rows]


Files = Iterable[tuple[Path, bytes]]


def _gexf(graph: nx.Graph, path: Path) -> Files:
    buffer = io.BytesIO()
    nx.write_gexf(graph, buffer)
    text = buffer.getvalue().decode("utf-8")
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)  # the same graph, the same bytes
    said = json.dumps(graph.graph, sort_keys=True, ensure_ascii=False)
    said = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("<creator>NetworkX", "<creator>skilltax", 1)
    text = text.replace("</creator>", f"</creator>\n    <description>{said}</description>", 1)
    yield path, text.encode("utf-8")


def _graphml(graph: nx.Graph, path: Path) -> Files:
    buffer = io.BytesIO()
    nx.write_graphml_xml(graph, buffer)
    yield path, buffer.getvalue()


def _node_link(graph: nx.Graph, path: Path) -> Files:
    data = nx.node_link_data(graph, edges="links")
    yield path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _csv(graph: nx.Graph, path: Path) -> Files:
    nodes = [{"id": n, **a} for n, a in graph.nodes(data=True)]
    edges = [{"source": u, "target": v, **a} for u, v, a in graph.edges(data=True)]
    yield path.with_suffix(".nodes.csv"), _table(nodes, ["id"])
    yield path.with_suffix(".edges.csv"), _table(edges, ["source", "target"])


def _table(rows: list[Attributes], first: list[str]) -> bytes:
    names = sorted({n for row in rows for n in row} - set(first))
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [*first, *names], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


WRITERS: dict[str, Callable[[nx.Graph, Path], Files]] = {
    ".gexf": _gexf,
    ".graphml": _graphml,
    ".json": _node_link,
    ".csv": _csv,
}
