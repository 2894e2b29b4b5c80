"""Counts, worked by hand from four postings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.errors import SkilltaxError
from skilltax.graph.build import build_graph, skill_graph
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts
from skilltax.tagging.model import Mention, TaggedPosting


def tagged(*concepts: str, role: str = "sre", taxonomy: str = "1") -> TaggedPosting:
    """A posting that names concepts; ``-x`` negates x, ``~x`` is a soft skill."""
    mentions = tuple(
        Mention(
            i, i + 1, c, c.strip("-~"), c.strip("-~").upper(), "things", "soft" if c[0] == "~" else "technology",
            "negated" if c[0] == "-" else "required", "requirements",
        )
        for i, c in enumerate(concepts)
    )  # fmt: skip
    return TaggedPosting("id", "", mentions, role=role, taxonomy=taxonomy)


FOUR = [tagged("a", "b", "a"), tagged("a", "b", "c"), tagged("a", "-c", "~d", role="qa"), tagged(role="qa")]


def as_dict(counts: Counts) -> dict[str, object]:
    """What counts say, without the form in which they say it."""
    size, cells = max(1, len(counts.ids)), {}
    for name, matrix in (*counts.held.items(), ("pairs", counts.pairs)):
        flat = matrix.tocoo()
        for row, column, n in zip(flat.row.tolist(), flat.col.tolist(), flat.data.tolist(), strict=True):
            what = [counts.ids[i] for i in divmod(column, size)] if name == "pairs" else counts.ids[column]
            if n:
                cells[name, counts.strata[row], str(what)] = n
    return {
        "cells": cells,
        "postings": dict(zip(counts.strata, counts.postings.tolist(), strict=True)),
        "concepts": dict(counts.concepts),
    }


def test_a_posting_is_a_set_of_concepts() -> None:
    graph = skill_graph(FOUR)
    assert {n: d["postings"] for n, d in graph.nodes(data=True)} == {"a": 3, "b": 2, "c": 1}
    assert {(u, v): d["count"] for u, v, d in graph.edges(data=True)} == {("a", "b"): 2, ("a", "c"): 1, ("b", "c"): 1}
    assert graph.nodes["a"]["share"] == 0.75
    assert graph.edges["a", "b"]["jaccard"] == pytest.approx(2 / 3, abs=1e-6)


def test_roles_are_counted_apart() -> None:
    graph = skill_graph(FOUR)
    assert graph.graph["roles"] == {"qa": 2, "sre": 2}
    assert graph.nodes["a"]["roles"] == {"qa": 1, "sre": 2}
    assert graph.edges["a", "b"]["roles"] == {"sre": 2}
    only = skill_graph(FOUR, roles=["qa"])
    assert (set(only), only.graph["postings"]) == ({"a"}, 2)


def test_what_is_rare_can_be_left_out() -> None:
    graph = skill_graph(FOUR, min_postings=2)
    assert set(graph) == {"a", "b"}
    assert graph.number_of_edges() == 1


def test_negated_and_soft_skills_count_only_where_asked_for() -> None:
    counts = count(FOUR, strengths=["negated", "required"], kinds=["soft", "technology"])
    graph = build_graph(counts)
    assert graph.nodes["c"]["postings"] == 2
    assert graph.nodes["d"]["postings"] == 1


def test_tags_of_different_taxonomies_are_not_mixed_unawares() -> None:
    two = [tagged("a"), tagged("a", taxonomy="2")]
    with pytest.raises(SkilltaxError, match="different taxonomies: 1, 2"):
        count(two)
    assert count(two, mix_taxonomies=True).total == 2


def test_no_postings_give_an_empty_graph() -> None:
    assert len(skill_graph([])) == 0


POSTINGS = st.lists(
    st.builds(
        lambda concepts, role: tagged(*concepts, role=role), st.lists(st.sampled_from("abcdef")), st.sampled_from(["qa", "sre"])
    )
)


@given(POSTINGS, st.integers(0, 10))
def test_counts_are_additive(postings: list[TaggedPosting], at: int) -> None:
    assert as_dict(count(postings[:at]).merged(count(postings[at:]))) == as_dict(count(postings))


@given(POSTINGS, st.randoms())
def test_the_order_of_postings_does_not_matter(postings: list[TaggedPosting], random) -> None:
    shuffled = random.sample(postings, len(postings))
    assert as_dict(count(shuffled)) == as_dict(count(postings))


@given(POSTINGS)
def test_the_graph_is_what_brute_force_counts(postings: list[TaggedPosting]) -> None:
    graph = skill_graph(postings, positions=False)
    sets = [set(p.skills) for p in postings]
    for a in graph:
        assert graph.nodes[a]["postings"] == sum(a in s for s in sets)
        for b in set(graph) - {a}:
            both = sum(a in s and b in s for s in sets)
            assert (graph.edges[a, b]["count"] if graph.has_edge(a, b) else 0) == both
