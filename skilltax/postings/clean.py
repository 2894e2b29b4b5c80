"""The cleaned view of a posting: what is matched, with a map back to every character of the original.

Markup, mojibake, entities, escapes and invisible characters would hide names from any matcher. They are edited in a
*view*; the text itself stays as it is, and :meth:`View.original` turns a span of the view into the span of the
text that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from skilltax.postings.markup import ESCAPED_TAG, HTML, Edit, entities, tags

MASK = "\ufffc"  # stands for a URL or an address: no letter, so nothing is found in it or across it


class Layer(NamedTuple):
    """What one pass changed: for each edit its place in the result and in what it was made from."""

    out_start: list[int]
    out_end: list[int]
    in_start: list[int]
    in_end: list[int]

    def start(self, at: int) -> int:
        """Where the character at `at` of the result began before the pass."""
        i = bisect_right(self.out_start, at) - 1
        if i < 0:
            return at
        if at < self.out_end[i]:
            return self.in_start[i]
        return self.in_end[i] + at - self.out_end[i]

    def end(self, at: int) -> int:
        """Where the span that ends at `at` of the result ended before the pass."""
        if at == 0:
            return 0
        i = bisect_right(self.out_start, at - 1) - 1
        if i < 0:
            return at
        if at - 1 < self.out_end[i]:
            return self.in_end[i]
        return self.in_end[i] + at - self.out_end[i]


class View(NamedTuple):
    """A cleaned text with its way back.

    Attributes
    ----------
    text : str
        The cleaned text.
    source : str
        The original.
    layers : tuple of Layer
        What each pass changed, first pass first.
    """

    text: str
    source: str
    layers: tuple[Layer, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that ``text[start:end]`` came from; `start` < `end`."""
        for layer in reversed(self.layers):
            start, end = layer.start(start), layer.end(end)
        return start, end

    def originals(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The spans of the original that several spans of the view came from."""
        starts = [start for start, _ in spans]
        ends = [end for _, end in spans]
        for layer in reversed(self.layers):
            starts = list(map(layer.start, starts))
            ends = list(map(layer.end, ends))
        return list(zip(starts, ends, strict=True))

    def edited(self, edits: list[Edit]) -> View:
        """The view with edits applied: sorted, not overlapping, each ``(start, end, replacement)``."""
        if not edits:
            return self
        pieces: list[str] = []
        layer = Layer([], [], [], [])
        read = written = 0
        for start, end, replacement in edits:
            pieces += self.text[read:start], replacement
            written += start - read
            layer.out_start.append(written)
            written += len(replacement)
            layer.out_end.append(written)
            layer.in_start.append(start)
            layer.in_end.append(end)
            read = end
        pieces.append(self.text[read:])
        return View("".join(pieces), self.source, (*self.layers, layer))


def clean(text: str) -> View:
    r"""The view of a text: mojibake repaired, markup and invisible characters taken away, addresses masked.

    >>> view = clean("You know **C\\#** and the Linux&nbsp;kernel")
    >>> view.text
    'You know C# and the Linux kernel'
    >>> start = view.text.index("C#")
    >>> view.source[slice(*view.original(start, start + 2))]
    'C\\#'
    """
    view = View(text, text)
    for is_needed, edits in PASSES:
        if is_needed(view.text):
            view = view.edited(list(edits(view.text)))
    return view


# Exports of databases write the ends of lines as two characters. A path or a pattern holds them too, but not so often.
ESCAPED_LINE = re.compile(r"(?:\\r)?\\n")


def _escapes_lines(text: str) -> bool:
    return text.count("\\n") > max(FEW_BREAKS, text.count("\n"))


def _line_ends(text: str) -> Iterator[Edit]:
    return ((m.start(), m.end(), "\n") for m in ESCAPED_LINE.finditer(text))


# Mojibake: UTF-8 that was read as cp1252 ("â€™"). ftfy judges each run of non-ASCII characters by itself.
MOJIBAKE = re.compile("[ÂÃâð][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
RUN = re.compile(r"[^\x00-\x7f]{2,}")


def _mojibake(text: str) -> Iterator[Edit]:
    for run in RUN.finditer(text):
        fixed = _fix_encoding(run.group())
        if fixed != run.group():
            yield run.start(), run.end(), fixed


@cache
def _ftfy_fix() -> Callable[[str], str]:
    from ftfy import fix_encoding  # takes 40 ms to import, and few postings need it

    return fix_encoding


def _fix_encoding(run: str) -> str:
    return _ftfy_fix()(run)


# What remains is found by expressions that begin with a literal or a set of characters: those scan a text at the speed
# of memchr, where one expression with look-behinds takes a millisecond a posting. The context is looked at in code.
ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'”’]+"), re.compile(r"www\.[^\s<>()\[\]\"'”’]+")
JOB_CODE = re.compile(r"#LI-\w+", re.I)  # a recruiter's tag
MAIL = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
NAME_LOOKS_BACK = 80  # characters that the name in an e-mail address may have
MAIL_NAME = re.compile(rf"[\w.+-]{{0,{NAME_LOOKS_BACK}}}+$")
LINK_END = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
LINK = re.compile(r"!?\[(?=[^\]\n]{0,500}+\]\()")
ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
# May be Markdown's: no bullet, not snake_case, not ~5. _emphasis decides.
EMPHASIS = re.compile(r"[*_`~](?:[*_`~]+|(?<=`)|(?<!~)(?:(?<!\w[*_])(?=\S)|(?<=\S[*_])(?!\w)))")
CLOSES = {mark: re.compile(rf"(?<=\S){re.escape(mark)}(?![^\W_])") for mark in "*_"}
OPENS = {mark: re.compile(rf"(?<![^\W_]){re.escape(mark)}(?=\S)") for mark in "*_"}
WIDE_GAP = re.compile(r" (?<!  ) ++(?=\S)")  # begins only where blanks begin: a long run is looked at once
ODD = re.compile(
    "[\t\r\x0b\x0c\x85\xa0\xad\u2000-\u200f\u2010\u2011\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\uff01-\uff5e"
    "\U0001d400-\U0001d7ff\U0001f130-\U0001f189]"
)
IN_A_NAME = re.compile(r"[–\u2212](?<=[^\W\d_].)(?=[^\W\d_])")  # a dash that stands for a hyphen: Wi–Fi
INVISIBLE = frozenset("\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
NEWLINES = frozenset("\x0b\x0c\x85\u2028\u2029\r")
WORD_BEGINS = re.compile(r"\n[^\S\n]*(?=[^\W\d_])(?!o\s)")
NARROWEST, WIDEST = 40, 140  # characters of a line that was wrapped
RAGGED = 20  # characters by which wrapped lines differ
FEW_BREAKS = 3  # fewer line ends do not show that a text was wrapped, or that they are written as two characters


def _rest(text: str) -> list[Edit]:
    """Addresses, Markdown and odd characters; of edits that overlap the first stays."""
    found: list[Edit] = []
    if "://" in text or "www." in text:
        for pattern in ADDRESS:
            found += ((m.start(), m.start() + len(m[0].rstrip(".,;:!?*_")), MASK) for m in pattern.finditer(text))
    found += ((m.start(), m.end(), MASK) for m in JOB_CODE.finditer(text))
    for m in MAIL.finditer(text) if "@" in text else ():
        name = MAIL_NAME.search(text, max(0, m.start() - NAME_LOOKS_BACK), m.start())
        found.append((name.start() if name else m.start(), m.end(), MASK))
    if "](" in text:
        found += ((m.start(), m.end(), "") for pattern in (LINK, LINK_END) for m in pattern.finditer(text))
    if "\\" in text:
        found += ((m.start(), m.end(), "") for m in ESCAPE.finditer(text))
    found += _emphasis(text)
    if "  " in text:
        found += ((m.start(), m.end(), " ") for m in WIDE_GAP.finditer(text) if m.start() and not text[m.start() - 1].isspace())
    if not text.isascii() or "\t" in text or "\r" in text:
        found += ((m.start(), m.end(), _plain(text, m.start())) for m in ODD.finditer(text))
        found += ((m.start(), m.end(), "-") for m in IN_A_NAME.finditer(text))
    found.sort(key=lambda edit: (edit[0], -edit[1]))
    kept: list[Edit] = []
    read = 0
    for edit in found:
        if edit[0] >= read:
            kept.append(edit)
            read = edit[1]
    return kept


def _emphasis(text: str) -> Iterator[Edit]:
    """Runs of ``*_`~`` that are Markdown's: not a bullet, ``snake_case`` or ``~5``, nor ``*nix``, which nothing closes."""
    line_start = line_end = -1
    closer: dict[str, int] = {}  # the last one found in this line; its end where there is none
    opener: dict[str, int] = {}  # the first one of this line
    for run in EMPHASIS.finditer(text):
        start, end = run.span()
        mark = text[start]
        if end - start == 1 and mark != "`":
            if start > line_end:
                line_start = text.rfind("\n", 0, start) + 1
                found = text.find("\n", end)
                line_end = len(text) if found < 0 else found
                closer, opener = {}, {}
            before = text[start - 1] if start else "\n"
            after = text[end] if end < len(text) else "\n"
            opens = not before.isalnum() and not after.isspace()
            closes = not before.isspace() and not after.isalnum()
            if opens and closer.get(mark, -1) < end:
                closer[mark] = _place(CLOSES[mark].search(text, end, line_end), line_end)
            if not (opens and closer[mark] < line_end):
                if closes and mark not in opener:
                    opener[mark] = _place(OPENS[mark].search(text, line_start, line_end), line_end)
                if not (closes and opener[mark] < start - 1):
                    continue
        yield start, end, ""


def _wrapped(text: str) -> Iterator[Edit]:
    """Line ends within the sentences of a text that was wrapped at some width."""
    broken: list[tuple[int, int, int]] = []
    for found in WORD_BEGINS.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].rstrip()
        if NARROWEST <= len(line) <= WIDEST and (line[-1].isalnum() or line[-1] in ",)"):
            broken.append((len(line), found.start(), found.end()))
    sure = [length for length, _, end in broken if text[end].islower()]
    if len(sure) >= FEW_BREAKS:
        yield from ((start, end, " ") for length, start, end in broken if text[end].islower() or length > max(sure) - RAGGED)


def _place(found: re.Match[str] | None, otherwise: int) -> int:
    return found.start() if found else otherwise


def _plain(text: str, at: int) -> str:
    """What an odd character stands for."""
    char = text[at]
    if char in INVISIBLE or (char == "\r" and text[at + 1 : at + 2] == "\n"):
        return ""
    if char in NEWLINES:
        return "\n"
    if char in "\u2010\u2011":
        return "-"
    if char == "\t":
        return " "
    same = unicodedata.normalize("NFKC", char)
    return same if len(same) == 1 else " "


def _has(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.search(text) is not None


PASSES: tuple[tuple[Callable[[str], bool], Callable[[str], Iterable[Edit]]], ...] = (
    (_escapes_lines, _line_ends),
    (_has(MOJIBAKE), _mojibake),
    (_has(ESCAPED_TAG), entities),
    (_has(HTML), tags),
    (lambda text: "&" in text, entities),
    (lambda text: True, _rest),
    (lambda text: True, _wrapped),
)
