"""A folder in which everything is, good and bad: every good posting is tagged, every bad record is told of."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from skilltax.postings.read import read_postings

COMMAND = [sys.executable, "-c", "from skilltax.cli import main; main()", "tag"]
GO = '{"id": "%s", "text": "You know Go"}\n'
DEEP = "[" * 200_000 + "]" * 200_000
HUGE = "We care for people and for places. " * 300_000 + "You know Kubernetes."  # 10 MB

# Name, content, ids of the good postings, and for each bad record its line, a part of the reason and how it begins.
FILES: list[tuple[str, bytes, list[str], list[tuple[int, str, str]]]] = [
    ("bad-line.jsonl", (GO % "j1" + "{half a line\n" + GO % "j2").encode(), ["j1", "j2"], [(2, "not JSON", "{half a line")]),
    ("missing-field.jsonl", (GO % "m1" + '{"id": "m2", "advert": "Go"}\n').encode(), ["m1"],
     [(2, "fields found: id, advert; name the right one with --text-field", "{'id': 'm2'")]),
    ("text-is-no-text.jsonl", (GO % "t1" + '{"id": "t2", "text": 7}\n').encode(), ["t1"], [(2, "has no text", "{'id': 't2'")]),
    ("no-object.jsonl", (GO % "o1" + '["Go"]\n').encode(), ["o1"], [(2, "is no JSON object", '["Go"]')]),
    ("huge.jsonl", (json.dumps({"id": "h1", "text": HUGE}) + "\n" + GO % "h2").encode(), ["h1", "h2"], []),
    ("nul.jsonl", (GO % "n1").encode() + b'{"id": "n2", "text": "Go \\u0000 Rust"}\n{"id": "n3", "text": "Go \x00"}\n', ["n1", "n2"],
     [(3, "not JSON", '{"id": "n3"')]),
    ("nul.txt", b"You know Go\x00 and Rust", ["nul"], []),
    ("deep.jsonl", (GO % "d1" + f'{{"id": "d2", "text": "Go", "more": {DEEP}}}\n' + GO % "d3").encode(), ["d1", "d3"],
     [(2, "not JSON", '{"id": "d2"')]),
    ("deep.json", DEEP.encode(), [], [(0, "not JSON", "[[[[")]),
    ("cut.jsonl.gz", gzip.compress("".join(GO % f"c{n}-{os.urandom(9).hex()}" for n in range(2)).encode())[:-12], [],
     [(0, "cannot be read to its end", "")]),
    ("no-gzip.jsonl.gz", (GO % "g1").encode(), [], [(0, "cannot be read to its end: Not a gzipped file", "")]),
    ("stray.csv", b'id,text\ns1,Go\ns2,"We say "hi", and\nmore"\ns3,Rust\ns4,"Go, never closed\ns5,C\n', ["s1", "s3", "s4", "s5"],
     [(3, "not CSV", 's2,"We say')]),
    ("no-text.csv", b"id,advert\n1,Go\n", [], [(2, "fields found: id, advert", "{'id': '1'")]),
    ("empty.jsonl", b"", [], [(0, "holds no", "")]),
    ("empty.txt", b"", [], [(0, "holds no text", "")]),
    ("empty.csv", b"", [], [(0, "holds no text", "")]),
    ("empty.json", b" \n", [], [(0, "holds no text", "")]),
    ("broken.parquet", b"PAR1 no more", [], [(0, "not Parquet", "")]),
    ("good.md", b"# SRE\n\nYou know *Go*", ["good"], []),
    ("page.html", b"<p>You know <b>Go</b></p>", ["page"], []),
    ("wide.txt", "You know Go".encode("utf-16"), ["wide"], []),
    ("old.txt", "Café: you know Go".encode("cp1252"), ["old"], []),
]  # fmt: skip


@pytest.fixture(scope="module")
def tagged(tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], list[dict], list[dict], Path]:
    """The command on all of them at once: how it ended, the lines of its output, those of --errors, the folder."""
    pytest.importorskip("pyarrow", reason="reads Parquet")
    folder = tmp_path_factory.mktemp("bad")
    (folder / "in").mkdir()
    for name, content, _, _ in FILES:
        (folder / "in" / name).write_bytes(content)
    args = ["in", "-o", "out.jsonl", "--errors", "errors.jsonl"]
    ended = subprocess.run([*COMMAND, *args], cwd=folder, capture_output=True, text=True, check=False)
    lines = [[json.loads(line) for line in (folder / f).read_text("utf-8").splitlines()] for f in ("out.jsonl", "errors.jsonl")]
    return ended, *lines, folder


def test_every_good_posting_is_tagged_and_bad_ones_are_counted(tagged) -> None:
    ended, postings, errors, _ = tagged
    good = sorted(one for _, _, ids, _ in FILES for one in ids)
    assert ended.returncode == 1
    assert sorted(one["id"] for one in postings) == good
    assert all(one["mentions"] for one in postings if one["id"] != "s5")
    bad = sum(e["level"] == "error" for e in errors)
    assert ended.stderr.splitlines()[-1].startswith(f"{len(good)} postings tagged, {bad} bad records")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("name", "bad"), [(name, bad) for name, _, _, bad in FILES], ids=[name for name, *_ in FILES])
def test_each_bad_record_is_told_of_with_path_line_reason_and_beginning(tagged, name: str, bad) -> None:
    """The raw beginning is there where there is one; errors and nothing else stand in the file of errors."""
    errors = [e for e in tagged[2] if e["path"] == str(Path("in") / name) and e["level"] == "error"]
    found = [(e["line"], e["reason"], e["raw"]) for e in errors]
    assert [line for line, _, _ in found] == [line for line, _, _ in bad]
    for (_, reason, raw), (_, expected, begin) in zip(found, bad, strict=True):
        assert expected in reason
        assert raw.startswith(begin) and len(raw) <= 200


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nothing-here"], "no postings in this folder; it should hold files with .jsonl"),
        (["gone.jsonl"], "gone.jsonl: no such file or folder"),
        (["*.none"], "*.none: no file has such a name"),
        (["picture"], "picture: holds no text; known are .jsonl"),
        (["a.txt", "--taxonomy", "gone"], "gone: no such folder; give a folder of taxonomy YAML files"),
        (["a.txt", "--format", "xls"], "xls: no such format; there are jsonl, csv, parquet"),
        (["a.txt", "--resume"], "--resume needs a file to write to: give it with -o"),
    ],
)
def test_misuse_is_one_sentence_with_the_remedy(tmp_path, args: list[str], said: str) -> None:
    (tmp_path / "nothing-here").mkdir()
    (tmp_path / "nothing-here" / "notes.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "picture").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "a.txt").write_text("Go", "utf-8")
    ended = subprocess.run([*COMMAND, *args], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.startswith("skilltax: ") and said in ended.stderr


def test_the_shared_seeds_have_the_titles_and_employers_of_their_heads(shared: Path) -> None:
    """Compared with a reading that knows nothing but the first lines; a seed without such a head has none."""
    errors: list[Exception] = []
    postings = {Path(p.source).name: p for p in read_postings(shared / "seeds", on_error=errors.append)}
    assert errors == []
    for path in (shared / "seeds").iterdir():
        first, second = path.read_text("utf-8").splitlines()[:2]
        linked = first.startswith("# [") and second.startswith("### ")
        expected = (first[3:].partition("](")[0], second[4:].strip()) if linked else (None, None)
        assert (postings[path.name].title, postings[path.name].company) == expected
    assert sum(p.company is not None for p in postings.values()) >= 3
