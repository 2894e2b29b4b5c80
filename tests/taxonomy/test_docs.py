"""The tutorials do what they say; that their commands print what they show is tested with all pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from skilltax.taxonomy.exchange import COLUMNS
from skilltax.taxonomy.load import load, shipped_folder
from tests.documented import blocks

DOCS = Path(__file__).parents[2] / "docs"


def lay_out(page: str, folder: Path) -> list[str]:
    """Write the YAML of a page where it says, of two versions of a file the later one; gives what was written."""
    written = [b for b in blocks((DOCS / page).read_text("utf-8")) if b.language == "yaml" and b.title]
    for block in written:
        (folder / block.title).parent.mkdir(exist_ok=True)
        (folder / block.title).write_text(block.body, "utf-8")
    return [block.body for block in written]


def test_the_overlay_of_the_tutorial_adds_extends_and_refuses(tmp_path: Path) -> None:
    (text,) = lay_out("taxonomy.md", tmp_path)
    assert len(text.splitlines()) <= 10
    both = load(shipped_folder(), tmp_path / "mine")
    assert "zorptool" in both
    assert not both["blockchain"].matched
    assert not both["kubernetes"].match["K8"].tagged
    assert set(load()["kubernetes"].aliases) < set(both["kubernetes"].aliases)


def test_the_check_would_have_found_what_the_tutorial_warns_of(skilltax, tmp_path: Path, monkeypatch) -> None:
    lay_out("add-a-concept.md", tmp_path)
    path = tmp_path / "mine" / "build-tools.yaml"
    path.write_text(path.read_text("utf-8").replace("A function called quux", "Bazel or Quux"), "utf-8")
    monkeypatch.chdir(tmp_path)
    done = skilltax("taxonomy", "check", "--overlay", "mine")
    assert done.returncode == 1
    assert (
        "mine/build-tools.yaml:12: quuxbuild.decoys: “Bazel or Quux” is tagged; gate the form, or mend the decoy" in done.stdout
    )


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_documented(column: str) -> None:
    assert f"`{column}`" in (DOCS / "taxonomy.md").read_text("utf-8").partition("**CSV**")[2].partition("##")[0]
