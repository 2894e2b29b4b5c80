"""Fixtures without a model: a small taxonomy written inline, the shipped one, a tagger for each."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import settings

from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.load import is_rules, load, shipped_folder
from skilltax.taxonomy.model import Taxonomy
from tests.offline import go_offline
from tests.warm import started

go_offline()
settings.register_profile("skilltax", deadline=None)  # no test depends on the speed of the machine
settings.register_profile("fuzz", deadline=None, max_examples=int(os.environ.get("SKILLTAX_EXAMPLES", "20000")))
settings.load_profile("fuzz" if "SKILLTAX_EXAMPLES" in os.environ else "skilltax")

SMALL = """
go:
  label: Go
  aliases: [Golang]
  broader: [language]
  description: Language for servers.
  homepage: https://go.dev
  match:
    Go: {case: exact, never: [Go to market]}
  examples: [Services in Go, Go and Kubernetes]
  decoys: [a Go to market plan, go home]
c:
  label: C
  broader: [language]
  description: Language close to the machine.
  homepage: https://www.open-std.org/jtc1/sc22/wg14/
  match:
    C: {case: exact, needs: [language], always: [C programming]}
  examples: ["C, Golang", C programming]
  decoys: [Series C funding, Vitamin C]
cpp:
  label: C++
  broader: [language]
  description: Language with classes.
  homepage: https://isocpp.org
kubernetes:
  label: Kubernetes
  aliases: [K8s]
  broader: [container-orchestrator]
  description: Runs containers.
  homepage: https://kubernetes.io
container-orchestrator:
  label: container orchestrator
  description: Places containers on machines.
language:
  label: language
  matched: false
  description: What programs are written in.
code-review:
  label: code review
  kind: practice
  description: Reading code before it is merged.
node-js:
  label: Node.js
  description: JavaScript on servers.
  homepage: https://nodejs.org
"""


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory):
    """Write YAML texts by file name into a new folder, with the rules of the shipped taxonomy beside them."""

    def write(**files: str) -> Path:
        folder = tmp_path_factory.mktemp("taxonomy")
        for path in shipped_folder().glob("*.yaml"):
            if is_rules(path.stem):
                (folder / path.name).write_bytes(path.read_bytes())
        for name, text in files.items():
            (folder / f"{name}.yaml").write_text(dedent(text), "utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def small_folder(write) -> Path:
    return write(things=SMALL)


@pytest.fixture(scope="session")
def small(small_folder: Path) -> Taxonomy:
    """Eight concepts."""
    return load(small_folder)


@pytest.fixture(scope="session")
def small_tagger(small: Taxonomy) -> Tagger:
    return Tagger(small)


@pytest.fixture(scope="session")
def shipped() -> Taxonomy:
    return load()


@pytest.fixture(scope="session")
def tagger(shipped: Taxonomy) -> Tagger:
    return Tagger(shipped)


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for PATH with the command, which starts in no time."""
    with started(tmp_path_factory.mktemp("warm")) as folder:
        yield folder


@pytest.fixture(scope="session")
def skilltax(programs: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command, run as a user runs it."""

    def run(*args: object, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [str(programs / "skilltax"), *map(str, args)]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False)

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data: real postings, which the project does not hold."""
    folder = Path(os.environ.get("SKILLTAX_SHARED", Path(__file__).parents[2] / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip("no shared postings here: set SKILLTAX_SHARED to their folder")
    return folder
