"""Graphs for eyes, by suffix: the explorer page and pictures. They are made of the graph as it is, with its mappings."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx


def _page(graph: nx.Graph) -> bytes:
    from skilltax.export.explorer import explore

    return explore(graph).html.encode("utf-8")


def _picture(form: str) -> Callable[[nx.Graph], bytes]:
    def draw(graph: nx.Graph) -> bytes:
        from skilltax.export.pictures import draw_graph, picture

        return picture(draw_graph(graph), form)

    return draw


VIEWS: dict[str, Callable[[nx.Graph], bytes]] = {".html": _page, ".png": _picture("png"), ".svg": _picture("svg")}
