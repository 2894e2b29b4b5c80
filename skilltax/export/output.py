"""Output that grows batch by batch in constant memory, is moved into place when whole, and can be continued after any end.

What is written goes to ``OUT.partial``. Behind each batch ``OUT.state`` says how many postings and bytes are whole: a run that
was killed between the two is cut back to that. Bytes are the same, however often a run was continued.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import orjson

from skilltax.errors import SkilltaxError
from skilltax.export.encode import Batch, csv_header
from skilltax.export.files import replaceable
from skilltax.export.lock import locked


class Output(Protocol):
    """Where encoded postings go.

    Attributes
    ----------
    done : int
        Postings that an earlier run has written already.
    """

    done: int

    def write(self, batch: Batch) -> None:
        """Write a batch of encoded postings."""


@contextmanager
def opened(path: str, format_: str, run: str = "", *, resume: bool = False, keep: bool = True) -> Iterator[Output]:
    """An output for encoded postings; ``-`` is standard output.

    Parameters
    ----------
    path : str
        The file; with ``.gz`` each batch is a gzip member.
    format_ : str
        ``jsonl``, ``csv`` or ``parquet``.
    run : str
        What the output follows from (inputs, taxonomy, options). A run is only continued by one like it.
    resume : bool
        Whether to go on where an earlier run ended.
    keep : bool
        Whether what is whole stays in ``OUT.partial`` where the block fails, for being continued.

    Raises
    ------
    SkilltaxError
        Where it cannot be written, another run writes there, or the run to be continued was another one. What is whole stays in
        ``OUT.partial``.
    """
    if path == "-":
        if resume or format_ == "parquet":
            what = "--resume" if resume else "Parquet"
            raise SkilltaxError(f"{what} needs a file to write to: give it with -o")
        yield _Standard(format_)
        return
    final = replaceable(Path(path))
    with locked(final):
        kind = _Parquet if format_ == "parquet" else _Text
        out = kind(final, format_, run, resume)
        try:
            yield out
            with out.told():
                out.finish()
            keep = False
        finally:
            out.leave(keep)


class _Standard:
    """Standard output."""

    def __init__(self, format_: str) -> None:
        self.done = 0
        self._head = csv_header() if format_ == "csv" else b""

    def write(self, batch: Batch) -> None:
        """Write a batch."""
        try:
            sys.stdout.buffer.write(self._head + batch.data)
            sys.stdout.buffer.flush()
            self._head = b""
        except BrokenPipeError:
            raise
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left in the buffer goes nowhere
            raise SkilltaxError(f"standard output cannot be written: {os.strerror(error.errno or 0)}") from error


class _File:
    """What outputs in files have in common: the state behind each batch."""

    def __init__(self, final: Path, run: str, resume: bool) -> None:
        self.final, self._run = final, run
        self.partial = final.with_name(final.name + ".partial")
        self._state = final.with_name(final.name + ".state")
        self._unwritten = final.with_name(final.name + ".state.new")  # moved into its place when it is whole
        self.done = self.size = 0
        if resume and (state := self._known()):
            if state["run"] != run:
                raise SkilltaxError(
                    f"{final}: the run to be continued had other inputs, options or another taxonomy; "
                    "give the same ones, or begin anew without --resume"
                )
            self.done, self.size = state["postings"], state["bytes"]
            if self.partial.is_file() and self.partial.stat().st_size < self.size:
                raise SkilltaxError(f"{self.partial}: was changed since; begin anew without --resume")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say of a failed write what is kept and how to go on."""
        try:
            yield
        except OSError as error:
            kept = f"; {self.done} postings are kept: make room, then go on with --resume" if self.done else ""
            raise SkilltaxError(f"{self.final}: cannot be written: {os.strerror(error.errno or 0)}{kept}") from error

    def write(self, batch: Batch) -> None:
        """Write a batch."""
        with self.told():
            self.add(batch)

    def add(self, batch: Batch) -> None:
        """Write a batch in the way of the format."""
        raise NotImplementedError

    def _known(self) -> dict[str, Any] | None:
        try:
            known: dict[str, Any] = orjson.loads(self._state.read_bytes())
            return known if self.partial.exists() else None
        except (OSError, ValueError):
            return None

    def keep(self, postings: int) -> None:
        """Remember that so many postings more are whole."""
        self.done += postings
        try:
            self._unwritten.write_bytes(orjson.dumps({"run": self._run, "postings": self.done, "bytes": self.size}))
            self._unwritten.replace(self._state)
        except BaseException:  # Ctrl-C too
            self._unwritten.unlink(missing_ok=True)
            raise

    def forget(self) -> None:
        """The run is over."""
        self._state.unlink(missing_ok=True)
        self._unwritten.unlink(missing_ok=True)


