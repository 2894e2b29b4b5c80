"""The tutorials run as they are written: their YAML is an overlay, their commands end as they say."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from skilltax.taxonomy.exchange import COLUMNS
from skilltax.taxonomy.load import load, shipped_folder

DOCS = Path(__file__).parents[2] / "docs"
YAML = re.compile(r"```yaml\n# (mine/[\w-]+\.yaml)\n(.*?)```", re.S)
CONSOLE = re.compile(r"```console\n(.*?)```", re.S)


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from skilltax.cli import main; main()", *shlex.split(line)[1:]]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def lay_out(page: str, folder: Path) -> None:
    """Write the YAML of a page where it says; of two versions of a file the later one."""
    for name, text in YAML.findall((DOCS / page).read_text("utf-8")):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def test_the_overlay_tutorial(tmp_path: Path) -> None:
    lay_out("taxonomy.md", tmp_path)
    ((_, text),) = YAML.findall((DOCS / "taxonomy.md").read_text("utf-8"))
    assert len(text.splitlines()) <= 10
    check, explain = next(
        c for c in CONSOLE.findall((DOCS / "taxonomy.md").read_text("utf-8")) if "--overlay" in c
    ).splitlines()
    done = run(check.removeprefix("$ "), tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout
    kept = [line.split() for line in run(explain.removeprefix("$ "), tmp_path).stdout.splitlines() if " kept " in line]
    assert {line[-3] if line[-1] != "kept" else line[-2] for line in kept} == {"zorptool", "kubernetes"}
    both = load(shipped_folder(), tmp_path / "mine")
    assert not both["blockchain"].matched
    assert not both["kubernetes"].match["K8"].tagged
    assert set(load()["kubernetes"].aliases) < set(both["kubernetes"].aliases)


def test_adding_a_concept(tmp_path: Path) -> None:
    lay_out("add-a-concept.md", tmp_path)
    blocks = CONSOLE.findall((DOCS / "add-a-concept.md").read_text("utf-8"))
    assert len(blocks) == 3
    for block in blocks:
        line, *shown = block.splitlines()
        done = run(line.removeprefix("$ "), tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        if shown:
            assert done.stdout.splitlines() == shown


def test_the_check_would_have_found_what_the_tutorial_warns_of(tmp_path: Path) -> None:
    lay_out("add-a-concept.md", tmp_path)
    path = tmp_path / "mine" / "build-tools.yaml"
    path.write_text(path.read_text("utf-8").replace("A function called quux", "Bazel or Quux"), "utf-8")
    done = run("skilltax taxonomy check --overlay mine", tmp_path)
    assert done.returncode == 1
    assert (
        "mine/build-tools.yaml:12: quuxbuild.decoys: “Bazel or Quux” is tagged; gate the form, or mend the decoy" in done.stdout
    )


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_documented(column: str) -> None:
    assert f"`{column}`" in (DOCS / "taxonomy.md").read_text("utf-8").partition("**CSV**")[2].partition("##")[0]
