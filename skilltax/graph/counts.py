"""Counts: in how many postings each concept stands, and each pair of concepts, role by role and month by month.

Counts are additive: those of two halves, merged, equal those of the whole. They hold no text and no single posting.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from scipy import sparse

from skilltax.errors import SkilltaxError

STRENGTHS = ("required", "preferred", "other", "negated")  # the strongest first


class Node(NamedTuple):
    """What a graph says of a concept by itself."""

    label: str
    category: str
    kind: str


class Stratum(NamedTuple):
    """Postings of one role and one month (``2024-10``; empty where the date is not known)."""

    role: str
    month: str


class Pairs(NamedTuple):
    """Pairs of concepts that stand together: three arrays of one length, ``a < b`` as places in ``Counts.concepts``."""

    a: Any
    b: Any
    both: Any


@dataclass(frozen=True, repr=False)
class Counts:
    """Postings by concept and by pair of concepts, in each stratum.

    Attributes
    ----------
    concepts : Mapping[str, Node]
        Every concept that was counted, sorted by id; N of them.
    strata : tuple of Stratum
        Sorted; S of them.
    postings : numpy.ndarray of int, shape (S,)
        Postings of each stratum, those without any concept too.
    held : Mapping[str, scipy.sparse.csr_array of int, shape (S, N)]
        For each strength, how many postings hold each concept with it as the strongest.
    pairs : scipy.sparse.csr_array of int, shape (S, N * N)
        How many postings hold both concepts: column ``a * N + b`` with a < b.
    taxonomy : frozenset of str
        Versions of the taxonomies that the tags were made with.
    duplicates : int
        Postings that were left out because a near-duplicate of them was counted.
    options : Mapping[str, object]
        How was counted, where not as usual.
    source : str
        Where the postings are from, in words.
    """

    concepts: Mapping[str, Node] = field(default_factory=dict)
    strata: tuple[Stratum, ...] = ()
    postings: Any = field(default_factory=lambda: np.zeros(0, np.int64))
    held: Mapping[str, Any] = field(default_factory=lambda: dict.fromkeys(STRENGTHS, _empty(0, 0)))
    pairs: Any = field(default_factory=lambda: _empty(0, 0))
    taxonomy: frozenset[str] = frozenset()
    duplicates: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""

    def __repr__(self) -> str:
        months = sorted(m for m in self.months if m)
        when = f", {months[0]} to {months[-1]}" if months else ""
        return f"<Counts: {self.total:,} postings, {len(self.concepts):,} skills, {len(self.roles)} roles{when}>"

    @cached_property
    def total(self) -> int:
        """How many postings were counted."""
        return int(self.postings.sum())

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The concepts' ids, in the order of the columns."""
        return tuple(self.concepts)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The column of each concept."""
        return {concept: i for i, concept in enumerate(self.concepts)}

    @cached_property
    def roles(self) -> Mapping[str, int]:
        """Postings of each role."""
        return self._by("role")

    @cached_property
    def months(self) -> Mapping[str, int]:
        """Postings of each month."""
        return self._by("month")

    @cached_property
    def singles(self) -> Any:
        """How many postings hold each concept: an array of N integers."""
        return sum(m.sum(axis=0) for m in self.held.values())

    @cached_property
    def often(self) -> Mapping[str, int]:
        """How many postings hold each concept, by its id."""
        return dict(zip(self.ids, self.singles.tolist(), strict=True)) if self.ids else {}

    @cached_property
    def table(self) -> Pairs:
        """The pairs over all strata, sorted."""
        flat = sparse.csr_array(np.ones((1, len(self.strata)), np.int64)) @ self.pairs
        flat.sort_indices()
        a, b = np.divmod(flat.indices.astype(np.int64), max(1, len(self.concepts)))
        return Pairs(a, b, flat.data)

    def by_role(self, matrix: Any) -> tuple[list[str], Any]:
        """The rows of a matrix summed up by role.

        Parameters
        ----------
        matrix : array of int, shape (S, ...)
            A row a stratum, such as those of `held`.

        Returns
        -------
        list of str, scipy.sparse.csr_array of int
            The roles, sorted, and a row for each.
        """
        names = list(self.roles)
        to = [names.index(s.role) for s in self.strata]
        choose = sparse.csr_array((np.ones(len(to), np.int64), (to, range(len(to)))), shape=(len(names), len(to)))
        return names, (choose @ matrix).tocsr()

    def together(self, concept: str) -> Any:
        """How many postings hold both a concept and each of the others: an array of N integers, its own count at its place."""
        at, pairs = self.place[concept], self.table
        found = np.zeros(len(self.concepts), np.int64)
        found[pairs.b[pairs.a == at]] = pairs.both[pairs.a == at]
        found[pairs.a[pairs.b == at]] = pairs.both[pairs.b == at]
        found[at] = self.singles[at]
        return found

    def select(self, *, roles: Collection[str] | None = None, months: tuple[str, str] | None = None) -> Counts:
        """The counts of some of the postings.

        Parameters
        ----------
        roles : collection of str, optional
            Only postings of these roles.
        months : (str, str), optional
            Only postings of the months from the first to the last, such as ``("2024-05", "2024-09")``.

        Returns
        -------
        Counts
            With the same concepts.
        """
        keep = [
            i for i, s in enumerate(self.strata)
            if (roles is None or s.role in roles) and (months is None or months[0] <= s.month <= months[1])
        ]  # fmt: skip
        return replace(
            self, strata=tuple(self.strata[i] for i in keep), postings=self.postings[keep], pairs=self.pairs[keep],
            held={strength: m[keep] for strength, m in self.held.items()},
        )  # fmt: skip

    def merged(self, other: Counts) -> Counts:
        """The counts of both together."""
        return merge_counts([self, other])

    def _by(self, name: str) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for stratum, n in zip(self.strata, self.postings.tolist(), strict=True):
            found[getattr(stratum, name)] = found.get(getattr(stratum, name), 0) + n
        return dict(sorted(found.items()))


def merge_counts(parts: Iterable[Counts]) -> Counts:
    """Add counts up, exactly.

    Near-duplicates that stand in different parts are not found: group before counting in parts, or accept them.

    Parameters
    ----------
    parts : iterable of Counts
        Made with the same options; their taxonomies may differ, and all are named in the result.

    Returns
    -------
    Counts
        The same as if all postings had been counted at once, but for near-duplicates.

    Raises
    ------
    SkilltaxError
        Where the parts were counted in different ways.
    """
    several = [part for part in parts if part.strata or part.taxonomy]
    if len(several) < 2:
        return several[0] if several else Counts()
    ways = {str(sorted(part.options.items())) for part in several}
    if len(ways) > 1:
        raise SkilltaxError(f"counted in different ways: {'; '.join(sorted(ways))}; count all parts with the same options")
    concepts = dict(sorted({c: node for part in several for c, node in part.concepts.items()}.items()))
    strata = tuple(sorted({s for part in several for s in part.strata}))
    place, row = {c: i for i, c in enumerate(concepts)}, {s: i for i, s in enumerate(strata)}
    size = len(concepts)
    postings = np.zeros(len(strata), np.int64)
    held, pairs = {strength: _empty(len(strata), size) for strength in STRENGTHS}, _empty(len(strata), size * size)
    for part in several:
        rows = np.array([row[s] for s in part.strata], np.int64)
        columns = np.array([place[c] for c in part.concepts], np.int64)
        postings[rows] += part.postings
        for strength, m in part.held.items():
            held[strength] = held[strength] + _moved(m, rows, columns[m.indices], held[strength].shape)
        a, b = np.divmod(part.pairs.indices.astype(np.int64), max(1, len(columns)))
        pairs = pairs + _moved(part.pairs, rows, columns[a] * size + columns[b], pairs.shape)
    taxonomy = frozenset[str]().union(*(part.taxonomy for part in several))
    duplicates = sum(part.duplicates for part in several)
    source = "; ".join(dict.fromkeys(part.source for part in several if part.source))
    return Counts(concepts, strata, postings, held, pairs, taxonomy, duplicates, several[0].options, source)


def counts_of(graph: nx.Graph) -> Counts:
    """The counts that a graph was built from, as far as they are in it.

    Months are not, nor strengths by role: every concept is held with the strength ``other``. Concepts and pairs that the graph
    leaves out are missing.

    Parameters
    ----------
    graph : networkx.Graph
        As :func:`skilltax.skill_graph` makes it.

    Returns
    -------
    Counts
        For :func:`skilltax.related` and the other questions.

    Raises
    ------
    SkilltaxError
        Where the graph was not made by skilltax.
    """
    lacking = [name for name in ("postings", "duplicates", "roles", "taxonomy", "communities") if name not in graph.graph]
    if lacking:
        raise SkilltaxError(f"this graph was not made by `skilltax graph`: it says nothing of {', '.join(lacking)}")
    concepts = {n: Node(d["label"], d["category"], d["kind"]) for n, d in sorted(graph.nodes(data=True))}
    roles = dict(sorted(graph.graph["roles"].items()))
    row, place, size = {role: i for i, role in enumerate(roles)}, {c: i for i, c in enumerate(concepts)}, len(concepts)
    held = [(row[r], place[n], k) for n, by_role in graph.nodes(data="roles") for r, k in by_role.items()]
    ends = ((*sorted((place[u], place[v])), by_role) for u, v, by_role in graph.edges(data="roles"))
    pairs = [(row[r], a * size + b, k) for a, b, by_role in ends for r, k in by_role.items()]
    return Counts(
        concepts, tuple(Stratum(role, "") for role in roles), np.array(list(roles.values()), np.int64),
        {strength: _cells(held if strength == "other" else [], len(roles), size) for strength in STRENGTHS},
        _cells(pairs, len(roles), size * size), frozenset(filter(None, graph.graph["taxonomy"].split(", "))),
        graph.graph["duplicates"], {}, graph.graph.get("origin", ""),
    )  # fmt: skip


def _cells(cells: list[tuple[int, int, int]], rows: int, columns: int) -> Any:
    row, column, n = np.array(cells, np.int64).reshape(-1, 3).T
    return sparse.csr_array((n, (row, column)), shape=(rows, columns))


def _moved(matrix: Any, rows: Any, columns: Any, shape: tuple[int, int]) -> Any:
    """A matrix whose rows, and each of whose entries' columns, have moved."""
    return sparse.csr_array((matrix.data, (rows[matrix.tocoo().row], columns)), shape=shape)


def _empty(rows: int, columns: int) -> Any:
    return sparse.csr_array((rows, columns), dtype=np.int64)
