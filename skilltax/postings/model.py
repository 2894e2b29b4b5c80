"""A posting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Posting:
    """One job posting as it was read; the text is never edited.

    Attributes
    ----------
    id : str
        Unique among the postings of a run.
    text : str
        The posting, as plain text, Markdown or HTML.
    title, company, posted, source : str or None
        Job title, employer, date (``2024-10`` or ``2024-10-03``) and where it was read from, where known.
    """

    id: str
    text: str
    title: str | None = None
    company: str | None = None
    posted: str | None = None
    source: str | None = None
