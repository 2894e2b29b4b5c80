"""How words are written: like a name, or like any other word."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import yaml

from skilltax.taxonomy.words import english_words

RUN_ON = re.compile(r"[a-z)]{2,}\.[A-Z][a-z]+")  # a full stop without a space: no name
FOREIGN = re.compile(r"[^\W\d_\u0000-\u024f]")  # a letter of another alphabet
QUANTITY = re.compile(r"\d+(?:[.,]\d+)*\+?(?:st|nd|rd|th|x|k|m|h|hrs?|hours?|yrs?|years?|days?|am|pm|%|-\w+|x\d+)\+?")
DOTTED = re.compile(r"\w\.\w")
CAMEL = re.compile(r"(?<=[\w.])(?=[A-Z][a-z]+$)")  # before the last capitalised part
MARKED = ("++", "#")


@cache
def plain(kind: str) -> frozenset[str]:
    """Words of one kind from data/discovery.yaml: ``before``, ``behind``, ``function``, ..."""
    text = files("skilltax").joinpath("data/discovery.yaml").read_text("utf-8")
    return frozenset(yaml.load(text, Loader=yaml.CSafeLoader)[kind])


def is_plain(word: str) -> bool:
    """Whether a word is an everyday word with at most one capital letter, at its beginning."""
    return word.lower() in plain("prefixes") or (word.lower() in english_words() and word[1:].islower())


def is_name(word: str) -> bool:
    """Whether a word is written like a name: with a capital letter, a digit, or a mark inside.

    >>> words = ("Ceph", "eBPF", "k8s", "fast.ai", "C++", "storage", "e.g", "2024", "end.Next", "Co-Founder", "24x7", "U.S")
    >>> [w for w in words if is_name(w)]
    ['Ceph', 'eBPF', 'k8s', 'fast.ai', 'C++']
    """
    if len(word.strip(".")) < 2 or RUN_ON.fullmatch(word) or FOREIGN.search(word) or not any(map(str.isalpha, word)):
        return False
    parts = word.split("-")
    if parts[0].lower() == "non" or CAMEL.split(word)[-1].lower() in plain("behind"):
        return False  # Non-UI, NodeJSExperience
    if parts[-1].lower() in plain("adjectives") or (len(parts) > 1 and all(map(is_plain, parts))):
        return False
    if "." in word and all(len(part) < 3 and part.isalpha() for part in word.split(".")):
        return False  # U.S, Ph.D
    if QUANTITY.fullmatch(word):
        return False
    if any(c.isupper() or c.isdigit() for c in word) or word.endswith(MARKED):
        return True
    return "." in word.strip(".") and all(len(part) > 1 for part in word.strip(".").split("."))


def is_odd(word: str) -> bool:
    """Whether a word has a capital letter inside, a digit or a mark, which everyday words have not.

    >>> [w for w in ("OpenTofu", "eBPF", "S3", "fast.ai", "SQL", "SDKs", "Linux") if is_odd(w)]
    ['OpenTofu', 'eBPF', 'S3', 'fast.ai']
    """
    mixed = any(any(map(str.isupper, p[1:])) and any(map(str.islower, p.removesuffix("s"))) for p in word.split("-"))
    return mixed or any(map(str.isdigit, word)) or word.endswith(MARKED) or DOTTED.search(word) is not None
