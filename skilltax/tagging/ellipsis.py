"""Elided heads: in `relational and NoSQL databases`, `relational` names the relational database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skilltax.tagging.matcher import Candidate
from skilltax.taxonomy.forms import key
from skilltax.taxonomy.lexicon import Entry, Lexicon

BEFORE = re.compile(
    r"(?P<words>[^\W_][\w-]*(?:\s*(?:,|/)\s*[^\W_][\w-]*){0,5})(?:\s*,)?(?:\s+(?:and|or|and/or|&)\s+|\s*/\s*|,\s+)$"
)
WORD = re.compile(r"[^\W_][\w-]*")
BEHIND = re.compile(r"(?:\s+(?:and|&)\s+|\s*/\s*)(?P<word>[^\W\d_]{4,})(?![^\W_])")
HEADS = frozenset(
    ["testing", "tests", "databases", "database", "stores", "parallelism", "virtualization", "teaming", "clouds", "computing"]
)
FIRSTS = frozenset(["continuous"])  # continuous integration and deployment
REACH = 80


def elided(text: str, kept: Sequence[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Words beside a mention that share its head and name a concept with it.

    Parameters
    ----------
    text : str
        The view.
    kept : sequence of Candidate
        Mentions, sorted.
    lexicon : Lexicon
        Every key.
    """
    taken = [(c.start, c.end) for c in kept]
    for one in kept:
        words = text[one.start : one.end].split(" ")
        if len(words) < 2:
            continue
        if words[-1].lower() in HEADS and (found := BEFORE.search(text, max(0, one.start - REACH), one.start)):
            for word in WORD.finditer(text, found.start("words"), found.end("words")):
                yield from _whole(text, word, words[-1], "{word} {shared}", lexicon, taken)
        if words[0].lower() in FIRSTS and (behind := BEHIND.match(text, one.end)):
            for word in WORD.finditer(text, behind.start("word"), behind.end("word")):
                yield from _whole(text, word, words[0], "{shared} {word}", lexicon, taken)


def _whole(
    text: str, word: re.Match[str], shared: str, form: str, lexicon: Lexicon, taken: list[tuple[int, int]]
) -> Iterator[Candidate]:
    """The mention that a word makes with what it shares, where that is a name and nothing else stands on the word."""
    start, end = word.span()
    if any(start < b and a < end for a, b in taken):
        return
    whole = form.format(word=word[0], shared=shared)
    entry = next((e for e in lexicon.get(key(whole), ()) if _is_plain(e)), None)
    if entry:
        taken.append((start, end))
        yield Candidate(start, end, entry, "ellipsis", whole)


def _is_plain(entry: Entry) -> bool:
    return not entry.vetoes and not entry.inner and not entry.gate.needs
