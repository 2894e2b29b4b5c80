"""A posting's text in pieces: what stays as it is, and what a reader would rather not see as it stands.

Markdown, HTML and entities were edited in the cleaned view (:mod:`skilltax.postings.clean`). The pieces tell, for every
stretch of the original, what the view made of it; together they are the original, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from skilltax.postings.clean import MASK, View

ITEM = "* "  # how the view begins an item of a list
MADE = re.compile(r"(?:\* |#{1,6} )\Z")  # how the view begins an item or a heading that was HTML
# What Markdown's headings and items begin with; the view keeps it.
MARK = re.compile(r"^[ \t]*(?:(?P<heading>#{1,6})(?P<gap>[ \t]+)(?=\S)|(?P<item>[*+-])(?=[ \t]+\S))", re.M)
MEANS = {"heading": "", "gap": "", "item": "•"}


class Piece(NamedTuple):
    """A stretch of the original.

    Attributes
    ----------
    start, end : int
        Its span in the original text.
    at : int
        Where the view begins to show it.
    shown : str or None
        What a reader sees instead; None where it stays.
    """

    start: int
    end: int
    at: int
    shown: str | None = None


def pieces(view: View) -> list[Piece]:
    """The whole original of a view in pieces.

    >>> from skilltax.postings.clean import clean
    >>> [(p.start, p.end, p.shown) for p in pieces(clean("R&amp;D in **Go**"))]
    [(0, 1, None), (1, 6, '&'), (6, 10, None), (10, 11, None), (11, 13, ''), (13, 15, None), (15, 17, '')]
    """
    return list(_without_marks(view.source, _tidy(view, _raw(view))))


def _without_marks(source: str, found: list[Piece]) -> Iterator[Piece]:
    """The pieces, where the marks of Markdown's headings and items are pieces of their own: no mark, and a dot."""
    marks = [(*m.span(name), MEANS[name]) for m in MARK.finditer(source) for name in MEANS if m[name]]
    for piece in found:
        read = piece.start
        while marks and marks[0][0] < piece.end:
            start, end, shown = marks.pop(0)
            if piece.shown is not None or start < piece.start or end > piece.end:
                continue
            for a, b, what in ((read, start, None), (start, end, shown)):
                if b > a:
                    yield Piece(a, b, piece.at + a - piece.start, what)
            read = end
        if read == piece.start:
            yield piece
        elif read < piece.end:
            yield Piece(read, piece.end, piece.at + read - piece.start)


def _raw(view: View) -> list[Piece]:
    source, found = view.source, list[Piece]()
    read = at = kept = 0  # read: how far in the original; kept: where what stays began
    kept_at = 0

    def keep(until: int) -> None:
        """White space at the ends is a piece of its own: markup beside it may make it mean nothing."""
        core = source[kept:until].strip()
        first = source.index(core, kept) if core else until
        for start, end in ((kept, first), (first, first + len(core)), (first + len(core), until)):
            if end > start:
                found.append(Piece(start, end, kept_at + start - kept))

    while at < len(view.text):
        start, end = view.original(at, at + 1) if view.layers else (at, at + 1)
        if start == read and end == start + 1 and view.text[at] == source[start]:
            read, at = end, at + 1
            continue
        keep(read)
        if start > read:
            found.append(Piece(read, start, at, ""))
            read, kept, kept_at = start, start, at
            continue
        begin = at
        while at < len(view.text) and view.original(at, at + 1) == (start, end):
            at += 1
        shown = view.text[begin:at]
        if end > start:
            found.append(Piece(start, end, begin, None if MASK in shown or shown == source[start:end] else shown))
        read = kept = end
        kept_at = at
    keep(read)
    if read < len(source):
        found.append(Piece(read, len(source), at, ""))
    return found


def _tidy(view: View, found: list[Piece]) -> list[Piece]:
    """Line breaks that markup made: one before an item of a list, one empty line between paragraphs."""
    tidied: list[Piece] = []
    i = 0
    while i < len(found):
        group = i
        while group < len(found) and _is_space(view, found[group]):
            group += 1
        run = found[i:group]
        if not any(p.shown and "\n" in p.shown for p in run):
            tidied += run or found[i : i + 1]
            i = max(group, i + 1)
            continue
        item = any(p.shown and p.shown.endswith(ITEM) for p in run)
        breaks = sum(_shown(view, p).count("\n") for p in run)
        if item:
            shown = "\n• " if tidied else "• "
        elif not tidied or group == len(found):
            shown = ""
        else:
            shown = "\n\n" if breaks > 1 else "\n"
        tidied += [p._replace(shown=shown if n == 0 else "") for n, p in enumerate(run)]
        i = group
    return tidied


def _shown(view: View, piece: Piece) -> str:
    return view.source[piece.start : piece.end] if piece.shown is None else piece.shown


def _is_space(view: View, piece: Piece) -> bool:
    shown = _shown(view, piece)
    return not (MADE.sub("", shown) if piece.shown else shown).strip()
