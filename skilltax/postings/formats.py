"""Formats of postings: from the bytes of a file to postings, one at a time; what is none is reported, and the rest is read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from skilltax.postings.files import File
from skilltax.postings.model import Posting
from skilltax.postings.reading import Reading, decoded, lines_of
from skilltax.postings.records import RAW
from skilltax.postings.shapes import is_job, records_of
from skilltax.postings.tables import read_csv, read_parquet


def read_text(file: io.BufferedReader, source: File, reading: Reading) -> Iterator[Posting]:
    """A file that is one posting: plain text or Markdown, whose head may name title and employer."""
    text = decoded(file.read(), reading, 1)
    if not text.strip():
        reading.bad(0, "holds no text; leave the file out")
        return
    title, company = head_of(text)
    yield reading.known(Posting(source.name, text, title, company, source=reading.path), 0)


HEAD = re.compile(r"\ufeff?\s{0,9}# \[([^\]\n]{1,300})\]\([^)\s]{1,2000}\)[ \t]*\r?\n### ([^\n]{1,200})\n")


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
    is_empty = True
    for line, raw in enumerate(lines_of(file, reading) if isinstance(file, io.BufferedReader) else file, 1):
        if not raw.strip():
            continue
        is_empty = False
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
    if is_empty:
        reading.bad(0, "holds no text; leave the file out")


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


READERS: Mapping[str, Callable[[io.BufferedReader, File, Reading], Iterator[Posting]]] = {
    "text": read_text,
    "html": read_html,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_csv,
    "parquet": read_parquet,
}
