"""The anchored scan: every phrase of a large set in a text, at word boundaries, in one pass.

The text is folded to one byte a character (letters and digits in lower case, all else a space), so that byte offsets
are character offsets and an Aho-Corasick automaton over ``" phrase "`` applies the word boundaries by itself. Marks
that belong to a phrase (``c++``, ``.net``, ``ci/cd``) are compared on the lower-cased text afterwards. An automaton over
all names takes half a second to make: the first texts are read without it, by looking up runs of words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from skilltax.taxonomy.forms import CJK, flat, lower, straight

TIMES = re.compile(r"x(?<=[0-9]x)(?=[A-Z][^\W_])")  # 8xH100: eight of them; begins with a letter, which scans fast


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


PAID_OFF = 1_000  # phrases whose automaton takes as long to make as one text takes to read without it

Standing = Sequence[tuple[int, str, Any]]  # what a core may stand for: marks before it, key, value
Hit = tuple[int, int, Any]  # start, end, value


class Keys(NamedTuple):
    """Keys, as :func:`skilltax.taxonomy.forms.key` makes them, to look for.

    Attributes
    ----------
    cores : sequence of bytes
        Keys as :func:`skilltax.taxonomy.forms.flat` folds them, without white space at their ends, each once, sorted.
    standing : sequence of (marks before the core, key, value) lists
        What each core may stand for; None where `load` tells.
    load : callable
        Gives what a core stands for by its number.
    """

    cores: Sequence[bytes]
    standing: Sequence[Standing | None]
    load: Callable[[int], Standing] = lambda number: ()


class Scan:
    """One automaton over several sets of keys: names, cues, words that speak for a role.

    Parameters
    ----------
    *sets : Keys
        What is looked for.
    """

    def __init__(self, *sets: Keys) -> None:
        self._sets = sets
        self._standing = [list(keys.standing) for keys in sets]
        self._first = [0, *accumulate(len(keys.cores) for keys in sets)]  # number of the first core of each set
        self._automaton: BytesAhoCorasick | None = None
        self._texts = 0  # that were read without it

    def find(self, folded: Folded) -> list[list[Hit]]:
        """For each set each occurrence of a key as ``(start, end, value)``, in the order of their ends."""
        numbers: list[list[tuple[int, int]]] = [[] for _ in self._sets]
        if self._first[-1]:
            own, first = numbers[0], self._first  # most are of the first set
            names = first[1]
            for number, start, _ in self._cores_in(folded.flat):
                if number < names:
                    own.append((number, start))
                else:
                    at = bisect_right(first, number) - 1
                    numbers[at].append((number - first[at], start))
        low = folded.low + "\n"  # something stands behind every key
        return [_standing(low, *one) for one in zip(numbers, self._standing, self._sets, strict=True)]

    def _cores_in(self, text: bytes) -> Iterable[tuple[int, int, int]]:
        """Number, start and end of each core that stands in a folded text, with the spaces around it, by their ends."""
        if self._automaton is None:
            if self._texts * PAID_OFF < self._first[-1]:
                self._texts += 1
                return self._looked_up(text)
            self._automaton = BytesAhoCorasick(b" " + core + b" " for keys in self._sets for core in keys.cores)
        return self._automaton.find_matches_as_indexes(text, overlapping=True)

    def _looked_up(self, text: bytes) -> list[tuple[int, int, int]]:
        """What the automaton would find: every run of words that begins a core is looked up in the sorted cores."""
        words = text.split(b" ")
        ends = list(accumulate(map(len, words), lambda end, length: end + 1 + length))
        found: list[tuple[int, int, int]] = []
        for first, (cores, *_) in zip(self._first, self._sets, strict=False):
            for at, word in enumerate(words):
                start, near = ends[at] - len(word), 0
                while word and at < len(ends):
                    run = text[start : ends[at]]
                    near = bisect_left(cores, run, near)
                    if near < len(cores) and cores[near] == run:
                        found.append((ends[at] + 1, start - 1, first + near))
                        near += 1
                    if near == len(cores) or not cores[near].startswith(run + b" "):
                        break
                    at += 1
        return [(number, start, end) for end, start, number in sorted(found)]


def _standing(low: str, places: list[tuple[int, int]], standing: list[Standing | None], keys: Keys) -> list[Hit]:
    """The keys that stand where cores do."""
    found: list[Hit] = []
    for number, start in places:
        readings = standing[number]
        if readings is None:
            readings = standing[number] = keys.load(number)
        for before, key, value in readings:
            at = start - before
            end = at + len(key)
            if low[at:end] != key or at < 0:
                continue
            if (not before and low[at - 1] not in "-./" and low[end] not in "+#./-") or not splits_word(low, at, end):
                found.append((at, end, value))
    return found


def keys_of(phrases: Iterable[str]) -> Keys:
    """Phrases as keys that stand for themselves. Those without a letter or digit are never found."""
    cores: dict[bytes, list[tuple[int, str, str]]] = {}
    for phrase in phrases:
        folded = flat(phrase)
        if core := folded.strip():
            cores.setdefault(core, []).append((len(folded) - len(folded.lstrip()), phrase, phrase))
    told = sorted(cores.items())
    return Keys([core for core, _ in told], [sorted(found, key=lambda p: -len(p[1])) for _, found in told])


def phrases_in(scan: Scan, text: str) -> list[str]:
    """The phrases of a scan's first set that stand in a text."""
    return [phrase for _, _, phrase in scan.find(fold(text))[0]]


CODE = re.compile(r"-[0-9]{2,}(?![^\W_]|\.[0-9])")  # of a job behind a short name: GCS-22
NUMBER = re.compile(r"[0-9]{3}\.[0-9]")  # cut at its point: 802.3
SHORT = 3  # characters
SUFFIX = re.compile(rf"js(?![^\W_{CJK}])")
GLUED = re.compile(rf"\+\+|#|\.js(?![^\W_{CJK}])|/cd(?<=ci/cd)(?![^\W_{CJK}])")


def splits_word(low: str, start: int, end: int) -> bool:
    """Whether a span cuts what stands together.

    ``C`` in ``C++`` or ``C-22``, ``Foo`` or ``js`` in ``Foo.js``, ``.net`` in ``x.net``, ``edge AI`` in ``cutting-edge AI``,
    ``Jenkins CI`` in ``Jenkins CI/CD``.

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
    if low.startswith("cd", start) and low.endswith("ci/", 0, start) and not low[start + 2 : start + 3].isalnum():
        return True
    if low[end : end + 1] == "." and NUMBER.match(low, end - 3):
        return True
    if end - start <= SHORT and low[end : end + 1] == "-" and CODE.match(low, end):
        return True
    return low[end - 1].isalnum() and end < len(low) and low[end] in "+#./" and GLUED.match(low, end) is not None
