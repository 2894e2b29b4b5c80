"""Measures of how strongly two concepts belong together, from counts of postings.

Throughout, `both` postings hold both concepts, `a` and `b` hold the one and the other, `total` there are.
"""

from __future__ import annotations

from math import log


def jaccard(both: int, a: int, b: int) -> float:
    """Share of the postings with either concept that hold both: 0 to 1.

    ``both / (a + b - both)``. Jaccard, P. (1901), "Étude comparative de la distribution florale dans une portion des
    Alpes et des Jura", Bulletin de la Société vaudoise des sciences naturelles 37.

    >>> jaccard(2, 3, 3)
    0.5
    """
    return both / (a + b - both)


def npmi(both: int, a: int, b: int, total: int) -> float:
    """Normalised pointwise mutual information: -1 never together, 0 as by chance, 1 only together.

    ``ln(p(a,b) / (p(a) p(b))) / -ln p(a,b)``. Bouma, G. (2009), "Normalized (pointwise) mutual information in
    collocation extraction", Proceedings of GSCL. Two concepts that stand in every posting give 1, their limit.

    >>> npmi(1, 1, 1, 100)
    1.0
    >>> npmi(25, 50, 50, 100)
    0.0
    """
    if both == 0:
        return -1.0
    if both == total:
        return 1.0
    return min(1.0, log(both * total / (a * b)) / -log(both / total)) + 0.0
