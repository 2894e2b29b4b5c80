"""The documentation is whole and true: every command, name and page is there."""

from __future__ import annotations

import inspect
import re
import subprocess
from pathlib import Path

import pytest

import skilltax

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")


def every_command() -> list[str]:
    """Every command of the command line, with its group."""
    from typer.main import get_command

    from skilltax.cli.main import app

    def below(command, names: tuple[str, ...]) -> list[str]:
        inner = getattr(command, "commands", {})
        return [" ".join(names)] * (not inner) + [one for name, c in inner.items() for one in below(c, (*names, name))]

    return below(get_command(app), ())


@pytest.mark.parametrize("command", every_command())
def test_each_command_is_documented_with_its_help(command: str) -> None:
    assert f"$ skilltax {command} --help\nUsage: skilltax {command}" in PAGE
    assert re.search(rf"^####? {command}$", PAGE, re.M)


def test_the_readme_and_the_navigation_lead_to_every_page() -> None:
    """By themselves or by the pages that they name: nothing is written that nobody finds."""
    listed = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.M)
    seen, todo = set(), [ROOT / "README.md", *(ROOT / "docs" / name for name in listed)]
    while todo:
        page = todo.pop()
        if page not in seen and page.is_file():
            seen.add(page)
            todo += [(page.parent / link).resolve() for link in re.findall(r"\]\(([^)#:]+\.md)", page.read_text("utf-8"))]
    assert {p.relative_to(ROOT) for p in (ROOT / "docs").rglob("*.md")} <= {p.relative_to(ROOT) for p in seen}


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


@pytest.mark.parametrize("page", ["README.md", "docs/taxonomy.md"])
def test_the_number_of_concepts_is_about_what_pages_say(page: str) -> None:
    said = re.search(r"about ([\d,]+) concepts", (ROOT / page).read_text("utf-8"))
    assert said
    assert int(said[1].replace(",", "")) == pytest.approx(len(skilltax.load_taxonomy()), rel=0.1)


@pytest.mark.parametrize("name", [name for name in skilltax.__all__ if inspect.isfunction(getattr(skilltax, name))])
def test_each_public_function_documents_what_it_takes_and_gives(name: str) -> None:
    function = getattr(skilltax, name)
    said = inspect.getdoc(function) or ""
    described = re.findall(r"^([\w*, ]+)(?: : |\n    )", said.partition("Parameters\n---")[2].partition("\n\n")[0], re.M)
    given = {one.strip().lstrip("*") for line in described for one in line.split(",")}
    assert set(inspect.signature(function).parameters) <= given
    gives = inspect.signature(function).return_annotation not in ("None", None)
    assert not gives or re.search(r"^(Returns|Yields)\n---", said, re.M)


@pytest.mark.parametrize("name", [name for name in skilltax.__all__ if name != "__version__"])
def test_each_public_name_is_in_the_reference(name: str) -> None:
    written = "".join(page.read_text("utf-8") for page in (ROOT / "docs" / "reference").glob("*.md"))
    home = getattr(skilltax, name)
    assert f"::: skilltax.{name}\n" in written or (inspect.isclass(home) and f"::: {home.__module__}\n" in written)
