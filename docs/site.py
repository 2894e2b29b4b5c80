"""What ``make docs`` does beside mkdocs: pages that live elsewhere in the project, links to them, and no request."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
ELSEWHERE = {  # where it lives -> what it is called in the site
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "DECISIONS.md": "decisions.md",
    "CHANGELOG.md": "changelog.md",
    "taxonomy/README.md": "taxonomy-files.md",
    "tests/cases/README.md": "cases.md",
    "LICENSE": "LICENSE.txt",
    "CITATION.cff": "CITATION.cff",
}
SHIM = "https://unpkg.com/iframe-worker/shim"  # what lets the search of the theme work in a site that is opened from disk
LINK = re.compile(r"(\]\()([^)#\s:]+)(#[^)\s]*)?(\))")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that live elsewhere."""
    for origin, name in ELSEWHERE.items():
        files.append(File.generated(config, name, content=(ROOT / origin).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links lead where their targets are in the site; what is not there stays and is reported by mkdocs."""
    here = page.file.src_uri
    origin = next((o for o, name in ELSEWHERE.items() if name == here), f"docs/{here}")

    def led(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(origin), link[2]))
        name = ELSEWHERE.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if name is None:
            return link[0]
        return f"{link[1]}{posixpath.relpath(name, posixpath.dirname(here) or '.')}{link[3] or ''}{link[4]}"

    return LINK.sub(led, markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take the shim of the search from the site itself: nothing is asked of any network."""
    return output.replace(SHIM, posixpath.relpath("vendor/iframe-worker.js", posixpath.dirname(page.url) or "."))
