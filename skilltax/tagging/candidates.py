"""Readings of spans, and which of them win where they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

from skilltax.taxonomy.lexicon import Entry

# The rules that make a mention; of two readings of one span the better founded wins.
RANK = {rule: i for i, rule in enumerate(("phrase", "neighbour", "case", "exact", "ellipsis", "abbreviation", "typo"))}
KEPT = frozenset(RANK)
REFUSED = frozenset(("case?", "veto"))  # by what stands in the key's own place


class Candidate(NamedTuple):
    """A reading of a span of the view.

    Attributes
    ----------
    start, end : int
        Its span.
    entry : Entry
        The reading.
    rule : str
        What decided. Kept: ``exact``, ``case`` (written just so), ``phrase`` (an `always` phrase), ``neighbour`` (a
        fitting skill beside it), ``ellipsis`` (shares the head of a mention beside it), ``abbreviation`` (explained by the
        posting), ``typo``. Refused: ``case?``, ``veto``, ``employer``, ``company`` (of a list of them), ``degree`` (a field of
        study), ``neighbour?``, ``longer``.
    evidence : str
        The text that decided, where it is not the form itself.
    kind : str
        Kind of the concept.
    """

    start: int
    end: int
    entry: Entry
    rule: str
    evidence: str = ""
    kind: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is a mention."""
        return self.rule in KEPT


class Decided(NamedTuple):
    """What was decided of the readings of a text: mentions, sorted, never overlapping; and all the others."""

    kept: list[Candidate]
    refused: list[Candidate]


def ruled(one: Candidate, rule: str, evidence: str | None = None) -> Candidate:
    """A candidate under another rule."""
    return Candidate(one.start, one.end, one.entry, rule, one.evidence if evidence is None else evidence, one.kind)


def longest(candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """Those that win where they overlap, in the order of the text, and the others.

    The longest wins, but of two practices that cut each other the earlier, since English compounds are built from the left
    (`Big Data infrastructure`). A soft skill never takes away another, a practice does not take away the name of a technology
    that it cuts through (`Group Policy creation`), nor a common noun a proper name (`Linux kernel scheduler`).
    """
    won: list[Candidate] = []
    lost: list[Candidate] = []
    cluster: list[Candidate] = []  # candidates that overlap, directly or through others; most stand alone
    reach = 0
    for one in sorted(candidates, key=itemgetter(0)):
        start, end = one[:2]
        if start < reach:
            cluster.append(one)
            reach = max(reach, end)
            continue
        if len(cluster) > 1:
            _settle(cluster, won, lost)
        else:
            won += cluster
        cluster = [one]
        reach = end
    _settle(cluster, won, lost)
    return won, lost


def _settle(cluster: list[Candidate], won: list[Candidate], lost: list[Candidate]) -> None:
    """Add the winners and the losers of one cluster to those before."""
    order = sorted(cluster, key=lambda c: (c.kind == "soft", c.start - c.end, c.start, RANK.get(c.rule, 9), c.entry.concept))
    names = [c for c in order if c.kind == "technology"]
    proper = [c for c in names if not _is_common(c)]
    cut = _cut([c for c in order if c.kind == "practice" and not any(_cuts(c, name) for name in names)])
    winners: list[Candidate] = []
    for one in order:
        taken = any(one.start < other.end and other.start < one.end for other in winners)
        stronger = names if one.kind == "practice" else proper if _is_common(one) else []
        loses = taken or any(_cuts(one, other) for other in stronger) or any(one is other for other in cut)
        (lost if loses else winners).append(one)
    won += sorted(winners, key=itemgetter(0))


def _cut(practices: list[Candidate]) -> list[Candidate]:
    """Those that an earlier one cuts in two."""
    if len(practices) < 2:  # in most clusters
        return []
    cut: list[Candidate] = []
    first: Candidate | None = None
    for one in sorted(practices, key=lambda c: (c.start, -c.end)):
        if first and first.start < one.start < first.end < one.end:
            cut.append(one)
        elif not first or first.end < one.end:
            first = one
    return cut


def _is_common(one: Candidate) -> bool:
    """Whether a name is a common noun, which is in lower case."""
    return one.entry.form == one.entry.form.lower()


def _cuts(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates overlap and neither holds the other."""
    return other.start < one.start < other.end < one.end or one.start < other.start < one.end < other.end
