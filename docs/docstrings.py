"""What is done to docstrings before they become pages: headings for examples, links, and parameters told apart."""

from __future__ import annotations

import re
from typing import Any

import griffe

HEADING = re.compile(r"^Examples\n-+$", re.M)
SEVERAL = re.compile(r"^(\w+(?:, \w+)+)( :.*)?\n((?: {4}.*(?:\n|\Z))+)", re.M)
NAME = re.compile(r":(?:func|class|data|meth|mod|attr):`(~?)([\w.]+)`")


class Docstrings(griffe.Extension):  # type: ignore[misc]  # mkdocs is not installed where types are checked
    """Docstrings in the form of numpy, as mkdocstrings reads them."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """What griffe calls with each object that it has read."""
        if obj.docstring:
            obj.docstring.value = NAME.sub(lambda m: _link(obj, m[1], m[2]), _headed(_apart(obj.docstring.value)))


def _apart(docstring: str) -> str:
    """A docstring where each parameter stands by itself: of several in one line, griffe gives all the type of the first."""
    return SEVERAL.sub(
        lambda m: "".join(f"{name}{m[2] or ''}\n{m[3].rstrip()}\n" for name in m[1].split(", ")),
        docstring,
    )


def _headed(docstring: str) -> str:
    """A docstring whose first example has a heading, so that it is shown as code."""
    return docstring if HEADING.search(docstring) else docstring.replace(">>>", "Examples\n--------\n>>>", 1)


def _link(obj: griffe.Object, short: str, name: str) -> str:
    """A link to what a name means; only the name where no page describes it."""
    module = obj if obj.is_module else obj.module
    path = name if name.startswith("skilltax") else f"{module.path}.{name}"
    shown = name.rpartition(".")[2] if short else name
    return f'<autoref identifier="{path}" optional><code>{shown}</code></autoref>'
