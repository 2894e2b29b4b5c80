"""What a question to the graph gives: rows, and on how many postings they rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from html import escape
from typing import Any, Generic, NamedTuple, TypeVar, overload

import networkx as nx

from skilltax.errors import SkilltaxError
from skilltax.graph.counts import Counts, counts_of

Row = TypeVar("Row", bound=NamedTuple)
THIN = 30  # postings; what rests on fewer is said to be thin


@dataclass(frozen=True, repr=False)
class Answer(Sequence[Row], Generic[Row]):
    """Rows, the best first, and what they rest on; a table in print and in notebooks. `pandas.DataFrame(answer)` is a frame.

    Attributes
    ----------
    question : str
        What was asked, in words.
    postings : int
        On how many postings the answer rests.
    rows : tuple
        The answer.
    notes : tuple of str
        What to keep in mind when reading it.
    about : tuple of str
        What the rows are about: a role or skill; of a comparison both.
    """

    question: str
    postings: int
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Answer[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Answer[Row]:
        if isinstance(index, slice):
            return replace(self, rows=self.rows[index])
        return self.rows[index]

    def head(self) -> str:
        """The question and what the answer rests on, in a line."""
        return f"{self.question} (rests on {self.postings:,} posting{'s' * (self.postings != 1)})"

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Names of the columns, and the rows as text. Where a row has a label, its id and category are left out."""
        if not self.rows:
            return [], []
        fields = self.rows[0]._fields
        names = [n for n in fields if n not in ("concept", "category") or "label" not in fields]
        return names, [[_text(getattr(row, name)) for name in names] for row in self.rows]

    def __str__(self) -> str:
        names, rows = self.table()
        lines = [self.head()] if rows else [self.head(), "nothing found"]
        columns = [_column(name.replace("_", " "), cells) for name, cells in zip(names, zip(*rows, strict=True), strict=False)]
        lines += ["  ".join(line).rstrip() for line in zip(*columns, strict=True)]
        return "\n".join([*lines, *(f"Note: {note}" for note in self.notes)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The same as :meth:`__str__` for a notebook."""
        names, rows = self.table()
        numeric = [_is_numeric(cells) for cells in zip(*rows, strict=True)]

        def line(tag: str, cells: Sequence[str]) -> str:
            sides = ("right" if right else "left" for right in numeric)
            inside = (f'<{tag} style="text-align: {side}">{escape(c)}</{tag}>' for side, c in zip(sides, cells, strict=True))
            return f"<tr>{''.join(inside)}</tr>"

        caption = f'<caption style="text-align: left; font-weight: bold; white-space: nowrap">{escape(self.head())}</caption>'
        head = line("th", [name.replace("_", " ") for name in names])
        notes = "".join(f"<div><em>Note: {escape(note)}</em></div>" for note in self.notes)
        body = "\n".join(line("td", row) for row in rows)
        found = (
            f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>" if rows else "<tbody><tr><td>nothing found</td></tr></tbody>"
        )
        return f'<div style="overflow-x: auto"><table>{caption}\n{found}</table></div>\n{notes}'


def _is_numeric(cells: Sequence[str]) -> bool:
    return all(cell.lstrip("-")[:1].isdigit() and " " not in cell for cell in cells)


def _column(name: str, cells: Sequence[str]) -> list[str]:
    """A column as wide as its widest cell, numbers to the right."""
    width = max(map(len, (name, *cells)))
    right = _is_numeric(cells)
    return [cell.rjust(width) if right else cell.ljust(width) for cell in (name, *cells)]


def _text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.1e}" if 0 < abs(value) < 0.0005 else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)


def as_counts(source: Counts | nx.Graph) -> Counts:
    """Counts, or those that a graph was built from."""
    return source if isinstance(source, Counts) else counts_of(source)


def known(name: str, what: str, all_: Collection[str]) -> None:
    """Refuse a name that is none of those that there are.

    Raises
    ------
    SkilltaxError
        With the names that look most like it.
    """
    if name not in all_:
        near = ", ".join(get_close_matches(name, all_, 5, 0.5) or sorted(all_)[:5])
        raise SkilltaxError(f"{name}: no such {what} in these postings" + (f"; near: {near}" if near else ""))


def thin(what: str, postings: int) -> tuple[str, ...]:
    """A note where something rests on few postings."""
    if postings >= THIN:
        return ()
    return (f"thin evidence: {what} stands in {postings} posting{'s' * (postings != 1)} only; mind the intervals",)
