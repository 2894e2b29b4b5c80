"""The normaliser in front of every writer of graphs.

Formats disagree about what an attribute may be; networkx's writers raise on some values and write unreadable files for
others. So a graph is first made *plain*: nodes and edges in order, one type a column, no None, no dictionaries.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from typing import Any

import networkx as nx

from skilltax.errors import SkilltaxError

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAKEN = (
    "id",
    "source",
    "target",
    "key",
    "type",
    "start",
    "end",
    "viz",
    "pid",
    "parent",
    "position",
)  # by one format or another
LARGEST = 2**63  # what the integers of most formats end before

Attributes = dict[str, Any]


def plain(graph: nx.Graph) -> nx.Graph:
    """A graph that every writer can write: sorted, attributes scalar, one type a column, nothing that XML forbids.

    ``roles`` becomes a column a role (``role_sre``), other mappings JSON; lists are joined by ``|``; None, NaN and infinity are
    left out; where integers and floats meet, all become floats, where anything else meets, text. Attributes whose names
    mean something to a format (``id``, ``type``, ...) get a ``_`` behind them.

    Raises
    ------
    SkilltaxError
        Where the graph is directed or has parallel edges, or two of its nodes look the same as text.
    """
    if graph.is_directed() or graph.is_multigraph():
        raise SkilltaxError("only undirected graphs without parallel edges can be written; convert it with networkx.Graph")
    out: nx.Graph = nx.Graph(**_scalars(graph.graph))
    nodes = sorted(graph.nodes, key=str)
    for node, attributes in zip(nodes, _columns(_scalars(graph.nodes[n]) for n in nodes), strict=True):
        out.add_node(_text(node), **attributes)
    if len(out) < len(nodes):
        raise SkilltaxError("two nodes look the same as text, such as 1 and '1'; give them names that differ")
    edges = sorted((sorted((u, v), key=str) for u, v in graph.edges), key=lambda e: (str(e[0]), str(e[1])))
    for (u, v), attributes in zip(edges, _columns(_scalars(graph.edges[u, v]) for u, v in edges), strict=True):
        out.add_edge(_text(u), _text(v), **attributes)
    return out


def nested(attributes: Attributes) -> Attributes:
    """Attributes as they were before: ``role_sre: 3`` as ``roles: {"sre": 3}``, JSON objects as mappings."""
    rest = {k: _mapping(v) for k, v in attributes.items() if not k.startswith("role_") and k not in ("id", "viz")}
    roles = {k.removeprefix("role_"): v for k, v in attributes.items() if k.startswith("role_") and v}
    return {**rest, "roles": roles}


def _mapping(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("{"):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _scalars(attributes: Attributes) -> Attributes:
    out: Attributes = {}
    for name, value in attributes.items():
        if name == "roles" and isinstance(value, dict):
            out.update({_text(f"role_{role}"): _scalar(n) for role, n in sorted(value.items())})
        elif (scalar := _scalar(value)) is not None:
            out[_text(name) + "_" * (str(name) in TAKEN)] = scalar
    return out


def _scalar(value: Any) -> bool | int | float | str | None:
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if -LARGEST <= value < LARGEST else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return _text(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str))
    if isinstance(value, set | frozenset):
        value = sorted(value, key=str)
    if isinstance(value, list | tuple):
        return _text("|".join(map(str, value)))
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
