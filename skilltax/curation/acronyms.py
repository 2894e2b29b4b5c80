"""Acronyms that a text spells out: ``data processing unit (DPU)`` and ``DPU (data processing unit)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

BRACKETS = re.compile(r"\((?P<inside>[^\n()]{2,80})\)")
LONGEST = 120  # characters of a long form
SHORT = re.compile(r"[A-Za-z0-9][A-Za-z0-9&/-]{1,9}")
WORD = re.compile(r"\S+")


class Acronym(NamedTuple):
    """An acronym and its long form: ``text[short_start:short_end]`` stands for ``text[start:end]``."""

    start: int
    end: int
    short_start: int
    short_end: int


def acronyms(text: str) -> Iterator[Acronym]:
    """Find acronyms with their long forms, in the order of the text.

    Schwartz, A., Hearst, M. (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text",
    Pacific Symposium on Biocomputing 8: the letters of the short form are looked for in the long one from right to left, the
    first of them at the beginning of a word; a long form has at most min(n + 5, 2 n) words, n letters in the short one.

    >>> text = "a data processing unit (DPU), or TPM (trusted platform module)"
    >>> [(text[a.short_start:a.short_end], text[a.start:a.end]) for a in acronyms(text)]
    [('DPU', 'data processing unit'), ('TPM', 'trusted platform module')]
    """
    for found in BRACKETS.finditer(text):
        first = max(text.rfind("\n", 0, found.start()) + 1, found.start() - LONGEST)
        before, inside = text[first : found.start()].rstrip(), found["inside"]
        end = first + len(before)
        if is_short(inside) and (at := _long_form(inside, before)) is not None:
            yield Acronym(first + at, end, *found.span("inside"))
        elif before and is_short(last := before.split()[-1]) and _long_form(last, inside) == 0:
            yield Acronym(*found.span("inside"), end - len(last), end)


def is_short(form: str) -> bool:
    """Whether a form may be an acronym: two to ten letters and digits, two of them capitals."""
    return SHORT.fullmatch(form) is not None and sum(map(str.isupper, form)) > 1


def _long_form(short: str, before: str) -> int | None:
    """Where the long form begins that ends with `before`, or None where there is none."""
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    words = [m.start() for m in WORD.finditer(before)]
    most = min(len(letters) + 5, 2 * len(letters))
    first = words[-most] if len(words) > most else 0
    at = len(before)
    for i, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= first and (before[at].lower() != letter or (i == 0 and at > first and before[at - 1].isalnum())):
            at -= 1
        if at < first:
            return None
    return at if " " in before[at:].strip() else None
