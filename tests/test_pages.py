"""Every command and example of the documentation runs, and what stands below it is what it prints now."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest

from tests.documented import ROOT, blocks, commands, is_run, lay_out, pages, run_page

PAGES = [name for name in pages() if any(b.language in ("console", "python") for b in blocks((ROOT / name).read_text("utf-8")))]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    lay_out(folder)
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_what_its_commands_print(name: str, prepared: Path, programs: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    shown = (ROOT / name).read_text("utf-8")
    now = run_page(shown, tmp_path, programs)
    differs = "".join(difflib.unified_diff(shown.splitlines(True), now.splitlines(True), "shown", "now", n=1))
    assert not differs, f"{name} shows what is no longer printed; read the difference, then `make outputs`\n{differs}"


def test_a_page_with_another_output_is_seen(tmp_path: Path) -> None:
    page = "```console\n$ echo one two\none\n```\n\n```python\nprint(3)\n```\n\n```text\n4\n```\n"
    assert run_page(page, tmp_path) == page.replace("one\n```", "one two\n```").replace("4\n", "3\n")


def test_a_command_that_fails_must_show_it(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="ended with 2"):
        run_page("```console\n$ skilltax tag nowhere.jsonl\n```\n", tmp_path)


def test_commands_that_set_up_are_shown_and_not_run() -> None:
    ((first, output), (second, _)) = commands("$ make demo\nwritten\n$ skilltax tag \\\n  x.md\n")
    assert (is_run(first), output, is_run(second)) == (False, "written\n", True)
    assert second == "$ skilltax tag \\\n  x.md\n"
