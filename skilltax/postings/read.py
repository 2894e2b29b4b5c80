"""Reading postings: files and folders in, postings out, one at a time; a bad record is reported and the run goes on."""

from __future__ import annotations

import csv
import gzip
import io
import sys
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import orjson

from skilltax.errors import PostingError, SkilltaxError
from skilltax.postings.model import Posting
from skilltax.postings.records import FIELDS, RAW, posting_of
from skilltax.postings.shapes import records_of

Report = Callable[[PostingError], None]

Fields = Mapping[str, str]
NO_FIELDS: Fields = {}

TEXTS = (".txt", ".md", ".html", ".htm")
RECORDS = (".jsonl", ".json", ".csv", ".parquet")
SUFFIXES = (*TEXTS, *RECORDS)
LARGEST_FIELD = 1 << 30  # characters of a cell; Python's limit of 131,072 is too small for some postings
BUFFER = 1 << 16  # bytes of a file that are read at once
ROWS = 200  # of a Parquet file that are held at once


def warn(error: PostingError) -> None:
    """What happens to a bad record where the caller says nothing: a Python warning."""
    warnings.warn(str(error), stacklevel=3)


def ignore(_size: int) -> None:
    """What happens to a number of bytes where the caller wants to know of none."""


def read_postings(
    *inputs: str | Path, fields: Fields = NO_FIELDS, on_error: Report = warn, on_bytes: Callable[[int], object] = ignore
) -> Iterator[Posting]:
    """Read postings from files and folders.

    Parameters
    ----------
    *inputs : path
        ``.jsonl``, ``.json``, ``.csv``, ``.parquet`` (a record a posting: `text`, and where known `id`, `title`, `company`,
        `posted`, `source`, under these names or those that job boards use), ``.txt``, ``.md`` or ``.html`` (a posting each),
        any but Parquet also with ``.gz``; a folder of such files; ``-`` for JSONL on standard input.
    fields : mapping of str to str
        Names of your own for fields: ``{"text": "advert", "title": "headline"}``.
    on_error : callable
        Is given a :class:`~skilltax.errors.PostingError` for each bad record.
    on_bytes : callable
        Is told of the bytes of files as they are read; :func:`size_of` tells how many there will be.

    Raises
    ------
    SkilltaxError
        Where an input does not exist or is of no known kind.
    """
    if unknown := sorted(set(fields) - set(FIELDS)):
        raise SkilltaxError(f"no field {unknown[0]} of a posting; there are {', '.join(FIELDS)}")
    for given in inputs:
        if str(given) == "-":
            yield from _jsonl(sys.stdin.buffer, "-", fields, on_error)
            continue
        path = Path(given)
        for file in _files(path):
            yield from _read_file(file, _identity(file, path), fields, on_error, on_bytes)


def size_of(*inputs: str | Path) -> int | None:
    """How many bytes `on_bytes` will be told of; None where standard input is read."""
    if "-" in map(str, inputs):
        return None
    return sum(file.stat().st_size for given in inputs for file in _files(Path(given)))


def identity_of(*inputs: str | Path) -> list[tuple[str, int]]:
    """What the inputs are, for telling whether a run is the same as another: the path and size of each file."""
    files = (file for given in inputs for file in ([Path("-")] if str(given) == "-" else _files(Path(given))))
    return [(str(file.resolve()), file.stat().st_size) if file.name != "-" else ("-", 0) for file in files]


class _Told(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, on_bytes: Callable[[int], object]) -> None:
        super().__init__(path)
        self._on_bytes = on_bytes

    def readinto(self, buffer: Any) -> int | None:
        """Read into a buffer, and tell how much."""
        size = super().readinto(buffer)
        self._on_bytes(size or 0)
        return size


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and _kind(p) and not p.name.startswith("."))
        if not found:
            raise SkilltaxError(f"{path}: no postings in this folder; it should hold {', '.join(SUFFIXES)} files")
        yield from found
    elif not path.exists():
        raise SkilltaxError(f"{path}: no such file or folder")
    elif not _kind(path):
        raise SkilltaxError(f"{path}: unknown kind of file; known are {', '.join(SUFFIXES)}, each also with .gz")
    else:
        yield path


