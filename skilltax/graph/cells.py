"""Counts as a table: a row a number, under names instead of places, so that any engine can add up the rows of many parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from skilltax.graph.counts import STRENGTHS, Counts, Node, Stratum

POSTING, PAIR = "posting", "pair"


class Cells(NamedTuple):
    """Columns of one length, of str but the last. Rows that agree in all others may be added up.

    Attributes
    ----------
    role, month : numpy.ndarray
        The stratum.
    what : numpy.ndarray
        ``posting`` (how many there are), a strength (postings that hold `a` with it as the strongest) or ``pair`` (postings
        that hold `a` and `b`; `a` is the first by id).
    a, b : numpy.ndarray
        Ids of concepts, empty where there is none.
    label, category, kind : numpy.ndarray
        Of `a`, where `what` is a strength; else empty.
    n : numpy.ndarray of int
        How many.
    """

    role: Any
    month: Any
    what: Any
    a: Any
    b: Any
    label: Any
    category: Any
    kind: Any
    n: Any


def cells_of(counts: Counts) -> Cells:
    """The table of counts; what is 0 has no row."""
    ids = _texts(counts.ids)
    nodes = [_texts([node[i] for node in counts.concepts.values()]) for i in range(len(Node._fields))]
    roles, months = _texts([s.role for s in counts.strata]), _texts([s.month for s in counts.strata])
    parts = [_part(roles, months, POSTING, counts.postings)]
    for strength, matrix in counts.held.items():
        cells = matrix.tocoo()
        at = cells.row, cells.col
        parts.append(_part(roles[at[0]], months[at[0]], strength, cells.data, ids[at[1]], None, *(n[at[1]] for n in nodes)))
    cells = counts.pairs.tocoo()
    a, b = np.divmod(cells.col.astype(np.int64), max(1, len(ids)))
    parts.append(_part(roles[cells.row], months[cells.row], PAIR, cells.data, ids[a], ids[b]))
    return Cells(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def counts_of_cells(
    cells: Cells, taxonomy: frozenset[str] = frozenset(), duplicates: int = 0, options: Mapping[str, Any] | None = None
) -> Counts:
    """The counts of a table, whose rows come in any order; rows that agree are added up.

    Parameters
    ----------
    cells : Cells
        Of one part or of several one below the other.
    taxonomy, duplicates, options
        What the table does not hold; see :class:`skilltax.graph.counts.Counts`.
    """
    is_posting, is_pair = cells.what == POSTING, cells.what == PAIR
    held = ~is_posting & ~is_pair
    nodes = zip(*(column[held] for column in (cells.a, cells.label, cells.category, cells.kind)), strict=True)
    concepts = dict(sorted({a: Node(*node) for a, *node in nodes}.items()))
    strata = sorted({Stratum(*s) for s in zip(cells.role[is_posting], cells.month[is_posting], strict=True)})
    row_of, place = {s: i for i, s in enumerate(strata)}, {c: i for i, c in enumerate(concepts)}
    row = np.array([row_of[role, month] for role, month in zip(cells.role, cells.month, strict=True)], np.int64)  # type: ignore[index]
    size = len(concepts)

    def matrix(which: Any, column: Any, width: int) -> Any:
        made = sparse.csr_array((cells.n[which].astype(np.int64), (row[which], column)), shape=(len(strata), width))
        made.sum_duplicates()
        return made

    def places(names: Any) -> Any:
        return np.array([place[name] for name in names], np.int64)

    postings = np.zeros(len(strata), np.int64)
    np.add.at(postings, row[is_posting], cells.n[is_posting])
    by_strength = {}
    for strength in STRENGTHS:
        which = cells.what == strength
        by_strength[strength] = matrix(which, places(cells.a[which]), size)
    pairs = matrix(is_pair, places(cells.a[is_pair]) * size + places(cells.b[is_pair]), size * size)
    return Counts(concepts, tuple(strata), postings, by_strength, pairs, taxonomy, duplicates, dict(options or {}))


def _part(role: Any, month: Any, what: str, n: Any, a: Any = None, b: Any = None, *node: Any) -> tuple[Any, ...]:
    none = np.full(len(n), "", object)
    columns = [none if column is None else column for column in (a, b, *(node or (none,) * len(Node._fields)))]
    return role, month, np.full(len(n), what, object), *columns, n


def _texts(values: Any) -> Any:
    return np.array([*values, None], object)[:-1]
