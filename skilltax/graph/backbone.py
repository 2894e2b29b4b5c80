"""Backbones: the edges that say more than chance, of all those that a graph of counts has.

A graph is given as three arrays of one length, the number of edges m: the ends `a` and `b` of each edge, numbers of nodes from
0 to `size` - 1, and its `count`, above 0. What is given back has the shape (m,).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

LEVEL = 0.05  # share of edges that one accepts to keep by chance
METHODS = ("association", "noise-corrected", "disparity")


def disparity(a: Any, b: Any, count: Any, size: int) -> Any:
    """Significance of each edge by the disparity filter: 0 to 1, smaller is stronger.

    ``(1 - w / s) ** (k - 1)``, with w the count of the edge, s the sum over the edges of one of its ends, k their number: how
    likely is such a share if the node gave out its sum at random? The surer end decides; an end with one edge says nothing.
    Serrano, M. Á., Boguñá, M., Vespignani, A. (2009), "Extracting the multiscale backbone of complex weighted networks", PNAS
    106(16).
    """
    strength = np.bincount(a, count, size) + np.bincount(b, count, size)
    degree = np.bincount(a, minlength=size) + np.bincount(b, minlength=size)
    ends = [(1 - count / strength[end]) ** (degree[end] - 1) for end in (a, b)]
    return np.minimum(*ends)


def noise_corrected(a: Any, b: Any, count: Any, size: int) -> Any:
    """How many standard deviations each edge lies above what the sums of its ends let expect; larger is stronger.

    The count is compared with the product of its ends' sums, ``(κ w - 1) / (κ w + 1)`` with ``κ = n / (s_a s_b)``, and divided
    by its standard deviation, from a binomial count with a beta prior whose mean and variance are the hypergeometric ones.
    Coscia, M., Neffke, F. (2017), "Network backboning with noisy data", ICDE. As there, each edge is seen from both sides.
    """
    strength = np.bincount(a, count, size) + np.bincount(b, count, size)
    s_a, s_b, w, n = strength[a], strength[b], np.asarray(count, float), strength.sum()
    mean = s_a * s_b / n**2
    variance = s_a * s_b * (n - s_a) * (n - s_b) / (n**4 * (n - 1)) if n > 1 else np.zeros(len(w))
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = mean**2 / variance * (1 - mean) - mean
        beta = mean / variance * (1 - mean) ** 2 - (1 - mean)
        expected = (alpha + w) / (alpha + beta + n)
        kappa = n / (s_a * s_b)
        slope = 1 / (s_a * s_b) - n * (s_a + s_b) / (s_a * s_b) ** 2
        deviation = np.sqrt(expected * (1 - expected) * n) * 2 * np.abs(kappa + w * slope) / (kappa * w + 1) ** 2
        score = (kappa * w - 1) / (kappa * w + 1) / deviation
    return np.where(np.isfinite(score), score, 0.0)


def in_backbone(method: str, level: float, edges: Mapping[str, Any]) -> Any:
    """Which edges are in the backbone at a level between 0 and 1.

    ``association``: `q` below the level, and more often together than by chance; at most so many of these edges are accidents.
    ``noise-corrected``: `nc` above what chance exceeds at this level. ``disparity``: `alpha` below the level. The first looks
    at postings, the other two only at the graph: they do not know that a long posting makes many edges at once.

    Parameters
    ----------
    method : str
        One of METHODS.
    level : float
        Smaller keeps fewer edges.
    edges : Mapping[str, array of shape (m,)]
        Columns with `q` and `lift`, `nc`, or `alpha`.

    Returns
    -------
    array of bool, shape (m,)
        True for the edges that are kept.
    """
    from scipy.special import ndtri

    if method == "disparity":
        return edges["alpha"] < level
    if method == "noise-corrected":
        return edges["nc"] > -ndtri(level)
    return (edges["q"] < level) & (edges["lift"] > 1)
