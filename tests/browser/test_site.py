"""The documentation as a site, opened from disk: no page asks for anything, and the search finds."""

from __future__ import annotations

from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "site"
PAGES = ("index", "quick-start", "commands", "measures", "reference/graph", "contributing", "notebooks/1-tag-postings")


@pytest.fixture(autouse=True)
def built() -> None:
    if not (SITE / "index.html").is_file():
        pytest.skip("there is no site: `make docs` builds it")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_by_itself_and_is_no_wider_than_the_window(show, name: str, dark: bool) -> None:
    for width in (1280, 400):
        page = show(SITE / f"{name}.html", width=width, dark=dark, ready=False)
        assert page.locator("h1").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[ground.index("(") + 1 : -1].split(",")[:3])) < 300) == dark


def test_every_picture_is_there(show) -> None:
    page = show(SITE / "index.html", ready=False)
    assert page.locator("article img").count() == 2
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")


def test_the_search_finds_a_measure(show) -> None:
    page = show(SITE / "index.html", ready=False)
    page.keyboard.press("/")
    page.keyboard.type("Wilson")
    page.locator(".md-search-result__item").first.wait_for()
    assert "wilson" in page.locator(".md-search-result__list").inner_text().lower()


def test_signatures_lead_to_the_types_that_they_name(show) -> None:
    page = show(SITE / "reference" / "questions.html", ready=False)
    page.locator("a[href$='#skilltax.graph.counts.Counts']").first.click()
    page.wait_for_url("**/graph.html#skilltax.graph.counts.Counts")


def test_parameters_that_share_a_line_have_types_of_their_own(show) -> None:
    page = show(SITE / "reference" / "graph.html", ready=False)
    section = page.locator("[id='skilltax.skill_graph'] + .doc-contents, [id='skilltax.skill_graph'] ~ .doc-contents").first
    said = {row.split(" ")[0]: row for row in section.locator("li").all_inner_texts()}
    assert "int" in said["min_postings"]
    assert "str" in said["weight"]
    assert "bool" in said["kin"]


def test_a_notebook_shows_its_posting_and_its_tables(show) -> None:
    page = show(SITE / "notebooks" / "1-tag-postings.html", ready=False)
    assert page.frame_locator("iframe").first.locator("mark").count() > 10
    assert page.locator(".output table.dataframe").count() > 3
