"""The documentation is true: commands in README exist and run, examples give what they show."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    "tag",
    "explain",
    "show",
    "graph",
    "related",
    "roles contrast",
    "gap",
    "match",
    "trends",
    "demo",
    "discover",
    "coverage",
    *(f"taxonomy {c}" for c in ("check", "diff", "export", "format", "release", "resolve", "show", "stats", "try")),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_in_the_readme_and_has_help(command: str) -> None:
    assert f"skilltax {command}" in README
    code = "from skilltax.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code, *command.split(), "--help"], capture_output=True, text=True, check=True)
    assert "Usage:" in done.stdout


def test_python_examples_run(tmp_path, monkeypatch) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.S)
    assert blocks
    monkeypatch.chdir(tmp_path)
    (tmp_path / "postings.jsonl").write_text('{"id": "1", "text": "Kubernetes and Terraform"}\n', "utf-8")
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})  # the README's own examples


def test_the_first_two_commands_are_make_demo_and_make_test() -> None:
    assert re.findall(r"^\$ (make \w+)", README, re.M)[:2] == ["make demo", "make test"]


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not listed:
        pytest.skip("no git checkout: the list of files is not known")
    registries = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|/work/(?:main|shared)|/root/")
    named = [
        p
        for p in listed
        if p != "tests/test_docs.py" and (ROOT / p).is_file() and registries.search((ROOT / p).read_text("utf-8", "replace"))
    ]
    assert named == []
