"""Figures against labels: worked by hand on small postings, and the same as the gold set's own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from skilltax.calibrate import calibrate
from skilltax.errors import SkilltaxError
from skilltax.evaluate import Evaluation, Score, Share, errors, evaluate
from skilltax.gold import read_labels
from skilltax.postings.model import Posting
from skilltax.tagging.confidence import TRAITS, Confidence, gaps, traits
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.resolve import Resolver

TEXT = "# Engineer\n\n## Requirements\n* Kubernetes and Go, no C++\n* code review\n* K8s again"
MENTIONS = [
    {"surface": "Kubernetes", "occ": "all", "concept": "Kubernetes", "kind": "technology", "strength": "required"},
    {"surface": "Go", "occ": [1], "concept": "Go (programming language)", "kind": "technology", "strength": "preferred"},
    {"surface": "Requirements", "occ": [1], "concept": "nobody knows it", "kind": "practice", "strength": "other"},
    {"surface": "K8s", "occ": [1], "concept": "Kubernetes", "kind": "technology", "strength": None, "optional": True},
]


def labels(folder: Path, mentions: list[dict], role: str | None = "software", text: str = TEXT):
    path = folder / "gold.json"
    path.write_text(json.dumps([{"id": "a", "role": role, "seniority": "mid", "mentions": mentions}]), "utf-8")
    return read_labels(path, {"a": text})


def judged(tagger: Tagger, folder: Path) -> Evaluation:
    resolver = Resolver(tagger.taxonomy)
    categories = {c.id: c.category for c in tagger.taxonomy}
    tagged = [tagger(Posting("a", TEXT))]
    return evaluate(labels(folder, MENTIONS), tagged, lambda name: resolver(name).concept, categories)


def test_spans_concepts_and_strengths(small_tagger: Tagger, tmp_path: Path) -> None:
    """Two labels are hit, C++ and code review are made up, the heading is missed; the optional K8s counts nowhere."""
    found = judged(small_tagger, tmp_path)
    assert found.span == Score(2, 2, 1)
    assert found.concept == Score(2, 2, 1)
    assert found.recall_by_kind == {"practice": Share(0, 1), "technology": Share(2, 2)}
    assert found.confusion == {("required", "required"): 1, ("preferred", "required"): 1}
    assert found.strength.value == 0.5
    assert (found.role, found.seniority) == (Share(1, 1), Share(0, 1))
    assert found.by_category == {"things": Score(2, 2, 0), "(unknown)": Score(0, 0, 1)}


def test_every_error_stands_in_its_context(small_tagger: Tagger, tmp_path: Path) -> None:
    found = list(errors(judged(small_tagger, tmp_path), {"a": TEXT}))
    assert [(e.what, e.text) for e in found[:3]] == [("missed", "Requirements"), ("false", "C++"), ("false", "code review")]
    assert [e.what for e in found[3:]] == ["strength", "seniority"]
    assert all(e.left + e.text + e.right in TEXT for e in found[:4])


def test_precision_recall_and_f1() -> None:
    assert (Score(3, 1, 2).precision, Score(3, 1, 2).recall, Score(3, 1, 2).f1) == (0.75, 0.6, 2 / 3)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).f1) == (0, 0)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"surface": "Go", "occ": [2], "concept": "Go", "kind": "technology", "strength": None}, "occurs 1 times, not 2"),
        ({"surface": "Go", "concept": "Go", "kind": "technology", "strength": None}, "occ"),
    ],
)
def test_labels_that_fit_no_text_are_refused(tmp_path: Path, row: dict, said: str) -> None:
    with pytest.raises(SkilltaxError, match=said):
        labels(tmp_path, [row])


def test_labels_without_tags_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SkilltaxError, match="has no tags"):
        evaluate(labels(tmp_path, []), [], lambda _: None, {})


def test_same_figures_as_the_gold_scorer(shared: Path, tagger: Tagger, tmp_path: Path) -> None:
    gold, postings = shared / "gold" / "gold.json", shared / "gold" / "postings.jsonl"
    rows = [json.loads(line) for line in postings.read_text("utf-8").splitlines()]
    tagged = [tagger(Posting(row["id"], row["text"], row["title"])) for row in rows]
    (tmp_path / "tags.jsonl").write_text("".join(json.dumps(t.record()) + "\n" for t in tagged), "utf-8")
    resolver = Resolver(tagger.taxonomy)
    score = [sys.executable, str(shared / "gold" / "score.py"), str(gold)]
    names = subprocess.run([*score, "--list-names"], capture_output=True, text=True, check=True).stdout.splitlines()
    (tmp_path / "names.jsonl").write_text("".join(json.dumps(resolver(n)._asdict()) + "\n" for n in names), "utf-8")
    command = [*score, str(postings), str(tmp_path / "tags.jsonl"), "--names", str(tmp_path / "names.jsonl"), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    texts = {row["id"]: row["text"] for row in rows}
    ours = evaluate(
        read_labels(gold, texts), tagged, lambda n: resolver(n).concept, {c.id: c.category for c in tagger.taxonomy}
    )
    for name in ("span", "concept"):
        assert list(getattr(ours, name)) == [theirs[name][k] for k in ("tp", "fp", "fn")]
    assert {k: round(s.value, 4) for k, s in ours.recall_by_kind.items()} == theirs["recall_by_kind"]
    for name in ("strength", "role", "seniority"):
        assert round(getattr(ours, name).value, 4) == theirs[name]


def test_confidence_follows_the_share_that_is_right(tagger: Tagger, tmp_path: Path) -> None:
    """Made-up labels call every practice wrong and every technology right: the model learns it, on held-out postings too."""
    texts = {str(i): "* Kubernetes, Docker, Terraform, Ansible\n* code review and also observability" for i in range(30)}
    rows = [
        {
            "id": i,
            "role": None,
            "seniority": None,
            "mentions": [
                {"surface": name, "occ": "all", "concept": name, "kind": "technology", "strength": None}
                for name in ("Kubernetes", "Docker", "Terraform", "Ansible")
            ],
        }
        for i in texts
    ]
    (tmp_path / "gold.json").write_text(json.dumps(rows), "utf-8")
    tagged = [tagger(Posting(i, text)) for i, text in texts.items()]
    found = calibrate(
        evaluate(
            read_labels(tmp_path / "gold.json", texts), tagged, lambda _: None, {c.id: c.category for c in tagger.taxonomy}
        )
    )
    assert found.error < 0.1
    assert sum(row.mentions for row in found.table) == sum(len(t.mentions) for t in tagged)
    sure = Confidence(found.model)
    assert (
        sure("exact", "technology", "Docker", "unknown", 2) > 0.9 > 0.1 > sure("exact", "practice", "code review", "unknown", 9)
    )


def test_no_number_where_nothing_was_calibrated() -> None:
    assert Confidence({})("exact", "technology", "Docker", "stack", 1) is None
    known = Confidence({"rules": ["exact"], "bias": 1.0, "weights": {}})
    assert known("exact", "soft", "coaching", "duties", 1) is None
    assert known("typo", "technology", "Kubernets", "stack", 1) is None
    assert known("exact", "technology", "Docker", "stack", 1) == round(1 / (1 + np.exp(-1.0)), 3)


def test_traits_and_gaps() -> None:
    assert len(traits("exact", "practice", "agile", "company", 50)) == len(TRAITS)
    assert dict(zip(TRAITS, traits("case", "technology", "Go", "requirements", 2), strict=True)) == {
        "practice": False, "everyday": True, "lower": False, "words": False, "short": True, "aside": False, "asking": True,
        "listed": True, "gated": True,
    }  # fmt: skip
    assert gaps([(0, 2), (4, 6), (20, 21)])[:2] == [2, 2]
    assert gaps([(0, 2), (4, 6), (20, 21)])[2] == 14
    assert gaps([]) == []
