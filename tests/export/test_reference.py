"""The reference counts that come with the package, and the page about them."""

from __future__ import annotations

import pytest

import skilltax
from skilltax.export.counts import read_counts, save_counts
from skilltax.export.reference import PATH, reference_counts


def test_what_the_page_about_questions_says_of_the_postings_holds() -> None:
    counts = reference_counts()
    kubernetes, cuda = skilltax.related(counts, "kubernetes", top=15), skilltax.related(counts, "cuda", top=8)
    assert kubernetes.postings > 500
    assert {"docker", "terraform", "prometheus"} <= {row.concept for row in kubernetes}
    assert cuda.postings < 30 and "thin evidence" in cuda.notes[0]
    assert "pytorch" in {row.concept for row in cuda}
    first = [row.concept for row in skilltax.contrast(counts, "sre", "devops", top=8) if row.z > 0]
    assert first[0] == "site-reliability-engineering" and {"on-call", "observability"} <= set(first)
    have = [row.concept for row in skilltax.role_profile(counts, "backend", top=25)]
    lacking = {row.concept for row in skilltax.gap(counts, have, "ml-infrastructure", top=10)}
    assert {"mlops", "machine-learning", "pytorch"} <= lacking and "kubernetes" not in lacking
    moved = skilltax.trends(counts, ("2024-05", "2024-09"), ("2024-10", "2025-03"), top=5)
    assert all(row.low <= row.change <= row.high for row in moved)


def test_communities_are_the_departments_of_a_software_company() -> None:
    of = dict(skilltax.reference_graph(min_postings=10).nodes(data="community"))
    assert len({of["react"], of["terraform"], of["pytorch"]}) == 3
    assert of["react"] == of["css"] and of["terraform"] == of["kubernetes"]


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
