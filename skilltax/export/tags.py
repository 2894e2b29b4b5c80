"""Tags as JSON Lines: written, and read back."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import orjson

from skilltax.errors import SkilltaxError
from skilltax.export.files import whole
from skilltax.tagging.model import Mention, TaggedPosting


def write_tags(tagged: Iterable[TaggedPosting], path: str | Path) -> int:
    """Write a line of JSON a posting, as the documentation of ``skilltax tag`` shows it; tells how many were written."""
    number = 0
    with whole(path) as file:
        for number, posting in enumerate(tagged, 1):  # noqa: B007
            file.write(orjson.dumps(posting.record(), option=orjson.OPT_APPEND_NEWLINE))
    return number


def read_tags(path: str | Path) -> Iterator[TaggedPosting]:
    """Read what :func:`write_tags` wrote (``-``: standard input). The text of a posting is not stored, and so is empty.

    Raises
    ------
    SkilltaxError
        At the first line that is no tagged posting, with its number.
    """
    name = str(path)
    if name == "-":
        yield from _records(sys.stdin.buffer, name)
        return
    if not Path(path).is_file():
        raise SkilltaxError(f"{path}: no such file; give a file that `skilltax tag` wrote")
    with gzip.open(path, "rb") if name.endswith(".gz") else Path(path).open("rb") as file:
        yield from _records(file, name)


def _records(file: IO[bytes] | gzip.GzipFile, name: str) -> Iterator[TaggedPosting]:
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                yield _posting(orjson.loads(line))
            except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
                raise SkilltaxError(f"{name}:{number}: is no tagged posting ({error}); write it with `skilltax tag`") from None


def _posting(record: dict[str, Any]) -> TaggedPosting:
    fields = {k: v for k, v in record.items() if k not in ("mentions", "skills")}
    return TaggedPosting(**fields, text="", mentions=tuple(_mention(m) for m in record["mentions"]))


def _mention(record: dict[str, Any]) -> Mention:
    years = record.get("years")
    return Mention(**{**record, "years": tuple(years) if years else None})
