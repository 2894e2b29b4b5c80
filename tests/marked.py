"""Sentences with their expected mentions written into them: ``You know [Go](go) and [C#](c-sharp!preferred)``."""

from __future__ import annotations

import re
from typing import NamedTuple

MARK = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<concept>[a-z0-9-]+)(?:!(?P<strength>required|preferred|negated|other))?\)")


class Expected(NamedTuple):
    """A mention that a sentence should give; `strength` is None where the case does not care."""

    start: int
    end: int
    text: str
    concept: str
    strength: str | None


def read_marked(marked: str) -> tuple[str, list[Expected]]:
    """The sentence without its marks, and what is expected in it.

    Raises
    ------
    ValueError
        Where a bracket is left over: a mark that was mistyped would expect nothing.
    """
    plain, expected, read = "", [], 0
    for found in MARK.finditer(marked):
        plain += marked[read : found.start()]
        start = len(plain)
        plain += found["text"]
        expected.append(Expected(start, len(plain), found["text"], found["concept"], found["strength"]))
        read = found.end()
    plain += marked[read:]
    if "](" in plain:
        raise ValueError(f"a mark is mistyped: {marked}")
    return plain, expected
