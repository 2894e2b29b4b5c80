"""The same question for two periods: which skills rise and which fall."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from skilltax.errors import SkilltaxError
from skilltax.graph import measures
from skilltax.graph.answers import Answer, known
from skilltax.graph.counts import Counts

FEWEST = 100  # postings of a period
Period = tuple[str, str]


class Trend(NamedTuple):
    """A skill in two periods.

    Attributes
    ----------
    concept, label, category : str
        The skill.
    before, after : int
        Postings that hold it.
    share_before, share_after : float
        Their shares.
    change, low, high : float
        Second share minus first, with its 95 % interval.
    q : float
        How often one would be wrong to believe this change and all surer ones.
    """

    concept: str
    label: str
    category: str
    before: int
    after: int
    share_before: float
    share_after: float
    change: float
    low: float
    high: float
    q: float


def trends(
    counts: Counts,
    before: Period,
    after: Period,
    *,
    concepts: Collection[str] | None = None,
    top: int = 12,
    min_postings: int = 10,
) -> Answer[Trend]:
    """Which skills rise and which fall between two periods, the surest first, rising before falling.

    The interval of the difference is Newcombe's from two Wilson intervals: Newcombe, R. G. (1998), "Interval estimation for the
    difference between independent proportions", Statistics in Medicine 17, method 10. `q` is of the G2 of holding the skill
    against period, adjusted for all skills that are compared (:func:`skilltax.graph.measures.q_values`).

    Parameters
    ----------
    counts : Counts
        With months; select a role with ``counts.select(roles=[...])``.
    before, after : (str, str)
        First and last month, such as ``("2024-05", "2024-09")``.
    concepts : collection of str, optional
        Ids of the skills to compare, for a question that was there before the data; all of them without.
    top : int
        Skills in each direction at most.
    min_postings : int
        Skills that fewer postings of both periods together hold are not compared.

    Returns
    -------
    Answer of Trend
        `postings` is how many both periods have.

    Raises
    ------
    SkilltaxError
        Where a period has fewer than :data:`FEWEST` postings, the periods overlap, or no posting holds one of `concepts`.
    """
    if not before[0] <= before[1] < after[0] <= after[1]:
        raise SkilltaxError(
            f"periods {'..'.join(before)} and {'..'.join(after)}: give two that follow one another, earlier first"
        )
    for concept in concepts or ():
        known(concept, "skill", counts.concepts)
    old, new = counts.select(months=before), counts.select(months=after)
    for period, part in ((before, old), (after, new)):
        if part.total < FEWEST:
            months = ", ".join(m for m in counts.months if m) or "none; postings need a date in `posted`"
            raise SkilltaxError(
                f"{'..'.join(period)}: {part.total} postings are too few to compare; {FEWEST} are needed (months: {months})"
            )
    at = np.flatnonzero(old.singles + new.singles >= min_postings)
    if concepts is not None:
        at = np.intersect1d(at, [counts.place[concept] for concept in concepts])
    n, m = old.singles[at], new.singles[at]
    (low_old, high_old), (low_new, high_new) = measures.wilson(n, old.total), measures.wilson(m, new.total)
    was, is_ = n / old.total, m / new.total
    change = is_ - was
    low = change - np.hypot(is_ - low_new, high_old - was)
    high = change + np.hypot(high_new - is_, was - low_old)
    score = measures.g2(m, new.total, n + m, old.total + new.total)
    q = measures.q_values(score, max(1, len(at)))
    order = np.argsort(-score, kind="stable")
    chosen = [*order[change[order] > 0][:top].tolist(), *order[change[order] < 0][:top].tolist()]
    rows = []
    for i in chosen:
        node = counts.concepts[concept := counts.ids[at[i]]]
        figures = (float(column[i]) for column in (was, is_, change, low, high, q))
        rows.append(Trend(concept, node.label, node.category, int(n[i]), int(m[i]), *figures))
    sure = sum(row.q < 0.05 for row in rows)
    mixed = len(counts.roles) > 1
    notes = (f"{sure} of {len(rows)} changes are sure (q below 0.05)",) + (
        ("shares also move with the mix of roles and employers; look at one role",) if mixed else ()
    )
    question = f"{'..'.join(after)} ({new.total:,}) against {'..'.join(before)} ({old.total:,})"
    return Answer(question, old.total + new.total, tuple(rows), notes, ("..".join(before), "..".join(after)))
