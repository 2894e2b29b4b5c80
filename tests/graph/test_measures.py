"""Measures against their definitions."""

from __future__ import annotations

from math import isclose, log

from hypothesis import given
from hypothesis import strategies as st

from skilltax.graph.measures import jaccard, npmi


@st.composite
def table(draw) -> tuple[int, int, int, int]:
    both, only_a, only_b, neither = (draw(st.integers(0, 50)) for _ in range(4))
    return both + 1, both + 1 + only_a, both + 1 + only_b, both + 1 + only_a + only_b + neither


@given(table())
def test_bounds_and_symmetry(counts) -> None:
    both, a, b, total = counts
    assert 0 < jaccard(both, a, b) <= 1
    assert -1 <= npmi(both, a, b, total) <= 1 + 1e-12
    assert isclose(npmi(both, a, b, total), npmi(both, b, a, total), abs_tol=1e-12)


@given(table())
def test_npmi_is_bouma_s_formula(counts) -> None:
    both, a, b, total = counts
    if both < total:
        p_both, p_a, p_b = both / total, a / total, b / total
        assert isclose(npmi(both, a, b, total), log(p_both / (p_a * p_b)) / -log(p_both), abs_tol=1e-9)


def test_never_together() -> None:
    assert npmi(0, 3, 4, 10) == -1
