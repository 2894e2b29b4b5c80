"""The findings of the notebooks are true today. `make notebooks` executes copies; here their words are held against what they gave."""

from __future__ import annotations

import pytest

from tests.notebooks.test_kept import FOLDER, PATHS, read, unsupported

EXECUTED = FOLDER.parent / "build" / "notebooks"


@pytest.mark.parametrize("path", PATHS, ids=[p.stem for p in PATHS])
def test_the_findings_hold_for_what_the_notebook_gives_today(path) -> None:
    if not (EXECUTED / path.name).exists():
        pytest.skip("not executed here: make notebooks does")
    kept, executed = read(path), read(EXECUTED / path.name)
    if [cell.source for cell in kept.cells] != [cell.source for cell in executed.cells]:
        pytest.skip("edited after it was executed: make notebooks")
    assert unsupported(executed) == [], f"{path.name}: make notebooks-keep, and put its findings right"
    for old, new in zip(kept.cells, executed.cells, strict=True):
        kinds = [{kind for o in cell.get("outputs", []) for kind in o.get("data", [o.output_type])} for cell in (old, new)]
        assert kinds[0] == kinds[1], f"{path.name}: {old.source}"
