"""One run at a time into one output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skilltax.errors import SkilltaxError


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Hold the lock of an output, ``OUTPUT.lock``. The system frees it when the process ends, however it does: none is stale.

    Raises
    ------
    SkilltaxError
        Where another process holds it, or it cannot be made.
    """
    path = output.with_name(output.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SkilltaxError(f"{output}: cannot be written: {os.strerror(error.errno or 0)}") from error
    try:
        holds = _lock(handle) and path.exists() and path.stat().st_ino == os.fstat(handle).st_ino  # not one just taken away
        if not holds:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() if hasattr(os, "pread") else ""
            raise SkilltaxError(
                f"{output}: another run{f' (process {holder})' if holder else ''} writes there; "
                "wait for it, or choose another output"
            )
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Lock a file for this process, without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
