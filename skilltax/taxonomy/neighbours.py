"""Forms that differ by one edit: worth a look, since one may be a slip of the other or be mistaken for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from skilltax.taxonomy.forms import key, variants
from skilltax.taxonomy.model import Taxonomy

SHORTEST = 5  # characters; among shorter forms one edit is no likeness


class Neighbours(NamedTuple):
    """Two forms of two concepts at edit distance one."""

    form: str
    concept: str
    other: str
    other_concept: str


def neighbours(taxonomy: Taxonomy) -> list[Neighbours]:
    """Pairs of forms of different concepts that one insertion, deletion or exchange of a letter tells apart.

    Left out: pairs that name each other in `distinct_from`, and pairs that differ in a digit (`H100`, `H200`), which are meant.
    Forms are compared with one letter taken out at each place (symmetric deletion), so each pair costs the length of a form
    and not the size of the taxonomy.
    """
    owners: dict[str, tuple[str, str]] = {}
    for concept in taxonomy:
        for form in concept.forms:
            owners.setdefault(key(form), (form, concept.id))
    shortened: dict[str, list[str]] = defaultdict(list)
    for one in owners:
        if len(one) >= SHORTEST:
            for at in {one[:i] + one[i + 1 :] for i in range(len(one))} | {one}:
                shortened[at].append(one)
    pairs = {tuple(sorted(pair)) for group in shortened.values() for pair in combinations(group, 2)}
    return sorted(found for pair in pairs for found in _told(taxonomy, owners[pair[0]], owners[pair[1]]))


def _told(taxonomy: Taxonomy, one: tuple[str, str], other: tuple[str, str]) -> Iterator[Neighbours]:
    (form, first), (near, second) = one, other
    a, b = taxonomy[first], taxonomy[second]
    meant = first == second or second in a.distinct_from or first in b.distinct_from
    if meant or not _one_edit(key(form), key(near)) or key(near) in map(key, variants(form)):
        return
    yield Neighbours(form, first, near, second)


def _one_edit(one: str, other: str) -> bool:
    """Whether one letter was put in, taken out or exchanged; a digit does not count."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    changed, put = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(changed), len(put)) == 1 and not any(map(str.isdigit, changed + put))
