"""Postings to measure on: the shared corpus where SKILLTAX_SHARED points to it, else the shipped sample repeated."""

from __future__ import annotations

import gzip
import json
import os
from itertools import cycle, islice
from pathlib import Path

from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings
from skilltax.postings.sample import sample_postings

SHARED = Path(os.environ.get("SKILLTAX_SHARED", "")) / "corpus" / "postings.jsonl.gz"
NAME = "corpus of 5,070 real postings" if SHARED.is_file() else "the shipped sample, repeated"


def postings(number: int, every: int = 1) -> list[Posting]:
    """So many postings, each `every`-th of the corpus."""
    found = read_postings(SHARED) if SHARED.is_file() else cycle(sample_postings())
    return list(islice(islice(found, 0, None, every), number))


def write(several: list[Posting], path: Path) -> Path:
    """Write postings as JSON Lines."""
    rows = ({"id": p.id, "title": p.title, "company": p.company, "text": p.text} for p in several)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path
