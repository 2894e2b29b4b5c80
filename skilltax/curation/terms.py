"""Technical terms of a posting that the taxonomy does not know, each where it stands.

A line is cut at its list marks into segments. In a segment, a run of words that are written like a name is a term; so is a
whole segment of a few plain words inside a list that holds a known skill.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from skilltax.curation.acronyms import acronyms
from skilltax.curation.written import is_name, is_plain, plain
from skilltax.postings.clean import MASK
from skilltax.tagging.employer import employer_names
from skilltax.tagging.lines import Line, list_of
from skilltax.tagging.tagger import Read
from skilltax.taxonomy.forms import key
from skilltax.taxonomy.words import english_words

SOLID = ("technology", "practice", "certification")  # kinds that vouch for what stands beside them
LONGEST_NAME = 5  # words
LONGEST_ITEM = 3  # plain words that a list item may have to be a term as a whole
LONGEST_LINK = 6  # words that an element inside a list may have
BESIDE = 4  # elements of a list on each side that vouch for a term

APART = (  # words that stand between two terms
    r"and/or|and|or|und|oder|et|y|e|&|\+|-|vs\.?|including|like|such as|e\.g\.?|i\.e\.?|etc\.?|in|with|using|via|on|for|by|to"
    r"|of|from|as|at|the|a|an|our|your|is|are|be|we|you|this|that"
)
SEPARATOR = re.compile(  # white space before it only from where that begins: a long run is looked at once
    rf"(?:(?<!\s)\s++)?+(?:[,;/|•·()\[\]{{}}:…?!\"“”–—]|(?<![^\W_])(?:{APART})(?=[\s,;:.)])|\.(?=\s|$)|{MASK})\s*",
    re.I,
)
LISTING = re.compile(r"\s*(?:[,;/|•·&+]|and/or|and|or|und|oder|et|vs\.?|etc\.?)\s*", re.I)  # a separator between equals
WORD = re.compile(r"\.?[^\W_](?:[^\s]*[^\W_])?(?:\+\+|#|\+)?")
OF_COMPANIES = re.compile(  # what a list of employers begins with
    r"(?<![^\W_])(?:clients?|customers?|brands?|companies|partner(?:s|ed)?|investors?|investments?|backed|funded|led by"
    r"|trusted)(?![^\W_])",
    re.I,
)
LONGEST_LIST = 2_000  # characters of a line before a term in which its list may begin
VERSION = re.compile(r"[vV]?\d+(?:\.(?:\d+|x))*\+?")
LOOSE = re.compile(r"[’'](?:s|re|ll|ve|d|t|m)?$")


class Term(NamedTuple):
    """An unknown term where it stands.

    Attributes
    ----------
    start, end : int
        Characters of the view.
    text : str
        What stands there.
    section : str
        Section of its line.
    opens : bool
        Whether it begins a sentence or an item, where every word has a capital letter.
    beside : tuple of str
        Known concepts in the same list.
    short, long : str
        Its acronym, or what it is an acronym of, where the text says so.
    """

    start: int
    end: int
    text: str
    section: str
    opens: bool
    beside: tuple[str, ...] = ()
    short: str = ""
    long: str = ""


class Segment(NamedTuple):
    """What stands between two list marks."""

    start: int
    end: int
    line: Line
    joined: bool  # to the segment before by a mark between equals
    opens: bool
    listed_before: bool
    listed_after: bool


def terms(text: str, read: Read, known: Callable[[str], bool], company: str | None = None) -> Iterator[Term]:
    """The unknown terms of a posting, in the order of the text.

    Parameters
    ----------
    text : str
        The view.
    read : Read
        What the tagger read there: lines and mentions.
    known : callable
        Whether the taxonomy knows a name, also one that it leaves out on purpose.
    company : str or None
        The employer, whose name is no term.
    """
    mentions = [(c.start, c.end, c.entry.concept) for c in read.kept if c.kind in SOLID]
    kept = [(c.start, c.end) for c in read.kept]
    starts = [start for start, _ in kept]
    employers = employer_names(read.view, read.lines, company)

    def taken(start: int, end: int) -> bool:
        at = bisect_left(starts, end) - 1
        return at >= 0 and kept[at][1] > start

    pairs = list(acronyms(text))
    shorts = {(a.start, a.end): text[a.short_start : a.short_end] for a in pairs}
    longs = {(a.short_start, a.short_end): text[a.start : a.end] for a in pairs}
    segments = list(_segments(text, read.lines))
    vouched = _vouched(text, segments, mentions)
    for number, segment in enumerate(segments):
        if segment.line.heading or segment.line.section == "title":
            continue
        found = list(_names(text, segment, taken))
        if not found and (item := _item(text, segment, taken)) and vouched(number, *item):
            found = [item]
        found += [at for at in shorts if segment.start <= at[0] < segment.end and at not in found and not taken(*at)]
        for start, end in found:
            name = text[start:end]
            if known(name) or key(name) in employers or any(key(name).startswith(f"{e} ") for e in employers):
                continue
            at, opens = (start, end), segment.opens and start == segment.start
            beside = vouched(number, start, end)
            yield Term(start, end, name, segment.line.section, opens, beside, shorts.get(at, ""), longs.get(at, ""))


def _segments(text: str, lines: Sequence[Line]) -> Iterator[Segment]:
    """Cut lines at list marks; short neighbouring lines are one list."""
    group_at, before = list_of(lines), -1
    for line in lines:
        group = group_at(line.start)
        joined, opens, listed = group == before, True, group == before
        at = line.start
        marks = [*SEPARATOR.finditer(text, line.start, line.end)]
        for mark in [*marks, None]:
            end = mark.start() if mark else line.end
            end = at + len(text[at:end].rstrip(" .'’"))
            equal = mark is not None and LISTING.fullmatch(mark.group()) is not None
            closes = mark is None or equal or mark.group().strip() in (".", ")", "]", ";")
            if end > at:
                yield Segment(at, end, line, joined, opens, listed, closes)
                joined = equal
            elif not equal:
                joined = False
            if mark:
                at = mark.end()
                opens = mark.group().strip() in (".", "?", "!", ":", "•", "·")
                listed = equal or mark.group().strip() in ("(", "[", ":")
        before = group


def _names(text: str, segment: Segment, taken: Callable[[int, int], bool]) -> Iterator[tuple[int, int]]:
    """Runs of words in a segment that are written like names, and are not known."""
    run: list[tuple[int, int]] = []
    for word in [*WORD.finditer(text, segment.start, segment.end), None]:
        span = word.span() if word else (0, 0)
        if word and (loose := LOOSE.search(word.group())):
            span = span[0], span[0] + loose.start()
        written = text[span[0] : span[1]]
        gap = text[run[-1][1] : span[0]] if run and word else " "
        if word and gap == " " and (is_name(written) or (run and VERSION.fullmatch(written))):
            run.append(span)
            continue
        if run:
            yield from _trimmed(text, segment, run, taken)
        run = [span] if word and is_name(written) else []


def _trimmed(
    text: str, segment: Segment, run: list[tuple[int, int]], taken: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    """The name in a run of capitalised words: without a word that only begins the sentence, or only says what sort it is."""
    if len(run) > 1 and segment.opens and run[0][0] == segment.start and is_plain(text[slice(*run[0])]):
        run = run[1:]
    while run and text[slice(*run[0])].lower() in plain("before"):
        run = run[1:]
    while run and (text[slice(*run[-1])].lower() in plain("behind") or _numbers_behind(text, run)):
        run = run[:-1]
    free = [span for span in run if not taken(*span)]
    words = [text[slice(*span)] for span in free]
    if not free or len(run) > LONGEST_NAME or all(VERSION.fullmatch(w) for w in words):
        return
    if len(free) < len(run) and all(is_plain(w) or VERSION.fullmatch(w) for w in words) and len(words) < 2:
        return  # a known name and an everyday word: Kubernetes Champion
    yield run[0][0], run[-1][1]


def _numbers_behind(text: str, run: list[tuple[int, int]]) -> bool:
    """Whether a run ends with a number that belongs to a word that is no name: QA Experience 2."""
    last = [text[slice(*span)] for span in run[-2:]]
    return len(last) > 1 and VERSION.fullmatch(last[1]) is not None and last[0].lower() in plain("behind")


def _item(text: str, segment: Segment, taken: Callable[[int, int], bool]) -> tuple[int, int] | None:
    """A whole segment of few plain words with a list mark on each side."""
    start, end = segment.start, segment.end
    if not (segment.listed_before and segment.listed_after) or taken(start, end):
        return None
    words = text[start:end].split()
    if not 1 <= len(words) <= LONGEST_ITEM or len(text[start:end]) < 2 or not all(w.replace("-", "").isalpha() for w in words):
        return None
    if words[-1].lower() in plain("behind") or {w.lower() for w in words} & plain("function"):
        return None
    return None if len(words) == 1 and words[0].lower() in english_words() else (start, end)


def _vouched(
    text: str, segments: Sequence[Segment], mentions: Sequence[tuple[int, int, str]]
) -> Callable[[int, int, int], tuple[str, ...]]:
    """Tells which known concepts stand in the same list as a span of a segment."""
    starts = [m[0] for m in mentions]
    of_companies = [m.start() for m in OF_COMPANIES.finditer(text)]

    def inside(segment: Segment) -> Sequence[tuple[int, int, str]]:
        return mentions[bisect_left(starts, segment.start) : bisect_right(starts, segment.end - 1)]

    def walk(number: int, step: int) -> Iterator[str]:
        for at in range(number + step, number + (BESIDE + 1) * step, step):
            if not 0 <= at < len(segments) or not segments[max(at, at - step)].joined:
                return
            segment = segments[at]
            touching = [c for s, e, c in inside(segment) if (e >= segment.end if step < 0 else s <= segment.start)]
            yield from touching
            if len(text[segment.start : segment.end].split()) > LONGEST_LINK:
                return

    def beside(number: int, start: int, end: int) -> tuple[str, ...]:
        segment = segments[number]
        before = bisect_left(of_companies, start)
        if before and of_companies[before - 1] >= max(segment.line.start, start - LONGEST_LIST):
            return ()
        found = [*(walk(number, -1) if start <= segment.start else ()), *(walk(number, 1) if end >= segment.end else ())]
        return tuple(dict.fromkeys(found))

    return beside
