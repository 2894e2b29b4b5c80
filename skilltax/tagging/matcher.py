"""Names in a text: which keys stand where, which readings their case allows, and which of them win.

Both doors end here: the bulk tagger finds keys by the anchored scan, the spaCy component by PhraseMatcher. What a key
may mean is decided by one code.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from skilltax.tagging.lines import Line, list_starts
from skilltax.tagging.scan import Folded
from skilltax.taxonomy.lexicon import Entry
from skilltax.taxonomy.model import Taxonomy
from skilltax.taxonomy.words import english_words

LONGEST_LIST = 2_000  # characters on each side that are looked at for neighbours
LISTED = re.compile(r"\s*+(?:[,/|&+]|(?:,\s*+)?(?:and|or|and/or))\s*")  # between two skills of one list
# Twilio is a plus: what a veto says of a company (Twilio is ...) is not said here
WISHED = re.compile(
    r"\s+(?:an?\s+)?(?:\w+\s+)?(?:plus|bonus|must|asset|advantage|preferred|required|desir\w+|helpful|beneficial|essential"
    r"|ideal|useful|welcome|needed|necessary|mandatory|nice)\b",
    re.I,
)
# The rules that make a mention; of two readings of one span the better founded wins.
RANK = {rule: i for i, rule in enumerate(("phrase", "neighbour", "case", "exact", "ellipsis", "abbreviation", "typo"))}
KEPT = frozenset(RANK)
REFUSED = frozenset(("case?", "veto"))  # by what stands in the key's own place


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
        fitting skill beside it), ``ellipsis`` (shares the head of a mention beside it), ``abbreviation`` (explained by the
        posting), ``typo``. Refused: ``case?``, ``veto``, ``employer``, ``company`` (of a list of them), ``degree`` (a field of
        study), ``neighbour?``, ``longer``.
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


class Decided(NamedTuple):
    """What was decided of the readings of a text: mentions, sorted, never overlapping; and all the others."""

    kept: list[Candidate]
    refused: list[Candidate]


class Matcher:
    """Decides what the keys that were found in a text mean.

    Parameters
    ----------
    taxonomy : Taxonomy
        For categories and what stands above a concept.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._circles: dict[str, frozenset[str]] = {}

    def __call__(
        self,
        folded: Folded,
        lines: Sequence[Line],
        hits: Sequence[tuple[int, int, tuple[Entry, ...]]],
    ) -> Decided:
        """Decide every reading of a text.

        Parameters
        ----------
        folded : Folded
            The view.
        lines : sequence of Line
            Its lines.
        hits : sequence of (start, end, readings)
            Where keys of the lexicon stand.
        """
        text = folded.text
        vetoes: dict[str, list[tuple[int, int, Entry]]] = {}
        for start, end, readings in hits:
            for entry in readings:
                if entry.rule == "veto" and not (entry.written.endswith(" is") and WISHED.match(text, end)):
                    vetoes.setdefault(entry.concept, []).append((start, end, entry))
        sure: list[Candidate] = []
        open_: list[Candidate] = []
        refused: list[Candidate] = []
        for start, end, readings in hits:
            for entry in readings:
                _, _, written, _, _, is_veto, kind, rule, needs, inside = entry
                if is_veto:
                    continue
                evidence = ""
                if rule == "phrase":
                    evidence = text[start:end]
                elif rule == "case" and text[start:end] != written:
                    rule = "case?"
                if vetoes and rule != "case?" and entry.concept in vetoes:
                    veto = _longer(entry, text[start:end], start, end, vetoes[entry.concept])
                    rule, evidence = ("veto", veto) if veto else (rule, evidence)
                one = Candidate(start, end, entry, rule, evidence, kind)
                if inside:
                    one = _inside(one)
                (refused if rule in REFUSED else open_ if needs else sure).append(one)
        won, lost = longest(sure)
        if open_:
            judged = _elsewhere(text, self._together(text, self._gated(text, lines, open_, won)), won)
            refused += (one for one in judged if not one.kept)
            if kept_now := [one for one in judged if one.kept]:
                won, lost = longest([*sure, *kept_now])
        refused += [ruled(one, "longer") for one in lost]
        return Decided(won, refused)

    def _gated(
        self, text: str, lines: Sequence[Line], gated: Iterable[Candidate], others: Sequence[Candidate]
    ) -> list[Candidate]:
        """Gated candidates, decided by the others that stand in their lists; those are sorted."""
        lists, starts = [*list_starts(lines), len(text)], [one.start for one in others]
        judged: list[Candidate] = []
        for one in gated:
            at = bisect_right(lists, one.start)
            low, high = max(lists[at - 1], one.start - LONGEST_LIST), min(lists[at], one.end + LONGEST_LIST)
            first, last = bisect_left(starts, low), bisect_left(starts, high)
            judged.append(self._beside(text, one, others[first:last]))
        return judged

    def _beside(self, text: str, one: Candidate, neighbours: Iterable[Candidate]) -> Candidate:
        """The candidate, kept if a neighbour is what its gate needs."""
        for other in neighbours:
            apart = other.end <= one.start or one.end <= other.start
            if apart and _speaks_for(other, one) and self._needed(one, other):
                return ruled(one, "neighbour", text[other.start : other.end])
        return ruled(one, "neighbour?", "needs " + " or ".join(one.entry.needs))

    def _together(self, text: str, judged: list[Candidate]) -> list[Candidate]:
        """The candidates, those kept that stand next to one in a list that is what they need, and is kept or needs them.

        Slack and Zoom keep each other; SPARK is kept beside an Ada that something else has kept.
        """
        if len(judged) < 2:
            return judged
        order = sorted(judged, key=itemgetter(0))
        saved: dict[int, Candidate] = {}  # by what it was, a candidate being slow to hash
        for i, a in enumerate(order):
            for b in order[i + 1 :]:
                if b.start < a.end:  # another reading of the same name
                    continue
                if not LISTED.fullmatch(text, a.end, b.start):
                    break
                if a.entry.concept != b.entry.concept and (a.kept or self._needed(a, b)) and (b.kept or self._needed(b, a)):
                    for one, other in ((a, b), (b, a)):
                        if not one.kept:
                            saved[id(one)] = ruled(one, "neighbour", text[other.start : other.end])
        return [saved.get(id(c), c) for c in judged]

    def _needed(self, one: Candidate, other: Candidate) -> bool:
        """Whether a candidate's gate is content with another."""
        return not self._circle(other.entry.concept).isdisjoint(one.entry.needs)

    def _circle(self, concept_id: str) -> frozenset[str]:
        """A concept, its category and what stands above it: what a gate may need."""
        if concept_id not in self._circles:
            concept = self._taxonomy[concept_id]
            self._circles[concept_id] = self._taxonomy.above(concept_id) | {concept_id, concept.category}
        return self._circles[concept_id]


