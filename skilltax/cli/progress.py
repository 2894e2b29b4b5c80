"""How far a run is, and what was wrong on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any, TypeVar

from skilltax.errors import PostingError

T = TypeVar("T")


class Told:
    """Prints each bad record once on standard error, and counts them."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, error: PostingError) -> None:
        """Print an error that was not printed yet."""
        if (said := str(error)) not in self.seen:
            self.seen.add(said)
            print(f"skilltax: {said}", file=sys.stderr)


def progress(items: Iterable[T], what: str = "postings") -> Iterator[T]:
    """Hand items on and show how many there were, on standard error and only on a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.completed:,.0f} " + what), TextColumn("{task.speed:,.0f}/s"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        for item in items:
            yield item
            shown.advance(task)


class Meter:
    """Shows postings done, their rate, bad records and the time left, on standard error and only on a terminal.

    Parameters
    ----------
    total : int or None
        Bytes that will be read, None where that is not known: then no time left is shown.

    Attributes
    ----------
    bad : int
        Bad records so far, as the user of the meter counts them.
    """

    def __init__(self, total: int | None) -> None:
        self._shown: Any = None
        self._read = 0
        self.bad = 0
        self._total = total

    def __enter__(self) -> Meter:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

            said = TextColumn("{task.fields[postings]:,} postings  {task.fields[rate]:,.0f}/s  {task.fields[bad]} bad")
            left = [BarColumn(), TimeRemainingColumn()] if self._total else []
            self._shown = Progress(said, TimeElapsedColumn(), *left, console=Console(stderr=True), transient=True)
            self._shown.start()
            self._task = self._shown.add_task("", total=self._total, postings=0, rate=0, bad=0)
            self._begin, self._count = monotonic(), 0
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._shown.stop()

    def read(self, size: int) -> None:
        """So many bytes more were read."""
        self._read += size

    def done(self, postings: int) -> None:
        """So many postings more are written."""
        if self._shown:
            self._count += postings
            rate = self._count / max(monotonic() - self._begin, 0.001)
            self._shown.update(self._task, completed=self._read, postings=self._count, rate=rate, bad=self.bad)
