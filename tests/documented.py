"""Documentation that is run: what stands below a command in a page is what the command prints now.

A page is a script. Its blocks are taken in their order, in a folder that holds the sample
and its tags (``postings.jsonl``, ``tags.jsonl``):

- a block with ``title="mine/ours.yaml"`` is written into that file;
- in a ``console`` block each line that begins with ``$`` is run by a shell, and what it prints stands below it;
- a ``python`` block is run, in one namespace a page; a ``text`` block right behind it holds what it prints.

Commands that set something up (``make``, ``pip``, ...) are shown and not run. A command that ends with an error has to show it:
``|| echo "exit $?"``. For the hash of the taxonomy and the number of its concepts ``…`` stands, since both change with every concept.

``python -m tests.documented [PAGE...]`` (``make outputs``) writes the pages anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from skilltax.cli.demo import write_sample
from tests.warm import started

ROOT = Path(__file__).parents[1]
OUTSIDE = ("README.md", "CONTRIBUTING.md", "taxonomy/README.md")
CLUSTER = "docs/spark.md"  # its examples need one; tests/spark starts it
FENCE = re.compile(r"^```(\w*)(?: title=\"([^\"\n]+)\")?[^\n]*\n(.*?)^```$", re.M | re.S)
NOT_RUN = ("make", "pip", "git", "npm", "docker", "spark-submit", "python3", ".venv/bin/python")
CHANGING = re.compile(r"(?<=sha256:)[0-9a-f]{16}\b|\b[\d,]+(?= concepts, \d+ problem)")
WIDTH = "92"  # what fits a page of the site
PROGRAMS = Path(sys.executable).parent


class Block(NamedTuple):
    """A fenced block of a page: its language, the file that it is, its text and where that stands."""

    language: str
    title: str | None
    body: str
    start: int
    end: int


def pages() -> list[str]:
    """The pages that are run, as paths from the root."""
    inside = (str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").rglob("*.md")))
    return [*OUTSIDE, *(name for name in inside if name != CLUSTER)]


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page."""
    return [Block(m[1], m[2], m[3], m.start(3), m.end(3)) for m in FENCE.finditer(page)]


def commands(body: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, with its continued lines, and the output that stands below it."""
    command, output = "", ""
    for line in body.splitlines(keepends=True):
        if command.endswith("\\\n"):
            command += line
        elif line.startswith("$ "):
            if command:
                yield command, output
            command, output = line, ""
        else:
            output += line
    if command:
        yield command, output


def is_run(command: str) -> bool:
    """Whether a command does something with skilltax, rather than set it up."""
    return command.removeprefix("$ ").split()[0] not in NOT_RUN


def run_page(page: str, folder: Path, programs: Path = PROGRAMS) -> str:
    """Run a page in a folder, with the command of another folder; gives the page as it has to be."""
    names: dict[str, Any] = {}
    printed, parts, at = "", [], 0
    for block in blocks(page):
        body = block.body
        if block.title:
            path = folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, "utf-8")
        elif block.language == "console":
            body = "".join(c + (_shell(c, folder, programs) if is_run(c) else output) for c, output in commands(body))
        elif block.language == "python":
            printed, after = _python(body, names, folder), page[block.end :]
            if not re.match(r"```\n\n```text\n", after):
                printed = ""
        elif block.language == "text" and re.search(r"```\n\n```text\n\Z", page[: block.start]) and printed:
            body, printed = printed, ""
        parts += [page[at : block.start], body]
        at = block.end
    return "".join((*parts, page[at:]))


def _shell(command: str, folder: Path, programs: Path) -> str:
    """What a command prints, on both streams."""
    path = os.pathsep.join((str(programs), str(PROGRAMS), os.environ.get("PATH", "")))
    done = subprocess.run(
        ["bash", "-c", command.removeprefix("$ ")],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PATH": path, "COLUMNS": WIDTH, "TERM": "dumb", "PYTHONUTF8": "1"},
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{command}ended with {done.returncode}:\n{done.stdout}")
    return _stable(done.stdout)


def _python(source: str, names: dict[str, Any], folder: Path) -> str:
    """What a block of Python prints."""
    out = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out):
        exec(compile(source, "<page>", "exec"), names)  # the documentation's own examples
    return _stable(out.getvalue())


def _stable(output: str) -> str:
    """Output without what differs from taxonomy to taxonomy and says nothing."""
    lines = [line.rstrip() for line in CHANGING.sub("…", output).strip("\n").splitlines()]
    return "".join(line + "\n" for line in lines)


def lay_out(folder: Path) -> None:
    """Write what pages find in their folder: the sample and its tags, as ``skilltax demo`` writes them."""
    write_sample(folder / "postings.jsonl")
    _shell("skilltax tag postings.jsonl -o tags.jsonl", folder, PROGRAMS)


def main(names: list[str]) -> None:
    """Write pages anew, all of them without names."""
    with tempfile.TemporaryDirectory() as base, started(Path(base)) as programs:
        for name in names or pages():
            path = ROOT / name
            before = path.read_text("utf-8")
            with tempfile.TemporaryDirectory() as folder:
                lay_out(Path(folder))
                after = run_page(before, Path(folder), programs)
            if after != before:
                path.write_text(after, "utf-8")
                sys.stderr.write(f"{name}: written anew\n")


if __name__ == "__main__":
    main(sys.argv[1:])
