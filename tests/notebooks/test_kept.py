"""The notebooks as they are kept: whole, run in order, small, of no one's machine, and true to their figures."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="notebooks are read by nbformat: pip install --group dev")

FOLDER = Path(__file__).parents[2] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
LARGEST = 900_000  # bytes
MACHINE = re.compile(r"/(?:home|root|tmp|work|Users)/|[A-Z]:\\\\|\bat 0x[0-9a-f]{6}|\x1b\[|site-packages")
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
FIGURE = re.compile(rf"({NUMBER.pattern})( %)?")
TAG = re.compile(r"<style.*?</style>|<iframe.*?</iframe>|<[^>]*>", re.S)

notebooks = pytest.mark.parametrize("path", PATHS, ids=[p.stem for p in PATHS])


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def shown(outputs: list[Any]) -> str:
    """What outputs say in words and figures, pages and pictures left out."""
    parts = []
    for output in outputs:
        data = output.get("data", {})
        parts += [output.get("text", ""), data.get("text/plain", ""), unescape(TAG.sub(" ", data.get("text/html", "")))]
    return "\n".join(parts)


def test_there_are_five() -> None:
    assert [p.name[:2] for p in PATHS] == ["1-", "2-", "3-", "4-", "5-"]


@notebooks
def test_it_is_valid_and_small(path) -> None:
    nbformat.validate(read(path))
    assert path.stat().st_size < LARGEST, f"{path.name}: leave skills out of the explorer's view"


@notebooks
def test_it_ran_from_top_to_bottom_without_an_error(path) -> None:
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), "run: make notebooks-keep"
    kinds = {output.output_type for cell in code for output in cell.outputs}
    assert kinds <= {"stream", "execute_result", "display_data"}
    assert sum(bool(cell.outputs) for cell in code) > len(code) / 2


@notebooks
def test_it_tells_of_no_machine_and_no_moment(path) -> None:
    notebook = read(path)
    said = [cell.source for cell in notebook.cells] + [shown(cell.get("outputs", [])) for cell in notebook.cells]
    assert [found.group() for text in said for found in MACHINE.finditer(text)] == []
    assert all(not cell.metadata for cell in notebook.cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def unsupported(notebook: Any) -> list[str]:
    """Figures in the findings of a notebook that no output above them in their section shows, rounded as they are."""
    above, missing = "", []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            above += shown(cell.outputs)
            continue
        if cell.source.startswith("#"):
            above = ""
        known = {float(number.replace(",", "")) for number in NUMBER.findall(above)}
        for finding in re.findall(r"^> .*(?:\n> .*)*", cell.source, re.M):
            for number, percent in FIGURE.findall(re.sub(r"\n> |95 %", " ", finding)):
                told = float(number.replace(",", ""))
                digits = len(number.partition(".")[2])
                rounded = {
                    round(x, digits) for value in known for x in ((value, 100 * value) if percent and value <= 1 else (value,))
                }
                missing += [] if told in rounded else [number + percent]
    return missing


@notebooks
def test_each_figure_of_a_finding_stands_in_an_output_above_it(path) -> None:
    """Words outlive the outputs that they were written on; this is how one notices."""
    notebook = read(path)
    assert unsupported(notebook) == [], f"{path.name}: no output above shows these figures"
    assert sum("**Finding.**" in cell.source for cell in notebook.cells) >= 2


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("12 of 3,512", []),
        ("58 %", []),
        ("58", ["58"]),
        ("0.58", []),
        ("0.59, then\n> 7", ["0.59", "7"]),
        ("95 % interval", []),
    ],
)
def test_a_figure_without_its_output_is_noticed(words, missing) -> None:
    cells = [
        nbformat.v4.new_code_cell("x", outputs=[nbformat.v4.new_output("stream", text="12 of 3512: 0.581")]),
        nbformat.v4.new_markdown_cell(f"> **Finding.** {words}"),
    ]
    assert unsupported(nbformat.v4.new_notebook(cells=cells)) == missing


@notebooks
def test_code_in_the_prose_is_code(path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            for code in re.findall(r"^```python\n(.*?)^```", cell.source, re.M | re.S):
                compile(code, path.name, "exec")


@notebooks
def test_it_says_how_to_put_one_s_own_postings_in_and_leads_on(path) -> None:
    prose = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    assert "## Your own postings" in prose
    assert "(#Your-own-postings)" in prose
    links = re.findall(r"\]\(([^)#]+)\)", prose)
    assert all((FOLDER / link).exists() for link in links)


@notebooks
def test_views_stand_in_frames_that_can_do_nothing_outside(path) -> None:
    pages = [
        output.data["text/html"]
        for cell in read(path).cells
        for output in cell.get("outputs", [])
        if "<iframe" in output.get("data", {}).get("text/html", "")
    ]
    assert all('<iframe sandbox="allow-scripts allow-downloads allow-popups"' in page for page in pages)
    assert all("default-src &#x27;none&#x27;" in page or "default-src 'none'" in page for page in pages)


def test_they_hold_no_sentence_of_other_people_s_postings(shared) -> None:
    """No run of nine words of the postings at hand is in a notebook."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return set(zip(*(words[i:] for i in range(9)), strict=False))

    texts = [cell.source + shown(cell.get("outputs", [])) for path in PATHS for cell in read(path).cells]
    ours = set().union(*map(runs, texts))
    for path in sorted((shared / "corpus").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            assert all(ours.isdisjoint(runs(json.loads(line)["text"])) for line in lines)
