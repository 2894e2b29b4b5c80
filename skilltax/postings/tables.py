"""Tables of postings, a row each: CSV, whose quotes may be broken, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from skilltax.errors import SkilltaxError
from skilltax.postings.files import DELIMITERS, File
from skilltax.postings.model import Posting
from skilltax.postings.reading import Reading, decoded, lines_of
from skilltax.postings.records import FIELDS

LARGEST_RECORD = 1 << 26  # characters of a CSV record: a quote that is open longer than that was never meant to be one
LONE_RETURN = re.compile(r"\r(?!\n)")  # ends a row for the reader of CSV, in the midst of a line
ROWS = 200  # of a Parquet file that are held at once


def read_csv(file: io.BufferedReader, _source: File, reading: Reading) -> Iterator[Posting]:
    """CSV with a line of names; commas, semicolons, tabs or bars."""
    csv.field_size_limit(LARGEST_RECORD)
    names: list[str] = []
    line = 0
    for line, row in _rows(lines_of(file, reading), reading):
        if not names:
            names = [name.strip() for name in row]
        elif any(row):
            if len(row) > len(names):
                reading.warn(line, f"has {len(row)} fields where the first line has {len(names)} names; the last are not read")
            yield from reading.posting(dict(zip(names, row, strict=False)), line)
    if not names:
        reading.bad(0, "holds no text; leave the file out")
    elif line == 1:
        reading.bad(0, "holds names of columns and no postings; leave the file out", ",".join(names))


def _rows(raw: Iterable[bytes], reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with the line that each begins on.

    A quote that stands where none may loses a row, not the file: reading goes on with the line after the one where the row
    began, and what is left of that row, having another number of fields than the first row, is part of it.
    """
    lines = enumerate((decoded(line, reading, number, "utf-8") for number, line in enumerate(raw, 1)), 1)
    back: list[tuple[int, str]] = []  # lines that are to be read again, the next one last
    held: list[tuple[int, str]] = []  # lines of the row that is being read

    def take() -> Iterator[str]:
        size = 0
        while (one := back.pop() if back else next(lines, None)) is not None:
            held.append(one)
            size += len(one[1])
            if size > LARGEST_RECORD:
                raise csv.Error("a quote is never closed")
            yield one[1]

    delimiter, width, broken = ",", 0, False
    while True:
        held.clear()
        if not width:
            first = next(lines, None)
            if first is None:
                return
            delimiter = max(DELIMITERS, key=first[1].count)
            back.append(first)
        try:
            row = next(csv.reader(take(), delimiter=delimiter, strict=True), None)
        except csv.Error as error:
            line, begin = held[0]
            back.extend(reversed(held[1:]))
            row = next(csv.reader([LONE_RETURN.sub(" ", begin)], delimiter=delimiter), [])
            if not width or len(row) != width:
                reading.bad(line, f"not CSV: {error}; mend the quotes of this record", begin.rstrip("\r\n"))
                broken = True
                if not width:
                    return
                continue
            reading.warn(line, f"has a stray quote ({error}); it is read as one line", begin.rstrip("\r\n"))
        else:
            if row is None:
                return
            line = held[0][0]
        if broken and len(row) != width:
            continue
        broken = False
        width = width or len(row)
        yield line, row


def read_parquet(file: io.BufferedReader, source: File, reading: Reading) -> Iterator[Posting]:
    """Parquet: the columns that may be a posting's, a few rows at a time."""
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise SkilltaxError(f"{reading.path}: reading Parquet needs pyarrow: pip install 'skilltax[parquet]'") from None
    try:
        with parquet.ParquetFile(file if file.seekable() else io.BytesIO(file.read())) as table:
            found = table.schema_arrow.names
            known = {*reading.fields.values(), *(name for names in FIELDS.values() for name in names)}
            columns = [name for name in found if name in known]
            if not set(columns) & {*FIELDS["text"], *reading.fields.values()}:
                columns = found[:0]
            if not columns:
                reading.bad(0, f"has no text; columns found: {', '.join(found)}; name the right one with --text-field")
                return
            number = 1
            for batch in table.iter_batches(batch_size=ROWS, columns=columns):
                for number, record in enumerate(batch.to_pylist(), number):  # noqa: B020
                    yield from reading.posting(record, number)
                number += 1
    except ArrowException as error:
        reading.bad(0, f"not Parquet: {error}; write the file again")
