"""One self-contained HTML page: no request to anywhere, and nothing runs but the parts that we put in.

The Content-Security-Policy forbids everything and then allows the page's own style sheets and scripts by their hash. Data
stands in a script element of a type that is not run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import orjson

from skilltax.export.files import whole


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """A page that a notebook shows and a file holds.

    Attributes
    ----------
    html : str
        The whole document.
    height : int
        How high a notebook shows it, in pixels.
    """

    html: str
    height: int = 640

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self.html):,} characters: a notebook shows it, .save(path) writes it>"

    def _repr_html_(self) -> str:
        """The page in a frame that can neither read the notebook nor be read by it; kept by nbconvert."""
        return (
            f'<iframe sandbox="allow-scripts allow-downloads allow-popups" width="100%" height="{self.height}" '
            f'style="border: 0" srcdoc="{escape(self.html)}"></iframe>'
        )

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all.

        Parameters
        ----------
        path : path
            Usually ``.html``.

        Returns
        -------
        pathlib.Path
            Where it is.
        """
        with whole(path) as file:
            file.write(self.html.encode("utf-8"))
        return Path(path)


def document(title: str, body: str, *, style: str, script: str = "", data: Mapping[str, Any] | None = None) -> str:
    """A document of its parts.

    Parameters
    ----------
    title : str
        Plain text.
    body : str
        Markup; whatever in it came from outside is escaped already.
    style, script : str
        A style sheet; a script, which runs when the body is there.
    data : mapping of str to JSON value
        By the id of the element that holds each.
    """
    style, script = style.strip(), script.strip()
    held = "".join(
        f'<script type="application/json" id="{name}">{_json(value)}</script>\n' for name, value in (data or {}).items()
    )
    allowed = f"style-src '{_hash(style)}'" + (f"; script-src '{_hash(script)}'" if script else "")
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    run = f"<script>{script}</script>\n" if script else ""
    whole_document = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n{held}{run}</body>\n</html>\n"
    )
    return whole_document.encode("utf-8", "replace").decode("utf-8")


def _hash(part: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode("utf-8")).digest()).decode("ascii")


def _json(value: Any) -> str:
    """JSON that cannot end the element it stands in."""
    text = orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS).decode("utf-8")
    return text.replace("<", "\\u003c")
