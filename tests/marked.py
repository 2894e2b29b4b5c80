"""Sentences with their expected mentions written into them: ``You know [Go](go) and [C#](c-sharp!preferred)``.

What stands behind ``!`` is a strength, or a value by its name: ``[Ubuntu](ubuntu!version=22.04)``, ``[Go](go!years=5-)``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MARK = re.compile(
    r"\[(?P<text>[^\[\]]+)\]\((?P<concept>[a-z0-9-]+)"
    r"(?:!(?P<strength>required|preferred|negated|other)|!(?P<name>version|quantity|years|any)=(?P<value>[^()]+))?\)"
)


class Expected(NamedTuple):
    """A mention that a sentence should give; `strength` is None where the case does not care.

    `value` is what the mark says of a version, a quantity, years (``5-``, ``1-3``) or a choice, by its name.
    """

    start: int
    end: int
    text: str
    concept: str
    strength: str | None
    value: tuple[str, str] | None


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
        value = (found["name"], found["value"]) if found["name"] else None
        expected.append(Expected(start, len(plain), found["text"], found["concept"], found["strength"], value))
        read = found.end()
    plain += marked[read:]
    if "](" in plain:
        raise ValueError(f"a mark is mistyped: {marked}")
    return plain, expected
