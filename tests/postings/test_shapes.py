"""Postings of each public shape are read without options: fixtures in our own words, with the fields that are documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from skilltax.postings.read import read_postings
from skilltax.tagging.tagger import Tagger

FOLDER = Path(__file__).parent / "shapes"
TITLE = "Site Reliability Engineer"
SHAPES = {
    "greenhouse.json": ("1", TITLE, "Fjord", "2024-10-03T10:00:00-04:00", "https://boards.example/fjord/1"),
    "lever.json": ("a1", TITLE, None, "2024-10-03", "https://jobs.example/fjord/a1"),
    "ashby.json": ("b2", TITLE, None, "2024-10-03T10:00:00Z", "https://jobs.example/fjord/b2"),
    "schema-org.json": ("c3", TITLE, "Fjord", "2024-10-03", "https://fjord.example/c3"),
    "schema-org-graph.json": ("c3", TITLE, "Fjord", "2024-10-03", "https://fjord.example/c3"),
    "schema-org-list.json": ("c3", TITLE, "Fjord", "2024-10-03", "https://fjord.example/c3"),
    "hacker-news-thread.json": ("2", None, "Fjord", "2024-10-03T10:00:00.000Z", "https://news.ycombinator.com/item?id=2"),
    "hacker-news-search.json": ("2", None, "Fjord", "2024-10-03T10:00:00Z", "https://news.ycombinator.com/item?id=2"),
    "hacker-news-items.jsonl": ("2", None, "Fjord", "2024-10-03", "https://news.ycombinator.com/item?id=2"),
    "linkedin-postings.csv": ("7", TITLE, "Fjord", "2024-10-03", "https://jobs.example/7"),
    "linkedin-job-summary.csv": ("https://jobs.example/7", None, None, None, "https://jobs.example/7"),
}


def test_every_fixture_is_tried() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_a_known_shape_needs_no_options(name: str, tagger: Tagger) -> None:
    errors: list[Exception] = []
    (posting,) = read_postings(FOLDER / name, on_error=errors.append)
    assert errors == []
    assert (posting.id, posting.title, posting.company, posting.posted, posting.source) == SHAPES[name]
    tagged = tagger(posting)
    assert {"kubernetes", "helm", "argo-cd"} <= set(tagged.skills)
    assert "jenkins" not in tagged.skills  # stands in what is no posting
    assert all(posting.text[m.start : m.end] == m.text for m in tagged.mentions)
