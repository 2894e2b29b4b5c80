"""Measures of how strongly two concepts belong together, and of how sure a share is.

Throughout, of `total` postings `a` hold the one concept, `b` the other and `both` both: numbers of postings, not shares. Each
may be a number or an array of any shape that NumPy can broadcast, and so is what is given back. Nothing is raised: what cannot
be divided becomes NaN or infinite as NumPy does it, unless said otherwise.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def given(both: Any, a: Any) -> Any:
    """Conditional share: of the postings with the one concept, those that hold the other too: 0 to 1.

    ``P(b|a) = both / a``. It has a direction, and what stands everywhere is likely given anything: see :func:`lift`.

    >>> float(given(2, 4))
    0.5
    """
    return np.divide(both, a)


def jaccard(both: Any, a: Any, b: Any) -> Any:
    """Share of the postings with either concept that hold both: 0 to 1.

    ``both / (a + b - both)``. Jaccard, P. (1901), "Étude comparative de la distribution florale dans une portion des
    Alpes et des Jura", Bulletin de la Société vaudoise des sciences naturelles 37.

    >>> float(jaccard(2, 3, 3))
    0.5
    """
    return np.divide(both, np.subtract(np.add(a, b), both))


def lift(both: Any, a: Any, b: Any, total: int) -> Any:
    """How many times more often than by chance: 0 never together, 1 as by chance; at most ``total``.

    ``P(a,b) / (P(a) P(b))``. Brin, S., Motwani, R., Ullman, J., Tsur, S. (1997), "Dynamic itemset counting and implication
    rules for market basket data", SIGMOD (there: interest). Rare concepts reach high values by accident.

    >>> float(lift(25, 50, 50, 100))
    1.0
    """
    return np.multiply(both, float(total)) / np.multiply(np.asarray(a, float), b)


def npmi(both: Any, a: Any, b: Any, total: int) -> Any:
    """Normalised pointwise mutual information: -1 never together, 0 as by chance, 1 only together.

    ``ln(P(a,b) / (P(a) P(b))) / -ln P(a,b)``. Bouma, G. (2009), "Normalized (pointwise) mutual information in
    collocation extraction", Proceedings of GSCL. Two concepts that stand in every posting give 1, their limit.

    >>> float(npmi(1, 1, 1, 100)), float(npmi(25, 50, 50, 100)), float(npmi(0, 3, 4, 10))
    (1.0, 0.0, -1.0)
    """
    both, a, b = (np.asarray(n, float) for n in (both, a, b))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(both * total / (a * b)) / -np.log(both / total)
    return np.select([both == 0, both == total], [-1.0, 1.0], np.clip(value, -1, 1)) + 0.0


def g2(both: Any, a: Any, b: Any, total: int) -> Any:
    """Log-likelihood ratio of dependence against independence, in nats: 0 as by chance, the higher the surer.

    ``2 Σ observed ln(observed / expected)`` over the four cells of the table (both, only a, only b, neither). Dunning, T.
    (1993), "Accurate methods for the statistics of surprise and coincidence", Computational Linguistics 19(1). It tells how
    sure a link is, not how strong; concepts that avoid each other score too: their lift is below 1.

    >>> float(g2(25, 50, 50, 100))
    0.0
    """
    both, a, b = (np.asarray(n, float) for n in (both, a, b))
    neither = total - a - b + both, (total - a) * (total - b)
    cells = (both, a * b), (a - both, a * (total - b)), (b - both, (total - a) * b), neither
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.where(seen > 0, seen * np.log(seen * total / expected), 0.0) for seen, expected in cells]
    return np.maximum(0.0, 2 * sum(parts))


def q_values(score: Any, tests: int) -> Any:
    """How often one would be wrong to believe each G2 and all higher ones: 0 to 1, the smaller the surer.

    The chance of such a G2 where there is no link (chi-squared, one degree of freedom), adjusted for the number of tests by
    Benjamini, Y., Hochberg, Y. (1995), "Controlling the false discovery rate", Journal of the Royal Statistical Society B 57.

    Parameters
    ----------
    score : array of float, shape (n,)
        G2 of pairs.
    tests : int
        All pairs that there are, n or more: those that are not given, never seen together, count as tests without any finding.

    Returns
    -------
    array of float, shape (n,)
        In the order of `score`.

    >>> [round(q, 3) for q in q_values(np.array([10.0, 0.0, 4.0]), 10).tolist()]
    [0.016, 1.0, 0.228]
    """
    from scipy.special import chdtrc  # the same as scipy.stats.chi2.sf, which takes a second to import

    chance = chdtrc(1, score)
    order = np.argsort(chance)
    steps = chance[order] * tests / np.arange(1, len(order) + 1)
    found = np.empty(len(order))
    found[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return found


Z95 = 1.959963984540054  # the normal distribution holds 95 % between minus and plus this


def wilson(part: Any, whole: Any, z: float = Z95) -> tuple[Any, Any]:
    """Confidence interval of a share, from 0 to 1: 95 % unless `z` says otherwise.

    Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22. Of nothing at all anything may be true: 0 to 1.

    >>> [round(float(end), 3) for end in wilson(5, 10)]
    [0.237, 0.763]
    """
    part, whole = np.asarray(part, float), np.asarray(whole, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, weight = part / whole, z * z / whole
        middle = (share + weight / 2) / (1 + weight)
        half = np.sqrt(weight * (share * (1 - share) + weight / 4)) / (1 + weight)
    return np.where(whole > 0, np.maximum(0, middle - half), 0.0), np.where(whole > 0, np.minimum(1, middle + half), 1.0)
