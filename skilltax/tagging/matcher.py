"""Names in a text: which keys stand where, which readings their case allows, and which of them win.

Both doors end here: the bulk tagger finds keys by the anchored scan, the spaCy component by PhraseMatcher. What a key
may mean is decided by one code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from skilltax.tagging.lines import Line, list_of
from skilltax.taxonomy.forms import key, lower
from skilltax.taxonomy.lexicon import Entry, Lexicon
from skilltax.taxonomy.model import Taxonomy

LONGEST = 80  # characters of a name
LISTED = re.compile(r"\s*(?:[,/|&+]|,?\s*(?:and|or|and/or))\s*")  # between two skills of one list
# The rules that make a mention; of two readings of one span the better founded wins.
RANK = {rule: i for i, rule in enumerate(("phrase", "neighbour", "case", "exact", "ellipsis", "typo"))}
KEPT = frozenset(RANK)


class Candidate(NamedTuple):
    """A reading of a span of the view.

    Attributes
    ----------
    start, end : int
        Its span.
    entry : Entry
        The reading.
    rule : str
        What decided. Kept: ``exact``, ``case`` (written just so), ``phrase`` (an `always` phrase), ``neighbour`` (a
        fitting skill beside it), ``ellipsis`` (shares the head of a mention beside it), ``typo``. Refused: ``case?``,
        ``veto``, ``employer``, ``neighbour?``, ``longer``.
    evidence : str
        The text that decided, where it is not the form itself.
    kind : str
        Kind of the concept.
    """

    start: int
    end: int
    entry: Entry
    rule: str
    evidence: str = ""
    kind: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is a mention."""
        return self.rule in KEPT


