"""Bad records: each is printed on standard error, counted, and written to the file that the user asked for."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from skilltax.errors import PostingError, PostingWarning, SkilltaxError


class BadRecords:
    """What is told of records that are bad or odd; a context that closes the file.

    Parameters
    ----------
    path : path or None
        Where a line of JSON for each goes, as soon as it is known.

    Attributes
    ----------
    bad, odd : int
        Records that are no posting, and warnings about some that are.

    Raises
    ------
    SkilltaxError
        Where the file cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        self.bad = self.odd = 0
        self._path = path
        self._file = None
        if path:
            try:
                self._file = path.open("wb", buffering=0)
            except OSError as error:
                raise self._unwritable(error) from error

    def __enter__(self) -> BadRecords:
        return self

    def __exit__(self, *_: Any) -> None:
        if self._file:
            self._file.close()

    def __call__(self, error: PostingError) -> None:
        """Tell of one."""
        is_warning = isinstance(error, PostingWarning)
        self.odd += is_warning
        self.bad += not is_warning
        print(f"skilltax: {error}", file=sys.stderr)
        if self._file:
            level = "warning" if is_warning else "error"
            record = {"level": level, "path": error.path, "line": error.line, "reason": error.reason, "raw": error.raw}
            try:
                self._file.write((json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))
            except OSError as failed:
                raise self._unwritable(failed) from failed

    def _unwritable(self, error: OSError) -> SkilltaxError:
        return SkilltaxError(f"{self._path}: cannot be written: {os.strerror(error.errno or 0)}")

    def __str__(self) -> str:
        """How many there were, for the end of a run."""
        said = [(self.bad, "bad record"), (self.odd, "warning")]
        return "".join(f", {number} {what}{'s' * (number != 1)}" for number, what in said if number)
