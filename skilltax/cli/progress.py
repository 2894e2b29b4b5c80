"""How far a run is, and what was wrong on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

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