class _Text(_File):
    """JSON Lines and CSV."""

    def __init__(self, final: Path, format_: str, run: str, resume: bool) -> None:
        super().__init__(final, run, resume)
        if not self.done:
            self.forget()
        self._gzip = final.name.endswith(".gz")
        self._head = csv_header() if format_ == "csv" and not self.done else b""
        with self.told():
            self._file = self.partial.open("r+b" if self.done else "wb", buffering=0)
        self._file.truncate(self.size)
        self._file.seek(self.size)

    def add(self, batch: Batch) -> None:
        """Write the bytes, then remember them."""
        self._append(batch.data)
        self.keep(batch.postings)

    def _append(self, data: bytes) -> None:
        data, self._head = self._head + data, b""
        if not data:
            return
        data = gzip.compress(data, mtime=0) if self._gzip else data
        self.size += len(data)
        left = memoryview(data)
        while left:
            left = left[self._file.write(left) :]

    def finish(self) -> None:
        """Move the output into place."""
        self._append(b"")  # the head of a CSV without rows
        self._file.close()
        self.partial.replace(self.final)
        self.forget()

    def leave(self, keep: bool) -> None:
        """Close; of a run that wrote nothing nothing stays."""
        self._file.close()
        if not (keep and self.done):
            self.partial.unlink(missing_ok=True)
            self.forget()


class _Parquet(_File):
    """Parquet: a folder of parts while the run goes on, joined to one file at its end."""

    PART = 512  # postings, or some more: whole batches

    def __init__(self, final: Path, format_: str, run: str, resume: bool) -> None:
        from skilltax.export import parquet

        super().__init__(final, run, resume)
        self._parquet = parquet
        self._waiting: list[Batch] = []
        if not self.done:
            self.forget()
            shutil.rmtree(self.partial, ignore_errors=True)
            with self.told():
                self.partial.unlink(missing_ok=True)
                self.partial.mkdir()

    def add(self, batch: Batch) -> None:
        """Write a part when there are enough."""
        self._waiting.append(batch)
        if sum(waiting.postings for waiting in self._waiting) >= self.PART:
            self._part()

    def _part(self) -> None:
        """Write what waits; a part is named by the postings before it, so one that was not remembered is written anew."""
        part = self.partial / f"{self.done:012d}.parquet"
        self._parquet.write_part((waiting.data for waiting in self._waiting), part)
        self.keep(sum(waiting.postings for waiting in self._waiting))
        self._waiting.clear()

    def finish(self) -> None:
        """Join the parts and move the file into place."""
        if self._waiting:
            self._part()
        whole = self.partial / "whole"
        self._parquet.join(sorted(self.partial.glob("*.parquet")), whole)
        whole.replace(self.final)
        shutil.rmtree(self.partial)
        self.forget()

    def leave(self, keep: bool) -> None:
        """Of a run that wrote nothing nothing stays."""
        if not (keep and self.done):
            shutil.rmtree(self.partial, ignore_errors=True)
            self.forget()
