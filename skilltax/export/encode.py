"""Tagged postings as bytes: a line of JSON, or rows of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import orjson

from skilltax.errors import SkilltaxError
from skilltax.tagging.model import Mention, TaggedPosting

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

Encode = Callable[[TaggedPosting], bytes]


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
    """What makes bytes of a posting in a format; Parquet is made of lines of JSON. It can be sent to other processes."""
    if format_ == "csv":
        return csv_rows_safe if spreadsheet_safe else csv_rows
    return json_line


def json_line(posting: TaggedPosting) -> bytes:
    """A line of JSON, as the documentation of ``skilltax tag`` shows it."""
    return orjson.dumps(posting.record(), option=orjson.OPT_APPEND_NEWLINE)


def csv_header() -> bytes:
    """The first line of a CSV file."""
    return (",".join(COLUMNS) + "\n").encode()


def csv_rows(posting: TaggedPosting) -> bytes:
    """A row a mention, with the fields of the posting before and the taxonomy behind; nothing where there is no mention."""
    return _rows(posting, safe=False)


def csv_rows_safe(posting: TaggedPosting) -> bytes:
    """The same, with an apostrophe before what a spreadsheet would run as a formula."""
    return _rows(posting, safe=True)


def _rows(posting: TaggedPosting, safe: bool) -> bytes:
    about = [getattr(posting, name) for name in OF_POSTING]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for mention in posting.mentions:
        cells = [*about, *mention[:YEARS], *(mention.years or (None, None)), *mention[YEARS + 1 :], posting.taxonomy]
        writer.writerow([f"'{c}" if safe and isinstance(c, str) and c.startswith(FORMULA) else c for c in cells])
    return out.getvalue().encode("utf-8", "surrogatepass")
