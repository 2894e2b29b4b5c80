"""Highlighted postings in a browser: the text whole, the card at a mention, nothing run."""

from __future__ import annotations

from pathlib import Path

import pytest

from skilltax.export.highlight import highlight
from skilltax.postings.model import Posting
from skilltax.postings.sample import sample_postings

HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=1'> Go and K8s <!-- \x00 \r\n C++"


def texts(page) -> list[str]:
    return page.eval_on_selector_all(
        "article", "all => all.map(a => [...a.querySelectorAll('.text')].map(t => t.textContent).join(''))"
    )


@pytest.fixture(scope="module")
def tagged(tagger) -> list:
    return [p for p in tagger.pipe(sample_postings()) if p.id.startswith(("gpu-cluster", "kernel-engineer", "backend"))]


@pytest.fixture
def page_of(tagged, tmp_path) -> Path:
    return highlight(*tagged).save(tmp_path / "postings.html")


def test_the_browser_holds_the_text_character_by_character(show, page_of, tagged) -> None:
    page = show(page_of, ready=False)
    assert texts(page) == [p.text for p in tagged]
    assert page.locator("mark[data-says]").all_text_contents() == [m.text for p in tagged for m in p.mentions]


def test_pointing_at_a_mention_shows_why(show, page_of) -> None:
    page = show(page_of, ready=False)
    mark = page.locator("mark[data-concept=slurm]").first
    card = "e => getComputedStyle(e, '::after')"
    assert mark.evaluate(f"e => ({card})(e).position") == "static"
    mark.hover()
    assert mark.evaluate(f"e => ({card})(e).position") == "absolute"
    said = mark.evaluate(f"e => ({card})(e).content")
    assert all(word in said for word in ("Slurm", "rule exact", "confidence", "section"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "MARK"


def test_markup_is_hidden_until_asked_for(show, page_of) -> None:
    page = show(page_of, ready=False)
    edit = page.locator(".edit", has_text="<li>").first
    size = "e => getComputedStyle(e).fontSize"
    assert edit.evaluate(size) == "0px"
    page.check("#source")
    assert edit.evaluate(size) != "0px"


def test_strengths_and_sections_are_told_apart(show, page_of, tagged) -> None:
    page = show(page_of, ready=False)
    for strength in ("required", "preferred", "other"):
        style = page.locator(f"article mark.{strength}").first.evaluate("e => getComputedStyle(e).borderBottomStyle")
        assert style == {"required": "solid", "preferred": "dashed", "other": "dotted"}[strength]
    assert {"requirements", "duties"} <= set(page.locator(".margin").all_inner_texts())


def test_hostile_text_is_shown_and_never_run(show, tagger, tmp_path) -> None:
    posting = Posting(HOSTILE, HOSTILE, title=HOSTILE, company=HOSTILE)
    page = show(highlight(tagger(posting)).save(tmp_path / "hostile.html"), ready=False)
    assert texts(page) == [HOSTILE.replace("\0", "\ufffd")]
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, script").count() == 0


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (400, False)])
def test_it_fits_the_screen_in_light_and_dark(show, page_of, width, dark) -> None:
    page = show(page_of, width=width, dark=dark, ready=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (back == "rgb(20, 23, 27)") is dark
    mark = page.locator("mark[data-says]").last
    mark.hover()
    box = mark.evaluate("e => getComputedStyle(e, '::after').maxWidth")
    assert box == ("330px" if width == 1280 else "none")
