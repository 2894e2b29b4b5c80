"""Everyday words and names, for telling what else a form may be. Each list names its source and licence in its file."""

from __future__ import annotations

import calendar
from functools import cache
from importlib.resources import files


@cache
def english_words() -> frozenset[str]:
    """Everyday English words, lower case: SCOWL's small American and British lists (see data/words.LICENSE)."""
    return frozenset(files("skilltax").joinpath("data/words.txt").read_text("utf-8").split())


@cache
def names(kind: str) -> frozenset[str]:
    """Names of one kind, in lower case.

    Parameters
    ----------
    kind : str
        ``given-names`` (US Census Bureau), ``places`` (GeoNames: countries, states, cities of 100,000 or more) or
        ``employers`` (members of stock indexes, employers of public postings).
    """
    lines = files("skilltax").joinpath(f"data/names/{kind}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def calendar_words() -> frozenset[str]:
    """Weekdays and months with their abbreviations, in lower case."""
    tables = (calendar.day_name, calendar.day_abbr, calendar.month_name, calendar.month_abbr)
    return frozenset(word.lower() for table in tables for word in table if word)
