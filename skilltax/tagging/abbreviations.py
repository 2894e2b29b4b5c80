"""Abbreviations that a posting explains itself: `Packet Forwarding Engine (PFE)`, and `PFE` from there on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skilltax.tagging.matcher import Candidate

EXPLAINED = re.compile(r"\s?\((?P<short>[A-Z][A-Z0-9]{1,6})s?\)")
WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(("a", "and", "for", "in", "of", "on", "or", "over", "the", "to", "with"))  # often left out


def abbreviated(text: str, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Abbreviations of mentions that stand in brackets behind them, there and further on, where nothing else is tagged.

    Parameters
    ----------
    text : str
        The view.
    kept : sequence of Candidate
        Mentions, sorted.
    """
    told = [
        (one, found)
        for one in kept
        if text.startswith(("(", " ("), one.end) and one.kind != "soft" and (found := EXPLAINED.match(text, one.end))
    ]
    taken = [(c.start, c.end) for c in kept] if told else []
    for one, found in told:
        name, short = text[one.start : one.end], found["short"]
        if not spells(short, name):
            continue
        for use in re.finditer(rf"(?<![\w-]){short}(?=s?(?![\w-]))", text[found.start("short") :]):
            start, end = (at + found.start("short") for at in use.span())
            explained_again = text[start - 1] == "(" and text[end : end + 1] == ")" and start > found.start("short")
            if not explained_again and not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                yield Candidate(start, end, one.entry, "abbreviation", name)


def spells(short: str, name: str) -> bool:
    """Whether an abbreviation is the first letters of a name's words; small words may be left out."""
    words = [word.lower() for word in WORD.findall(name)]
    firsts = ("".join(w[0] for w in some) for some in (words, [w for w in words if w not in SMALL]))
    return short.lower() in firsts
