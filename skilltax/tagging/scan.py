"""The anchored scan: every phrase of a large set in a text, at word boundaries, in one pass.

The text is folded to one byte a character (letters and digits in lower case, all else a space), so that byte offsets
are character offsets and an Aho-Corasick automaton over ``" phrase "`` applies the word boundaries by itself. Marks
that belong to a phrase (``c++``, ``.net``, ``ci/cd``) are compared on the lower-cased text afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from skilltax.taxonomy.forms import lower

FOLD = bytes(
    ord(c.lower()) if (c := chr(i)).isalnum() and len(c.lower()) == 1 and ord(c.lower()) < 256 else 32 for i in range(256)
)
CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
FOREIGN_LETTER = re.compile(rf"[^\W_\x00-\xff{CJK}]")  # counts as a letter, whatever the alphabet; CJK has no word gaps


TIMES = re.compile(r"x(?<=[0-9]x)(?=[A-Z])")  # 8xH100: eight of them; begins with a letter, which scans fast


class Folded(NamedTuple):
    """A text made ready for scanning.

    Attributes
    ----------
    text : str
        As it is.
    low : str
        In lower case, of the same length.
    flat : bytes
        One byte a character, a space before and after.
    """

    text: str
    low: str
    flat: bytes


def fold(text: str) -> Folded:
    """Make a text ready for scanning."""
    plain = text if text.isascii() else FOREIGN_LETTER.sub("ÿ", text)
    plain = TIMES.sub(" ", plain)
    return Folded(text, lower(text), b" " + plain.encode("latin-1", "replace").translate(FOLD) + b" ")


class Scan:
    """An automaton over phrases in lower case.

    Parameters
    ----------
    phrases : iterable of str
        Keys as :func:`skilltax.taxonomy.forms.key` makes them. Phrases without a letter or digit are never found.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        cores: dict[bytes, list[tuple[int, str]]] = {}
        for phrase in phrases:
            flat = fold(phrase).flat
            core = flat.strip()
            if core:
                cores.setdefault(core, []).append((len(flat) - len(flat.lstrip()) - 1, phrase))
        self._phrases = [sorted(found, key=lambda p: -len(p[1])) for found in cores.values()]
        self._automaton = BytesAhoCorasick([b" " + core + b" " for core in cores]) if cores else None

    def find(self, folded: Folded) -> list[tuple[int, int, str]]:
        """Each occurrence of a phrase as ``(start, end, phrase)``, in the order of their ends."""
        if self._automaton is None:
            return []
        low, found = folded.low, []
        for index, start, _ in self._automaton.find_matches_as_indexes(folded.flat, overlapping=True):
            for before, phrase in self._phrases[index]:
                at = start - before
                end = at + len(phrase)
                if low[at:end] == phrase and at >= 0 and not splits_word(low, at, end):
                    found.append((at, end, phrase))
        return found


SUFFIX = re.compile(r"js(?![^\W_])")
GLUED = re.compile(r"\+\+|#|\.js(?![^\W_])")


def splits_word(low: str, start: int, end: int) -> bool:
    """Whether a span cuts what stands together.

    ``C`` in ``C++``, ``Foo`` or ``js`` in ``Foo.js``, ``.net`` in ``x.net``, ``edge AI`` in ``cutting-edge AI``.

    Parameters
    ----------
    low : str
        The text in lower case.
    start, end : int
        The span, of letters and digits at its ends unless marks belong to it.
    """
    if start and not low[start].isalnum() and low[start - 1].isalnum():
        return True
    if start > 1 and low[start - 1] in "-." and low[start - 2].isalnum():
        if low[start - 1] == "-" and " " in low[start:end]:
            return True
        if low[start - 1] == "." and SUFFIX.match(low, start):
            return True
    return low[end - 1].isalnum() and end < len(low) and low[end] in "+#." and GLUED.match(low, end) is not None
