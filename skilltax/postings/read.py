"""Reading postings: files and folders in, postings out, one at a time; a bad record is reported and the run goes on."""

from __future__ import annotations

import gzip
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import orjson

from skilltax.errors import PostingError, SkilltaxError
from skilltax.postings.model import Posting

Report = Callable[[PostingError], None]

TEXTS = (".txt", ".md", ".html", ".htm")
TEXT_FIELDS = ("text", "description", "body", "content")
SUFFIXES = (*TEXTS, ".jsonl")
RAW = 200


def warn(error: PostingError) -> None:
    """What happens to a bad record where the caller says nothing: a Python warning."""
    warnings.warn(str(error), stacklevel=3)


def read_postings(*inputs: str | Path, on_error: Report = warn) -> Iterator[Posting]:
    """Read postings from files and folders.

    Parameters
    ----------
    *inputs : path
        ``.jsonl`` (an object a line with ``text``, and ``id``, ``title``, ``company``, ``posted``, ``source`` where
        known), ``.txt``, ``.md`` or ``.html`` (a posting each), any of them with ``.gz``; a folder of such files;
        ``-`` for JSONL on standard input.
    on_error : callable
        Is given a :class:`~skilltax.errors.PostingError` for each bad record.

    Raises
    ------
    SkilltaxError
        Where an input does not exist or is of no known kind.
    """
    for given in inputs:
        if str(given) == "-":
            yield from _jsonl(sys.stdin.buffer, "-", on_error)
            continue
        path = Path(given)
        for file in _files(path):
            yield from _read_file(file, _identity(file, path), on_error)


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


def _read_file(path: Path, identity: str, on_error: Report) -> Iterator[Posting]:
    opener: Callable[..., Any] = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with opener(path, "rb") as file:
            if _kind(path) == ".jsonl":
                yield from _jsonl(file, str(path), on_error)
            else:
                text = _decoded(file.read(), str(path))
                if text.strip():
                    yield Posting(identity, text, source=str(path))
                else:
                    on_error(PostingError(str(path), 0, "holds no text; leave the file out"))
    except (OSError, EOFError) as error:
        on_error(PostingError(str(path), 0, f"cannot be read: {error}"))


def _decoded(raw: bytes, path: str) -> str:
    """A file's text: UTF-8, else cp1252, which almost every old posting is."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _jsonl(lines: IO[bytes] | Iterable[bytes], path: str, on_error: Report) -> Iterator[Posting]:
    for number, line in enumerate(lines, 1):
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if raw.strip():
            try:
                yield _posting(raw, path, number)
            except PostingError as error:
                on_error(error)


def _posting(raw: bytes, path: str, number: int) -> Posting:
    """A posting from a line of JSON."""
    begin = raw[:RAW].decode("utf-8", "replace")
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise PostingError(path, number, f"not JSON: {error}", begin) from None
    if not isinstance(record, dict):
        raise PostingError(path, number, "is no JSON object; write one object a line", begin)
    text = next((record[f] for f in TEXT_FIELDS if isinstance(record.get(f), str)), None)
    if text is None:
        raise PostingError(path, number, f"has no text; fields found: {', '.join(sorted(record)) or 'none'}", begin)
    rest = {name: None if record.get(name) is None else str(record[name]) for name in ("title", "company", "posted", "source")}
    identity = record.get("id")
    return Posting(f"{Path(path).name}:{number}" if identity is None else str(identity), text, **rest)
