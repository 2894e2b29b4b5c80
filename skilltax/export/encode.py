"""Batches of tagged postings as bytes: lines of JSON, rows of CSV, or a table of Arrow, of which Parquet is made."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from skilltax.errors import SkilltaxError
from skilltax.export import parquet
from skilltax.tagging.model import Mention, TaggedPosting, storable

FORMATS = ("jsonl", "csv", "parquet")
OF_POSTING = ("id", "title", "company", "posted", "source", "role", "seniority")
YEARS = Mention._fields.index("years")
COLUMNS = (
    *OF_POSTING,
    *Mention._fields[:YEARS],
    "years_min",
    "years_max",
    *Mention._fields[YEARS + 1 :],
    "taxonomy",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula

Encode = Callable[[Sequence[TaggedPosting]], bytes]


class Batch(NamedTuple):
    """Some postings, encoded."""

    postings: int
    data: bytes


def format_of(path: str, given: str | None = None) -> str:
    """The format of an output: as given, else by suffix, else JSON Lines.

    >>> format_of("tags.csv.gz"), format_of("-"), format_of("-", "csv")
    ('csv', 'jsonl', 'csv')
    """
    if given and given not in FORMATS:
        raise SkilltaxError(f"{given}: no such format; there are {', '.join(FORMATS)}")
    name = Path(path.removesuffix(".gz"))
    return given or (name.suffix[1:].lower() if name.suffix[1:].lower() in FORMATS else "jsonl")


def encoder(format_: str, spreadsheet_safe: bool = False) -> Encode:
    """What makes bytes of postings in a format. It can be sent to other processes."""
    if format_ == "csv":
        return csv_rows_safe if spreadsheet_safe else csv_rows
    return parquet.arrow_bytes if format_ == "parquet" else json_lines


def json_lines(postings: Sequence[TaggedPosting]) -> bytes:
    """A line of JSON a posting."""
    return b"".join(map(json_line, postings))


def json_line(posting: TaggedPosting) -> bytes:
    """A line of JSON, as the documentation of ``skilltax tag`` shows it."""
    record = posting.record()
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # half a pair of surrogates
        return orjson.dumps(storable(record), option=orjson.OPT_APPEND_NEWLINE)


def csv_header() -> bytes:
    """The first line of a CSV file."""
    return (",".join(COLUMNS) + "\n").encode()


def csv_rows(postings: Sequence[TaggedPosting]) -> bytes:
    """A row a mention, with the fields of the posting before and the taxonomy behind; nothing where there is no mention."""
    return _rows(postings, safe=False)


def csv_rows_safe(postings: Sequence[TaggedPosting]) -> bytes:
    """The same, with an apostrophe before what a spreadsheet would run as a formula."""
    return _rows(postings, safe=True)


def _rows(postings: Sequence[TaggedPosting], safe: bool) -> bytes:
    rows: list[list[Any]] = []
    for posting in postings:
        about = [getattr(posting, name) for name in OF_POSTING]
        for mention in posting.mentions:
            cells = [*about, *mention[:YEARS], *(mention.years or (None, None)), *mention[YEARS + 1 :], posting.taxonomy]
            rows.append([f"'{c}" if safe and isinstance(c, str) and c.startswith(FORMULA) else c for c in cells])
    return str(storable(csv_text(rows))).encode()


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as CSV, a line feed behind each; what holds a carriage return in quotes, which not every Python sees to."""
    out = io.StringIO(newline="")
    plain, quoted = (csv.writer(out, lineterminator="\n", quoting=how) for how in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    for row in rows:
        (quoted if any(isinstance(cell, str) and "\r" in cell for cell in row) else plain).writerow(row)
    return out.getvalue()
