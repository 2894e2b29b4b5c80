"""Companies in lists of customers, investors and former employers: no skills there, even where their products are elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from skilltax.tagging.scan import Hit, keys_of

NAME = r"(?:[A-Z0-9][\w.&'’+-]*+(?:\s(?:(?:of|the|for)\s)?[A-Z0-9][\w.&'’+-]*+)*|[a-z][\w-]*\.(?:ai|co|com|io)\b)"
FIRST = re.compile(rf"(?<=-){NAME}|(?:\s*[:(]|\s)\s*(?:the\s)?(?P<name>{NAME})")
NEXT = re.compile(rf"(?: \([^()\n]{{1,40}}\))?\s*(?:,\s*(?:and|or)\s|[,/|&]|\s(?:and|or)\s)\s*(?:the\s|ex-)?(?P<name>{NAME})")


class CompanyList(NamedTuple):
    """A list of companies in a text: the cue before it, the span of each name, whether one of them must be no skill."""

    cue: str
    names: list[tuple[int, int]]
    with_another: bool


class Companies:
    """Finds lists of companies.

    Parameters
    ----------
    data : mapping
        As `companies` in taxonomy/cues.yaml: `always` and `with_another` have phrases before such lists, `groups` the nouns of
        more of them, with `places` and `joins` behind.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        places = ["", *(f" {place}" for place in data.get("places", ()))]
        joins = [join if join[0] in " ," else f" {join}" for join in data.get("joins", ())]
        self._with_another: dict[str, bool] = {}
        for name in ("always", "with_another"):
            told = (noun + place + join for noun in data.get("groups", {}).get(name, ()) for place in places for join in joins)
            self._with_another.update(dict.fromkeys((*told, *data.get(name, ())), name == "with_another"))
        self.keys = keys_of(self._with_another)

    def lists(self, text: str, hits: Iterable[Hit]) -> Iterator[CompanyList]:
        """The list behind each phrase that was found in a text."""
        for start, end, phrase in hits:
            found = FIRST.match(text, end)
            names = []
            while found:
                names.append(found.span("name") if found["name"] else found.span())
                found = NEXT.match(text, found.end())
            if names:
                yield CompanyList(text[start:end], names, self._with_another[phrase])
