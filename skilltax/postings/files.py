"""Files of postings: which ones an input names, how each is packed, and what it holds.

The suffix tells what a file holds; where it says nothing, the first bytes do.
"""

from __future__ import annotations

import glob
import gzip
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from skilltax.errors import SkilltaxError
from skilltax.postings.records import FIELDS

OnBytes = Callable[[int], object]

KINDS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet",
    ".html": "html", ".htm": "html", ".txt": "text", ".md": "text",
}  # fmt: skip
PACKINGS = (".gz", ".zst")
KNOWN = f"{', '.join(KINDS)}, each but .parquet also with {' or '.join(PACKINGS)}"
BUFFER = 1 << 16  # bytes that are read at once, and looked at where the suffix says nothing
DELIMITERS = ",;\t|"
NO_TEXT = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format")


def ignore(_size: int) -> None:
    """What happens to a number of bytes where the caller wants to know of none."""


class File(NamedTuple):
    """A file of postings.

    Attributes
    ----------
    path : Path
        Where it is; ``-`` is standard input.
    name : str
        What it is called where it holds one posting: its path below the folder that was given, without suffixes.
    kind : str or None
        What its suffix says that it holds.
    """

    path: Path
    name: str
    kind: str | None


def files_of(given: str | Path) -> Iterator[File]:
    """The files that an input names: a file, a folder, a pattern such as ``jobs/**/*.json``, or ``-``.

    Raises
    ------
    SkilltaxError
        Where there is none.
    """
    path = Path(given)
    if str(given) == "-":
        yield File(path, "-", None)
    elif path.is_dir():
        below = sorted(
            p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".") and (kind_of(p) or not p.suffix)
        )
        if not below:
            raise SkilltaxError(f"{path}: no postings in this folder; it should hold files with {KNOWN}")
        yield from (File(p, _name(p.relative_to(path)), kind_of(p)) for p in below)
    elif path.exists():
        yield File(path, _name(Path(path.name)), kind_of(path))
    elif glob.has_magic(str(given)):
        matching = sorted(glob.glob(str(given), recursive=True))  # noqa: PTH207 - a pattern may be absolute
        if not matching:
            raise SkilltaxError(f"{given}: no file has such a name")
        for one in matching:
            yield from files_of(Path(one))
    else:
        raise SkilltaxError(f"{path}: no such file or folder")


def kind_of(path: Path) -> str | None:
    """What a file's suffix says that it holds."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in PACKINGS:
        suffixes.pop()
    return KINDS.get(suffixes[-1]) if suffixes else None


def _name(path: Path) -> str:
    if path.suffix.lower() in PACKINGS:
        path = path.with_suffix("")
    return (path.with_suffix("") if kind_of(path) else path).as_posix()


def size_of(*inputs: str | Path) -> int | None:
    """How many bytes `on_bytes` will be told of; None where standard input is read."""
    if "-" in map(str, inputs):
        return None
    return sum(file.path.stat().st_size for given in inputs for file in files_of(given))


def identity_of(*inputs: str | Path) -> list[tuple[str, int]]:
    """What the inputs are, for telling whether a run is the same as another: the path and size of each file."""
    paths = (file.path for given in inputs for file in files_of(given))
    return [("-", 0) if str(path) == "-" else (str(path.resolve()), path.stat().st_size) for path in paths]


class _Told(io.FileIO):
    """A file that tells how much of it was read."""

    def __init__(self, path: Path, on_bytes: OnBytes) -> None:
        super().__init__(path)
        self._on_bytes = on_bytes

    def readinto(self, buffer: Any) -> int | None:
        """Read into a buffer, and tell how much."""
        size = super().readinto(buffer)
        self._on_bytes(size or 0)
        return size


@contextmanager
def opened(file: File, on_bytes: OnBytes = ignore) -> Iterator[io.BufferedReader]:
    """A file's content, unpacked; what the packing is, its suffix tells, or its first bytes where that says nothing."""
    broken: tuple[type[Exception], ...] = ()
    with ExitStack() as stack:
        if str(file.path) == "-":
            raw: Any = sys.stdin.buffer if hasattr(sys.stdin.buffer, "peek") else io.BufferedReader(sys.stdin.buffer)
        else:
            raw = stack.enter_context(io.BufferedReader(_Told(file.path, on_bytes), BUFFER))
        suffix = file.path.suffix.lower()
        silent = file.kind is None and suffix not in PACKINGS
        if suffix == ".gz" or (silent and raw.peek(4)[:2] == b"\x1f\x8b"):
            raw = io.BufferedReader(stack.enter_context(gzip.open(raw)), BUFFER)
        elif suffix == ".zst" or (silent and raw.peek(4)[:4] == b"\x28\xb5\x2f\xfd"):
            if sys.version_info >= (3, 14):
                from compression import zstd
            else:
                from backports import zstd
            broken = (zstd.ZstdError,)
            raw = io.BufferedReader(stack.enter_context(zstd.open(raw)), BUFFER)
        try:
            yield raw
        except broken as error:
            raise OSError(str(error)) from None  # as gzip says it


def sniffed(head: bytes) -> str | None:
    r"""What the first bytes of a file say that it holds; None where it holds no text.

    >>> sniffed(b'{"text": "Go"}\n'), sniffed(b"id;description\n1;Go"), sniffed(b"You know Go")
    ('jsonl', 'csv', 'text')
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(NO_TEXT):
        return None
    begin = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b" \t\r\n\xff\xfe")
    first = begin.partition(b"\n")[0]
    if begin.startswith(b"{"):
        try:
            return "jsonl" if isinstance(orjson.loads(first), dict) else "json"
        except orjson.JSONDecodeError:
            return "json"
    if begin.startswith(b"["):
        return "json"
    if begin.startswith(b"<"):
        return "html"
    columns = {
        cell.strip(' "\r') for cell in first.decode("latin-1").translate(dict.fromkeys(map(ord, DELIMITERS), "\n")).split("\n")
    }
    return "csv" if len(columns) > 1 and columns & set(FIELDS["text"]) else "text"
