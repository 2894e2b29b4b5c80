"""Formats of postings: from the bytes of a file to postings, one at a time; what is none is reported, and the rest is read."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from skilltax.errors import PostingError, PostingWarning, SkilltaxError
from skilltax.postings.files import BUFFER, DELIMITERS, File
from skilltax.postings.model import Posting
from skilltax.postings.records import FIELDS, RAW, posting_of
from skilltax.postings.shapes import is_job, records_of

Report = Callable[[PostingError], None]

LARGEST_RECORD = 1 << 26  # characters of a CSV record: a quote that is open longer than that was never meant to be one
ROWS = 200  # of a Parquet file that are held at once
MANY_IDS = 1_000_000  # ids are compared with that many earlier ones (about 70 MB), so that memory stays flat
UNREADABLE = "\ufffd"  # stands for bytes that are no text


@dataclass(slots=True)
class Reading:
    """A file that is being read: its path, the caller's field names, whom to tell, and the ids seen before."""

    path: str
    fields: Mapping[str, str]
    report: Report
    ids: set[int]

    def bad(self, line: int, reason: str, raw: str = "") -> None:
        """Report something that is no posting."""
        self.report(PostingError(self.path, line, reason, raw[:RAW]))

    def warn(self, line: int, reason: str, raw: str = "") -> None:
        """Report something about a posting that is read all the same."""
        self.report(PostingWarning(self.path, line, reason, raw[:RAW]))

    def posting(self, record: Any, line: int) -> Iterator[Posting]:
        """The posting of a record, if it is one."""
        try:
            posting = posting_of(record, self.path, line, self.fields)
        except PostingError as error:
            self.report(error)
            return
        yield self.known(posting, line)

    def known(self, posting: Posting, line: int) -> Posting:
        """A posting whose id was compared with those before."""
        key = hash(posting.id)
        if key in self.ids:
            self.warn(line, f"repeats the id {posting.id[:80]} of an earlier posting; both are read")
        elif len(self.ids) < MANY_IDS:
            self.ids.add(key)
        return posting


def decoded(raw: bytes, reading: Reading, line: int, encoding: str = "") -> str:
    """Bytes as text: UTF-16 by its mark or zeros, else UTF-8, and cp1252 for bytes that are not; what is neither is told of."""
    encoding = encoding or _encoding(raw)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        pass
    utf8 = encoding.startswith("utf-8")
    text = raw.decode(encoding, "cp1252-else" if utf8 else "replace")
    if not utf8 or text.count(UNREADABLE) > raw.count(UNREADABLE.encode()):
        named = "neither UTF-8 nor cp1252" if utf8 else f"no {encoding}"
        reading.warn(line, f"holds bytes that are {named}; they are read as U+FFFD", text.strip())
    return text


def _cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252-else", _cp1252)


def _encoding(head: bytes) -> str:
    """The encoding that the first bytes tell of."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[:200:2], head[1:200:2]
    if len(odd) > 3 and odd.count(0) > len(odd) * 0.7 and not even.count(0):
        return "utf-16-le"
    if len(odd) > 3 and even.count(0) > len(even) * 0.7 and not odd.count(0):
        return "utf-16-be"
    return "utf-8-sig"


def _lines(file: io.BufferedReader) -> Iterable[bytes]:
    """The lines of a file in UTF-8, or nearly so."""
    encoding = _encoding(file.peek(BUFFER)[:BUFFER])
    if encoding != "utf-8-sig":
        return (line.encode("utf-8", "replace") for line in io.TextIOWrapper(file, encoding, "replace", newline="\n"))
    if file.peek(3)[:3] == codecs.BOM_UTF8:
        file.read(3)
    return file


def read_text(file: io.BufferedReader, source: File, reading: Reading) -> Iterator[Posting]:
    """A file that is one posting: plain text or Markdown, whose head may name title and employer."""
    text = decoded(file.read(), reading, 1)
    if not text.strip():
        reading.bad(0, "holds no text; leave the file out")
        return
    title, company = head_of(text)
    yield reading.known(Posting(source.name, text, title, company, source=reading.path), 0)


HEAD = re.compile(r"\ufeff?\s{0,9}# \[([^\]\n]{1,300})\]\([^)\s]{1,2000}\)[ \t]*\n### ([^\n]{1,200})\n")


def head_of(text: str) -> tuple[str | None, str | None]:
    r"""Title and employer of a Markdown posting that begins with a linked title and the employer below it.

    >>> head_of("# [SRE](https://jobs.example/1)\n### Fjord\n#### Oslo\n")
    ('SRE', 'Fjord')
    """
    found = HEAD.match(text)
    return (found.group(1).strip(), found.group(2).strip() or None) if found else (None, None)


def read_html(file: io.BufferedReader, source: File, reading: Reading) -> Iterator[Posting]:
    """A page: the JobPostings of its data (JSON-LD), or, where it has none, the page."""
    page = decoded(file.read(), reading, 1)
    jobs = list(_jobs_of(page)) if "ld+json" in page else []
    if jobs:
        for record in jobs:
            yield from reading.posting(record, 0)
    elif page.strip():
        yield reading.known(Posting(source.name, page, source=reading.path), 0)
    else:
        reading.bad(0, "holds no text; leave the file out")


def _jobs_of(page: str) -> Iterator[Mapping[str, Any]]:
    """The JobPostings with a description that a page's JSON-LD holds."""
    from selectolax.lexbor import LexborHTMLParser

    for script in LexborHTMLParser(page).css('script[type="application/ld+json"]'):
        try:
            document = _document(script.text().encode("utf-8", "replace"))
        except ValueError:
            continue  # the page itself is still there
        yield from (one for one in records_of(document) if is_job(one) and one.get("description"))


