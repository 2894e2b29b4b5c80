"""docs/reliability.md: each promise names the test that shows it, and that test is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_promise_names_a_test_that_is_there() -> None:
    promises, _, _ = (ROOT / "docs" / "reliability.md").read_text("utf-8").partition("## Measured")
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 15
    for row in rows:
        file, name = re.search(r"`(tests/[\w/]+\.py)::(\w+)` \|$", row).groups()
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), row
