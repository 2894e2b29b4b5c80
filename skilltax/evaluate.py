"""Tags against hand-labelled postings: what was found, missed and made up, and how often the rest is right.

Spans are compared exactly, mentions of an optional label neither help nor hurt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from skilltax.errors import SkilltaxError
from skilltax.gold import Label, Labelled, Span
from skilltax.tagging.model import Mention, TaggedPosting

Resolve = Callable[[str], str | None]
UNKNOWN = "(unknown)"
CONTEXT = 50  # characters shown on either side of an error


class Error(NamedTuple):
    """One thing that is wrong: ``missed``, ``false``, ``strength``, ``role`` or ``seniority``.

    Attributes
    ----------
    what, posting : str
        Kind of error; id of the posting.
    text, left, right : str
        What stands there, and what stands around it.
    expected, found : str
        As labelled and as tagged.
    """

    what: str
    posting: str
    text: str
    left: str
    right: str
    expected: str
    found: str


class Share(NamedTuple):
    """How many of how many are right: `right` of `of`, both numbers of cases."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """``right / of``: 0 to 1; 0 of nothing."""
        return self.right / self.of if self.of else 0.0


class Score(NamedTuple):
    """Numbers of cases: `found` (labelled and tagged), `false` (tagged only) and `missed` (labelled only).

    What follows from them is between 0 and 1, and 0 of nothing.
    """

    found: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of what was tagged that is right."""
        return Share(self.found, self.found + self.false).value

    @property
    def recall(self) -> float:
        """Share of what was labelled that was tagged."""
        return Share(self.found, self.found + self.missed).value

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall (van Rijsbergen 1979)."""
        return 2 * self.found / (2 * self.found + self.false + self.missed) if self.found else 0.0


class Comparison(NamedTuple):
    """One posting's tags beside its labels.

    Attributes
    ----------
    labelled, tagged
        What was compared.
    hits : tuple of (Label, Mention)
        Labelled spans that were tagged exactly; optional ones left out.
    extra : tuple of Mention
        Tags that no label stands behind.
    missed : tuple of (Span, Label)
        Labelled spans that were not tagged exactly.
    concepts : Score
        Of the set of concepts.
    """

    labelled: Labelled
    tagged: TaggedPosting
    hits: tuple[tuple[Label, Mention], ...]
    extra: tuple[Mention, ...]
    missed: tuple[tuple[Span, Label], ...]
    concepts: Score


@dataclass(frozen=True)
class Evaluation:
    """What :func:`evaluate` found: the comparisons, and what they add up to.

    Attributes
    ----------
    comparisons : tuple of Comparison
        In the order of the labels.
    by_category : Mapping[str, Score]
        Spans by the category that they were tagged with; missed ones by the category that their label names.
    """

    comparisons: tuple[Comparison, ...]
    by_category: Mapping[str, Score]

    @property
    def span(self) -> Score:
        """Exact spans."""
        every = self.comparisons
        return Score(sum(len(c.hits) for c in every), sum(len(c.extra) for c in every), sum(len(c.missed) for c in every))

    @property
    def concept(self) -> Score:
        """Each posting's set of concepts."""
        every = [c.concepts for c in self.comparisons]
        return Score(sum(c.found for c in every), sum(c.false for c in every), sum(c.missed for c in every))

    @property
    def recall_by_kind(self) -> dict[str, Share]:
        """Labelled spans of each kind that were found."""
        right = Counter(label.kind for c in self.comparisons for label, _ in c.hits)
        lost = Counter(label.kind for c in self.comparisons for _, label in c.missed)
        return {kind: Share(right[kind], right[kind] + lost[kind]) for kind in sorted({*right, *lost})}

    @property
    def confusion(self) -> Counter[tuple[str, str]]:
        """Found spans by labelled and tagged strength."""
        return Counter((label.strength, m.strength) for c in self.comparisons for label, m in c.hits if label.strength)

    @property
    def strength(self) -> Share:
        """Strengths of found spans."""
        return Share(sum(n for (a, b), n in self.confusion.items() if a == b), self.confusion.total())

    @property
    def role(self) -> Share:
        """Roles of postings."""
        return _share(c.labelled.role == c.tagged.role for c in self.comparisons if c.labelled.role)

    @property
    def seniority(self) -> Share:
        """Seniorities of postings."""
        return _share(c.labelled.seniority == c.tagged.seniority for c in self.comparisons if c.labelled.seniority)


