"""Shapes that postings come in and whose fields mean something else than their names say, or that hide one inside another.

A shape turns a record into one with the fields of :mod:`skilltax.postings.records`; others are read by their field names.

- Lever's job board keeps the job title under `text` and the posting in `description`, `lists` (a heading and its items) and
  `additional`: the text of the posting is these, joined.
- Hacker News: a thread (``/items`` of its search, with `children`), hits of that search (`comment_text`) and items of its own
  interface (`by`, `text`, `time`). A comment of "Who is hiring" begins ``Employer | Job | Place``.
- schema.org: a page's data often lists other things beside the JobPosting.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Record = Mapping[str, Any]


class Shape(NamedTuple):
    """How a shape is known and read.

    Attributes
    ----------
    name : str
        What it is called in the documentation.
    marks : tuple of str
        Fields that all are there.
    read : callable
        The record with the names of a posting's fields.
    """

    name: str
    marks: tuple[str, ...]
    read: Callable[[Record], Record]


def shaped(record: Record) -> Record:
    """The record with the names of a posting's fields, where its shape is one of those above."""
    for shape in SHAPES:
        if all(mark in record for mark in shape.marks):
            return shape.read(record)
    return record


def records_of(document: Any) -> list[Any]:
    """The records of a JSON document: a list, an object that holds one, or a single record."""
    if isinstance(document, Mapping):
        if "children" in document and "author" in document:  # a thread: its answers are the postings, deleted ones hold nothing
            answers = document["children"]
            return [a for a in answers if not _is_empty(a)] if isinstance(answers, list) else []
        held = next((document[name] for name in LISTS if isinstance(document.get(name), list)), None)
        return [document] if held is None else records_of(held)
    if not isinstance(document, list):
        return [document]
    typed = [one for one in document if isinstance(one, Mapping) and "@type" in one]
    if typed and len(typed) == len(document):  # schema.org: the employer and the page stand beside the posting
        return [posting for one in document for posting in (records_of(one) if "@graph" in one else [one]) if is_job(posting)]
    return document


def is_job(record: Any) -> bool:
    """Whether schema.org's type of a record is JobPosting."""
    kinds = record.get("@type") if isinstance(record, Mapping) else None
    return any(str(kind).endswith("JobPosting") for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _is_empty(answer: Any) -> bool:
    return isinstance(answer, Mapping) and answer.get("text") is None


def _lever(record: Record) -> Record:
    parts = [record.get("description") or record.get("descriptionPlain")]
    lists = record.get("lists")
    for one in lists if isinstance(lists, list) else []:
        if isinstance(one, Mapping):
            parts += [f"<h3>{one.get('text') or ''}</h3>", f"<ul>{one.get('content') or ''}</ul>"]
    parts.append(record.get("additional") or record.get("additionalPlain"))
    return {**record, "title": record["text"], "text": "\n".join(part for part in parts if isinstance(part, str) and part)}


def _hacker_news(record: Record) -> Record:
    text = record.get("comment_text") or record.get("text")
    number = record.get("objectID") or record.get("id")
    return {
        **record,
        "id": number,
        "text": text,
        "company": _employer(text) if isinstance(text, str) else None,
        "posted": record.get("created_at") or record.get("time"),
        "source": f"https://news.ycombinator.com/item?id={number}",
    }


FIRST_LINE = re.compile(r"[^|<\n]{1,80}(?=\s?\|)")  # "Employer | Job | Place"


def _employer(text: str) -> str | None:
    found = FIRST_LINE.match(text.removeprefix("<p>"))
    return html.unescape(found.group()).strip() or None if found else None


LISTS = ("jobs", "postings", "results", "items", "data", "@graph", "hits")  # under which a document may hold its records
SHAPES = (
    Shape("Lever", ("text", "hostedUrl"), _lever),
    Shape("Hacker News, search", ("comment_text", "objectID"), _hacker_news),
    Shape("Hacker News, thread", ("author", "text", "created_at"), _hacker_news),
    Shape("Hacker News, item", ("by", "text", "time"), _hacker_news),
)
