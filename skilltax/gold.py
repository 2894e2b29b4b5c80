"""Postings labelled by hand, as the project's gold set keeps them.

For each posting a list of mentions by surface and occurrence, some of them optional, with a strength, and the posting's role
and seniority.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from skilltax.errors import SkilltaxError

Span = tuple[int, int]


class Label(NamedTuple):
    """A labelled mention.

    Attributes
    ----------
    names : tuple of str
        What the labellers called its concept, and the surface itself.
    kind : str
        technology, practice or certification.
    strength : str or None
        None where the labellers differ.
    optional : bool
        Whether finding it neither helps nor hurts.
    """

    names: tuple[str, ...]
    kind: str
    strength: str | None
    optional: bool


class Labelled(NamedTuple):
    """A labelled posting: its spans with their labels, role and seniority (None where the labellers differ)."""

    id: str
    spans: Mapping[Span, Label]
    role: str | None
    seniority: str | None


def read_labels(path: str | Path, texts: Mapping[str, str]) -> list[Labelled]:
    """Read labelled postings.

    Parameters
    ----------
    path : path
        JSON: a list of ``{"id", "role", "seniority", "mentions": [{"surface", "occ", "concept", "alt", "kind", "strength",
        "optional"}]}``; `occ` is ``"all"`` or the numbers of the occurrences, counted from 1, that no letter or digit touches.
    texts : mapping of id to text
        The postings.

    Raises
    ------
    SkilltaxError
        Where the file is not of this form, a posting is not there, or a label names an occurrence that its text does not have.
    """
    try:
        rows = json.loads(Path(path).read_text("utf-8"))
        return [_labelled(row, texts) for row in rows]
    except OSError as error:
        raise SkilltaxError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise SkilltaxError(f"{path}: is no list of labelled postings ({error})") from None
    except KeyError as error:
        raise SkilltaxError(f"{path}: field or posting {error} is missing; see `skilltax evaluate --help`") from None
    except IndexError as error:
        raise SkilltaxError(f"{path}: {error}") from None


def _labelled(row: dict[str, Any], texts: Mapping[str, str]) -> Labelled:
    text = texts[row["id"]]
    spans: dict[Span, Label] = {}
    for mention in row["mentions"]:
        surface = mention["surface"]
        places = [m.span() for m in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(surface)}(?![A-Za-z0-9])", text)]
        numbers = range(1, len(places) + 1) if mention["occ"] == "all" else mention["occ"]
        label = Label(
            (mention["concept"], *mention.get("alt", ()), surface),
            mention["kind"],
            mention["strength"],
            bool(mention.get("optional")),
        )
        for number in numbers:
            if not 1 <= number <= len(places):
                raise IndexError(f"{row['id']}: {surface} occurs {len(places)} times, not {number}; mend its `occ`")
            spans[places[number - 1]] = label
    return Labelled(row["id"], spans, row["role"], row["seniority"])