def evaluate(
    labelled: Iterable[Labelled], tagged: Iterable[TaggedPosting], resolve: Resolve, categories: Mapping[str, str]
) -> Evaluation:
    """Compare tags with labels; mentions of kind soft are left out.

    Parameters
    ----------
    labelled : iterable of Labelled
        The labels.
    tagged : iterable of TaggedPosting
        Tags of at least those postings.
    resolve : callable
        The concept that a name means, None where it is unknown.
    categories : mapping of str to str
        The category of each concept.

    Raises
    ------
    SkilltaxError
        Where a labelled posting has no tags.
    """
    tags = {posting.id: posting for posting in tagged}
    compared = []
    for posting in labelled:
        if posting.id not in tags:
            raise SkilltaxError(f"posting {posting.id} is labelled, but has no tags; tag the same postings")
        compared.append(compare(posting, tags[posting.id], resolve))
    return Evaluation(tuple(compared), _by_category(compared, categories, resolve))


def compare(labelled: Labelled, tagged: TaggedPosting, resolve: Resolve) -> Comparison:
    """Compare one posting's tags with its labels.

    A tag counts as made up unless it is labelled, or shares half or more of the longer of the two with an optional label and
    touches no other.
    """
    must = {span: label for span, label in labelled.spans.items() if not label.optional}
    may = [span for span, label in labelled.spans.items() if label.optional]
    found = {(m.start, m.end): m for m in tagged.mentions if m.kind != "soft"}
    extra = {s: m for s, m in found.items() if s not in must and (_touches(s, must) or not _akin(s, may))}

    def meanings(label: Label) -> set[str]:
        return {concept for name in label.names if (concept := resolve(name))}

    wanted: dict[str, set[str]] = {}
    for label in must.values():
        wanted.setdefault(label.names[0], set()).update(meanings(label))
    free = {concept for span in may for concept in meanings(labelled.spans[span])}
    free |= {m.concept for s, m in found.items() if s not in must and _akin(s, may)}
    got = {m.concept for m in found.values()}
    known = sum(not got.isdisjoint(concepts) for concepts in wanted.values())
    return Comparison(
        labelled,
        tagged,
        tuple((label, found[span]) for span, label in must.items() if span in found),
        tuple(extra.values()),
        tuple((span, label) for span, label in must.items() if span not in found),
        Score(known, len(got - free - set().union(*wanted.values())), len(wanted) - known),
    )


def errors(evaluation: Evaluation, texts: Mapping[str, str]) -> Iterator[Error]:
    """Every error in its context: spans first, in the order of each text, then strengths, role and seniority."""
    for c in evaluation.comparisons:
        text = texts[c.labelled.id]

        def error(what: str, span: Span, expected: str, found: str, text: str = text, c: Comparison = c) -> Error:
            start, end = span
            around = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
            return Error(what, c.labelled.id, text[start:end], *around, expected, found)

        spans = [(span, error("missed", span, label.names[0], "")) for span, label in c.missed]
        spans += [((m.start, m.end), error("false", (m.start, m.end), "", m.concept)) for m in c.extra]
        yield from (e for _, e in sorted(spans))
        for label, m in c.hits:
            if label.strength and label.strength != m.strength:
                yield error("strength", (m.start, m.end), label.strength, m.strength)
        for what in ("role", "seniority"):
            expected, found = getattr(c.labelled, what), getattr(c.tagged, what)
            if expected and expected != found:
                yield Error(what, c.labelled.id, c.tagged.title or "", "", "", expected, found)


def _by_category(compared: Iterable[Comparison], categories: Mapping[str, str], resolve: Resolve) -> dict[str, Score]:
    hits, extra, missed = Counter[str](), Counter[str](), Counter[str]()
    for c in compared:
        hits.update(m.category for _, m in c.hits)
        extra.update(m.category for m in c.extra)
        for _, label in c.missed:
            concept = next((concept for name in label.names if (concept := resolve(name))), None)
            missed[categories[concept] if concept else UNKNOWN] += 1
    return {name: Score(hits[name], extra[name], missed[name]) for name in sorted({*hits, *extra, *missed})}


def _share(right: Iterable[bool]) -> Share:
    every = list(right)
    return Share(sum(every), len(every))


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _akin(span: Span, others: Iterable[Span]) -> bool:
    """Whether another span shares at least half of the longer of the two."""
    return any(2 * (min(span[1], end) - max(span[0], start)) >= max(span[1] - span[0], end - start) for start, end in others)
