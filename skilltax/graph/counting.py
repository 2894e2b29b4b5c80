"""Counting tagged postings. A posting is a set of concepts, each as strong as its strongest mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import islice, pairwise
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from skilltax.errors import SkilltaxError
from skilltax.graph.counts import STRENGTHS, Counts, Node
from skilltax.graph.kin import Roll, roll
from skilltax.graph.rows import Key, Rows
from skilltax.postings.duplicates import groups
from skilltax.tagging.model import TaggedPosting
from skilltax.taxonomy.model import Taxonomy

COUNTED = ("required", "preferred", "other")  # strengths that count unless others are asked for
KINDS = ("technology", "practice", "certification")
SECTIONS = ("requirements", "preferred", "duties", "stack", "company", "benefits", "legal", "title", "unknown")
CHUNK = 500  # postings that are held as such; few, so that they stay in the processor's cache
PART = 8_000_000  # mentions that are counted at once where nothing has to be known of all postings
STEP = 1 << 15  # more mentions of a concept than a posting ever has; digits of the sums that tell the strongest one


class Choice(NamedTuple):
    """What counts; see :func:`count`."""

    strengths: frozenset[str] = frozenset(COUNTED)
    kinds: frozenset[str] = frozenset(KINDS)
    without: frozenset[str] = frozenset()
    level: tuple[str, ...] = ()
    alternatives: bool = True
    keep_duplicates: bool = False
    cap: int | None = None

    def said(self) -> dict[str, Any]:
        """What was chosen, where not as usual."""
        usual = Choice()
        return {
            name: sorted(value) if isinstance(value, frozenset | tuple) else value
            for name, value in self._asdict().items() if value != getattr(usual, name)
        }  # fmt: skip


def choose(
    *, strengths: Collection[str] = COUNTED, kinds: Collection[str] = KINDS, without: Collection[str] = (),
    level: str | Collection[str] = (), alternatives: bool = True, keep_duplicates: bool = False, cap: int | None = None,
) -> Choice:  # fmt: skip
    """The choice of what counts; for the parameters and what is raised see :func:`count`."""
    choice = Choice(
        frozenset(strengths), frozenset(kinds), frozenset(without),
        (level,) if isinstance(level, str) else tuple(sorted(level)), alternatives, keep_duplicates, cap,
    )  # fmt: skip
    for name, known in (("strengths", STRENGTHS), ("kinds", (*KINDS, "soft")), ("without", SECTIONS)):
        if unknown := sorted(getattr(choice, name) - set(known)):
            raise SkilltaxError(f"{name}: {', '.join(unknown)} is unknown; known are {', '.join(known)}")
    if cap is not None and cap < 1:
        raise SkilltaxError(f"cap: {cap} postings of an employer; give at least 1")
    return choice


def count(
    tagged: Iterable[TaggedPosting],
    *,
    strengths: Collection[str] = COUNTED,
    kinds: Collection[str] = KINDS,
    without: Collection[str] = (),
    level: str | Collection[str] = (),
    alternatives: bool = True,
    keep_duplicates: bool = False,
    cap: int | None = None,
    mix_taxonomies: bool = False,
    taxonomy: Taxonomy | None = None,
) -> Counts:
    """Count concepts and pairs of concepts.

    Parameters
    ----------
    tagged : iterable of TaggedPosting
        Read once; their order does not matter. What is kept of each is about 200 bytes, and nothing where
        `keep_duplicates` is given and `cap` is not.
    strengths : collection of str
        Mentions of other strengths do not count. Negated ones do not unless asked for.
    kinds : collection of str
        Concepts of other kinds do not count; soft skills do not unless asked for.
    without : collection of str
        Sections whose mentions do not count, such as ``company``, ``benefits``, ``legal``.
    level : str or collection of str
        ``category`` counts categories instead of concepts. Ids of concepts: what is below one of them (by `broader` or
        `implies`) counts as it, once a posting; the rest counts as itself.
    alternatives : bool
        Whether concepts that a posting names as alternatives ("AWS or GCP") stand together in it.
    keep_duplicates : bool
        Count near-duplicates too. Without, the earliest of them stands for all.
    cap : int, optional
        At most so many postings of one employer count, the earliest.
    mix_taxonomies : bool
        Whether tags made with different taxonomies may be counted together.
    taxonomy : Taxonomy, optional
        Says what is below the concepts in `level`; the shipped one without.

    Returns
    -------
    Counts
        By role and month; a posting without any concept counts in the totals.

    Raises
    ------
    SkilltaxError
        Where tags made with different taxonomies meet, a choice is unknown, or `level` names a concept that does not exist.
    """
    choice = choose(
        strengths=strengths, kinds=kinds, without=without, level=level, alternatives=alternatives,
        keep_duplicates=keep_duplicates, cap=cap,
    )  # fmt: skip
    counts_as = roll(level, taxonomy)
    rows, done, versions, postings = Rows(without, not alternatives), Counts(), set[str](), iter(tagged)
    while chunk := list(islice(postings, CHUNK)):
        rows.add(chunk)
        versions |= rows.taxonomy
        if len(versions) > 1 and not mix_taxonomies:
            several = ", ".join(sorted(versions))
            raise SkilltaxError(f"tags of different taxonomies: {several}; tag all postings with one of them, or allow mixing")
        if keep_duplicates and cap is None and rows.size > PART:
            done, rows = done.merged(_counted(rows, choice, counts_as)), Rows(without, not alternatives)
    return done.merged(_counted(rows, choice, counts_as))


def _counted(rows: Rows, choice: Choice, counts_as: Roll) -> Counts:
    """Count rows: one product of sparse matrices makes sets of them, one a stratum makes pairs of those."""
    chosen, duplicates = _chosen(rows, choice)
    strata, stratum = rows.strata_of(chosen)
    chosen, stratum = chosen[np.argsort(stratum, kind="stable")], np.sort(stratum)
    mentioned = rows.matrix()[chosen]
    there = set(np.flatnonzero(np.bincount(mentioned.indices)).tolist())
    meant = list(rows.meanings(lambda key: key.number in there and _valid(key, choice), counts_as))
    concepts = dict(sorted({c: node for _, nodes in meant for c, node in nodes.items()}.items()))
    meaning = _meaning(meant, {c: i for i, c in enumerate(concepts)}, rows.width)
    sums = (mentioned @ meaning).tocsr()
    first = np.searchsorted(stratum, np.arange(len(strata) + 1))
    choose = sparse.csr_array((np.ones(len(chosen), np.int64), np.arange(len(chosen)), first), shape=(len(strata), len(chosen)))
    strongest = np.digitize(sums.data, [STEP ** (len(STRENGTHS) - 1 - i) for i in range(len(STRENGTHS))][::-1])
    held = {}
    for i, strength in enumerate(STRENGTHS):
        with_it = sparse.csr_array(
            ((strongest == len(STRENGTHS) - i).astype(np.int64), sums.indices, sums.indptr), shape=sums.shape
        )
        held[strength] = (choose @ with_it).tocsr()
        held[strength].eliminate_zeros()
    ones = sparse.csr_array((np.ones(len(sums.data), np.int32), sums.indices, sums.indptr), shape=sums.shape)
    pairs = _stacked([_pairs(ones[a:b]) for a, b in pairwise(first.tolist())], len(concepts))
    if not choice.alternatives:
        pairs = pairs - choose @ _alternatives(rows, meaning)[chosen]
        pairs.eliminate_zeros()
    return Counts(
        concepts, tuple(strata), np.diff(first), held, pairs, frozenset(rows.taxonomy), duplicates, choice.said()
    )  # fmt: skip


def _valid(key: Key, choice: Choice) -> bool:
    return key.strength in choice.strengths and key.kind in choice.kinds


def _chosen(rows: Rows, choice: Choice) -> tuple[Any, int]:
    """The postings that count, and how many near-duplicates do not."""
    chosen = np.arange(len(rows))
    if not choice.keep_duplicates and any(rows.fingerprints):
        chosen = _earliest(chosen, groups(rows.fingerprints), rows, 1)
    duplicates = len(rows) - len(chosen)
    if choice.cap is not None:
        chosen = _earliest(chosen, rows.employers()[chosen], rows, choice.cap)
    return chosen, duplicates


def _earliest(postings: Any, group: Any, rows: Rows, most: int) -> Any:
    """Of the postings of each group at most so many, by date, unknown dates last, id and fingerprint."""
    crowded = np.bincount(group)[group] > most if len(group) else np.empty(0, bool)
    left: Counter[int] = Counter()
    kept = postings[~crowded].tolist()
    several = zip(postings[crowded].tolist(), group[crowded].tolist(), strict=True)
    for posting, number in sorted(several, key=lambda p: (rows.posted[p[0]] or "~", rows.ids[p[0]], rows.fingerprints[p[0]])):
        left[number] += 1
        if left[number] <= most:
            kept.append(posting)
    return np.array(sorted(kept), np.int64)


def _meaning(meant: Iterable[tuple[Key, Mapping[str, Node]]], place: Mapping[str, int], size: int) -> Any:
    """Keys by concepts: 0, or a digit for the strength, so that the sum over a posting's mentions tells the strongest."""
    cells = [
        (key.number, place[c], STEP ** (len(STRENGTHS) - 1 - STRENGTHS.index(key.strength)))
        for key, nodes in meant
        for c in nodes
    ]
    row, column, digit = np.array(cells, np.int64).reshape(-1, 3).T
    return sparse.csr_array((digit, (row, column)), shape=(size, len(place)))