def _kind(path: Path) -> str | None:
    suffixes = [s.lower() for s in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in SUFFIXES else None


def _identity(file: Path, given: Path) -> str:
    """What a file of one posting is called: its path below the folder that was given, without suffixes."""
    name = file.relative_to(given) if given.is_dir() else Path(file.name)
    for _ in range(2 if name.suffix.lower() == ".gz" else 1):
        name = name.with_suffix("")
    return name.as_posix()


def _read_file(
    path: Path, identity: str, fields: Fields, on_error: Report, on_bytes: Callable[[int], object]
) -> Iterator[Posting]:
    if path.suffix.lower() == ".parquet":
        yield from _parquet(path, fields, on_error)
        on_bytes(path.stat().st_size)
        return
    reader = READERS.get(_kind(path) or "")
    try:
        with ExitStack() as stack:
            file: Any = stack.enter_context(io.BufferedReader(_Told(path, on_bytes), BUFFER))
            if path.suffix.lower() == ".gz":
                file = stack.enter_context(gzip.open(file))
            if reader:
                yield from reader(file, str(path), fields, on_error)
            else:
                text = _decoded(file.read(), str(path))
                if text.strip():
                    yield Posting(identity, text, source=str(path))
                else:
                    on_error(PostingError(str(path), 0, "holds no text; leave the file out"))
    except (OSError, EOFError, zlib.error) as error:
        on_error(PostingError(str(path), 0, f"cannot be read: {error}"))


def _decoded(raw: bytes, path: str) -> str:
    """A file's text: UTF-8, else cp1252, which almost every old posting is."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _jsonl(lines: IO[bytes] | Iterable[bytes], path: str, fields: Fields, on_error: Report) -> Iterator[Posting]:
    for number, line in enumerate(lines, 1):
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if raw.strip():
            begin = raw[:RAW].decode("utf-8", "replace")
            try:
                record = orjson.loads(raw)
            except orjson.JSONDecodeError as error:
                on_error(PostingError(path, number, f"not JSON: {error}", begin))
                continue
            if not isinstance(record, dict):
                on_error(PostingError(path, number, "is no JSON object; write one object a line", begin))
                continue
            yield from _postings([record], path, number, fields, on_error)


def _json(file: IO[bytes], path: str, fields: Fields, on_error: Report) -> Iterator[Posting]:
    raw = file.read().removeprefix(b"\xef\xbb\xbf")
    try:
        document = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        on_error(PostingError(path, 0, f"not JSON: {error}", raw[:RAW].decode("utf-8", "replace")))
        return
    yield from _postings(records_of(document), path, 1, fields, on_error)


def _csv(file: IO[bytes], path: str, fields: Fields, on_error: Report) -> Iterator[Posting]:
    csv.field_size_limit(LARGEST_FIELD)
    rows = csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", "replace", newline=""))
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            yield from _postings([row], path, number, fields, on_error)
    except csv.Error as error:
        on_error(PostingError(path, number + 1, f"not CSV from here on: {error}; mend the quotes of this record"))


def _parquet(path: Path, fields: Fields, on_error: Report) -> Iterator[Posting]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise SkilltaxError(f"{path}: reading Parquet needs pyarrow: pip install 'skilltax[parquet]'") from None
    try:
        with parquet.ParquetFile(path) as file:
            known = {*fields.values(), *(name for names in FIELDS.values() for name in names)}
            columns = [name for name in file.schema_arrow.names if name in known]
            number = 1
            for batch in file.iter_batches(batch_size=ROWS, columns=columns):
                yield from _postings(batch.to_pylist(), str(path), number, fields, on_error)
                number += len(batch)
    except ArrowException as error:
        on_error(PostingError(str(path), 0, f"not Parquet: {error}"))


def _postings(records: Iterable[Any], path: str, first: int, fields: Fields, on_error: Report) -> Iterator[Posting]:
    """The postings of some records, numbered from `first`; those that are none are reported."""
    for number, record in enumerate(records, first):
        try:
            yield posting_of(record, path, number, fields)
        except PostingError as error:
            on_error(error)


READERS: Mapping[str, Callable[[IO[bytes], str, Fields, Report], Iterator[Posting]]] = {
    ".jsonl": _jsonl,
    ".json": _json,
    ".csv": _csv,
}
