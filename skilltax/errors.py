"""Errors that skilltax raises on bad input: each says what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class SkilltaxError(Exception):
    """Base of every error that skilltax raises on purpose."""


class Problem(NamedTuple):
    """One thing that is wrong in a taxonomy file.

    Attributes
    ----------
    file : str
        Name of the file, as the user gave it.
    line : int
        Line the problem stands on, counted from 1.
    path : str
        Where in the record, such as ``kvm.broader``.
    message : str
        What is wrong.
    remedy : str
        What to do about it.
    """

    file: str
    line: int
    path: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message}; {self.remedy}"


class TaxonomyError(SkilltaxError):
    """A taxonomy that cannot be used. Carries every problem that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        head = f"{count} problem{'s' * (count != 1)} in the taxonomy:"
        super().__init__("\n".join([head, *map(str, self.problems)]))


class PostingError(SkilltaxError):
    """A record that is no posting.

    Parameters
    ----------
    path : str
        File the record was read from.
    line : int
        Line of the record, counted from 1; 0 where the file has no lines.
    reason : str
        What is wrong with it and what to do.
    raw : str
        How the record begins, for finding it again.
    """

    def __init__(self, path: str, line: int, reason: str, raw: str = "") -> None:
        self.path, self.line, self.reason, self.raw = path, line, reason, raw
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


class PostingWarning(PostingError):  # noqa: N818 - no error: the posting is there
    """What is odd about a posting that was read all the same."""
