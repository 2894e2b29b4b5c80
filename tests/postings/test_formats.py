"""Files as people have them: packed, without suffix, in old encodings, half broken. Every good posting is read."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from skilltax.errors import PostingError, PostingWarning, SkilltaxError
from skilltax.postings.files import files_of
from skilltax.postings.formats import head_of
from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LINES = b'{"id": "1", "text": "Go"}\n{"id": "2", "text": "Rust"}\n'


def read(*paths: Path | str, **options) -> tuple[list[Posting], list[PostingError]]:
    errors: list[PostingError] = []
    return list(read_postings(*paths, on_error=errors.append, **options)), errors


def texts(*paths: Path | str) -> list[str]:
    postings, errors = read(*paths)
    assert errors == []
    return [p.text for p in postings]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.zst", zstd.compress(LINES)),
        ("a.jsonl.gz", gzip.compress(LINES, mtime=0)),
        ("packed", zstd.compress(LINES)),
        ("packed-too", gzip.compress(LINES, mtime=0)),
        ("lines", LINES),
        ("list", b'[{"id": "1", "text": "Go"}, {"id": "2", "text": "Rust"}]'),
        ("pretty", b'{\n "jobs": [\n  {"id": "1", "text": "Go"}, {"id": "2", "text": "Rust"}]}'),
        ("table", b"id,text\n1,Go\n2,Rust\n"),
        ("dump.dat", b"id;description\n1;Go\n2;Rust\n"),
        ("a.tsv", b"id\ttext\n1\tGo\n2\tRust\n"),
        ("lines.json", LINES),
        ("a.ndjson", LINES),
        ("wide.csv", "id,text\n1,Go\n2,Rust\n".encode("utf-16")),
        ("wide.jsonl", LINES.decode().encode("utf-16")),
        ("wide.json", json.dumps([{"text": "Go"}, {"text": "Rust"}]).encode("utf-16-le")),
    ],
)
def test_packing_and_content_are_found_out(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert texts(tmp_path / name) == ["Go", "Rust"]


@pytest.mark.parametrize("content", [LINES, gzip.compress(LINES, mtime=0), zstd.compress(LINES), b"id,text\n1,Go\n2,Rust\n"])
def test_standard_input_may_be_anything(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert texts("-") == ["Go", "Rust"]


def test_a_pattern_names_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name, text in (("a.txt", "Go"), ("b.md", "C"), ("deep/c.txt", "Rust")):
        (tmp_path / name).write_text(text, "utf-8")
    assert texts(f"{tmp_path}/**/*.txt") == ["Go", "Rust"]
    with pytest.raises(SkilltaxError, match="no file has such a name"):
        read(f"{tmp_path}/*.csv")


def test_a_file_may_have_brackets_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("Go", "utf-8")
    assert texts(tmp_path / "a[1].txt") == ["Go"]


def test_names_of_postings_are_paths_without_suffixes(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for name in ("x/node.js.txt", "plain", "b.md.gz"):
        (tmp_path / name).write_bytes(gzip.compress(b"Go", mtime=0) if name.endswith(".gz") else b"Go")
    assert [file.name for file in files_of(tmp_path)] == ["b", "plain", "x/node.js"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("café – Go".encode(), "café – Go"),
        ("café – Go".encode("utf-8-sig"), "café – Go"),
        ("café – Go".encode("cp1252"), "café – Go"),
        ("café – Go".encode("utf-16"), "café – Go"),
        ("café – Go".encode("utf-16-be"), "café – Go"),
        ("café – Go".encode("utf-32"), "café – Go"),
        ("日本 ".encode() + "café".encode("cp1252"), "日本 café"),
    ],
)
def test_encodings(tmp_path: Path, raw: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    assert texts(tmp_path / "a.txt") == [text]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.txt", b"Go \x81"),
        ("a.jsonl", b'{"text": "Go \x81"}'),
        ("a.csv", b"id,text\n1,Go \x81\n"),
        ("a.json", b'[{"text": "Go \x81"}]'),
    ],
)
def test_bytes_that_are_no_text_are_told_of_and_the_posting_is_read(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    postings, errors = read(tmp_path / name)
    assert [p.text for p in postings] == ["Go \ufffd"]
    assert [(type(e), "U+FFFD" in e.reason) for e in errors] == [(PostingWarning, True)]


def test_a_replacement_character_of_the_text_itself_is_no_warning(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Go \ufffd", "utf-8")
    assert texts(tmp_path / "a.txt") == ["Go \ufffd"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (rb'{"text": "Go \ud83d and Rust"}', "Go \ufffd and Rust"),  # an emoji that a scraper cut in two
        (b'{"text": "Go", "salary": NaN}', "Go"),
        ('{"text": "café"}'.encode("cp1252"), "café"),
    ],
)
def test_what_programs_write_for_json_is_read(tmp_path: Path, line: bytes, text: str) -> None:
    for name, raw in (("a.jsonl", line + b"\n"), ("a.json", b"[" + line + b"]")):
        (tmp_path / name).write_bytes(raw)
        assert texts(tmp_path / name) == [text]


@pytest.mark.parametrize(
    ("rows", "good", "lines"),
    [
        ('1,"Go\n2,Rust\n3,C\n', ["Go\n", "Rust", "C"], [2]),  # a quote that is never closed
        ('1,"Go\n2,Rust\n3,"C, too"\n', ["Go\n", "Rust", "C, too"], [2]),
        ('1,"27" screens"\n2,Rust\n', ['27 screens"', "Rust"], [2]),
        ('1,"We say "hi", and\nmore"\n2,Rust\n', ["Rust"], [2]),
        ('1,"a\nb ""c"" d"\n2,Rust "and" Go\n', ['a\nb "c" d', 'Rust "and" Go'], []),
        ("1,Go,more\n2,Rust\n", ["Go", "Rust"], [2]),
        ("1\n2,Rust\n", ["Rust"], [2]),
        ("1,Go\0\n2,Rust\n", ["Go\0", "Rust"], []),
        ("1,Go\r\n2,Rust\r\n", ["Go", "Rust"], []),
    ],
)
def test_a_stray_quote_loses_a_row_at_most(tmp_path: Path, rows: str, good: list[str], lines: list[int]) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,text\n" + rows.encode())
    postings, errors = read(tmp_path / "a.csv")
    assert [p.text for p in postings] == good
    assert [e.line for e in errors] == lines


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_a_truncated_file_gives_what_it_holds(tmp_path: Path, pack) -> None:
    import random

    chance = random.Random(0)
    lines = b"".join(b'{"id": "%d", "text": "Go %d"}\n' % (i, chance.getrandbits(64)) for i in range(20_000))
    raw = pack(lines)
    suffix = ".gz" if pack is gzip.compress else ".zst"
    (tmp_path / f"a.jsonl{suffix}").write_bytes(raw[: len(raw) // 2])
    postings, errors = read(tmp_path / f"a.jsonl{suffix}")
    assert len(postings) > 5_000
    assert "cannot be read to its end" in errors[-1].reason
    assert len(errors) <= 2  # the line that was cut, and the file


def test_repeated_ids_are_told_of_and_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    (tmp_path / "b.jsonl").write_bytes(LINES.splitlines()[1])
    postings, errors = read(tmp_path)
    assert [p.id for p in postings] == ["1", "2", "2"]
    assert [(type(e), e.path, e.line) for e in errors] == [(PostingWarning, str(tmp_path / "b.jsonl"), 1)]
    assert "repeats the id 2" in errors[0].reason


JOB = {"@type": "JobPosting", "title": "SRE", "description": "<p>You know Go</p>", "identifier": "7"}


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (JOB, "<p>You know Go</p>"),
        ([{"@type": "WebPage", "description": "Rust"}, JOB], "<p>You know Go</p>"),
        ({"@graph": [{"@type": "Organization", "name": "Fjord"}, JOB]}, "<p>You know Go</p>"),
        ({"@type": "WebPage"}, None),
        ("no {json", None),
    ],
)
def test_a_page_is_its_job_posting_or_itself(tmp_path: Path, data: object, text: str | None) -> None:
    shown = data if isinstance(data, str) else json.dumps(data)
    page = f'<html><head><script type="application/ld+json">{shown}</script></head><body><p>Go</p></body></html>'
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert texts(tmp_path / "a.html") == [text or page]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("# [SRE](https://jobs.example/1)  \n### Fjord  \n#### `🌎 Oslo`\n\nYou know Go", ("SRE", "Fjord")),
        ("# SRE\n### About us\n", (None, None)),
        ("You know Go", (None, None)),
    ],
)
def test_the_head_of_markdown(text: str, head: tuple[str | None, str | None]) -> None:
    assert head_of(text) == head


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.json", b"", "holds no text"),
        ("a.csv", b"", "holds no text"),
        ("a.html", b"", "holds no text"),
        ("a.json", b"[]", "holds no postings"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not JSON"),
        ("a.json", b'{"text": {"a": 1}}', "has no text"),
        ("a.jsonl.zst", b"no zstd", "cannot be read"),
    ],
)
def test_a_bad_file_is_one_error(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    postings, errors = read(tmp_path / name)
    assert postings == []
    assert len(errors) == 1
    assert reason in errors[0].reason


def test_a_table_without_a_column_of_text_names_those_that_it_has(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(arrow.table({"advert": ["Go"], "id": ["1"]}), tmp_path / "a.parquet")
    postings, errors = read(tmp_path / "a.parquet")
    assert postings == []
    assert "columns found: advert, id" in errors[0].reason
    assert [p.text for p in read(tmp_path / "a.parquet", fields={"text": "advert"})[0]] == ["Go"]


def test_parquet_is_numbered_across_batches(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(arrow.table({"text": [f"Go {i}" for i in range(450)]}), tmp_path / "a.parquet")
    postings, errors = read(tmp_path / "a.parquet")
    assert [p.id for p in postings] == [f"a.parquet:{i}" for i in range(1, 451)]
    assert errors == []
