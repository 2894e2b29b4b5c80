"""Coverage: what tagging did not recognise in postings. That nothing was found never means that nothing is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import dropwhile
from typing import NamedTuple

from skilltax.curation.terms import SOLID, terms
from skilltax.curation.written import plain
from skilltax.postings.model import Posting
from skilltax.tagging.lines import Line
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.forms import key, lower
from skilltax.taxonomy.resolve import Resolver

WORD = re.compile(r"[^\W_][^\s:]*[^\W_]|[^\W_]|&")
FEW = 3  # concepts
SHORT = 600  # characters
ENGLISH = 0.2  # share of function words below which a text is not English
EXAMPLES = 5  # unknown terms of a silent posting


class Silent(NamedTuple):
    """A posting with few tags.

    Attributes
    ----------
    id, title : str
        Of the posting.
    concepts : int
        Technologies, practices and certifications that were found.
    why : str
        What may explain it: ``empty``, ``short``, ``not English``, ``unknown terms``, ``no technical terms seen``.
    terms : tuple of str
        Terms there that the taxonomy does not know.
    """

    id: str
    title: str
    concepts: int
    why: str
    terms: tuple[str, ...]


class Heading(NamedTuple):
    """A heading of no known section: in lower case, with the postings and the employers that use it."""

    text: str
    postings: int
    employers: int


class Coverage(NamedTuple):
    """What was recognised, and what was not.

    Attributes
    ----------
    postings : int
        That were read.
    silent : list of Silent
        Postings with few tags, the fewest first.
    unstructured : int
        Postings without any heading of a known section: strengths come from cues alone there.
    sections : dict of str to int
        Lines by section; `unknown` stands for those below no known heading.
    headings : list of Heading
        Headings of no known section, the most employers first.
    categories : dict of str to int
        Postings by category.
    unseen : list of str
        Categories without any.
    """

    postings: int
    silent: list[Silent]
    unstructured: int
    sections: dict[str, int]
    headings: list[Heading]
    categories: dict[str, int]
    unseen: list[str]


def coverage(postings: Iterable[Posting], tagger: Tagger | None = None, few: int = FEW) -> Coverage:
    """Read postings and tell what was not recognised.

    Parameters
    ----------
    postings : iterable of Posting
        Read once.
    tagger : Tagger, optional
        With the taxonomy; the shipped one without.
    few : int
        A posting with fewer concepts than this is silent.

    Returns
    -------
    Coverage
        Postings, headings and categories that need a look.
    """
    tagger = tagger or Tagger()
    resolver = Resolver(tagger.taxonomy)
    silent: list[Silent] = []
    sections, categories, headings = Counter[str](), Counter[str](), Counter[str]()
    employers: dict[str, set[str]] = {}
    number = unstructured = 0
    for posting in postings:
        number += 1
        read = tagger.read(posting.text, posting.company)
        text, lines = read.view.text, read.lines
        concepts = {c.entry.concept for c in read.kept if c.kind in SOLID}
        categories.update({tagger.taxonomy[c].category for c in concepts})
        sections.update(line.section for line in lines if not line.heading)
        unstructured += not {line.section for line in lines} - {"unknown", "title"}
        for heading in set(_unknown_headings(text, lines, tagger)):
            headings[heading] += 1
            employers.setdefault(heading, set()).add(key(posting.company or ""))
        if len(concepts) < few:
            found = terms(text, read, lambda name: resolver(name).concept is not None, posting.company)
            unknown = tuple(dict.fromkeys(t.text for t in found if t.beside or not t.opens))[:EXAMPLES]
            silent.append(Silent(posting.id, posting.title or "", len(concepts), _why(text, unknown), unknown))
    told = [Heading(text, n, len(employers[text])) for text, n in headings.items()]
    return Coverage(
        number, sorted(silent, key=lambda s: (s.concepts, s.id)), unstructured, dict(sections.most_common()),
        sorted(told, key=lambda h: (-h.employers, -h.postings, h.text)), dict(categories.most_common()),
        [c for c in tagger.taxonomy.categories if c not in categories and _can_be_seen(c, tagger)],
    )  # fmt: skip


def _unknown_headings(text: str, lines: Iterable[Line], tagger: Tagger) -> Iterator[str]:
    for line in dropwhile(lambda line: line.heading, lines):  # above it stand title, employer and place
        heading = text[line.start : line.end]
        if line.heading and not tagger.sections.named(heading) and (words := WORD.findall(lower(heading).replace("’", "'"))):
            yield " ".join(words)


def _why(text: str, unknown: tuple[str, ...]) -> str:
    words = lower(text).split()
    if not words:
        return "empty"
    if len(text) < SHORT:
        return "short"
    if sum(word in plain("function") for word in words) < ENGLISH * len(words):
        return "not English"
    return "unknown terms" if unknown else "no technical terms seen"


def _can_be_seen(category: str, tagger: Tagger) -> bool:
    """Whether a category holds a concept that is tagged."""
    return any(c.matched and c.kind in SOLID for c in tagger.taxonomy if c.category == category)
