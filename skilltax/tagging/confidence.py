"""How sure a mention is: the share of mentions like it that labellers marked too.

A logistic model over a few traits that anyone can check in the text. It is fitted on labelled postings by ``skilltax
evaluate --calibrate`` (see :mod:`skilltax.calibrate`), which holds every posting out in turn, and kept in
taxonomy/confidence.yaml. Rules that too few labelled mentions rest on, and soft skills, which nobody labelled, get no number.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import exp
from typing import Any

from skilltax.taxonomy.words import english_words

ASIDE = frozenset(["company", "benefits", "legal"])
ASKING = frozenset(["requirements", "preferred", "stack"])
REMEMBERED = 50_000  # mentions whose number is not worked out again
NEAR = 8  # characters between two mentions of one list
SHORT = 3
DIGITS = 3

TRAITS = ("practice", "everyday", "lower", "words", "short", "aside", "asking", "listed", "gated")


def traits(rule: str, kind: str, text: str, section: str, gap: int) -> tuple[bool, ...]:
    """What the model looks at, in the order of `TRAITS`.

    Parameters
    ----------
    rule, kind, text, section : str
        Of the mention.
    gap : int
        Characters to the nearest other mention.
    """
    low = text.lower()
    return (
        kind == "practice",
        low in english_words(),
        low == text,
        " " in text,
        len(text) <= SHORT,
        section in ASIDE,
        section in ASKING,
        gap <= NEAR,
        rule in ("case", "neighbour", "phrase"),
    )


class Confidence:
    """Gives mentions their confidence.

    Parameters
    ----------
    data : mapping
        As in taxonomy/confidence.yaml: ``rules`` that were calibrated, ``bias`` and ``weights``; without them no mention gets a
        number.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._rules = frozenset(data.get("rules", ()))
        self._bias = float(data.get("bias", 0))
        self._weights = [float(data.get("weights", {}).get(name, 0)) for name in TRAITS]
        self._known: dict[tuple[str, str, str, str, bool], float] = {}

    def __call__(self, rule: str, kind: str, text: str, section: str, gap: int) -> float | None:
        """Between 0 and 1, or None where it could not be calibrated."""
        if rule not in self._rules or kind == "soft":
            return None
        alike = rule, kind, text, section, gap <= NEAR
        if (known := self._known.get(alike)) is None:
            has = traits(rule, kind, text, section, gap)
            score = self._bias + sum(w for w, true in zip(self._weights, has, strict=True) if true)
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[alike] = known = round(1 / (1 + exp(-score)), DIGITS)
        return known


def gaps(spans: list[tuple[int, int]]) -> list[int]:
    """Characters from each span to its nearest neighbour; spans are sorted and do not overlap."""
    far = 1 << 30
    between = [far, *(b[0] - a[1] for a, b in pairwise(spans)), far]
    return [min(left, right) for left, right in pairwise(between)][: len(spans)]
