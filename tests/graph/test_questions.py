"""Questions to the graph, answered by hand from a few postings and by brute force."""

from __future__ import annotations

from math import log, sqrt

import networkx as nx
import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from skilltax.errors import SkilltaxError
from skilltax.graph.build import build_graph
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts
from skilltax.graph.gap import gap, match
from skilltax.graph.related import paths, related
from skilltax.graph.roles import contrast, nearest, profile, role_graph
from skilltax.graph.trends import trends
from skilltax.tagging.model import TaggedPosting
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.model import Taxonomy
from tests.graph.test_counts import mention, posting, tagged

SRE = [tagged("linux", "alerts")] * 8 + [tagged("linux", "python")] * 4
QA = [tagged("python", "tests", role="qa")] * 9 + [tagged("linux", "tests", role="qa")] * 3
DEV = [tagged("python", "linux", "tests", role="dev")] * 3


@pytest.fixture(scope="module")
def counts() -> Counts:
    return count([*SRE, *QA, *DEV])


def test_related_tells_shares_and_on_how_many_postings_they_rest(counts: Counts, small: Taxonomy) -> None:
    answer = related(counts, "alerts", taxonomy=small)
    (row,) = answer.rows
    assert (row.concept, row.postings, row.share, answer.postings) == ("linux", 8, 1.0, 8)
    assert row.lift == pytest.approx(27 / 18)
    assert answer.notes[0].startswith("thin evidence: ALERTS stands in 8 postings only")
    assert "rests on 8 postings" in str(answer)


def test_related_can_be_asked_of_a_graph_too(counts: Counts, small: Taxonomy) -> None:
    graph = build_graph(counts, positions=False)
    assert related(graph, "tests", taxonomy=small) == related(counts, "tests", taxonomy=small)


def test_a_graph_of_another_maker_is_refused() -> None:
    with pytest.raises(SkilltaxError, match="was not made by `skilltax graph`: it says nothing of postings"):
        related(nx.karate_club_graph(), "a")


def test_related_leaves_out_parents_unless_asked(small: Taxonomy) -> None:
    several = count(
        [posting(str(i), mention("kubernetes"), mention("container-orchestrator")) for i in range(3)] + [posting("4")]
    )
    assert related(several, "kubernetes", taxonomy=small).rows == ()
    assert related(several, "kubernetes", kin=True)[0].concept == "container-orchestrator"


@pytest.mark.parametrize(("concept", "options"), [("no-such", {}), ("linux", {"by": "colour"})])
def test_what_is_not_there_is_refused(counts: Counts, concept: str, options: dict) -> None:
    with pytest.raises(SkilltaxError, match=r"no such skill|unknown; known are g2"):
        related(counts, concept, **options)


def test_paths_go_over_sure_pairs() -> None:
    others = [posting(str(i), mention("other")) for i in range(300)]
    chain = count([*others, *(posting(f"{a}{i}", mention(a), mention(b)) for a, b in ("ab", "bc", "cd") for i in range(30))])
    assert [row.steps for row in paths(chain, "a", "d").rows] == [("A", "B", "C", "D")]
    with pytest.raises(SkilltaxError, match="no way from a to z"):
        paths(count([*[posting(str(i), mention("a"), mention("b")) for i in range(9)], posting("z", mention("z"))]), "a", "z")


def test_a_profile_puts_what_is_typical_first(counts: Counts) -> None:
    answer = profile(counts, "sre")
    assert [row.concept for row in answer] == ["linux", "alerts", "python"]
    assert {row.concept: row.postings for row in answer} == {"alerts": 8, "linux": 12, "python": 4}
    assert answer.postings == 12
    with pytest.raises(SkilltaxError, match="nosuch: no such role"):
        profile(counts, "nosuch")


def test_contrast_is_monroe_s_formula(counts: Counts) -> None:
    found = {row.concept: row for row in contrast(counts, "sre", "qa", prior=10)}
    held = {
        "sre": {"alerts": 8, "linux": 12, "python": 4, "tests": 0},
        "qa": {"alerts": 0, "linux": 3, "python": 9, "tests": 12},
    }
    prior = {"alerts": 80 / 27, "linux": 180 / 27, "python": 160 / 27, "tests": 150 / 27}
    for concept, row in found.items():
        odds, variance = [], 0.0
        for role in ("sre", "qa"):
            y, n = held[role][concept] + prior[concept], sum(held[role].values()) + sum(prior.values())
            odds.append(log(y / (n - y)))
            variance += 1 / y
        assert row.log_odds == pytest.approx(odds[0] - odds[1])
        assert row.z == pytest.approx((odds[0] - odds[1]) / sqrt(variance))
    assert {"alerts", "tests"} <= set(found)


def test_roles_with_few_postings_are_not_compared(counts: Counts) -> None:
    with pytest.raises(SkilltaxError, match="dev: 3 postings are too few to compare; 10 are needed"):
        contrast(counts, "sre", "dev")
    assert [row.role for row in nearest(counts, "sre")] == ["qa"]


def test_nearness_is_jensen_and_shannon_s(counts: Counts) -> None:
    (row,) = nearest(counts, "sre").rows
    assert row.distance == pytest.approx(jensenshannon([8, 12, 4, 0], [0, 3, 9, 12], base=2))


def test_the_graph_of_roles_and_skills_is_bipartite(counts: Counts) -> None:
    graph = role_graph(counts, min_postings=3)
    assert {frozenset(graph.nodes[n]["bipartite"] for n in edge) for edge in graph.edges} == {frozenset({0, 1})}
    assert graph.edges["role:sre", "alerts"]["count"] == 8
    assert graph.edges["role:qa", "tests"]["share"] == 1.0


