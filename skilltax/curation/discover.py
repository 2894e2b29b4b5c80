"""Discovery: the terms of many postings that the taxonomy does not know, the most skill-like first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2, prod
from typing import Any

import numpy as np
from scipy import sparse

from skilltax.curation.collect import CONTEXTS, Collected, Context, Tally, collect, fold
from skilltax.curation.written import is_name, is_odd
from skilltax.graph.measures import npmi
from skilltax.postings.duplicates import groups
from skilltax.postings.model import Posting
from skilltax.tagging.tagger import Tagger

MIN_POSTINGS = 3
COMPANY = 5  # concepts that it stands with most, for NPMI
WEIGHTS = {"spread": 0.6, "listed": 0.5, "section": 0.5, "npmi": 0.3, "form": 0.6}
MANY = 50  # employers; more say no more
FLOOR = 0.05  # of each part: evidence that is missing is not evidence against
PLAIN, PLAIN_NAME, SHORT_ACRONYM, SPELT_OUT, ACRONYM, CAPITAL = 0.1, 0.2, 0.3, 0.6, 0.8, 0.9
DERIVED = re.compile(r"(?:ing|ed|ly|able|ible|tions?|sions?|ity|ities|ness|ments?|ances?|ences?|al|ive|ic|ism|ship|ers?|ors?)$")


@dataclass(frozen=True)
class Candidate:
    """An unknown term.

    Attributes
    ----------
    term : str
        As it is written most often.
    variants : Mapping[str, int]
        Every spelling, with its mentions.
    postings, employers : int
        That hold it: near-duplicates, and postings of an unnamed employer, count once.
    score : float
        How widespread and skill-like, 0 to 1; docs/discovery.md has the formula.
    listed, section, npmi, form : float
        What the score is made of, 0 to 1 each.
    beside : tuple of str
        Known concepts in the same lists, the most frequent first.
    company : tuple of str
        Known concepts in the same postings, the most telling first.
    short, long : str
        Its abbreviation, or what it is short for, where postings give one in brackets.
    contexts : tuple of Context
        Some of the places where it stands.
    """

    term: str
    variants: dict[str, int]
    postings: int
    employers: int
    score: float
    listed: float
    section: float
    npmi: float
    form: float
    beside: tuple[tuple[str, int], ...]
    company: tuple[tuple[str, float], ...]
    short: str
    long: str
    contexts: tuple[Context, ...]


def discover(postings: Iterable[Posting], tagger: Tagger | None = None, min_postings: int = MIN_POSTINGS) -> list[Candidate]:
    """Find the technical terms that a taxonomy does not know.

    Parameters
    ----------
    postings : iterable of Posting
        Read once.
    tagger : Tagger, optional
        With the taxonomy; the shipped one without.
    min_postings : int
        Terms that fewer postings hold are left out; near-duplicates count once.

    Returns
    -------
    list of Candidate
        The highest score first.
    """
    tagger = tagger or Tagger()
    return rank(collect(postings, tagger), tagger, min_postings)


def rank(read: Collected, tagger: Tagger, min_postings: int) -> list[Candidate]:
    """Make candidates of what was counted."""
    tallies = _joined(read.tallies)
    group = groups(read.fingerprints).tolist()
    frequent = {
        name: tally for name, tally in tallies.items() if len({group[p] for p in tally.postings}) >= min_postings
    }  # fmt: skip
    company = _company(frequent, read.concepts, group, tagger)
    found = [_candidate(tally, company[i], read, group) for i, tally in enumerate(frequent.values())]
    return sorted((c for c in found if c.score), key=lambda c: (-c.score, -c.postings, c.term))


def _joined(tallies: dict[str, Tally]) -> dict[str, Tally]:
    """Plurals added to their singulars, and acronyms to what they stand for."""
    joined = dict(tallies)
    for name in tallies:
        if len(name) > 2 and name.endswith("s") and name[:-1] in joined and name in joined:
            joined[name[:-1]].add(joined.pop(name))
    for name, tally in list(joined.items()):
        spelt = fold(tally.said(tally.longs))
        if spelt != name and name in joined and spelt in joined:
            joined[spelt].add(joined.pop(name))
    return joined


def _company(tallies: dict[str, Tally], concepts: list[list[str]], group: list[int], tagger: Tagger) -> list[Any]:
    """For each term the concepts that stand in the same postings, with NPMI, the most telling first."""
    if not tallies:
        return []
    ids = sorted({c for several in concepts for c in several if tagger.taxonomy[c].kind == "technology"})
    place = {c: i for i, c in enumerate(ids)}
    total = max(group) + 1
    terms_in = _binary(((i, group[p]) for i, t in enumerate(tallies.values()) for p in t.postings), (len(tallies), total))
    concepts_in = _binary(
        ((group[p], place[c]) for p, several in enumerate(concepts) for c in several if c in place), (total, len(ids))
    )
    both = (terms_in @ concepts_in).tocsr()
    a, b = terms_in.sum(axis=1), concepts_in.sum(axis=0)
    found = []
    for i in range(len(tallies)):
        row = both[[i]]
        together = row.data >= min(2, a[i])
        at, n = row.indices[together], row.data[together]
        values = npmi(n, a[i], b[at], total)
        order = np.argsort(-values, kind="stable")[:COMPANY]
        found.append([(ids[at[j]], float(values[j])) for j in order])
    return found


def _binary(cells: Iterable[tuple[int, int]], shape: tuple[int, int]) -> Any:
    row, column = np.array(sorted(set(cells)), np.int64).reshape(-1, 2).T
    return sparse.csr_array((np.ones(len(row), np.int64), (row, column)), shape=shape)


def _candidate(tally: Tally, company: list[tuple[str, float]], read: Collected, group: list[int]) -> Candidate:
    groups_of = {group[p]: p for p in tally.postings}
    employers = {read.employers[p] for p in groups_of.values()}
    term = max(tally.mentions, key=lambda t: (tally.mentions[t], t))
    size = len(tally.postings)
    listed = sum(listed for listed, _ in tally.postings.values()) / (size + 1)
    section = sum(section for _, section in tally.postings.values()) / size
    near = max(0.0, sum(v for _, v in company) / COMPANY)
    form = max(
        _form(term, len(groups_of), read.plain), SPELT_OUT if tally.said(tally.shorts) or tally.said(tally.longs) else 0.0
    )
    spread = log2(1 + len(employers)) / log2(1 + MANY)
    parts = {"spread": min(1.0, spread), "listed": listed, "section": section, "npmi": near, "form": form}
    score = prod((FLOOR + (1 - FLOOR) * value) ** WEIGHTS[name] for name, value in parts.items())
    del parts["spread"]
    return Candidate(
        term, dict(tally.mentions.most_common()), len(groups_of), len(employers), round(score, 4),
        **{name: round(value, 4) for name, value in parts.items()}, beside=tuple(tally.beside.most_common(COMPANY)),
        company=tuple(company), short=tally.said(tally.shorts), long=tally.said(tally.longs),
        contexts=tuple(list(tally.contexts.values())[:CONTEXTS]),
    )  # fmt: skip


def _form(term: str, postings: int, plain: Counter[str]) -> float:
    """How much a term looks like a name: 1 for odd spellings; less, the more postings use its words as plain ones."""
    words = term.split()
    if any(map(is_odd, words)):
        return 1.0
    if not any(map(is_name, words)):
        return PLAIN if len(words) > 1 or DERIVED.search(term) else PLAIN_NAME
    best = 0.0
    for word in words:
        if word.isupper():
            best = max(best, SHORT_ACRONYM if len(word) < 3 else ACRONYM)
        else:
            best = max(best, CAPITAL * postings / (postings + plain[word.lower()]))
    return best
