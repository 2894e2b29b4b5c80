"""Reading postings: files and folders in, postings out, one at a time; a bad record is reported and the run goes on."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from skilltax.errors import PostingError, SkilltaxError
from skilltax.postings.files import BUFFER, KNOWN, File, OnBytes, files_of, identity_of, ignore, opened, size_of, sniffed
from skilltax.postings.formats import READERS
from skilltax.postings.model import Posting
from skilltax.postings.reading import Reading, Report
from skilltax.postings.records import FIELDS

__all__ = ["identity_of", "read_postings", "size_of"]

NO_FIELDS: Mapping[str, str] = {}


def warn(error: PostingError) -> None:
    """What happens to a bad record where the caller says nothing: a Python warning."""
    warnings.warn(str(error), stacklevel=3)


def read_postings(
    *inputs: str | Path, fields: Mapping[str, str] = NO_FIELDS, on_error: Report = warn, on_bytes: OnBytes = ignore
) -> Iterator[Posting]:
    """Read postings from files and folders.

    Parameters
    ----------
    *inputs : path
        ``.jsonl``, ``.json``, ``.csv``, ``.parquet`` (a record a posting: `text`, and where known `id`, `title`, `company`,
        `posted`, `source`, under these names or those that job boards use), ``.txt``, ``.md`` or ``.html`` (a posting each; of
        a page with JSON-LD its JobPostings), any but Parquet also with ``.gz`` or ``.zst``; a folder of such files; a pattern
        (``jobs/*.json``); ``-`` for standard input. Where there is no such suffix the content tells.
    fields : mapping of str to str
        Names of your own for fields: ``{"text": "advert", "title": "headline"}``.
    on_error : callable
        Is given a :class:`~skilltax.errors.PostingError` for each bad record, and a
        :class:`~skilltax.errors.PostingWarning` for what is odd but was read: bytes that are no text, a repeated id.
    on_bytes : callable
        Is told of the bytes of files as they are read; :func:`size_of` tells how many there will be.

    Yields
    ------
    Posting
        One at a time, in the order of the inputs; of a folder, in the order of its files' names.

    Raises
    ------
    SkilltaxError
        Where an input does not exist or is of no known kind, or `fields` names a field that postings do not have.
    """
    if unknown := sorted(set(fields) - set(FIELDS)):
        raise SkilltaxError(f"no field {unknown[0]} of a posting; there are {', '.join(FIELDS)}")
    ids: set[int] = set()
    for given in inputs:
        for file in files_of(given):
            yield from _read(file, Reading(str(file.path), fields, on_error, ids), on_bytes)


def _read(file: File, reading: Reading, on_bytes: OnBytes) -> Iterator[Posting]:
    try:
        with opened(file, on_bytes) as content:
            kind = file.kind or sniffed(content.peek(BUFFER)[:BUFFER])
            if kind is None:
                raise SkilltaxError(f"{file.path}: holds no text; known are {KNOWN}")
            yield from READERS[kind](content, file, reading)
    except (OSError, EOFError, zlib.error) as error:
        reading.bad(0, f"cannot be read to its end: {error}")
