"""A file that is being read: what is told of it, and its bytes as text, whatever their encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from skilltax.errors import PostingError, PostingWarning
from skilltax.postings.files import BUFFER
from skilltax.postings.model import Posting
from skilltax.postings.records import RAW, posting_of

Report = Callable[[PostingError], None]

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


def lines_of(file: io.BufferedReader, reading: Reading) -> Iterable[bytes]:
    """The lines of a file in UTF-8, or nearly so: bytes of another encoding are :func:`decoded` line by line."""
    encoding = _encoding(file.peek(BUFFER)[:BUFFER])
    if encoding != "utf-8-sig":
        return _recoded(io.TextIOWrapper(file, encoding, "replace", newline="\n"), reading)
    if file.peek(3)[:3] == codecs.BOM_UTF8:
        file.read(3)
    return file


def _recoded(lines: io.TextIOWrapper, reading: Reading) -> Iterator[bytes]:
    for number, line in enumerate(lines, 1):
        if UNREADABLE in line:
            reading.warn(number, f"holds bytes that are no {lines.encoding}; they are read as U+FFFD", line.strip())
        yield line.encode("utf-8", "replace")
