"""Frames of tags."""

from __future__ import annotations

import pytest

from skilltax.errors import SkilltaxError
from skilltax.export.tables import tag_frame, to_frame
from skilltax.postings.model import Posting
from skilltax.tagging.tagger import Tagger

pd = pytest.importorskip("pandas")


def test_a_row_a_mention(small_tagger: Tagger) -> None:
    tagged = [small_tagger(Posting("1", "You know Kubernetes and C++.", "SRE")), small_tagger(Posting("2", "Nothing."))]
    frame = to_frame(tagged)
    assert frame[["posting", "title", "role", "text", "concept"]].values.tolist() == [
        ["1", "SRE", "sre", "Kubernetes", "kubernetes"],
        ["1", "SRE", "sre", "C++", "cpp"],
    ]
    assert len(to_frame([])) == 0 and "concept" in to_frame([]).columns


def test_a_column_is_tagged_and_the_rest_stays(small_tagger: Tagger) -> None:
    frame = pd.DataFrame(
        {"description": ["Required: Golang.", None], "title": ["SRE", float("nan")], "pay": [1, 2]}, index=[7, 3]
    )
    found = tag_frame(frame, "description", tagger=small_tagger)
    assert found.index.tolist() == [7, 3]
    assert found["pay"].tolist() == [1, 2]
    assert found["skills"].tolist() == [["go"], []]
    assert found["role"].tolist()[0] == "sre"
    assert "skills" not in frame.columns


def test_a_missing_column_is_named(small_tagger: Tagger) -> None:
    with pytest.raises(SkilltaxError, match="text: no such column; there are body"):
        tag_frame(pd.DataFrame({"body": ["x"]}), tagger=small_tagger)
