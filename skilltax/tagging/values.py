"""What stands beside a mention and belongs to it: versions, quantities, years of experience, alternatives.

All of it is read from the view, between and around mentions, in one line; nothing here adds or removes a mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from skilltax.tagging.strength import CLAUSE_END

Span = tuple[int, int]
Years = tuple[int, int | None]


class Values(NamedTuple):
    """What belongs to one mention."""

    version: str | None = None
    quantity: str | None = None
    years: Years | None = None
    any_of: int | None = None


NUMBER = r"\d{1,4}(?:\.(?:\d{1,4}|[xX]))*"
VERSION_AFTER = re.compile(
    r"(?:[ -]?|[ ]\((?=\d+\.)|[ ]\(?(?:v|version|versions|ver\.?|release)[ ]?)"
    rf"(?!24[ ]?[/x×][ ]?7\b)(?P<version>{NUMBER}(?:[ ]?[-–/][ ]?{NUMBER})*(?:c|[ ]?LTS|R2)?\+?)"
    r"(?![\w%]|[.,]\d|\s*(?:\+|plus\b|or more)?\s*[-–]?\s*(?:years?|yrs?|months?|days?|hours?|people|engineers|x\b|th\b|of\b)"
    r"|\s*[-–]\s*\d+\s*(?:years?|yrs?))",
    re.I,
)
VERSION_BEFORE = re.compile(r"(?<![\w.$€£])(?P<version>\d{1,2}\.(?:\d{1,3}|[xX])(?:\.(?:\d{1,3}|[xX]))*\+?)[ -]$")
QUANTITY_BEFORE = re.compile(r"(?<![\w.])(?P<quantity>\d{1,3}(?:,\d{3})+\+?|\d{1,6}[kK]?\+?)(?:\s?[xX×]\s?|(?P<counted>\s))$")
COUNTED = frozenset({"gpus", "accelerators", "processors", "microcontrollers"})  # "64 H100s" is a number of them

NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS = {name: number for number, name in enumerate(NAMES, 1)}
COUNT = rf"(?:\d{{1,2}}|{'|'.join(NAMES)})"
YEARS = re.compile(
    rf"(?<![\w.,$])(?P<low>{COUNT})(?:\s*\(\d{{1,2}}\))?\s*"
    rf"(?:(?P<open>\+|plus\b|or more)|(?:-|–|to)\s*(?P<high>{COUNT}))?\s*\+?\s*(?:-\s*)?(?:years?\b|yrs?\b\.?)['’]?"
    r"(?![\s-]*(?:ago|old|in business|in a row|of (?:history|growth|age)|in the industry|anniversary|contracts?|projects?"
    r"|plans?|terms?|(?:\w+ )?(?:warrant(?:y|ies)|roadmap|vesting)|we\b|our\b|the company|has\b|have\b))",
    re.I,
)
NOT_OF_A_PERSON = re.compile(r"(?:last|past|next|every|previous|first|coming|after)\s+$", re.I)
FOR = re.compile(r"\s*(?:[(:–—-]+|,?\s*for)\s*(?:at least|over|more than|minimum|min\.?|the past|the last)?\s*", re.I)
A_YEAR = re.compile(r"[yY](?:ear|r)")
UP_TO = re.compile(r"(?:up to|at most|maximum of)\s*$", re.I)
AND, OR_WORD = "and/or|and|und|et|y", "or|oder|ou"  # the languages whose postings are read
CONNECTOR = re.compile(
    rf"\s*(?:[,/|&+]|{AND}|{OR_WORD}|,\s*(?:{AND}|{OR_WORD}|&)|/\s*or|\s\()?"
    r"\s*(?:the|a|an|either|even|maybe|also|preferably|ideally|possibly|alternatively)?\s*",
    re.I,
)
OR = re.compile(rf"(?<![^\W_])(?:and/or|{OR_WORD})(?![^\W_])", re.I)
ONE_OF = re.compile(
    r"(?:(?:one|two|three|\d) or more of|at least (?:one|two|three|\d)(?: or more)? of|any(?: one)? of|one of|either(?: of)?"
    r"|some of|a few of|several of|at least some of)(?:\s+(?:the following|these|those|following))?[^.;:\n]{0,60}?[:(]?\s*$"
    r"|(?:at least one|one or more)\s+(?:[\w-]+[ ]){1,5}?"
    r"(?:such as|like|including|for example|\(?(?:e\.g\.|i\.e\.),?|[:(,])\s*$",
    re.I,
)
REACH = 90  # characters between "5 years" and the first name it speaks of


def read_values(text: str, bounds: Sequence[Span], spans: Sequence[Span], categories: Sequence[str]) -> list[Values]:
    """Version, quantity, years and alternatives of each mention.

    Parameters
    ----------
    text : str
        The view.
    bounds : sequence of (start, end)
        The line of each mention.
    spans : sequence of (start, end)
        Mentions, sorted, not overlapping.
    categories : sequence of str
        The category of each.
    """
    found = [Values() for _ in spans]
    ends = [end for _, end in spans]  # where what belongs to each mention ends: behind its version
    for i, ((start, end), (low, high), category) in enumerate(zip(spans, bounds, categories, strict=True)):
        version = VERSION_AFTER.match(text, end, high) or VERSION_BEFORE.search(text, max(low, start - 12), start)
        if version and version.start() >= end:
            ends[i] = version.end()
        found[i] = Values(version["version"] if version else None, _quantity(text, max(low, start - 12), start, category))
    whole = [(start, end) for (start, _), end in zip(spans, ends, strict=True)]
    for number, run in enumerate(_runs(text, bounds, whole), 1):
        if _alternatives(text, bounds[run[0]][0], [whole[i] for i in run]):
            for i in run:
                found[i] = found[i]._replace(any_of=number)
    for i, years in _years(text, bounds, spans).items():
        found[i] = found[i]._replace(years=years)
    return found


def _quantity(text: str, low: int, start: int, category: str) -> str | None:
    found = QUANTITY_BEFORE.search(text, low, start)
    if found is None or (found["counted"] and category not in COUNTED):
        return None
    return found["quantity"]


def _runs(text: str, bounds: Sequence[Span], spans: Sequence[Span]) -> list[list[int]]:
    """Mentions that are joined to a list: nothing but separators and conjunctions between them."""
    runs: list[list[int]] = []
    for i, span in enumerate(spans):
        if runs and i:
            before = spans[i - 1]
            if bounds[i] == bounds[i - 1] and _joined(text[before[1] : span[0]]):
                runs[-1].append(i)
                continue
        runs.append([i])
    return [run for run in runs if len(run) > 1]


def _joined(between: str) -> bool:
    return bool(between.strip()) and CONNECTOR.fullmatch(between) is not None


def _alternatives(text: str, line_start: int, spans: Sequence[Span]) -> bool:
    """Whether a list offers its items for choice."""
    between = (text[a[1] : b[0]] for a, b in pairwise(spans))
    if any(OR.search(gap) for gap in between):
        return True
    return ONE_OF.search(text, max(line_start, spans[0][0] - 110), spans[0][0]) is not None


def _years(text: str, bounds: Sequence[Span], spans: Sequence[Span]) -> dict[int, Years]:
    """Years of experience by the mention that they speak of: the list behind them, else the name right before."""
    found: dict[int, Years] = {}
    for line in dict.fromkeys(bounds):
        if not A_YEAR.search(text, *line):
            continue
        here = [i for i, b in enumerate(bounds) if b == line]
        expressions = list(YEARS.finditer(text, *line))
        for k, years in enumerate(expressions):
            value = _range(text, years)
            ends = CLAUSE_END.search(text, years.end(), line[1])
            limit = min(expressions[k + 1].start() if k + 1 < len(expressions) else line[1], ends.start() if ends else line[1])
            behind = [i for i in here if years.end() <= spans[i][0] < limit]
            before = [i for i in here if spans[i][1] <= years.start()]
            if before and FOR.fullmatch(text, spans[before[-1]][1], years.start()):
                found.setdefault(before[-1], value)
            elif NOT_OF_A_PERSON.search(text, max(line[0], years.start() - 12), years.start()):
                continue
            elif behind and spans[behind[0]][0] - years.end() <= REACH:
                for i in behind:
                    if i != behind[0] and not _joined(text[spans[i - 1][1] : spans[i][0]]):
                        break
                    found.setdefault(i, value)
    return found


def _range(text: str, found: re.Match[str]) -> Years:
    def number(word: str) -> int:
        return WORDS.get(word.lower(), 0) or int(word)

    low = number(found["low"])
    if found["high"]:
        return low, number(found["high"])
    if UP_TO.search(text, max(0, found.start() - 20), found.start()):
        return 0, low
    return low, None
