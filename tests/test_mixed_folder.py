"""One command on a folder in which every format, every packing and every known shape is; and on all that is shared."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.postings.test_shapes import FOLDER, SHAPES

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ROWS = [{"id": "", "text": "You know Kubernetes and Go"}, {"id": "", "text": "Nice to have: **C\\#**"}]
EVERY = 1 if "SKILLTAX_EXAMPLES" in os.environ else 25
PACKINGS = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}


def content(suffix: str, name: str) -> bytes:
    """Two postings, or one where a file holds no more, with ids by the name of the file."""
    rows = [row | {"id": f"{name}-{n}"} for n, row in enumerate(ROWS)]
    if suffix == ".jsonl":
        return "".join(json.dumps(row) + "\n" for row in rows).encode()
    if suffix == ".json":
        return json.dumps(rows).encode("utf-16")
    if suffix == ".csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, ["id", "text"], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().encode("utf-8-sig")
    if suffix == ".parquet":
        pyarrow = pytest.importorskip("pyarrow", reason="writes Parquet")
        parquet = pytest.importorskip("pyarrow.parquet")
        sink = io.BytesIO()
        parquet.write_table(pyarrow.Table.from_pylist(rows), sink)
        return sink.getvalue()
    texts = {
        ".md": "# SRE\n\n* *Kubernetes*\n* C\\#",
        ".html": "<p>Café: <b>Kubernetes</b> &amp; C&#35;",
        ".txt": "Café: Kubernetes, C#",
    }
    return texts[suffix].encode("utf-8" if suffix == ".md" else "cp1252")


def filled(folder: Path) -> Counter[str]:
    """Write the folder; tells how many postings each file holds."""
    held: Counter[str] = Counter()
    for suffix in (".jsonl", ".json", ".csv", ".parquet", ".md", ".html", ".txt"):
        for packing, pack in PACKINGS.items():
            name = f"{suffix[1:]}{packing.replace('.', '-')}{suffix}{packing}"
            (folder / name).write_bytes(pack(content(suffix, name)))
            held[name] = 2 if suffix in (".jsonl", ".json", ".csv", ".parquet") else 1
    for shape in SHAPES:
        for packing, pack in PACKINGS.items():
            (folder / f"{shape}{packing}").write_bytes(pack((FOLDER / shape).read_bytes()))
            held[f"{shape}{packing}"] = 1
    return held


def tag(*args: object) -> tuple[int, list[dict], list[dict]]:
    out, errors = args[-1], Path(f"{args[-1]}.errors")
    command = [sys.executable, "-c", "from skilltax.cli import main; main()", "tag", *map(str, args[:-1])]
    ended = subprocess.run([*command, "-o", str(out), "--errors", str(errors)], capture_output=True, text=True, check=False)
    assert "Traceback" not in ended.stderr, ended.stderr
    lines = [[json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in (Path(str(out)), errors)]
    return ended.returncode, *lines


def test_every_format_packing_and_shape_in_one_command(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    held = filled(folder)
    assert len(held) == 54
    code, postings, errors = tag(folder, tmp_path / "tags.jsonl")
    assert (code, [e for e in errors if e["level"] == "error"]) == (0, [])
    assert len(postings) == held.total()
    assert all(set(one["skills"]) & {"kubernetes", "c-sharp"} for one in postings)


def test_all_that_is_shared_and_a_mixed_folder_in_one_command(shared: Path, tmp_path: Path) -> None:
    """Every posting of the corpus (in `make test` one of 25), every seed and every file of the folder; each text is found again where it was."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    held = filled(folder)
    lines = gzip.decompress((shared / "corpus" / "postings.jsonl.gz").read_bytes()).splitlines(keepends=True)[::EVERY]
    corpus = [json.loads(line) for line in lines]
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(b"".join(lines)))
    seeds = sorted((shared / "seeds").iterdir())
    code, postings, errors = tag(tmp_path / "corpus.jsonl.gz", shared / "seeds", folder, tmp_path / "tags.jsonl")
    assert (code, [e for e in errors if e["level"] == "error"]) == (0, [])
    assert len(postings) == len(corpus) + len(seeds) + held.total()
    for posting, row in zip(postings, corpus, strict=False):
        assert posting["id"] == row["id"]
        assert all(row["text"][m["start"] : m["end"]] == m["text"] for m in posting["mentions"])
