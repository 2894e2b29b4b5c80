"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from skilltax.errors import SkilltaxError


@contextmanager
def whole(path: str | Path) -> Iterator[IO[bytes]]:
    """A binary file that appears under its name when the block ends well, and leaves nothing when it does not.

    ``-`` is standard output. What is written goes to ``PATH.partial`` first.

    Raises
    ------
    SkilltaxError
        Where the file cannot be written.
    """
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    final = replaceable(Path(path))
    partial = final.with_name(final.name + ".partial")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(final)
    except OSError as error:
        raise SkilltaxError(f"{final}: cannot be written: {os.strerror(error.errno or 0)}") from error
    finally:
        partial.unlink(missing_ok=True)


def replaceable(path: Path) -> Path:
    """The path, if a file may appear under it. What is no file, such as a device, would be replaced by one.

    Raises
    ------
    SkilltaxError
        Where a folder or a device is there.
    """
    if path.is_dir():
        raise SkilltaxError(f"{path}: is a folder; give the name of a file")
    if path.exists() and not path.is_file():
        raise SkilltaxError(f"{path}: is no file; write to standard output (-) and send it there")
    return path
