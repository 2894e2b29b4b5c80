"""What a change of the taxonomy does to postings: tags gained and lost, in context, and how the graph moves."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from skilltax.graph.counting import count
from skilltax.graph.counts import Counts
from skilltax.graph.measures import npmi
from skilltax.postings.model import Posting
from skilltax.tagging.model import TaggedPosting
from skilltax.tagging.tagger import Tagger

CONTEXT = 40  # characters on each side


class Change(NamedTuple):
    """A tag that only one of two taxonomies gives.

    Attributes
    ----------
    posting : str
        Its id.
    start, end : int
        Characters of the posting's text.
    text, left, right : str
        What stands there, and around it.
    lost, gained : str
        The concept before and after; empty where there is none.
    """

    posting: str
    start: int
    end: int
    text: str
    left: str
    right: str
    lost: str
    gained: str


class Moved(NamedTuple):
    """A concept, or a pair of concepts, that another number of postings holds.

    Attributes
    ----------
    concepts : tuple of str
        One, or two.
    before, after : int
        Postings, near-duplicates counted once.
    npmi_before, npmi_after : float or None
        Of a pair, -1 to 1; None where one of its concepts stands nowhere.
    """

    concepts: tuple[str, ...]
    before: int
    after: int
    npmi_before: float | None = None
    npmi_after: float | None = None


class Effect(NamedTuple):
    """What a change does.

    Attributes
    ----------
    postings, changed : int
        Postings that were read, and those with other tags than before.
    changes : list of Change
        In the order of the postings.
    nodes, pairs : list of Moved
        Those that move, the furthest first.
    """

    postings: int
    changed: int
    changes: list[Change]
    nodes: list[Moved]
    pairs: list[Moved]


def effect(read: Callable[[], Iterable[Posting]], before: Tagger, after: Tagger) -> Effect:
    """Tag postings with two taxonomies and compare.

    Parameters
    ----------
    read : callable
        Gives the postings, each time the same; it is called twice, so that no more than the places of tags are held.
    before, after : Tagger
        With the one taxonomy and the other.

    Returns
    -------
    Effect
        Tags gained and lost, and the nodes and pairs of the graph that move.
    """
    concepts = sorted({c.id for c in before.taxonomy} | {c.id for c in after.taxonomy})
    number = {concept: i for i, concept in enumerate(concepts)}
    places: list[array[int]] = []

    def keep(tagged: Iterable[TaggedPosting]) -> Iterator[TaggedPosting]:
        for one in tagged:
            places.append(array("I", (n for m in one.mentions for n in (m.start, m.end, number[m.concept]))))
            yield one

    found: list[list[Change]] = []

    def compare(tagged: Iterable[TaggedPosting]) -> Iterator[TaggedPosting]:
        for one, old in zip(tagged, places, strict=True):
            spans = {(start, end): concepts[n] for start, end, n in zip(*[iter(old)] * 3, strict=True)}
            found.append(list(changes(one, spans)))
            yield one

    old_counts = count(keep(before.pipe(read())))
    new_counts = count(compare(after.pipe(read())))
    changed = sum(map(bool, found))
    return Effect(len(found), changed, [c for several in found for c in several], *movement(old_counts, new_counts))


def changes(tagged: TaggedPosting, before: dict[tuple[int, int], str]) -> Iterator[Change]:
    """Tags that a posting had before and has no more, or has now and had not, in the order of the text."""
    after = {(m.start, m.end): m.concept for m in tagged.mentions}
    for start, end in sorted(before.keys() | after.keys()):
        lost, gained = before.get((start, end), ""), after.get((start, end), "")
        if lost != gained:
            around = tagged.text[max(0, start - CONTEXT) : start], tagged.text[end : end + CONTEXT]
            yield Change(tagged.id, start, end, tagged.text[start:end], *around, lost, gained)


def movement(before: Counts, after: Counts) -> tuple[list[Moved], list[Moved]]:
    """Nodes and pairs of the graph that move, the furthest first."""
    a, b = before.often, after.often
    nodes = [Moved((c,), a.get(c, 0), b.get(c, 0)) for c in a.keys() | b.keys() if a.get(c, 0) != b.get(c, 0)]
    old, new = _pairs(before), _pairs(after)
    pairs = [
        Moved(
            pair, old.get(pair, 0), new.get(pair, 0),
            _npmi(old.get(pair, 0), pair, a, before.total), _npmi(new.get(pair, 0), pair, b, after.total),
        )
        for pair in old.keys() | new.keys() if old.get(pair, 0) != new.get(pair, 0)
    ]  # fmt: skip
    return sorted(nodes, key=_furthest), sorted(pairs, key=_furthest)


def _furthest(moved: Moved) -> tuple[int, tuple[str, ...]]:
    return -abs(moved.after - moved.before), moved.concepts


def _pairs(counts: Counts) -> dict[tuple[str, ...], int]:
    table, ids = counts.table, counts.ids
    return {(ids[a], ids[b]): n for a, b, n in zip(table.a.tolist(), table.b.tolist(), table.both.tolist(), strict=True)}


def _npmi(both: int, pair: tuple[str, ...], singles: Mapping[str, int], total: int) -> float | None:
    one, other = (singles.get(c, 0) for c in pair)
    return round(float(npmi(both, one, other, total)), 4) if one and other else None
