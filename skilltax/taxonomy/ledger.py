"""The ledger of ids: which ids a released version has had, and which are therefore permanent.

``ids.txt`` stands beside the YAML files: one id a line, sorted. ``skilltax taxonomy release`` adds the ids of today; none
is ever taken out. An id in it is a live concept or stands in retired.yaml, which ``skilltax taxonomy check`` proves.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

NAME = "ids.txt"
HEAD = "# Ids of released versions, which are permanent. Written by `skilltax taxonomy release`; no line is ever taken out.\n"


def read_ledger(folder: Path) -> frozenset[str]:
    """The ids that are permanent; none where nothing was released."""
    path = folder / NAME
    if not path.exists():
        return frozenset()
    return frozenset(line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def write_ledger(ids: Iterable[str]) -> str:
    """The text of the ledger."""
    return HEAD + "".join(f"{one}\n" for one in sorted(ids))
