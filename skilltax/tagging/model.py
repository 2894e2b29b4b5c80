"""What tagging gives: mentions, and the posting that they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Mention(NamedTuple):
    """A span of a posting that names a concept.

    Attributes
    ----------
    start, end : int
        Characters of the posting's text; ``text[start:end] == mention.text``.
    text : str
        What stands there.
    concept, label, category, kind : str
        The concept that it names.
    strength : str
        required, preferred, negated or other.
    section : str
        Section that it stands in.
    match : str
        ``exact``, or ``fuzzy`` where a typo was mended.
    distance : int
        Edit distance of a fuzzy match.
    rule : str
        What decided: exact, case, phrase, neighbour.
    confidence : float or None
        Share of mentions of this rule that are right, where it could be calibrated.
    version, quantity : str or None
        ``22.04`` of Ubuntu 22.04, ``8`` of 8xH100.
    years : (int, int or None) or None
        Years of experience asked for; the upper end is None where open.
    any_of : int or None
        The same number for alternatives.
    """

    start: int
    end: int
    text: str
    concept: str
    label: str
    category: str
    kind: str
    strength: str
    section: str
    match: str = "exact"
    distance: int = 0
    rule: str = "exact"
    confidence: float | None = None
    version: str | None = None
    quantity: str | None = None
    years: tuple[int, int | None] | None = None
    any_of: int | None = None


@dataclass(frozen=True, slots=True)
class TaggedPosting:
    """A posting's mentions, sorted and never overlapping, with its role, seniority and diagnostics."""

    id: str
    text: str
    mentions: tuple[Mention, ...]
    title: str | None = None
    company: str | None = None
    posted: str | None = None
    source: str | None = None
    fingerprint: str = ""
    role: str = "other"
    seniority: str = "unspecified"
    diagnostics: dict[str, Any] = field(default_factory=dict)
    taxonomy: str = ""

    @property
    def skills(self) -> tuple[str, ...]:
        """The sorted set of concepts that the posting does not negate."""
        return tuple(sorted({m.concept for m in self.mentions if m.strength != "negated"}))

    def record(self) -> dict[str, Any]:
        """The record that ``skilltax tag`` writes: everything but the text."""
        return {
            "id": self.id,
            "title": self.title,
            "company": self.company,
            "posted": self.posted,
            "source": self.source,
            "fingerprint": self.fingerprint,
            "role": self.role,
            "seniority": self.seniority,
            "skills": list(self.skills),
            "mentions": [m._asdict() for m in self.mentions],
            "diagnostics": self.diagnostics,
            "taxonomy": self.taxonomy,
        }
