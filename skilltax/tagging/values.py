"""What stands beside a mention and belongs to it: versions, quantities, years of experience, alternatives.

All of it is read from the view, between and around mentions, in one line; nothing here adds or removes a mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from skilltax.tagging.strength import CLAUSE_END

Span = tuple[int, int]
Years = tuple[int, int | None]


class Place(NamedTuple):
    """Where a mention stands, and what it is: its span, the span of its line, category and kind of its concept."""

    start: int
    end: int
    line: Span
    category: str
    kind: str


class Values(NamedTuple):
    """What belongs to one mention."""

    version: str | None = None
    quantity: str | None = None
    years: Years | None = None
    any_of: int | None = None


NOTHING = Values()
NUMBER = r"\d{1,4}(?:\.(?:\d{1,4}|[xX]))*"
VERSION_AFTER = re.compile(
    r"(?:[ ]?|-(?=\d+\.)|[ ]\((?=\d+\.)|[ ]\(?(?:v|version|versions|ver\.?|release)[ ]?)"
    rf"(?!24[ ]?[/x×][ ]?7\b)(?P<version>{NUMBER}(?:[ ]?[-–/][ ]?{NUMBER})*(?:c|[ ]?LTS|R2)?\+?)"
    r"(?![\w%]|[.,]\d|\s+[A-Z]\s*$|\s*(?:\+|plus\b|or more)?\s*[-–]?\s*(?:years?|yrs?|months?|days?|hours?|people|engineers|x\b"
    r"|th\b|of\b)|\s*[-–]\s*\d+\s*(?:years?|yrs?))",
    re.I | re.M,
)
VERSION_BEFORE = re.compile(r"(?<![\w.$€£])(?P<version>\d{1,2}\.(?:\d{1,3}|[xX])(?:\.(?:\d{1,3}|[xX]))*\+?)[ -]$")
QUANTITY_BEFORE = re.compile(
    r"(?<![\w.])(?P<quantity>\d{1,3}(?:[, ]\d{3})+\+?|\d{1,6}[kK]?\+?)(?:\s?[xX×]\s?|(?P<counted>\s))$"
)
COUNTED = frozenset({"gpus", "accelerators", "processors", "microcontrollers"})  # "64 H100s" is a number of them
DIGIT = re.compile(r"\d")  # few lines hold one, and fewer mentions have one beside them
LOOK_BACK = 14  # characters in which a number may stand before a name

NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS = {name: number for number, name in enumerate(NAMES, 1)}
COUNT = rf"(?:\d{{1,2}}|{'|'.join(NAMES)})"
YEARS = re.compile(
    rf"(?<![\w.,$])(?P<low>{COUNT})(?:\s*\(\d{{1,2}}\))?\s*"
    rf"(?:(?P<open>\+|plus\b|or more)|(?:[-–/]|to)\s*(?P<high>{COUNT}))?\s*\+?\s*(?:-\s*)?(?:years?\b|yrs?\b\.?)['’]?"
    r"(?![\s-]*(?:ago|old|in business|in a row|of (?:history|growth|age)|in the industry|anniversary|contracts?|projects?"
    r"|plans?|terms?|(?:\w+ )?(?:warrant(?:y|ies)|roadmap|vesting)|we\b|our\b|the company|has\b|have\b))",
    re.I,
)
A_YEAR = re.compile(r"[yY](?:ear|r)")
NOT_OF_A_PERSON = re.compile(r"(?:last|past|next|every|previous|first|coming|after)\s+$", re.I)
STANDS_BEHIND = re.compile(
    r"\s*+(?:[(:–—-]++|(?:,\s*+)?for)\s*+(?:at least|over|more than|minimum|min\.?|the past|the last)?\s*", re.I
)
# What comes behind these is not what the years were spent on: `5 years in software, and have shipped apps for iOS`.
MATTER_ENDS = re.compile(
    r"(?:experience|expertise)\)?,?\s+to\b|experience\)|(?:,|(?<!\s))\s++and\s+(?:have|has|are|be|you)\b"
    r"|(?:,|(?<!\s))\s++with\s+(?:an?\s+)?(?:solid|strong|deep|good|excellent|significant)\b|preferably|ideally",
    re.I,
)
FOR = re.compile(r"[ ,]*for")
UP_TO = re.compile(r"(?:up to|at most|maximum of)\s*$", re.I)
REACH = 90  # characters between "5 years" and the first name it speaks of

AND, OR_WORD = "and|und|et|y", "and/or|or|oder|ou"  # the languages whose postings are read
JOINED = re.compile(
    rf"\s*+(?:[,/|&+]|{OR_WORD}|{AND}|,\s*+(?:{OR_WORD}|{AND}|&)|/\s*+or)?"
    r"\s*+(?:the|a|an|either|even|maybe|also|preferably|ideally|possibly|alternatively)?\s*+",
    re.I,
)
OR = re.compile(rf"(?<![^\W_])(?:{OR_WORD})(?![^\W_])", re.I)
CLOSES_A_LIST = re.compile(rf"(?<![\w/])(?:{AND})(?![\w/])|&", re.I)
ONE_OF = re.compile(
    r"(?:(?:one|two|three|\d) or more of|at least (?:one|two|three|\d)(?: or more)? of|any(?: one)? of|one of|either(?: of)?"
    r"|some of|a few of|several of|at least some of)"
    r"(?!\s+(?:our|(?:the )?(?:most|latest|largest|leading|top|best|biggest|world|fastest)))"
    r"(?:\s+(?:the following|these|those|following))?[^.;:\n]{0,60}?[:(]?\s*$"
    r"|(?:at least one|one or more)\s+(?:[\w-]+[ ]){1,5}?"
    r"(?:such as|like|including|for example|\(?(?:e\.g\.|i\.e\.),?|[:(,])\s*$",
    re.I,
)
CHOICE_REACH = 110


def read_values(text: str, places: Sequence[Place]) -> list[Values]:
    """Version, quantity, years and alternatives of each mention.

    Parameters
    ----------
    text : str
        The view.
    places : sequence of Place
        Mentions, sorted, not overlapping.
    """
    numbered = {line for line in dict.fromkeys(place.line for place in places) if DIGIT.search(text, *line)}
    versions = list(_versions(text, places, numbered))
    ends = [end for _, end in versions]
    years = _years(text, places)
    choices = _choices(text, places, ends)
    quantities = {i: _quantity(text, place) for i, place in enumerate(places) if place.line in numbered}
    if not years and not choices and not numbered:
        return [NOTHING] * len(places)
    return [Values(version, quantities.get(i), years.get(i), choices.get(i)) for i, (version, _) in enumerate(versions)]


def _versions(text: str, places: Sequence[Place], numbered: Collection[Span]) -> Iterator[tuple[str | None, int]]:
    """For each mention its version, and where the mention ends with it. Fields and methods have none."""
    taken = 0
    for start, end, line, _, kind in places:
        found = None
        if kind == "technology" and line in numbered:
            found = VERSION_AFTER.match(text, end, line[1])
            low = max(line[0], start - LOOK_BACK, taken)
            if not found and DIGIT.search(text, low, start):
                found = VERSION_BEFORE.search(text, low, start)
        taken = max(end, found.end()) if found else end
        yield (found["version"] if found else None), taken


def _quantity(text: str, place: Place) -> str | None:
    low = max(place.line[0], place.start - LOOK_BACK)
    found = QUANTITY_BEFORE.search(text, low, place.start) if DIGIT.search(text, low, place.start) else None
    if found is None or (found["counted"] and place.category not in COUNTED):
        return None
    return found["quantity"]


@lru_cache(maxsize=4096)
def _joined(between: str) -> bool:
    """Whether nothing but a separator or conjunction stands between two mentions."""
    return bool(between.strip()) and JOINED.fullmatch(between) is not None


def _choices(text: str, places: Sequence[Place], ends: Sequence[int]) -> dict[int, int]:
    """The number of its choice for each mention that is one of several alternatives."""
    numbers: dict[int, int] = {}
    number = 0
    for run in _runs(text, places, ends):
        gaps = [text[ends[i] : places[j].start] for i, j in pairwise(run)]
        first = places[run[0]]
        if _says_one_of(text, max(first.line[0], first.start - CHOICE_REACH), first.start):
            groups = [run]
        elif not any(map(OR.search, gaps)):
            continue
        elif any(map(CLOSES_A_LIST.search, gaps)):  # Linux, MySQL or PostgreSQL, and Git: `or` joins only its neighbours
            groups = [[i, i + 1] for i, gap in zip(run, gaps, strict=False) if OR.search(gap)]
        else:
            groups = [run]
        for group in groups:
            if group[0] not in numbers:
                number += 1
            numbers.update(dict.fromkeys(group, numbers.get(group[0], number)))
    return numbers


def _says_one_of(text: str, start: int, end: int) -> bool:
    """Whether a list that begins at `end` is introduced as alternatives. Few are: a word that all such phrases hold tells."""
    low = text[start:end].lower()
    return any(word in low for word in ("one", " of", "either")) and ONE_OF.search(text, start, end) is not None


def _runs(text: str, places: Sequence[Place], ends: Sequence[int]) -> Iterator[list[int]]:
    """Mentions that are joined to a list; traits of people are no alternatives (`Go or willingness to learn`)."""
    run: list[int] = []
    for i, place in enumerate(places):
        joined = (
            run
            and run[-1] == i - 1
            and place.kind != "soft"
            and place.line == places[i - 1].line
            and _joined(text[ends[i - 1] : place.start])
        )
        if not joined:
            if len(run) > 1:
                yield run
            run = []
        if place.kind != "soft":
            run.append(i)
    if len(run) > 1:
        yield run


def _years(text: str, places: Sequence[Place]) -> dict[int, Years]:
    """Years of experience by the mention that they speak of: the list behind them, else the list right before."""
    found: dict[int, Years] = {}
    starts, ends = [place.start for place in places], [place.end for place in places]
    for line, numbers in groupby(range(len(places)), key=lambda i: places[i].line):
        if not A_YEAR.search(text, *line):
            continue
        first = next(numbers)
        expressions = list(YEARS.finditer(text, *line))
        for k, years in enumerate(expressions):
            value = _range(text, years)
            before = range(first, bisect_right(ends, years.start()))
            if before and STANDS_BEHIND.fullmatch(text, places[before[-1]].end, years.start()):
                bound = _list_before(text, places, before)
            elif NOT_OF_A_PERSON.search(text, max(line[0], years.start() - LOOK_BACK), years.start()):
                continue
            else:
                following = expressions[k + 1].start() if k + 1 < len(expressions) else line[1]
                stops = (p.search(text, years.end(), following) for p in (CLAUSE_END, MATTER_ENDS))
                limit = min([following, *(stop.start() for stop in stops if stop)])
                behind = range(bisect_left(starts, years.end()), bisect_left(starts, limit))
                bound = _list_behind(text, places, behind, years.end())
            for i in bound:
                found.setdefault(i, value)
    return found


def _list_before(text: str, places: Sequence[Place], before: Sequence[int]) -> list[int]:
    """The last of some mentions, and those that `for 5 years` speaks of together with it."""
    bound = [before[-1]]
    if FOR.match(text, places[bound[0]].end):
        for i in reversed(before[:-1]):
            if not _joined(text[places[i].end : places[i + 1].start]):
                break
            bound.append(i)
    return bound


def _list_behind(text: str, places: Sequence[Place], behind: Sequence[int], start: int) -> list[int]:
    """The list that begins with the first of some mentions, if that is near enough."""
    bound: list[int] = []
    for i in behind:
        if places[i].start - start > REACH if not bound else not _joined(text[places[i - 1].end : places[i].start]):
            break
        bound.append(i)
    return bound


def _range(text: str, found: re.Match[str]) -> Years:
    def number(word: str) -> int:
        return WORDS.get(word.lower(), 0) or int(word)

    low = number(found["low"])
    if found["high"]:
        return low, number(found["high"])
    if UP_TO.search(text, max(0, found.start() - 20), found.start()):
        return 0, low
    return low, None
