"""Everyday English words, for telling names from words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def english_words() -> frozenset[str]:
    """Everyday English words, lower case: SCOWL's small American and British lists (see data/words.LICENSE)."""
    return frozenset(files("skilltax").joinpath("data/words.txt").read_text("utf-8").split())
