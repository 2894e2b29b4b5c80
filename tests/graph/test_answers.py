"""Answers as tables: in print and in a notebook."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from skilltax.graph.answers import Answer
from skilltax.graph.roles import Near, Typical

TYPICAL = Answer(
    "What sre asks for",
    40,
    (Typical("go", "Go", "languages", 20, 0.5, 0.4, 0.6, 2.0), Typical("x", "<X> & Y", "tools", 4, 0.1, 0.05, 0.2, 1.5)),
    ("few <postings>",),
    ("sre",),
)


def test_a_notebook_shows_what_print_shows() -> None:
    page = ET.fromstring(f"<main>{TYPICAL._repr_html_()}</main>")
    names, rows = TYPICAL.table()
    assert page.findtext(".//caption") == "What sre asks for (rests on 40 postings)"
    assert [cell.text for cell in page.iter("th")] == [name.replace("_", " ") for name in names]
    assert [[cell.text for cell in row] for row in page.findall(".//tbody/tr")] == rows
    assert page.findtext(".//em") == "Note: few <postings>"


def test_numbers_stand_to_the_right_and_names_to_the_left() -> None:
    page = ET.fromstring(f"<main>{TYPICAL._repr_html_()}</main>")
    sides = [cell.get("style") for cell in page.find(".//tbody/tr")]
    assert sides == ["text-align: left", *["text-align: right"] * 5]


@pytest.mark.parametrize("rows", [(), (Near("devops", 3, 0.2),)], ids=["none", "one"])
def test_an_answer_of_any_length_is_well_formed(rows) -> None:
    page = ET.fromstring(f"<main>{Answer('q', 1, rows)._repr_html_()}</main>")
    assert len(page.findall(".//tbody/tr")) == 1
    assert ("nothing found" in "".join(page.itertext())) == (not rows)


def test_a_slice_keeps_what_the_answer_rests_on() -> None:
    assert TYPICAL[:1] == Answer(TYPICAL.question, 40, TYPICAL.rows[:1], TYPICAL.notes, ("sre",))
