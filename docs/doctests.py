"""Examples in docstrings: a run of ``>>>`` without a heading of its own gets one, so that it is shown as code."""

from __future__ import annotations

import re
from typing import Any

import griffe

HEADING = re.compile(r"^Examples\n-+$", re.M)


class Doctests(griffe.Extension):  # type: ignore[misc]  # mkdocs is not installed where types are checked
    """Set the heading in front of the first example of each docstring."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """What griffe calls with each object that it has read."""
        if obj.docstring and ">>>" in obj.docstring.value and not HEADING.search(obj.docstring.value):
            obj.docstring.value = obj.docstring.value.replace(">>>", "Examples\n--------\n>>>", 1)
