"""Makes the pictures of this folder anew: ``python docs/images/make.py``, after ``make browser`` has set up a browser.

The graph is the reference graph and the posting one of the sample, so that no words of others are shown. The font is Inter
where it is installed.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import skilltax

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
SIZE = {"width": 1280, "height": 800}


def save(page: Page, name: str) -> None:
    """Write what the page shows as a small PNG. An octree keeps rare colours, unlike median cut: the legend has many."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


def main() -> None:
    """Make every picture."""
    folder = Path(tempfile.mkdtemp())
    graph = skilltax.explore(skilltax.reference_graph(), title="Skills in remote job postings").save(folder / "graph.html")
    posting = next(p for p in skilltax.sample_postings() if p.id.startswith("gpu-cluster-sre"))
    tagged = skilltax.highlight(skilltax.Tagger()(posting), title="GPU cluster SRE").save(folder / "posting.html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, dark, path, link in (
            ("explorer-light.png", False, graph, ""),
            ("explorer-dark.png", True, graph, "#selected=kubernetes"),
            ("posting.png", False, tagged, ""),
        ):
            page = browser.new_page(viewport=SIZE, color_scheme="dark" if dark else "light", reduced_motion="reduce")
            page.goto(path.as_uri() + link)
            page.wait_for_timeout(3000)
            if path == tagged:
                page.locator("mark[data-concept=infiniband]").first.hover()
                page.wait_for_timeout(300)
            save(page, name)
            page.close()
        browser.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
