"""Tags in files: written as JSON Lines, CSV or Parquet; JSON Lines and Parquet are read back."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import orjson

from skilltax.errors import SkilltaxError
from skilltax.export import parquet
from skilltax.export.encode import Batch, encoder, format_of
from skilltax.export.output import opened
from skilltax.tagging.model import Mention, TaggedPosting

BATCH = 64  # postings that are written at a time


def write_tags(tagged: Iterable[TaggedPosting], path: str | Path, *, spreadsheet_safe: bool = False) -> int:
    """Write tagged postings, whole or not at all, in constant memory.

    Parameters
    ----------
    tagged : iterable of TaggedPosting
        Read as they are needed.
    path : path
        ``.jsonl`` and others: a line of JSON a posting, as the documentation of ``skilltax tag`` shows it. ``.csv``: a row a
        mention. Either also with ``.gz``. ``.parquet``: a nested row a posting. ``-``: JSON Lines on standard output.
    spreadsheet_safe : bool
        Whether cells of a CSV that a spreadsheet would run as a formula get an apostrophe in front.

    Returns
    -------
    int
        How many postings were written.

    Raises
    ------
    SkilltaxError
        Where the suffix names no known format, another run writes there, or Parquet is wanted without pyarrow (the extra
        ``parquet``).
    """
    format_ = format_of(str(path))
    encode = encoder(format_, spreadsheet_safe)
    postings = iter(tagged)
    number = 0
    with opened(str(path), format_, keep=False) as out:
        while batch := list(islice(postings, BATCH)):
            out.write(Batch(len(batch), encode(batch)))
            number += len(batch)
    return number


def read_tags(path: str | Path) -> Iterator[TaggedPosting]:
    """Read what :func:`write_tags` wrote. The text of a posting is not stored, and so is empty.

    Parameters
    ----------
    path : path
        ``.jsonl``, also with ``.gz``, or ``.parquet``; ``-`` is standard input.

    Yields
    ------
    TaggedPosting
        One at a time.

    Raises
    ------
    SkilltaxError
        At the first line that is no tagged posting, with its number.
    """
    name = str(path)
    if name == "-":
        yield from _records(sys.stdin.buffer, name)
        return
    if name.endswith(".parquet") and Path(path).is_file():
        yield from map(_posting, parquet.read(Path(path)))
        return
    if parts := sorted(Path(path).glob("*.parquet")):  # as Spark writes them
        for part in parts:
            yield from map(_posting, parquet.read(part))
        return
    if not Path(path).is_file():
        raise SkilltaxError(f"{path}: no such file; give a file that `skilltax tag` wrote")
    with gzip.open(path, "rb") if name.endswith(".gz") else Path(path).open("rb") as file:
        yield from _records(file, name)


def _records(file: IO[bytes] | gzip.GzipFile, name: str) -> Iterator[TaggedPosting]:
    number = 0
    try:
        for number, line in enumerate(file, 1):  # noqa: B007
            if line.strip():
                yield _posting(orjson.loads(line))
    except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
        raise SkilltaxError(f"{name}:{number}: is no tagged posting ({error}); write it with `skilltax tag`") from None
    except (OSError, EOFError, zlib.error) as error:
        raise SkilltaxError(f"{name}: cannot be read to its end: {error}") from None


def _posting(record: dict[str, Any]) -> TaggedPosting:
    fields = {k: v for k, v in record.items() if k not in ("mentions", "skills")}
    return TaggedPosting(**fields, text="", mentions=tuple(_mention(m) for m in record["mentions"]))


def _mention(record: dict[str, Any]) -> Mention:
    years = record.get("years")
    return Mention(**{**record, "years": tuple(years) if years else None})
