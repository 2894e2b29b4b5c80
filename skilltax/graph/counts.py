"""Counting: in how many postings each concept stands, and each pair of concepts, role by role.

A posting is a set of concepts. Counts are additive: those of two halves, merged, equal those of the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from skilltax.errors import SkilltaxError
from skilltax.tagging.model import TaggedPosting

BATCH = 50_000
KINDS = ("technology", "practice", "certification")
STRENGTHS = ("required", "preferred", "other")


class Node(NamedTuple):
    """What a graph says of a concept by itself."""

    label: str
    category: str
    kind: str


@dataclass(frozen=True)
class Counts:
    """Postings by concept and by pair of concepts, for each role.

    Attributes
    ----------
    concepts : Mapping[str, Node]
        Every concept that was counted, sorted by id; the order of the matrices' rows.
    pairs : Mapping[str, scipy.sparse.csr_array]
        For each role a symmetric matrix of integers: postings that hold both concepts, on the diagonal postings that
        hold the one.
    postings : Mapping[str, int]
        Postings of each role, those without any concept too.
    taxonomy : frozenset of str
        Versions of the taxonomies that the tags were made with.
    """

    concepts: Mapping[str, Node] = field(default_factory=dict)
    pairs: Mapping[str, Any] = field(default_factory=dict)
    postings: Mapping[str, int] = field(default_factory=dict)
    taxonomy: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """How many postings were counted."""
        return sum(self.postings.values())

    def matrix(self, roles: Collection[str] | None = None) -> Any:
        """The matrix over the roles that are asked for, all of them without."""
        size = len(self.concepts)
        chosen = [m for role, m in self.pairs.items() if roles is None or role in roles]
        return sum(chosen, sparse.csr_array((size, size), dtype=np.int64))

    def merged(self, other: Counts) -> Counts:
        """The counts of both together."""
        concepts = dict(sorted({**self.concepts, **other.concepts}.items()))
        place = {concept: i for i, concept in enumerate(concepts)}
        roles = sorted({*self.postings, *other.postings})
        size = len(concepts)
        pairs = {role: sparse.csr_array((size, size), dtype=np.int64) for role in roles}
        for part in (self, other):
            to = np.fromiter((place[c] for c in part.concepts), dtype=np.int64, count=len(part.concepts))
            for role, matrix in part.pairs.items():
                flat = matrix.tocoo()
                pairs[role] = pairs[role] + sparse.csr_array((flat.data, (to[flat.row], to[flat.col])), shape=(size, size))
        postings = {role: self.postings.get(role, 0) + other.postings.get(role, 0) for role in roles}
        return Counts(concepts, pairs, postings, self.taxonomy | other.taxonomy)


def count(
    tagged: Iterable[TaggedPosting],
    *,
    strengths: Collection[str] = STRENGTHS,
    kinds: Collection[str] = KINDS,
    mix_taxonomies: bool = False,
) -> Counts:
    """Count concepts and pairs of concepts.

    Parameters
    ----------
    tagged : iterable of TaggedPosting
        Read once, in batches.
    strengths : collection of str
        Mentions of other strengths do not count. Negated ones do not unless asked for.
    kinds : collection of str
        Concepts of other kinds do not count; soft skills do not unless asked for.
    mix_taxonomies : bool
        Whether tags made with different taxonomies may be counted together.

    Raises
    ------
    SkilltaxError
        Where tags made with different taxonomies meet.
    """
    total = Counts()
    postings = iter(tagged)
    while batch := list(islice(postings, BATCH)):
        total = total.merged(_count(batch, frozenset(strengths), frozenset(kinds)))
        if len(total.taxonomy) > 1 and not mix_taxonomies:
            raise SkilltaxError(
                f"tags of different taxonomies: {', '.join(sorted(total.taxonomy))}; "
                "tag all postings with one of them, or allow mixing"
            )
    return total


def _count(batch: list[TaggedPosting], strengths: frozenset[str], kinds: frozenset[str]) -> Counts:
    known: dict[str, Node] = {}
    place: dict[str, int] = {}
    rows: dict[str, list[list[int]]] = {}
    for posting in batch:
        held = set()
        for m in posting.mentions:
            if m.strength in strengths and m.kind in kinds:
                if m.concept not in known:
                    place[m.concept] = len(place)
                    known[m.concept] = Node(m.label, m.category, m.kind)
                held.add(place[m.concept])
        rows.setdefault(posting.role, []).append(list(held))
    order = sorted(known)
    to = np.empty(len(order), dtype=np.int64)
    for i, concept in enumerate(order):
        to[place[concept]] = i
    pairs = {role: _pairs(several, to) for role, several in rows.items()}
    return Counts(
        {concept: known[concept] for concept in order},
        pairs,
        {role: len(several) for role, several in rows.items()},
        frozenset(p.taxonomy for p in batch),
    )


def _pairs(rows: list[list[int]], to: Any) -> Any:
    """``M.T @ M`` of the postings-by-concepts matrix of ones."""
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    flat = np.fromiter((i for row in rows for i in row), dtype=np.int64, count=int(lengths.sum()))
    edges = np.concatenate(([0], np.cumsum(lengths)))
    held = sparse.csr_array((np.ones(len(flat), dtype=np.int64), to[flat], edges), shape=(len(rows), len(to)))
    return (held.T @ held).tocsr()


def pairs_of(matrix: Any) -> Iterator[tuple[int, int, int]]:
    """Each pair that occurs, once, as ``(row, column, postings)`` with row < column, in order."""
    upper = sparse.triu(matrix, k=1).tocoo()
    order = np.lexsort((upper.col, upper.row))
    yield from zip(upper.row[order].tolist(), upper.col[order].tolist(), upper.data[order].tolist(), strict=True)
