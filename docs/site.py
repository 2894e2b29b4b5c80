"""What ``make docs`` does beside mkdocs: pages that live elsewhere in the project, notebooks, links to both, and no request."""

from __future__ import annotations

import json
import posixpath
import re
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
ELSEWHERE = {  # where it lives -> what it is called in the site
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "DECISIONS.md": "decisions.md",
    "CHANGELOG.md": "changelog.md",
    "taxonomy/README.md": "taxonomy-files.md",
    "tests/cases/README.md": "cases.md",
    "LICENSE": "LICENSE.txt",
    "CITATION.cff": "CITATION.cff",
    **{f"notebooks/{name}": f"notebooks/{Path(name).stem}.md" for name in NOTEBOOKS},
}
SHIM = "https://unpkg.com/iframe-worker/shim"  # what lets the search of the theme work in a site that is opened from disk
LINK = re.compile(r"(\]\()([^)#\s:]+)(#[^)\s]*)?(\))")
OUTPUT = re.compile(r'<div data-output="(\d+)"></div>')


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that live elsewhere."""
    for origin, name in ELSEWHERE.items():
        text = (ROOT / origin).read_text("utf-8")
        content = _as_markdown(json.loads(text)) if origin.endswith(".ipynb") else text
        files.append(File.generated(config, name, content=content))
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


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the outputs of a notebook where they belong: as they are, since Markdown would read them."""
    origin = next((o for o, name in ELSEWHERE.items() if name == page.file.src_uri and o.endswith(".ipynb")), None)
    if origin is None:
        return html
    outputs = _outputs(json.loads((ROOT / origin).read_text("utf-8")))
    return OUTPUT.sub(lambda place: f'<div class="output">{outputs[int(place[1])]}</div>', html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take the shim of the search from the site itself: nothing is asked of any network."""
    return output.replace(SHIM, posixpath.relpath("vendor/iframe-worker.js", posixpath.dirname(page.url) or "."))


def _as_markdown(notebook: dict[str, Any]) -> str:
    """A notebook as a page, with a place for each output."""
    parts, number = [], 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        for _ in cell.get("outputs", ()):
            parts.append(f'<div data-output="{number}"></div>')
            number += 1
    return "\n\n".join(parts) + "\n"


def _outputs(notebook: dict[str, Any]) -> list[str]:
    """What each cell of a notebook gave, as markup: a table or page, a picture, or text."""
    return [_markup(output) for cell in notebook["cells"] for output in cell.get("outputs", ())]


def _markup(output: dict[str, Any]) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        return "".join(data["text/html"])
    if "image/png" in data:
        return f'<img alt="" src="data:image/png;base64,{"".join(data["image/png"]).replace(chr(10), "")}">'
    return f"<pre><code>{escape(''.join(output.get('text') or data.get('text/plain', '')))}</code></pre>"
