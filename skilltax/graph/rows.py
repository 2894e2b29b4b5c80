"""Postings as rows of numbers, which take a hundredth of the room that their mentions take."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from skilltax.graph.counts import STRENGTHS, Node, Stratum
from skilltax.graph.kin import Roll
from skilltax.tagging.model import TaggedPosting

RANK = {strength: i for i, strength in enumerate(STRENGTHS)}
COLUMNS = ("key", "mentions", "stratum", "company", "alternative")
fields_of = attrgetter("role", "posted")


class Key(NamedTuple):
    """What tells mentions apart when they are counted, and its number."""

    concept: str
    kind: str
    strength: str
    number: int


class Numbers(dict[Any, int]):
    """Numbers things in the order in which they are first asked for."""

    def __missing__(self, thing: Any) -> int:
        self[thing] = number = len(self)
        return number


class Rows:
    """Collected postings. What is asked of a million of them is asked column by column, which Python does fastest.

    Parameters
    ----------
    without : collection of str
        Sections whose mentions are left out.
    alternatives : bool
        Whether to keep which mentions are alternatives.

    Attributes
    ----------
    fingerprints, posted, ids : list
        Of each posting.
    taxonomy : set of str
        Versions of the taxonomies.
    size : int
        Mentions so far.
    """

    def __init__(self, without: Collection[str] = (), alternatives: bool = False) -> None:
        self.without, self.with_alternatives = frozenset(without), alternatives
        self.fingerprints: list[str] = []
        self.posted: list[str | None] = []
        self.ids: list[str] = []
        self.taxonomy: set[str] = set()
        self.size = 0
        self._concepts, self._strata, self._companies = Numbers(), Numbers(), Numbers()
        self._nodes: list[Node] = []  # of each concept
        self._parts: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, postings: Sequence[TaggedPosting]) -> None:
        """Add postings."""
        mentions = [m for p in postings for m in p.mentions]
        lengths = _numbers([len(p.mentions) for p in postings])
        concepts = _numbers(list(map(self._concepts.__getitem__, [m.concept for m in mentions])))
        if len(self._concepts) > len(self._nodes):
            found, first = np.unique(concepts, return_index=True)
            new = [mentions[i] for i in first[found >= len(self._nodes)].tolist()]
            self._nodes += [Node(m.label, m.category, m.kind) for m in new]
        keys = concepts * len(STRENGTHS) + _numbers(list(map(RANK.__getitem__, [m.strength for m in mentions])))
        alternatives = np.empty(0, np.int32)
        if self.with_alternatives:
            alternatives = _numbers([-1 if m.any_of is None else m.any_of for m in mentions])
        if self.without:
            inside = np.array([m.section not in self.without for m in mentions], bool)
            owner = np.repeat(np.arange(len(postings)), lengths)
            keys, alternatives = keys[inside], alternatives[inside[: len(alternatives)]]
            lengths = np.bincount(owner[inside], minlength=len(postings))
        strata = _numbers(list(map(self._strata.__getitem__, map(fields_of, postings))))
        companies = _numbers(list(map(self._companies.__getitem__, [p.company for p in postings])))
        self._parts.append((keys, lengths, strata, companies, alternatives))
        self.fingerprints += [p.fingerprint for p in postings]
        self.posted += [p.posted for p in postings]
        self.ids += [p.id for p in postings]
        self.taxonomy |= {p.taxonomy for p in postings}
        self.size += len(mentions)

    def column(self, name: str) -> Any:
        """A column: `key` and `alternative` (-1: none) of each mention; `mentions`, `stratum` and `company` of each posting."""
        at = COLUMNS.index(name)
        return np.concatenate([np.empty(0, np.int32), *(part[at] for part in self._parts)])

    def meanings(self, valid: Callable[[Key], bool], counts_as: Roll) -> Iterator[tuple[Key, Mapping[str, Node]]]:
        """Each valid key with what it counts as."""
        for (concept, number), node in zip(self._concepts.items(), self._nodes, strict=True):
            for strength, rank in RANK.items():
                key = Key(concept, node.kind, strength, number * len(STRENGTHS) + rank)
                if valid(key):
                    yield key, counts_as(concept, node)

    def strata_of(self, postings: Any) -> tuple[list[Stratum], Any]:
        """The strata of some postings, sorted, and for each posting the place of its own."""
        number = self.column("stratum")[postings]
        named = {n: Stratum(role, (posted or "")[:7]) for (role, posted), n in self._strata.items()}
        strata = sorted({named[n] for n in np.unique(number).tolist()})
        place = np.array([strata.index(stratum) if stratum in strata else -1 for stratum in named.values()], np.int64)
        return strata, place[number]

    def employers(self) -> Any:
        """For each posting the number of its employer, however it is written; a number of its own where there is none."""
        same = Numbers()
        places = np.array(
            [-1 if not name or not name.strip() else same[name.strip().casefold()] for name in self._companies], np.int64
        )
        found = places[self.column("company")] if len(places) else np.empty(0, np.int64)
        return np.where(found < 0, np.arange(len(found)) + len(same), found)

    def matrix(self) -> Any:
        """Postings by keys: a one for each mention."""
        bounds = np.concatenate([[0], np.cumsum(self.column("mentions"))])
        key = self.column("key")
        return sparse.csr_array((np.ones(len(key), np.int64), key, bounds), shape=(len(self), self.width))

    @property
    def width(self) -> int:
        """How many keys there are."""
        return len(self._concepts) * len(STRENGTHS)

    def alternatives(self) -> tuple[Any, Any, Any]:
        """The mentions that are alternatives: number of the group, posting, key."""
        number = self.column("alternative").astype(np.int64)
        posting = np.repeat(np.arange(len(self)), self.column("mentions"))
        one_of = np.flatnonzero(number >= 0)
        group = np.unique(posting[one_of] * (number.max(initial=0) + 1) + number[one_of], return_inverse=True)[1]
        return group, posting[one_of], self.column("key")[one_of]


def _numbers(values: Iterable[int]) -> Any:
    return np.array(values, np.int32)
