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
        Id of the concept that it names, and what the taxonomy says of it; `kind` is ``technology``, ``practice``,
        ``certification`` or ``soft``.
    strength : str
        required, preferred, negated or other.
    section : str
        Section that it stands in: ``requirements``, ``preferred``, ``duties``, ``stack``, ``company``, ``benefits``, ``legal``,
        ``title`` or ``unknown``.
    match : str
        ``exact``, or ``fuzzy`` where a typo was mended.
    distance : int
        Edit distance of a fuzzy match, in characters; 0 of an exact one.
    rule : str
        What decided: ``exact``, ``case``, ``phrase``, ``neighbour``, ``ellipsis``, ``abbreviation`` or ``typo``.
    confidence : float or None
        0 to 1: share of mentions with the same traits that labellers marked too; None where too few were labelled to tell.
    version, quantity : str or None
        ``22.04`` of Ubuntu 22.04, ``8`` of 8xH100.
    years : (int, int or None) or None
        Years of experience asked for, least and most; the latter is None where open.
    any_of : int or None
        A number that mentions share which are alternatives: ``AWS or GCP``.
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


class Explained(NamedTuple):
    """A name that a posting might mean, and what was decided.

    Attributes
    ----------
    start, end : int
        Characters of the posting's text.
    text : str
        What stands there.
    concept, form : str
        The concept that it could name, and the form of it that was read.
    kept : bool
        Whether it is a mention.
    rule, evidence : str
        What decided, as :class:`skilltax.tagging.candidates.Candidate` tells, and the words that did.
    """

    start: int
    end: int
    text: str
    concept: str
    form: str
    kept: bool
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class TaggedPosting:
    """A posting's mentions, sorted and never overlapping, with its role, seniority and diagnostics.

    Attributes
    ----------
    id, text, title, company, posted, source : str
        The posting as it was read (:class:`skilltax.Posting`); all but the first two may be None. The text is empty where tags
        were read from a file.
    mentions : tuple of Mention
        By their place in the text.
    fingerprint : str
        Tells near-duplicates without their texts: 80 characters (:func:`skilltax.postings.duplicates.fingerprint`).
    role : str
        Family of the job title, such as ``sre``; ``other`` where neither title nor text tells.
    seniority : str
        Such as ``senior``; ``unspecified`` where the title says nothing.
    diagnostics : dict
        ``language`` (such as ``en``), ``sections`` (those seen, sorted) and ``warnings``.
    taxonomy : str
        Version and hash of the taxonomy.
    """

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
        """Ids of the concepts that the posting does not negate: sorted, each once."""
        return tuple(sorted({m.concept for m in self.mentions if m.strength != "negated"}))

    def record(self) -> dict[str, Any]:
        """The record that ``skilltax tag`` writes, as plain values: everything but the text, and `skills`."""
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


def storable(value: Any) -> Any:
    """A record as any file can hold it: half a pair of surrogates, which a string of Python may hold, becomes U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {key: storable(one) for key, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list | tuple) else value
