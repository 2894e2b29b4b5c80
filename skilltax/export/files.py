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
    final = Path(path)
    partial = final.with_name(final.name + ".partial")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(final)
    except OSError as error:
        raise SkilltaxError(f"{final}: cannot be written: {os.strerror(error.errno or 0)}") from error
    finally:
        partial.unlink(missing_ok=True)