def _elsewhere(text: str, judged: list[Candidate], sure: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, and names of technologies kept that the posting has elsewhere: just so, or as a word of a longer name.

    A posting uses a name in one sense. But an English word may stand there in its own sense all the same (`Flow`, `Go`).
    """
    asked = {
        id(one): written
        for one in judged
        if one.rule == "neighbour?"
        and one.kind == "technology"
        and len(written := text[one.start : one.end]) > 2
        and written != written.lower()
        and written.lower() not in english_words()
    }
    if not asked:
        return judged
    senses: dict[str, set[str]] = {}
    for one in judged:
        if one.kept:
            senses.setdefault(text[one.start : one.end], set()).add(one.entry.concept)
    for one in sure:
        for word in text[one.start : one.end].split():
            senses.setdefault(word, set()).add(one.entry.concept)
    return [
        ruled(one, "neighbour", name) if (name := asked.get(id(one))) and senses.get(name) == {one.entry.concept} else one
        for one in judged
    ]


def _speaks_for(other: Candidate, one: Candidate) -> bool:
    """Whether a neighbour counts: another concept, or the same by another name where the gate says so (Ceph: RBD, RGW)."""
    return other.entry.concept != one.entry.concept or one.entry.concept in one.entry.needs


def _inside(one: Candidate) -> Candidate:
    """The candidate, cut to the name inside a phrase."""
    first, last = one.entry.inside or (0, one.end)
    return one._replace(start=one.start + first, end=min(one.start + last, one.end))


def ruled(one: Candidate, rule: str, evidence: str | None = None) -> Candidate:
    """A candidate under another rule."""
    return Candidate(one.start, one.end, one.entry, rule, one.evidence if evidence is None else evidence, one.kind)


def _longer(entry: Entry, written: str, start: int, end: int, vetoes: Iterable[tuple[int, int, Entry]]) -> str:
    """The `never` phrase of its concept that a form lies in without being all of it, "" where there is none.

    Where the form that the phrase is about asks for its case, other spellings are free: `and react` leaves `and React`.
    """
    for first, last, veto in vetoes:
        inside = first <= start and end <= last and end - start < last - first
        if inside and (veto.gate.case == "any" or veto.form in (entry.form, written)):
            return veto.written
    return ""


def longest(candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those that win where they overlap, in the order of the text, and the others.

    The longest wins, then the earliest. But a soft skill never takes away another, and a practice does not take away the
    name of a technology that it cuts through (`Group Policy creation`).
    """
    won: list[Candidate] = []
    lost: list[Candidate] = []
    cluster: list[Candidate] = []  # candidates that overlap, directly or through others; most stand alone
    reach = 0
    for one in sorted(candidates, key=itemgetter(0)):
        start, end = one[:2]
        if start < reach:
            cluster.append(one)
            reach = max(reach, end)
            continue
        if len(cluster) > 1:
            _settle(cluster, won, lost)
        else:
            won += cluster
        cluster = [one]
        reach = end
    _settle(cluster, won, lost)
    return won, lost


def _settle(cluster: list[Candidate], won: list[Candidate], lost: list[Candidate]) -> None:
    """Add the winners and the losers of one cluster to those before."""
    order = sorted(cluster, key=lambda c: (c.kind == "soft", c.start - c.end, c.start, RANK.get(c.rule, 9), c.entry.concept))
    names = sorted((c.start, c.end) for c in order if c.kind == "technology")
    winners: list[Candidate] = []
    for one in order:
        taken = any(one.start < other.end and other.start < one.end for other in winners)
        (lost if taken or (one.kind == "practice" and _cuts(one, names)) else winners).append(one)
    won += sorted(winners, key=itemgetter(0))


def _cuts(one: Candidate, names: Iterable[tuple[int, int]]) -> bool:
    """Whether a candidate overlaps one of some spans without holding it or lying in it."""
    return any(start < one.start < end < one.end or one.start < start < one.end < end for start, end in names)
