"""Values beside a mention; their sentences stand in tests/cases (versions, years, choices)."""

from __future__ import annotations

import pytest

from skilltax.tagging.tagger import Tagger


def test_values_stay_in_their_line(tagger: Tagger) -> None:
    """What one line says is not bound to the mentions of the next."""
    first, second = tagger("* 5+ years of\n* Go, or\n* Rust").mentions
    assert (first.years, second.years, first.any_of, second.any_of) == (None, None, None, None)


def test_a_mention_takes_the_first_of_two_expressions(tagger: Tagger) -> None:
    assert [m.years for m in tagger("Go: 5 years (3 years in a team)").mentions] == [(5, None)]


def test_choices_are_numbered_through_a_posting(tagger: Tagger) -> None:
    numbers = [m.any_of for m in tagger("* Go or Rust\n* Docker and Helm\n* Kafka or NATS").mentions]
    assert numbers[0] == numbers[1] != numbers[4] == numbers[5]
    assert numbers[2] is numbers[3] is None


def test_an_employer_with_an_apostrophe_is_no_skill(tagger: Tagger) -> None:
    """Keys have a straight apostrophe, texts a curly one."""
    from skilltax.postings.model import Posting

    text = "Macy’s Kafka hires.\n\nYou know Docker."
    assert [m.text for m in tagger(Posting("a", text, company="Macy's Kafka")).mentions] == ["Docker"]


@pytest.mark.parametrize("firm", ["KMS Technology", "Redis Technologies Inc", "Vault Health"])
def test_an_employer_below_the_title_is_no_heading_though_it_ends_as_one(tagger: Tagger, firm: str) -> None:
    name = firm.split()[0]
    found = tagger(f"# Platform Engineer\n\n### {firm}\n\n{name} runs Docker.\n\n## Tech stack\n\nGo").mentions
    assert [(m.text, m.section) for m in found if m.kind == "technology"] == [("Docker", "unknown"), ("Go", "stack")]


@pytest.mark.parametrize("heading", ["Our Technology", "Key Technologies", "Tech Stack", "Technologies"])
def test_a_heading_of_the_stack_may_stand_below_the_title(tagger: Tagger, heading: str) -> None:
    assert tagger(f"# Platform Engineer\n\n### {heading}\n\nDocker").mentions[-1].section == "stack"


def test_the_address_of_an_employer_is_no_skill(tagger: Tagger) -> None:
    found = tagger("# Engineer\n\n### GitLab\n\nGitLab.com and its users depend on you and on Docker.").mentions
    assert [m.text for m in found if m.kind == "technology"] == ["Docker"]
