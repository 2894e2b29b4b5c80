"""The anchored scan: every phrase of a large set in a text, at word boundaries, in one pass.

The text is folded to one byte a character (letters and digits in lower case, all else a space), so that byte offsets
are character offsets and an Aho-Corasick automaton over ``" phrase "`` applies the word boundaries by itself. Marks
that belong to a phrase (``c++``, ``.net``, ``ci/cd``) are compared on the lower-cased text afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import BytesAhoCorasick

from skilltax.taxonomy.forms import CJK, flat, lower, straight

TIMES = re.compile(r"x(?<=[0-9]x)(?=[A-Z])")  # 8xH100: eight of them; begins with a letter, which scans fast


class Folded(NamedTuple):
    """A text made ready for scanning.

    Attributes
    ----------
    text : str
        As it is.
    low : str
        In lower case, of the same length, with straight apostrophes.
    flat : bytes
        One byte a character, a space before and after.
    """

    text: str
    low: str
    flat: bytes


def fold(text: str) -> Folded:
    """Make a text ready for scanning."""
    return Folded(text, straight(lower(text)), b" " + flat(TIMES.sub(" ", text)) + b" ")


Phrase = TypeVar("Phrase")


class Scan(Generic[Phrase]):
    """An automaton over keys, as :func:`skilltax.taxonomy.forms.key` makes them.

    Parameters
    ----------
    cores : sequence of bytes
        Keys as :func:`skilltax.taxonomy.forms.flat` folds them, without white space at their ends, each once.
    phrases : sequence of (marks before the core, key, value) lists
        What each core may stand for; None where `load` tells.
    load : callable
        Gives, and remembers in `phrases`, what a core stands for by its number.
    """

    def __init__(
        self,
        cores: Sequence[bytes],
        phrases: Sequence[Sequence[tuple[int, str, Phrase]] | None],
        load: Callable[[int], Sequence[tuple[int, str, Phrase]]] = lambda number: (),
    ) -> None:
        self._phrases, self._load = phrases, load
        self._automaton = BytesAhoCorasick([b" " + core + b" " for core in cores]) if cores else None

    def find(self, folded: Folded) -> list[tuple[int, int, Phrase]]:
        """Each occurrence of a key as ``(start, end, value)``, in the order of their ends."""
        if self._automaton is None:
            return []
        low, phrases, load = folded.low, self._phrases, self._load
        length, found = len(low), []
        for number, start, _ in self._automaton.find_matches_as_indexes(folded.flat, overlapping=True):
            for before, key, value in phrases[number] or load(number):
                at = start - before
                end = at + len(key)
                if low[at:end] != key or at < 0:
                    continue
                plain = not before and (not at or low[at - 1] not in "-.") and (end == length or low[end] not in "+#.")
                if plain or not splits_word(low, at, end):
                    found.append((at, end, value))
        return found


def phrase_scan(phrases: Iterable[str]) -> Scan[str]:
    """A scan for phrases; what it finds are the phrases. Those without a letter or digit are never found."""
    cores: dict[bytes, list[tuple[int, str, str]]] = {}
    for phrase in phrases:
        folded = flat(phrase)
        if core := folded.strip():
            cores.setdefault(core, []).append((len(folded) - len(folded.lstrip()), phrase, phrase))
    return Scan(list(cores), [sorted(found, key=lambda p: -len(p[1])) for found in cores.values()])


SUFFIX = re.compile(rf"js(?![^\W_{CJK}])")
GLUED = re.compile(rf"\+\+|#|\.js(?![^\W_{CJK}])")


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
