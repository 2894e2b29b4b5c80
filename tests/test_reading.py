"""Postings drawn for reading: the same for a seed, each of another employer, none that was read, marked as they are tagged."""

from __future__ import annotations

from benchmarks.reading import draw, marked
from skilltax import Posting, Tagger

SAID = "We are a company of people who like to write long lines of text about themselves, in each posting of theirs, again and again. "
ASKED = "You know the tools of the trade and have worked with {} for years, in a team that you and we will like to work with. "


def posting(number: int, names: str, company: str | None = None) -> Posting:
    """A posting long enough to be drawn, of an employer who says the same in each."""
    said = SAID.replace("company", f"company {company or number}")
    return Posting(
        str(number), said + "\n" + "".join(ASKED.format(f"{names} {i} {number}") for i in range(9)), "Engineer", company
    )


def test_what_is_drawn_is_of_both_kinds_and_the_same_for_a_seed() -> None:
    pool = [posting(i, "Linux kernels" if i % 2 else "React") for i in range(20)]
    drawn = draw(pool, 7, 3, 2)
    assert sorted("kernels" in p.text for p in drawn) == [False, False, True, True, True]
    assert drawn == draw(pool, 7, 3, 2)
    assert drawn != draw(pool, 8, 3, 2)


def test_no_employer_comes_twice_named_or_not() -> None:
    named = [posting(i, "React", "Acme") for i in range(5)]
    unnamed = [Posting(p.id, p.text, p.title) for p in named]
    assert len(draw(named, 1, 0, 5)) == 1
    assert len(draw(unnamed, 1, 0, 5)) == 1


def test_what_was_read_is_not_drawn_again() -> None:
    pool = [posting(i, "React") for i in range(5)]
    assert len(draw(pool, 1, 0, 5, pool[:2])) == 3


def test_mentions_are_marked_where_they_stand() -> None:
    text = "".join(marked(Tagger()(Posting("1", "Requirements:\n- Go and K8s\n- Teamwork", "Engineer"))))
    assert "[[Go|r]] and [[K8s|kubernetes|r]]" in text
    assert "{{Teamwork}}" in text
