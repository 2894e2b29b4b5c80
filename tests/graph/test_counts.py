"""Counts, worked by hand from four postings."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.errors import SkilltaxError
from skilltax.export.counts import read_counts, save_counts
from skilltax.graph.build import build_graph, skill_graph
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts, counts_of, merge_counts
from skilltax.postings.duplicates import fingerprint
from skilltax.tagging.model import Mention, TaggedPosting
from skilltax.taxonomy.model import Taxonomy


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


def mention(concept: str, strength: str = "required", section: str = "requirements", any_of: int | None = None) -> Mention:
    return Mention(
        0, 1, concept, concept, concept.upper(), f"{concept[0]}-things", "technology", strength, section, any_of=any_of
    )


def posting(
    identity: str, *mentions: Mention, company: str | None = None, posted: str | None = None, text: str = ""
) -> TaggedPosting:
    return TaggedPosting(identity, "", mentions, company=company, posted=posted, role="sre", fingerprint=fingerprint(text))


def pairs(counts: Counts) -> dict[tuple[str, str], int]:
    return {(counts.ids[a], counts.ids[b]): n for a, b, n in zip(*(column.tolist() for column in counts.table), strict=True)}


def test_the_strongest_mention_counts() -> None:
    counts = count(
        [posting("1", mention("a", "other"), mention("a", "preferred"), mention("b", "other")), posting("2", mention("a"))]
    )
    graph = build_graph(counts, positions=False)
    assert [graph.nodes["a"][s] for s in ("required", "preferred", "other")] == [1, 1, 0]
    assert [graph.nodes["b"][s] for s in ("required", "preferred", "other")] == [0, 0, 1]


def test_sections_can_be_left_out() -> None:
    one = posting("1", mention("a"), mention("b", section="company"))
    assert set(count([one], without=["company"]).concepts) == {"a"}


def test_alternatives_are_linked_unless_not_wanted() -> None:
    """a or b; c; and a or b again, which is the same posting still."""
    one = posting(
        "1", mention("a", any_of=1), mention("b", any_of=1), mention("c"), mention("b", any_of=2), mention("a", any_of=2)
    )
    assert pairs(count([one])) == {("a", "b"): 1, ("a", "c"): 1, ("b", "c"): 1}
    assert pairs(count([one], alternatives=False)) == {("a", "c"): 1, ("b", "c"): 1}


def test_categories_are_counted_once_a_posting() -> None:
    counts = count([posting("1", mention("ab"), mention("ac", "other"), mention("b"))], level="category")
    assert pairs(counts) == {("a-things", "b-things"): 1}
    assert counts.singles.tolist() == [1, 1]
    assert counts.held["required"].sum() == 2


def test_what_is_below_a_concept_counts_as_it_once(small: Taxonomy) -> None:
    one = posting("1", mention("go"), mention("cpp"), mention("kubernetes"))
    counts = count([one], level=["language"], taxonomy=small)
    assert pairs(counts) == {("kubernetes", "language"): 1}
    with pytest.raises(SkilltaxError, match="neither category nor a concept"):
        count([one], level=["no-such-thing"], taxonomy=small)


LONG = " ".join(f"word{i}" for i in range(300))


def test_of_near_duplicates_the_earliest_counts() -> None:
    three = [
        posting("2", mention("a"), posted="2024-06", text=LONG),
        posting("1", mention("b"), posted="2024-05", text=LONG + " again"),
        posting("3", mention("c"), text="quite another text"),
    ]
    counts = count(three)
    assert (set(counts.concepts), counts.total, counts.duplicates) == ({"b", "c"}, 2, 1)
    assert counts.months == {"": 1, "2024-05": 1}
    assert count(three, keep_duplicates=True).total == 3
    assert as_dict(count(three[::-1])) == as_dict(counts)


def test_one_employer_s_flood_can_be_capped() -> None:
    flood = [posting(str(i), mention("a"), company="Acme ", posted=f"2024-0{i}") for i in range(1, 5)]
    others = [posting("x", mention("b"), company="ACME"), *(posting(f"y{i}", mention("c")) for i in range(3))]
    counts = count([*flood[::-1], *others], cap=2)
    assert {c: int(n) for c, n in zip(counts.ids, counts.singles, strict=True)} == {"a": 2, "c": 3}
    assert counts.months == {"": 3, "2024-01": 1, "2024-02": 1}


def test_months_are_counted_apart() -> None:
    several = [posting(str(m), mention("a"), mention("b"), posted=f"2024-{m:02}-03") for m in range(1, 13)]
    part = count(several).select(months=("2024-03", "2024-05"))
    assert (part.total, part.singles.tolist(), pairs(part)) == (3, [3, 3], {("a", "b"): 3})


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"strengths": ["high"]}, "strengths: high is unknown"),
        ({"without": ["footer"]}, "without: footer"),
        ({"cap": 0}, "cap: 0"),
    ],
)
def test_unknown_choices_are_refused(choice: dict, message: str) -> None:
    with pytest.raises(SkilltaxError, match=message):
        count([], **choice)


def test_counts_made_in_different_ways_are_not_added_up() -> None:
    with pytest.raises(SkilltaxError, match="counted in different ways"):
        merge_counts([count(FOUR), count(FOUR, kinds=["soft"])])


def test_a_graph_gives_its_counts_back() -> None:
    counts = count(FOUR)
    again = counts_of(build_graph(counts, positions=False))
    assert pairs(again) == pairs(counts)
    assert again.singles.tolist() == counts.singles.tolist()
    assert dict(again.roles) == dict(counts.roles)


def test_parents_and_children_need_not_be_linked(small: Taxonomy) -> None:
    counts = count([posting("1", mention("kubernetes"), mention("container-orchestrator"), mention("go"))])
    graph = build_graph(counts, kin=False, taxonomy=small, positions=False)
    assert sorted(map(sorted, graph.edges)) == [["container-orchestrator", "go"], ["go", "kubernetes"]]


@given(POSTINGS)
def test_parts_saved_read_and_added_up_equal_the_whole(postings: list[TaggedPosting]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for i in range(2):
            save_counts(count(postings[i::2]), Path(folder) / f"{i}.npz")
        parts = [read_counts(Path(folder) / f"{i}.npz") for i in range(2)]
    assert as_dict(merge_counts(parts)) == as_dict(count(postings))


def test_counts_say_in_a_line_what_they_hold() -> None:
    dated = [replace(t, posted=month) for t, month in zip(FOUR, ("2024-10-03", "2024-12", None, None), strict=True)]
    assert repr(count(dated)) == "<Counts: 4 postings, 3 skills, 2 roles, 2024-10 to 2024-12>"
    assert repr(Counts()) == "<Counts: 0 postings, 0 skills, 0 roles>"
