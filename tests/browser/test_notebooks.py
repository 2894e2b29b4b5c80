"""The notebooks as nbconvert makes pages of them, in a browser: views and pictures are there, and nothing overflows."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """The page of a notebook; what its template would load from elsewhere (formulas, diagrams) is left out."""
    nbconvert = pytest.importorskip("nbconvert", reason="notebooks become pages by nbconvert: make notebooks installs it")
    exporter = nbconvert.HTMLExporter(
        mathjax_url="", require_js_url="", jquery_url="", mermaid_js_url="", widget_renderer_url=""
    )
    folder = tmp_path_factory.mktemp("notebooks")

    def page_of(path: Path) -> Path:
        body, _ = exporter.from_filename(str(path))
        page = folder / f"{path.stem}.html"
        page.write_text(body, "utf-8")
        return page

    return page_of


@pytest.mark.parametrize("path", PATHS, ids=[p.stem for p in PATHS])
def test_a_notebook_is_right_in_a_browser(show, page_of, path) -> None:
    page = show(page_of(path), ready=False)
    for image in page.query_selector_all("img"):
        image.scroll_into_view_if_needed()
        assert image.evaluate("e => e.complete && e.naturalWidth > 300")
    for frame in page.query_selector_all("iframe"):
        frame.scroll_into_view_if_needed()
        inside = frame.content_frame()
        assert inside is not None
        inside.wait_for_selector("main")
        assert inside.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_explorer_works_inside_of_a_notebook(show, page_of) -> None:
    page = show(page_of(FOLDER / "2-explore-the-graph.ipynb"), ready=False)
    frame = page.query_selector("iframe")
    assert frame is not None
    frame.scroll_into_view_if_needed()
    inside = frame.content_frame()
    assert inside is not None
    inside.wait_for_selector("body[data-ready]")
    inside.fill("#search", "kuber")
    inside.press("#search", "Enter")
    inside.wait_for_function(
        "document.body.innerText.includes('Runs containers') || document.body.innerText.includes('Kubernetes')"
    )


def test_a_highlighted_posting_inside_of_a_notebook_tells_its_mentions(show, page_of) -> None:
    page = show(page_of(FOLDER / "1-tag-postings.ipynb"), ready=False)
    frame = page.query_selector("iframe")
    assert frame is not None
    inside = frame.content_frame()
    assert inside is not None
    assert inside.locator("mark[data-concept=kvm]").count() >= 1
