"""Coverage: what was not recognised is told, and why a posting may be silent."""

from __future__ import annotations

import json

import pytest

from skilltax.curation.coverage import coverage
from skilltax.postings.model import Posting
from tests.test_cli import write_jsonl

FILLER = "You will work with people who like what they do, and we will help you to do it well at all times. " * 8
DUTCH = "Wij zoeken iemand die graag samenwerkt en verantwoordelijkheid neemt binnen onze afdeling verkoop. " * 8


def test_headings_of_no_known_section_are_counted_by_employer(small_tagger) -> None:
    text = "# SRE\n### Acme\n\nWe are here.\n\n## What rocks our boat\n* Golang\n\n## Requirements\n* C++"
    found = coverage(
        [Posting("1", text, company="A"), Posting("2", text, company="B"), Posting("3", text, company="B")], small_tagger
    )
    assert [tuple(h) for h in found.headings] == [("what rocks our boat", 3, 2)]
    assert found.sections["unknown"] > 0
    assert found.unstructured == 0


def test_a_posting_without_known_headings_is_unstructured(small_tagger) -> None:
    assert coverage([Posting("1", "You know Kubernetes.")], small_tagger).unstructured == 1


@pytest.mark.parametrize(
    ("text", "why", "terms"),
    [
        ("", "empty", ()),
        ("You know things.", "short", ()),
        (DUTCH, "not English", ()),
        (FILLER, "no technical terms seen", ()),
        (f"{FILLER} We use Frobnix and quux.io every day.", "unknown terms", ("Frobnix", "quux.io")),
    ],
)
def test_a_silent_posting_is_told_with_what_may_explain_it(small_tagger, text, why, terms) -> None:
    (silent,) = coverage([Posting("1", text, title="SRE")], small_tagger).silent
    assert (silent.concepts, silent.why, silent.terms) == (0, why, terms)


def test_few_is_counted_in_concepts_not_mentions(small_tagger) -> None:
    posting = Posting("1", "Kubernetes, Kubernetes, K8s and Golang")
    assert [s.concepts for s in coverage([posting], small_tagger, few=3).silent] == [2]
    assert coverage([posting], small_tagger, few=2).silent == []


def test_categories_that_no_posting_names_are_listed(tagger) -> None:
    found = coverage([Posting("1", "You know KVM and Kubernetes.")], tagger)
    assert found.categories == {"hypervisors": 1, "orchestrators": 1}
    assert "firmware" in found.unseen
    assert not {"hypervisors", "soft-skills", "tops"} & set(found.unseen)


def test_the_command_shows_it_all(skilltax, tmp_path) -> None:
    path = write_jsonl(tmp_path / "p.jsonl", {"id": "one", "title": "SRE", "text": "Hi.\n\n## What rocks our boat\n* KVM"})
    done = skilltax("coverage", path, "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["headings"] == [{"text": "what rocks our boat", "postings": 1, "employers": 1}]
    assert [s["id"] for s in record["silent"]] == ["one"]
    shown = skilltax("coverage", path).stdout
    assert "1 postings, 1 with fewer than 3 skills" in shown
    assert "what rocks our boat" in shown


def test_nothing_to_read_is_told_as_nothing(skilltax, tmp_path) -> None:
    done = skilltax("coverage", write_jsonl(tmp_path / "p.jsonl"))
    assert (done.returncode, "holds no text" in done.stderr) == (1, True)
    assert "0 postings" in done.stdout
