"""Typos: a word that is no name, but almost one.

Only words that nothing else explains are looked at: no English word, no name, long enough that a slip is likelier than
another word, written once (who writes a word twice means it), beside a technology in the same line or list. `Kubernets` is
Kubernetes; `developer` and the employer's own name stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from skilltax.tagging.candidates import Candidate
from skilltax.tagging.lines import Line, list_of
from skilltax.tagging.scan import Folded
from skilltax.taxonomy.lexicon import Lexicon
from skilltax.taxonomy.words import english_words

WORD = re.compile(r"[A-Z][^\W\d_]{6,23}(?![^\W_])")  # names have a capital; begins with a set, which scans fast
SHORT = 7  # letters of a name from which one slip is forgiven: a letter too many, too few, or two exchanged,
MIDDLE = 12  # from which another letter may stand for the right one,
LONG = 16  # and from which two slips are
REMEMBERED = 200_000  # words that are not decided again
BESIDE = 60  # characters to the nearest technology of the same line
ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "al", "ity", "ness", "ment", "able", "ian", "ist", "ism", "ize", "ized")


class Typos:
    """Finds the name that a misspelt word means.

    Parameters
    ----------
    lexicon : Lexicon
        Every key; single words of proper names are what a typo may mean.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._seen: dict[str, str | None] = {}

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """Names that a word may be taken for, by their first letter."""
        names: dict[str, list[str]] = {}
        for one in self._lexicon.names:
            if len(one) >= SHORT:
                names.setdefault(one[0], []).append(one)
        return names

    def find(
        self, folded: Folded, lines: Sequence[Line], kept: Sequence[Candidate], others: Sequence[Candidate]
    ) -> Iterator[tuple[Candidate, int]]:
        """Each misspelt name with its edit distance.

        Parameters
        ----------
        folded : Folded
            The view, ready for scanning.
        lines : sequence of Line
            Its lines.
        kept, others : sequence of Candidate
            What stands in the text already, kept or refused: no word of theirs is looked at.
        """
        text, low = folded.text, folded.low
        seen = self._seen.get
        for found in WORD.finditer(text):
            start, end = found.span()
            word = low[start:end]
            name = seen(word, "")
            if name == "":
                name = self.meant(word)
            if not name or low.count(word) != 1 or (start and text[start - 1].isalnum()):
                continue
            if any(c.start < end and start < c.end for c in (*kept, *others)):
                continue
            if _is_listed(start, end, lines, kept):
                entry = next(e for e in self._lexicon[name] if e.is_proper)
                yield Candidate(start, end, entry, "typo", name), OSA.distance(word, name)

    def meant(self, word: str) -> str | None:
        """The name that a word in lower case is a slip of, decided once for each word."""
        if (known := self._seen.get(word, "")) == "":
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            self._seen[word] = known = self._decide(word)
        return known

    def _decide(self, word: str) -> str | None:
        if word in self._lexicon or _is_english(word):
            return None
        slips = 2 if len(word) >= LONG else 1
        best = process.extractOne(word, self._names.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        if best is None or best[0] in (word + "s", word + "es", word[:-1]) or word.startswith(best[0]):
            return None
        replaced = len(best[0]) == len(word) and sorted(best[0]) != sorted(word)
        return None if replaced and len(word) < MIDDLE else str(best[0])


def _is_listed(start: int, end: int, lines: Sequence[Line], kept: Sequence[Candidate]) -> bool:
    """Whether a technology stands near by in the same line or list."""
    list_at = list_of(lines)
    near = (c for c in kept if c.kind == "technology" and start - BESIDE < c.end and c.start < end + BESIDE)
    return any(list_at(c.start) == list_at(start) for c in near)


def _is_english(word: str) -> bool:
    words = english_words()
    stems = [word[: -len(ending)] for ending in ENDINGS if word.endswith(ending)]
    return word in words or any(stem in words or stem + "e" in words for stem in stems)
