"""Measures against brute force from their definitions."""

from __future__ import annotations

from math import isclose, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from skilltax.graph import measures
from skilltax.graph.backbone import disparity, in_backbone, noise_corrected


@st.composite
def table(draw) -> tuple[int, int, int, int]:
    both, only_a, only_b, neither = (draw(st.integers(0, 50)) for _ in range(4))
    return both + 1, both + 1 + only_a, both + 1 + only_b, both + 1 + only_a + only_b + neither


def sets(both: int, a: int, b: int, total: int) -> tuple[set[int], set[int], range]:
    """Postings as numbers: those that hold the one, those that hold the other, all."""
    return set(range(a)), set(range(a - both, a - both + b)), range(total)


@given(table())
def test_shares_jaccard_and_lift_are_counted_from_postings(counts) -> None:
    both, a, b, total = counts
    one, other, all_ = sets(*counts)
    assert isclose(measures.given(both, a), len(one & other) / len(one))
    assert isclose(measures.jaccard(both, a, b), len(one & other) / len(one | other))
    expected = sum(x in one for x in all_) / total * sum(x in other for x in all_) / total
    assert isclose(measures.lift(both, a, b, total), len(one & other) / total / expected)


@given(table())
def test_npmi_is_bouma_s_formula_bounded_and_symmetric(counts) -> None:
    both, a, b, total = counts
    value = float(measures.npmi(both, a, b, total))
    assert -1 <= value <= 1
    assert isclose(value, float(measures.npmi(both, b, a, total)), abs_tol=1e-12)
    if both < total:
        p_both, p_a, p_b = both / total, a / total, b / total
        assert isclose(value, log(p_both / (p_a * p_b)) / -log(p_both), abs_tol=1e-9)


@given(table())
def test_g2_is_scipy_s_log_likelihood_ratio(counts) -> None:
    both, a, b, total = counts
    cells = np.array([[both, a - both], [b - both, total - a - b + both]])
    if cells.sum(axis=0).all() and cells.sum(axis=1).all():
        found = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
        assert isclose(float(measures.g2(both, a, b, total)), found.statistic, abs_tol=1e-6)
    else:
        assert measures.g2(both, a, b, total) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.floats(0, 60), min_size=1, max_size=30), st.integers(0, 40))
def test_q_is_benjamini_and_hochberg_s_with_the_pairs_never_seen(scores: list[float], unseen: int) -> None:
    chances = [*stats.chi2.sf(scores, 1), *[1.0] * unseen]
    expected = stats.false_discovery_control(chances, method="bh")[: len(scores)]
    assert measures.q_values(np.array(scores), len(chances)) == pytest.approx(expected, abs=1e-12)


@given(st.integers(0, 200), st.integers(1, 200))
def test_the_interval_is_wilson_s(part: int, more: int) -> None:
    whole = part + more
    expected = stats.binomtest(part, whole).proportion_ci(0.95, "wilson")
    assert [float(end) for end in measures.wilson(part, whole)] == pytest.approx([expected.low, expected.high], abs=1e-9)


def test_of_nothing_any_share_may_be_true() -> None:
    assert [float(end) for end in measures.wilson(0, 0)] == [0, 1]


GRAPHS = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda e: e[0] < e[1]), st.integers(1, 40), min_size=1, max_size=15
)


def arrays(edges: dict[tuple[int, int], int]):
    a, b = (np.array(ends) for ends in zip(*edges, strict=True))
    return a, b, np.array(list(edges.values())), 7


@given(GRAPHS)
def test_the_disparity_filter_by_brute_force(edges: dict[tuple[int, int], int]) -> None:
    for (u, v), w, alpha in zip(edges, edges.values(), disparity(*arrays(edges)), strict=True):
        ends = []
        for end in (u, v):
            weights = [x for edge, x in edges.items() if end in edge]
            ends.append((1 - w / sum(weights)) ** (len(weights) - 1))
        assert alpha == pytest.approx(min(ends), abs=1e-12)


@given(GRAPHS)
def test_the_noise_corrected_score_by_brute_force(edges: dict[tuple[int, int], int]) -> None:
    n = 2 * sum(edges.values())
    for (u, v), w, z in zip(edges, edges.values(), noise_corrected(*arrays(edges)), strict=True):
        i, j = (sum(x for edge, x in edges.items() if end in edge) for end in (u, v))
        mean = i * j / n**2
        variance = i * j * (n - i) * (n - j) / (n**2 * n**2 * (n - 1))
        prior = mean * (1 - mean) / variance - 1  # of a beta distribution with this mean and variance: a + b
        p = (mean * prior + w) / (prior + n)
        kappa = n / (i * j)
        slope = 1 / (i * j) - n * (i + j) / (i * j) ** 2
        deviation = (p * (1 - p) * n) ** 0.5 * 2 * (kappa + w * slope) / (kappa * w + 1) ** 2
        if deviation > 1e-9:
            assert z == pytest.approx((kappa * w - 1) / (kappa * w + 1) / deviation, rel=1e-6, abs=1e-9)


def test_a_backbone_keeps_what_stands_out() -> None:
    """A hub with ten weak edges and a strong one: the strong one stays."""
    edges = {(0, i): 1 for i in range(1, 6)} | {(0, 6): 50}
    alpha = disparity(*arrays(edges))
    kept = in_backbone("disparity", 0.05, {"alpha": alpha})
    assert [edge for edge, inside in zip(edges, kept, strict=True) if inside] == [(0, 6)]
    columns = {"q": np.array([0.01, 0.01, 0.5]), "lift": np.array([2.0, 0.5, 2.0]), "nc": np.array([2.0, 1.0, -1.0])}
    assert in_backbone("association", 0.05, columns).tolist() == [True, False, False]
    assert in_backbone("noise-corrected", 0.05, columns).tolist() == [True, False, False]
