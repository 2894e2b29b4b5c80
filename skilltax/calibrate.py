"""Calibrating confidence: fitting it on labelled postings, and showing how far it can be believed.

Every posting is held out in turn: its mentions are given the confidence of a model fitted on all the others. The reliability
table sets that beside the share of them that is right (DeGroot and Fienberg 1983, "The comparison and evaluation of
forecasters").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from skilltax.evaluate import Evaluation
from skilltax.tagging.confidence import TRAITS, gaps, traits

FEWEST = 30  # mentions that a rule, and a row of the table, must rest on
ROWS = 6
PENALTY = 1.0  # of the squared weights, the bias left out
DIGITS = 3


class Row(NamedTuple):
    """A row of the reliability table: mentions of like confidence.

    Attributes
    ----------
    low, high : float
        The least and the greatest confidence of the row, 0 to 1.
    mentions : int
        How many they are.
    confidence, right : float
        Mean confidence, and the share of them that is right.
    """

    low: float
    high: float
    mentions: int
    confidence: float
    right: float


class Calibration(NamedTuple):
    """What was fitted, and how well it holds on postings that it was not fitted on.

    Attributes
    ----------
    model : dict
        As taxonomy/confidence.yaml keeps it.
    table : tuple of Row
        Of held-out confidences.
    error : float
        Expected calibration error: the mean distance between confidence and share, weighted by mentions (Naeini et al. 2015).
    """

    model: dict[str, Any]
    table: tuple[Row, ...]
    error: float


def calibrate(evaluation: Evaluation) -> Calibration:
    """Fit the confidence of mentions on compared postings, and try it on each posting in turn, fitted on the others.

    Parameters
    ----------
    evaluation : Evaluation
        Tags beside labels, of :func:`skilltax.evaluate.evaluate`.

    Returns
    -------
    Calibration
        The model of all postings; the table and the error are of held-out ones.

    Raises
    ------
    ValueError
        Where there are too few mentions for two rows of the table.
    """
    judged = list(_judged(evaluation))
    rules = Counter(rule for _, (rule, _), _ in judged)
    kept = sorted(rule for rule, number in rules.items() if number >= FEWEST)
    judged = [j for j in judged if j[1][0] in kept]
    if len(judged) < 2 * FEWEST:
        raise ValueError(f"{len(judged)} labelled mentions are too few; label {2 * FEWEST} or more")
    posting = np.array([i for i, _, _ in judged])
    has = np.array([[1.0, *flags] for _, (_, flags), _ in judged])
    right = np.array([float(r) for _, _, r in judged])
    held_out = np.empty(len(right))
    for one in np.unique(posting):
        rest = posting != one
        held_out[~rest] = expit(has[~rest] @ _fit(has[rest], right[rest]))
    weights = [round(float(w), DIGITS) for w in _fit(has, right)]
    table = tuple(_table(held_out, right))
    error = sum(row.mentions * abs(row.confidence - row.right) for row in table) / len(right)
    model = {
        "rules": kept,
        "bias": weights[0],
        "weights": dict(zip(TRAITS, weights[1:], strict=True)),
        "fitted": {"postings": len(evaluation.comparisons), "mentions": len(right), "error": round(error, DIGITS)},
    }
    return Calibration(model, table, error)


def _judged(evaluation: Evaluation) -> Iterator[tuple[int, tuple[str, tuple[bool, ...]], bool]]:
    """Each mention that a label speaks for or none does: number of its posting, rule and traits, whether it is right."""
    for i, c in enumerate(evaluation.comparisons):
        right = {(m.start, m.end) for _, m in c.hits}
        wrong = {(m.start, m.end) for m in c.extra}
        mentions = c.tagged.mentions
        for m, gap in zip(mentions, gaps([(m.start, m.end) for m in mentions]), strict=True):
            if (span := (m.start, m.end)) in right or span in wrong:
                yield i, (m.rule, traits(m.rule, m.kind, m.text, m.section, gap)), span in right


def _fit(has: Any, right: Any) -> Any:
    """Weights of the logistic model with the least penalised log loss."""

    def loss(w: Any) -> tuple[float, Any]:
        score = has @ w
        free = np.concatenate(([0.0], w[1:]))
        value = np.logaddexp(0, score).sum() - right @ score + PENALTY / 2 * free @ free
        return float(value), has.T @ (expit(score) - right) + PENALTY * free

    return minimize(loss, np.zeros(has.shape[1]), jac=True, method="L-BFGS-B").x


def _table(confidence: Any, right: Any) -> Iterator[Row]:
    """Rows of about as many mentions each; equal confidences stay in one row."""
    order = np.argsort(confidence, kind="stable")
    ends: list[int] = []
    for part in np.array_split(order, max(1, min(ROWS, len(order) // FEWEST))):
        end = int(np.searchsorted(confidence[order], confidence[part[-1]], side="right"))
        if not ends or end - ends[-1] >= FEWEST:
            ends.append(end)
    ends[-1] = len(order)
    start = 0
    for end in ends:
        row = order[start:end]
        given = confidence[row]
        yield Row(float(given.min()), float(given.max()), len(row), float(given.mean()), float(right[row].mean()))
        start = end