class Matcher:
    """Decides what the keys that were found in a text mean.

    Parameters
    ----------
    taxonomy : Taxonomy
        For categories and what stands above a concept.
    lexicon : Lexicon
        Every key with its readings.
    """

    def __init__(self, taxonomy: Taxonomy, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._kinds = {c.id: c.kind for c in taxonomy}
        self._circles: Mapping[str, frozenset[str]] = {c.id: taxonomy.ancestors[c.id] | {c.id, c.category} for c in taxonomy}

    def __call__(
        self,
        text: str,
        lines: Sequence[Line],
        hits: Iterable[tuple[int, int, str]],
        employers: frozenset[str] = frozenset(),
    ) -> list[Candidate]:
        """Every candidate, kept or refused, in the order of the text; those kept never overlap.

        Parameters
        ----------
        text : str
            The view.
        lines : sequence of Line
            Its lines.
        hits : iterable of (start, end, key)
            Where keys of the lexicon stand.
        employers : frozenset of str
            What the posting's own employer is called, as keys: that is no skill, unless it stands in a list of them.
        """
        sure: list[Candidate] = []
        open_: list[Candidate] = []
        refused: list[Candidate] = []
        readings = [(start, end, entry) for start, end, found in hits for entry in self.lexicon[found]]
        vetoes: dict[str, list[tuple[int, int, str]]] = {}
        for start, end, entry in readings:
            if entry.vetoes:
                vetoes.setdefault(entry.concept, []).append((start, end, entry.written))
        for start, end, entry in readings:
            if entry.vetoes:
                continue
            one = _innermost(_by_case(text, start, end, entry))._replace(kind=self._kinds[entry.concept])
            veto = next(
                (v for v in vetoes.get(entry.concept, ()) if v[0] <= start and end <= v[1] and end - start < v[1] - v[0]), None
            )
            if veto and one.kept:
                refused.append(one._replace(rule="veto", evidence=veto[2]))
            elif not one.kept:
                refused.append(one)
            elif entry.gate.needs and not entry.is_phrase:
                open_.append(one)
            else:
                sure.append(one)
        won, lost = longest(sure)
        if open_:
            group_at = list_of(lines)
            beside: dict[int, list[Candidate]] = {}
            for one in won:
                beside.setdefault(group_at(one.start), []).append(one)
            judged = [self._beside(text, one, beside.get(group_at(one.start), ())) for one in open_]
            refused += (one for one in judged if not one.kept)
            won, lost = longest([*sure, *(one for one in judged if one.kept)])
        kept = won
        if employers:
            refused += (one._replace(rule="employer") for one in _of_employer(text, kept, employers))
            gone = {(one.start, one.end) for one in refused if one.rule == "employer"}
            kept = [one for one in kept if (one.start, one.end) not in gone]
        every = [*kept, *refused, *(one._replace(rule="longer") for one in lost)]
        told = {(c.start, c.end, c.entry.concept, c.rule): c for c in every}  # variants of one form say the same
        return sorted(told.values(), key=lambda c: (c.start, -c.end, not c.kept))

    def _beside(self, text: str, one: Candidate, neighbours: Iterable[Candidate]) -> Candidate:
        """The candidate, kept if a neighbour is what its gate needs."""
        needs = one.entry.gate.needs
        for other in neighbours:
            apart = other.end <= one.start or one.end <= other.start
            if apart and other.entry.concept != one.entry.concept and not self._circles[other.entry.concept].isdisjoint(needs):
                return one._replace(rule="neighbour", evidence=text[other.start : other.end])
        return one._replace(rule="neighbour?", evidence="needs " + " or ".join(needs))


def _by_case(text: str, start: int, end: int, entry: Entry) -> Candidate:
    if entry.is_phrase:
        return Candidate(start, end, entry, "phrase", text[start:end])
    if entry.gate.case == "exact":
        return Candidate(start, end, entry, "case" if text[start:end] == entry.written else "case?")
    return Candidate(start, end, entry, "exact")


def longest(candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those that win where they overlap, and the others.

    The longest wins, then the earliest. But a soft skill never takes away another, and a practice does not take away the
    name of a technology that it cuts through (`Group Policy creation`).
    """
    order = sorted(
        candidates,
        key=lambda c: (c.kind == "soft", c.start - c.end, c.start, RANK.get(c.rule, 9), c.entry.concept),
    )
    names = sorted((c.start, c.end) for c in order if c.kind == "technology")
    won: list[Candidate] = []
    lost: list[Candidate] = []
    starts: list[int] = []
    for one in order:
        at = bisect_right(starts, one.start)
        taken = (at and won[at - 1].end > one.start) or (at < len(won) and won[at].start < one.end)
        if taken or (one.kind == "practice" and _cuts(one, names)):
            lost.append(one)
        else:
            won.insert(at, one)
            starts.insert(at, one.start)
    return won, lost


def _cuts(one: Candidate, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a candidate overlaps one of some sorted spans without holding it or lying in it."""
    for start, end in names[bisect_right(names, (one.start - LONGEST, 0)) : bisect_right(names, (one.end, 0))]:
        if start < one.start < end < one.end or one.start < start < one.end < end:
            return True
    return False


def _innermost(one: Candidate) -> Candidate:
    """A phrase tags the name inside it."""
    if not one.entry.inner:
        return one
    inside = re.search(rf"(?<![^\W_]){re.escape(one.entry.inner)}(?![^\W_])", one.entry.written, re.I)
    if inside is None:
        return one
    return one._replace(start=one.start + inside.start(), end=min(one.start + inside.end(), one.end))


def _of_employer(text: str, kept: Sequence[Candidate], employers: frozenset[str]) -> Iterator[Candidate]:
    """Those that name the employer, or stand inside its name, and stand in no list with another skill."""
    called = employers.union(*(name.split(" ") for name in employers))
    low = lower(text)
    inside = [(m.start(), m.end()) for name in employers if " " in name for m in re.finditer(re.escape(name), low)]
    kept = sorted(kept)
    for i, one in enumerate(kept):
        if any(a <= one.start and one.end <= b for a, b in inside):
            yield one
        elif one.kind == "technology" and key(text[one.start : one.end]) in called:
            before = i > 0 and LISTED.fullmatch(text, kept[i - 1].end, one.start)
            after = i + 1 < len(kept) and LISTED.fullmatch(text, one.end, kept[i + 1].start)
            if not before and not after:
                yield one
