"""Abbreviations that a posting explains itself: `Azure Remote Rendering (ARR)`, and `ARR` from there on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from skilltax.tagging.candidates import Candidate
from skilltax.taxonomy.forms import spells

EXPLAINED = re.compile(r"\s?\((?P<short>[A-Z][A-Z0-9]{1,6})s?\)")
SHORT = re.compile(r"(?<![\w-])(?P<short>[A-Z][A-Z0-9]{1,6})s?(?![\w-])")


def abbreviated(text: str, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Abbreviations of mentions that stand in brackets behind them, there and further on, where nothing else is tagged.

    Parameters
    ----------
    text : str
        The view.
    kept : sequence of Candidate
        Mentions, sorted.
    """
    explained = [
        (found.start("short"), found["short"], one)
        for one in kept
        if text.startswith(("(", " ("), one.end)
        and one.kind != "soft"
        and (found := EXPLAINED.match(text, one.end))
        and spells(found["short"], text[one.start : one.end])
    ]
    if not explained:
        return
    here = {start: one for start, _, one in explained}
    first = {short: one for _, short, one in reversed(explained)}
    starts = [c.start for c in kept]
    for use in SHORT.finditer(text, explained[0][0]):
        start, end = use.span()
        of_another = text[start - 1] == "(" and text.startswith(")", end)  # explained again, by other words
        one = here.get(start) or (None if of_another else first.get(use["short"]))
        if one and one.start < start and kept[bisect_left(starts, end) - 1].end <= start:
            yield Candidate(start, end, one.entry, "abbreviation", text[one.start : one.end])
