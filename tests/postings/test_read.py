"""Every form that postings come in, and what happens to records that are none."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from skilltax.errors import PostingError, SkilltaxError
from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings

TEXT = "You know Kubernetes, “Go” and C++."
SHAPES = {
    "own": {"id": "1", "text": TEXT, "title": "SRE", "company": "Fjord", "posted": "2024-10", "source": "here"},
    "greenhouse": {"jobs": [{"id": 1, "content": TEXT, "title": "SRE", "company_name": "Fjord", "updated_at": "2024-10", "absolute_url": "here"}]},
    "ashby": {"jobs": [{"id": "1", "descriptionPlain": TEXT, "title": "SRE", "company": "Fjord", "publishedAt": "2024-10", "jobUrl": "here"}]},
    "schema.org": {"@graph": [{"@type": "JobPosting", "identifier": {"value": "1"}, "description": TEXT, "title": "SRE", "hiringOrganization": {"name": "Fjord"}, "datePosted": "2024-10", "url": "here"}]},
    "linkedin": [{"job_id": 1, "description": TEXT, "title": "SRE", "company_name": "Fjord", "listed_time": "2024-10", "job_posting_url": "here"}],
}  # fmt: skip


def read(*paths: Path, **options) -> tuple[list[Posting], list[PostingError]]:
    errors: list[PostingError] = []
    return list(read_postings(*paths, on_error=errors.append, **options)), errors


@pytest.mark.parametrize("shape", SHAPES)
def test_known_shapes_need_no_options(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "postings.json"
    path.write_text(json.dumps(SHAPES[shape]), "utf-8")
    assert read(path) == ([Posting("1", TEXT, "SRE", "Fjord", "2024-10", "here")], [])


def test_every_format_gives_the_same_posting(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    record = SHAPES["own"]
    (tmp_path / "a.jsonl").write_text("\ufeff" + json.dumps(record, ensure_ascii=False) + "\n\n", "utf-8")
    (tmp_path / "b.json").write_text(json.dumps(record), "utf-8")
    with (tmp_path / "c.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, record)
        writer.writeheader()
        writer.writerow(record)
    parquet.write_table(arrow.Table.from_pylist([record | {"salary": 1}]), tmp_path / "d.parquet")
    (tmp_path / "e.csv.gz").write_bytes(gzip.compress((tmp_path / "c.csv").read_bytes()))
    (tmp_path / "f.txt").write_text(TEXT, "utf-8")
    postings, errors = read(tmp_path)
    assert postings[:5] == [Posting(**record)] * 5
    assert [(p.id, p.text) for p in postings[5:]] == [("f", TEXT)]
    assert [e.reason for e in errors] == ["repeats the id 1 of an earlier posting; both are read"] * 4


def test_fields_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('advert,headline,text\n"Go, too",SRE,no\n', "utf-8")
    postings, _ = read(path, fields={"text": "advert", "title": "headline"})
    assert postings == [Posting("x.csv:2", "Go, too", "SRE")]


def test_a_field_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("advert,headline\nGo,SRE\n", "utf-8")
    postings, errors = read(path)
    assert postings == []
    assert "fields found: advert, headline" in errors[0].reason
    with pytest.raises(SkilltaxError, match="no field salary of a posting; there are text, id"):
        read(path, fields={"salary": "pay"})


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("a.jsonl", b'{"text": "Go"}\n{broken\n{"text": "C++"}', 2, "not JSON"),
        ("a.jsonl", b'{"text": "Go"}\n[1]\n{"text": "C++"}', 2, "no JSON object"),
        ("a.jsonl", b'{"text": "Go"}\n{"text": ""}\n{"text": "C++"}', 2, "has no text"),
        ("a.jsonl", b'{"text": "Go"}\n{"text": 7}\n{"text": "C++"}', 2, "has no text"),
        ("a.jsonl", b'{"text": "Go"}\n' + b"[" * 5000 + b'\n{"text": "C++"}', 2, "not JSON"),
        ("a.json", b'[{"text": "Go"}, 7, {"text": "C++"}]', 2, "no record"),
        ("a.csv", b'text,id\nGo,1\n"",2\nC++,3\n', 3, "has no text"),
    ],
)
def test_a_bad_record_stops_nothing(tmp_path: Path, name: str, content: bytes, line: int, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    postings, errors = read(tmp_path / name)
    assert [p.text for p in postings] == ["Go", "C++"]
    assert [(e.line, reason in e.reason) for e in errors] == [(line, True)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.parquet", b"no parquet"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "Go"}\n' * 99, mtime=0)[:-12]),
        ("a.csv.gz", b"no gzip"),
        ("a.txt", b"   "),
    ],
    ids=["json", "parquet", "cut gzip", "no gzip", "empty text"],  # contents make names that differ from worker to worker
)
def test_a_broken_file_is_reported_and_the_next_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text("Go", "utf-8")
    postings, errors = read(tmp_path)
    assert postings[-1].text == "Go"
    assert len(errors) == 1
    assert name in errors[0].path


def test_a_cell_of_a_megabyte(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\n"' + "Go " * 400_000 + '"\n', "utf-8")
    postings, errors = read(tmp_path / "a.csv")
    assert (len(postings[0].text), errors) == (1_200_000, [])


def test_a_nul_byte_is_a_character_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Go\x00 and C++")
    assert read(tmp_path / "a.txt")[0][0].text == "Go\x00 and C++"


@pytest.mark.parametrize("made", ["nowhere.jsonl", "folder", "a.docx"])
def test_an_input_that_holds_no_postings_is_refused(tmp_path: Path, made: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(SkilltaxError):
        read(tmp_path / made)