def _pairs(ones: Any) -> tuple[Any, Any]:
    """Each pair of columns that stand together in rows, as ``a * N + b`` with a < b, sorted, and in how many rows."""
    product = (ones.T @ ones).tocsr()
    product.sort_indices()
    a = np.repeat(np.arange(product.shape[0], dtype=np.int64), np.diff(product.indptr))
    upper = a < product.indices
    return a[upper] * product.shape[1] + product.indices[upper], product.data[upper].astype(np.int64)


def _stacked(found: list[tuple[Any, Any]], size: int) -> Any:
    """A sparse matrix of rows that are given as their columns and values."""
    bounds = np.cumsum([0, *(len(columns) for columns, _ in found)])
    columns = np.concatenate([np.empty(0, np.int64), *(columns for columns, _ in found)])
    values = np.concatenate([np.empty(0, np.int64), *(values for _, values in found)])
    return sparse.csr_array((values, columns, bounds), shape=(len(found), size * size))


def _alternatives(rows: Rows, meaning: Any) -> Any:
    """Postings by pairs: 1 where a posting names the two as alternatives of one another."""
    group, posting, key = rows.alternatives()
    size = meaning.shape[1]
    number = int(group.max(initial=-1)) + 1
    of_group = np.zeros(number, np.int64)
    of_group[group] = posting
    members = (
        sparse.csr_array((np.ones(len(key), np.int64), (group, key)), shape=(number, meaning.shape[0])) @ meaning
    ).tocsr()
    members.sort_indices()
    a, found = np.repeat(np.arange(number), np.diff(members.indptr)), []
    for apart in range(1, int(np.diff(members.indptr).max(initial=0))):
        same = a[apart:] == a[:-apart]
        left, right = members.indices[:-apart][same].astype(np.int64), members.indices[apart:][same]
        found.append(np.stack([of_group[a[apart:][same]], left * size + right]))
    at = np.unique(np.concatenate([np.empty((2, 0), np.int64), *found], axis=1), axis=1)
    return sparse.csr_array((np.ones(at.shape[1], np.int64), (at[0], at[1])), shape=(len(rows), size * size))