def _document(raw: bytes) -> Any:
    """A JSON document; half surrogate pairs and NaN, which programs write, are no hindrance.

    Raises
    ------
    ValueError
        Where it is none, or nested too deep.
    """
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        first = error
    try:
        return _whole(json.loads(raw.decode("utf-8", "cp1252-else")))
    except (ValueError, RecursionError):
        raise first from None


def _whole(value: Any) -> Any:
    """A value without half surrogate pairs, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list) else value


def read_jsonl(file: Iterable[bytes], _source: File, reading: Reading) -> Iterator[Posting]:
    """JSON Lines: an object a line."""
    for line, raw in enumerate(_lines(file) if isinstance(file, io.BufferedReader) else file, 1):
        if not raw.strip():
            continue
        try:
            record = orjson.loads(raw)
        except orjson.JSONDecodeError:
            text = decoded(raw, reading, line, "utf-8")
            try:
                record = _document(text.encode("utf-8", "replace"))
            except ValueError as error:
                reading.bad(line, f"not JSON: {error}; mend the line", text)
                continue
        if isinstance(record, dict):
            yield from reading.posting(record, line)
        else:
            reading.bad(line, "is no JSON object; write one object a line", raw[:RAW].decode("utf-8", "replace"))


def read_json(file: io.BufferedReader, source: File, reading: Reading) -> Iterator[Posting]:
    """A JSON document: a posting, a list of them, an object that holds such a list; or JSON Lines after all."""
    raw = decoded(file.read(), reading, 1).encode("utf-8", "replace")
    try:
        document = _document(raw)
    except ValueError as error:
        lines = raw.splitlines()
        if len(lines) > 1 and raw.startswith(b"{") and lines[0].rstrip().endswith(b"}"):
            yield from read_jsonl(lines, source, reading)
        else:
            shown = raw[:RAW].decode("utf-8", "replace")
            reading.bad(0, f"not JSON: {error}; mend the file" if raw.strip() else "holds no text; leave the file out", shown)
        return
    records = records_of(document)
    if not records:
        reading.bad(0, "holds no postings; leave the file out", raw[:RAW].decode("utf-8", "replace"))
    for number, record in enumerate(records, 1):
        yield from reading.posting(record, number)


def read_csv(file: io.BufferedReader, _source: File, reading: Reading) -> Iterator[Posting]:
    """CSV with a line of names; commas, semicolons, tabs or bars."""
    csv.field_size_limit(LARGEST_RECORD)
    names: list[str] = []
    for line, row in _rows(_lines(file), reading):
        if not names:
            names = [name.strip() for name in row]
        elif any(row):
            if len(row) > len(names):
                reading.warn(line, f"has {len(row)} fields where the first line has {len(names)} names; the last are not read")
            yield from reading.posting(dict(zip(names, row, strict=False)), line)
    if not names:
        reading.bad(0, "holds no text; leave the file out")


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
            row = next(csv.reader([begin], delimiter=delimiter), [])
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


READERS: Mapping[str, Callable[[io.BufferedReader, File, Reading], Iterator[Posting]]] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "parquet": read_parquet,
}
