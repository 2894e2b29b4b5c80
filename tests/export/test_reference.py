"""The reference counts that come with the package, and the page about them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import skilltax
from skilltax.export.counts import read_counts, save_counts
from skilltax.export.reference import PATH, reference_counts

PAGE = Path(__file__).parents[2] / "docs" / "graph.md"


def test_every_example_of_the_page_runs_and_holds() -> None:
    if not PAGE.is_file():
        pytest.skip("no docs here: tests of a package without its checkout")
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert len(blocks) > 8
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), names)  # the page's own examples


def test_the_counts_are_small_and_say_what_they_are_made_from() -> None:
    counts = reference_counts()
    assert PATH.stat().st_size <= 3_000_000
    assert counts.total + counts.duplicates == 5070
    assert counts.duplicates > 0
    assert "RemoteWLB/remote-jobs" in counts.source
    assert len(counts.taxonomy) == 1
    assert [m for m in counts.months if m][:1] == ["2024-05"]


def test_they_hold_no_texts_and_no_employers() -> None:
    """Strings are labels, categories, kinds, roles, months and the provenance: nothing else is in the file."""
    import numpy as np

    with np.load(PATH, allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"i", "u"}


def test_the_same_counts_give_the_same_bytes(tmp_path) -> None:
    save_counts(reference_counts(), tmp_path / "one.npz")
    save_counts(read_counts(tmp_path / "one.npz"), tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_what_holds_no_counts_is_refused(tmp_path) -> None:
    (tmp_path / "x.npz").write_bytes(b"PK not a zip")
    with pytest.raises(skilltax.SkilltaxError, match="holds no counts"):
        read_counts(tmp_path / "x.npz")
    with pytest.raises(skilltax.SkilltaxError, match="no such file"):
        read_counts(tmp_path / "nowhere.npz")
