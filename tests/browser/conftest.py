"""A real Chromium, found on PATH, and pages that may ask for nothing and complain about nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx
import pytest

from skilltax.export.explorer import explore
from skilltax.graph.build import skill_graph
from skilltax.postings.sample import sample_postings

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# As root there is no sandbox; without a GPU, WebGL is drawn by SwiftShader; and the browser itself shall ask for nothing.
FLAGS = [
    "--no-sandbox", "--no-first-run", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
OURS = ("file:", "about:", "blob:", "data:")


@pytest.fixture(scope="session")
def launch():
    """Start a browser with more flags."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="browser tests need Playwright: make test-all installs it")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        message = f"browser tests need one of {', '.join(NAMES)} on PATH"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_api.sync_playwright() as playwright:
        yield lambda *flags: playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])


@pytest.fixture(scope="session")
def browser(launch):
    browser = launch()
    yield browser
    browser.close()


@pytest.fixture
def show(browser) -> Iterator[Callable]:
    """Open a file in a page of its own; at the end no page has asked for anything or written an error."""
    contexts, asked, said = [], [], []

    def show(path: Path | str, *, width: int = 1280, height: int = 800, dark: bool = False, ready: bool = True, using=None):
        context = (using or browser).new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", accept_downloads=True,
            reduced_motion="reduce",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(
            "if (navigator.clipboard) navigator.clipboard.writeText = async (text) => { window.copied = text }"
        )
        page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(OURS) else None)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
        page.goto(path if isinstance(path, str) else path.as_uri())
        files = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
        asked.extend(files)
        if ready:
            page.wait_for_selector("body[data-ready]")
        return page

    yield show
    for context in contexts:
        context.close()
    assert asked == []
    assert said == []


@pytest.fixture(scope="session")
def graph(tagger) -> nx.Graph:
    """The graph of the sample postings."""
    return skill_graph(tagger.pipe(sample_postings()))


@pytest.fixture(scope="session")
def explorer(graph, tmp_path_factory) -> Path:
    return explore(graph, title="Sample").save(tmp_path_factory.mktemp("page") / "explorer.html")