def test_a_gap_counts_what_one_has_by_implication(small: Taxonomy) -> None:
    wanted = [posting(str(i), mention("go"), mention("language"), mention("kubernetes")) for i in range(4)]
    answer = gap(count(wanted), ["cpp"], "sre", taxonomy=small)
    assert [(row.concept, row.near) for row in answer] == [("go", ("C++",)), ("kubernetes", ())]
    assert answer.notes[0] == "has 1 of the 3 skills that 5% of these postings or more name"
    assert answer.notes[1].startswith("thin evidence: 4 postings")


def test_what_nobody_knows_is_no_skill_to_have(counts: Counts, small: Taxonomy) -> None:
    with pytest.raises(SkilltaxError, match="pyhton: no such skills"):
        gap(counts, ["pyhton"], "sre", taxonomy=small)


MATCHES = [
    posting("both", mention("go"), mention("kubernetes")),
    posting("either", mention("go", any_of=1), mention("cpp", any_of=1), mention("kubernetes", "preferred")),
    posting("none", mention("node-js"), mention("go", "negated")),
    posting("general", mention("language", "other")),
    posting("named twice", mention("cpp", any_of=1), mention("go", any_of=1), mention("go")),
]


def test_a_match_honours_alternatives_and_says_why(small: Taxonomy) -> None:
    found = {row.id: row for row in match(["cpp"], MATCHES, taxonomy=small)}
    assert found["either"].required == ("GO or CPP",)
    assert found["either"].lacks_preferred == ("KUBERNETES",)
    assert found["both"].lacks_required == ("GO", "KUBERNETES")
    assert found["general"].other == ("LANGUAGE",)
    assert found["none"].lacks_required == ("NODE-JS",)
    assert found["named twice"].lacks_required == ("GO",)


def test_matches_are_ranked_by_the_weight_of_what_one_has(small: Taxonomy) -> None:
    answer = match(["cpp"], MATCHES, taxonomy=small)
    assert [row.id for row in answer][:2] == ["either", "general"]
    assert answer[0].score == pytest.approx(1 / 2.5)
    assert answer[1].score == pytest.approx(0.25 / 1.25)
    assert answer.postings == len(MATCHES)


def test_a_cv_is_read_like_a_posting(small_tagger: Tagger, small: Taxonomy) -> None:
    cv = small_tagger("Ten years of C++ and Golang. No Kubernetes.")
    assert match(cv.skills, MATCHES, taxonomy=small)[0].id == "named twice"


def dated(month: str, *concepts: str) -> TaggedPosting:
    return posting(month + str(concepts), *map(mention, concepts), posted=month)


def test_trends_tell_what_rises_with_newcombe_s_interval() -> None:
    """The interval of 56/70 against 48/80 is the first example of Newcombe (1998): 0.0524 to 0.3339."""
    before = [dated("2024-01", "a")] * 48 + [dated("2024-01", "b")] * 32
    after = [dated("2024-02", "a")] * 56 + [dated("2024-02", "b")] * 14
    several = count([*before * 2, *after * 2])
    found = {row.concept: row for row in trends(several, ("2024-01", "2024-01"), ("2024-02", "2024-02"))}
    assert found["a"].change == pytest.approx(0.8 - 0.6)
    assert found["a"].low < 0.2 < found["a"].high
    assert found["b"].change == pytest.approx(-0.2)


def test_trends_of_chosen_skills_are_judged_among_those_only() -> None:
    before = [dated("2024-01", "a", "c")] * 96 + [dated("2024-01", "b", "c")] * 64
    after = [dated("2024-02", "a", "c")] * 112 + [dated("2024-02", "b", "c")] * 28
    several, periods = count([*before, *after]), (("2024-01", "2024-01"), ("2024-02", "2024-02"))
    every = {row.concept: row for row in trends(several, *periods)}
    (only,) = trends(several, *periods, concepts=["a"])
    assert only[:-1] == every["a"][:-1]
    assert only.q < every["a"].q
    with pytest.raises(SkilltaxError, match="x: no such skill"):
        trends(several, *periods, concepts=["x"])


def test_newcombe_s_own_example(monkeypatch) -> None:
    monkeypatch.setattr("skilltax.graph.trends.FEWEST", 50)
    several = count([
        *[dated("2024-01", "a")] * 48, *[dated("2024-01", "b")] * 32, *[dated("2024-02", "a")] * 56, *[dated("2024-02", "b")] * 14,
    ])  # fmt: skip
    row = next(r for r in trends(several, ("2024-01", "2024-01"), ("2024-02", "2024-02")) if r.concept == "a")
    assert [row.low, row.high] == pytest.approx([0.0524, 0.3339], abs=5e-5)


def test_periods_with_few_postings_are_refused() -> None:
    few = count([dated("2024-01", "a")] * 150 + [dated("2024-02", "a")] * 20)
    with pytest.raises(SkilltaxError, match=r"2024-02\.\.2024-02: 20 postings are too few to compare; 100 are needed"):
        trends(few, ("2024-01", "2024-01"), ("2024-02", "2024-02"))
    with pytest.raises(SkilltaxError, match="give two that follow one another"):
        trends(few, ("2024-02", "2024-02"), ("2024-01", "2024-01"))


def test_an_answer_becomes_a_frame(counts: Counts) -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(profile(counts, "qa"))
    assert frame.columns.tolist()[:4] == ["concept", "label", "category", "postings"]
    assert np.isclose(frame.set_index("concept").loc["tests", "share"], 1)
