"""Postings as rows of numbers, which take a hundredth of the room that their mentions take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from skilltax.graph.counts import Node, Stratum
from skilltax.graph.kin import Roll
from skilltax.tagging.model import TaggedPosting

COLUMNS = ("key", "alternative", "mentions", "stratum", "company")
key_of = attrgetter("concept", "strength", "kind", "section")


class Key(NamedTuple):
    """What tells mentions apart when they are counted, and its number."""

    concept: str
    strength: str
    kind: str
    section: str
    number: int


class Numbers(dict[Any, int]):
    """Numbers things in the order in which they are first asked for."""

    def __missing__(self, thing: Any) -> int:
        self[thing] = number = len(self)
        return number


class Rows:
    """Collected postings.

    Attributes
    ----------
    keys, strata, companies : Numbers
        What the numbers in the columns stand for.
    fingerprints : list of str
        Of each posting.
    dates : list of (str, str)
        When each was posted, unknown dates last, and its id.
    taxonomy : set of str
        Versions of the taxonomies.
    size : int
        Mentions so far.
    """

    def __init__(self) -> None:
        self.keys, self.strata, self.companies = Numbers(), Numbers(), Numbers()
        self.fingerprints: list[str] = []
        self.dates: list[tuple[str, str]] = []
        self.taxonomy: set[str] = set()
        self.size = 0
        self._nodes: list[Node] = []  # of each key
        self._parts: list[tuple[Any, ...]] = []

    def add(self, postings: Sequence[TaggedPosting]) -> None:
        """Add postings."""
        mentions = [m for p in postings for m in p.mentions]
        keys = _numbers(map(self.keys.__getitem__, map(key_of, mentions)), len(mentions))
        if len(self.keys) > len(self._nodes):
            found, first = np.unique(keys, return_index=True)
            new = [mentions[i] for i in first[found >= len(self._nodes)].tolist()]
            self._nodes += [Node(m.label, m.category, m.kind) for m in new]
        self._parts.append((
            keys,
            _numbers((-1 if m.any_of is None else m.any_of for m in mentions), len(mentions)),
            _numbers((len(p.mentions) for p in postings), len(postings)),
            _numbers((self.strata[Stratum(p.role, (p.posted or "")[:7])] for p in postings), len(postings)),
            _numbers((self.companies[(p.company or "").strip().casefold()] for p in postings), len(postings)),
        ))  # fmt: skip
        self.fingerprints += [p.fingerprint for p in postings]
        self.dates += [(p.posted or "~", p.id) for p in postings]
        self.taxonomy |= {p.taxonomy for p in postings}
        self.size += len(mentions)

    def column(self, name: str) -> Any:
        """A column: `key` and `alternative` (-1: none) of each mention; `mentions`, `stratum` and `company` of each posting."""
        at = COLUMNS.index(name)
        return np.concatenate([np.empty(0, np.int32), *(part[at] for part in self._parts)])

    def meanings(self, valid: Callable[[Key], bool], counts_as: Roll) -> Iterator[tuple[Key, Mapping[str, Node]]]:
        """Each valid key with what it counts as."""
        for (concept, strength, kind, section), number in self.keys.items():
            key = Key(concept, strength, kind, section, number)
            if valid(key):
                yield key, counts_as(key.concept, self._nodes[number])

    def strata_of(self, postings: Any) -> tuple[list[Stratum], Any]:
        """The strata of some postings, sorted, and for each posting the place of its own."""
        number = self.column("stratum")[postings]
        names = {n: stratum for stratum, n in self.strata.items()}
        strata = sorted(names[n] for n in np.unique(number).tolist())
        place = np.zeros(len(names), np.int64)
        place[[self.strata[stratum] for stratum in strata]] = np.arange(len(strata))
        return strata, place[number]

    def matrix(self) -> Any:
        """Postings by keys: a one for each mention."""
        bounds = np.concatenate([[0], np.cumsum(self.column("mentions"))])
        key = self.column("key")
        return sparse.csr_array((np.ones(len(key), np.int64), key, bounds), shape=(len(self.dates), len(self.keys)))

    def alternatives(self) -> tuple[Any, Any, Any]:
        """The mentions that are alternatives: number of the group, posting, key."""
        number = self.column("alternative").astype(np.int64)
        posting = np.repeat(np.arange(len(self.dates)), self.column("mentions"))
        one_of = np.flatnonzero(number >= 0)
        group = np.unique(posting[one_of] * (number.max(initial=0) + 1) + number[one_of], return_inverse=True)[1]
        return group, posting[one_of], self.column("key")[one_of]


def _numbers(values: Iterable[int], size: int) -> Any:
    return np.fromiter(values, np.int32, size)
