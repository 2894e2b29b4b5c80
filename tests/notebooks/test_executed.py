"""What the notebooks give today is what the kept ones show. `make notebooks` executes copies; they are compared here."""

from __future__ import annotations

from difflib import unified_diff

import pytest

from tests.notebooks.test_kept import FOLDER, PATHS, read, shown

EXECUTED = FOLDER.parent / "build" / "notebooks"


@pytest.mark.parametrize("path", PATHS, ids=[p.stem for p in PATHS])
def test_outputs_are_the_kept_ones(path) -> None:
    if not (EXECUTED / path.name).exists():
        pytest.skip("not executed here: make notebooks does")
    kept, executed = ([cell for cell in read(p).cells if cell.cell_type == "code"] for p in (path, EXECUTED / path.name))
    if [cell.source for cell in kept] != [cell.source for cell in executed]:
        pytest.skip("the copy was executed before the notebook was edited: make notebooks")
    for old, new in zip(kept, executed, strict=True):
        difference = "\n".join(
            unified_diff(shown(old.outputs).split("\n"), shown(new.outputs).split("\n"), "kept", "now", n=0, lineterm="")
        )
        assert not difference, (
            f"{path.name} gives something else now: make notebooks-keep, and read its findings again\n{difference}"
        )
        assert [sorted(output.get("data", {})) for output in old.outputs if output.output_type != "stream"] == [
            sorted(output.get("data", {})) for output in new.outputs if output.output_type != "stream"
        ]
