"""From a record of a job board, a spreadsheet or a dump to a posting: which of its fields says what.

The names are those that are in public use: Greenhouse (`content`, `absolute_url`, `updated_at`), Ashby (`descriptionPlain`,
`jobUrl`, `publishedAt`), Lever (`hostedUrl`, `createdAt`), schema.org JobPosting (`description`, `hiringOrganization`,
`datePosted`), and the LinkedIn collections on Kaggle (`job_id`, `company_name`, `listed_time`, `job_summary`).
A reader's own names go before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from skilltax.errors import PostingError
from skilltax.postings.model import Posting
from skilltax.postings.shapes import shaped

FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "description", "content", "descriptionPlain", "descriptionHtml", "body", "job_description", "jobDescription",
        "job_summary",
    ),
    "id": ("id", "job_id", "jobId", "identifier", "job_link"),
    "title": ("title", "job_title", "jobTitle", "position"),
    "company": ("company", "company_name", "companyName", "employer", "hiringOrganization"),
    "posted": (
        "posted", "date_posted", "datePosted", "publishedAt", "first_published", "updated_at", "listed_time", "createdAt",
        "date",
    ),
    "source": ("source", "url", "absolute_url", "jobUrl", "hostedUrl", "job_posting_url", "job_link"),
}  # fmt: skip
RAW = 200  # characters of a bad record that are shown


def posting_of(record: Any, path: str, number: int, fields: Mapping[str, str]) -> Posting:
    """The posting that a record describes.

    Parameters
    ----------
    record : object
        A mapping, as JSON, CSV or Parquet give it.
    path, number : str, int
        Where it was read, for errors and for the id of a record that has none.
    fields : mapping of str to str
        The reader's own names for `text`, `id`, `title`, `company`, `posted` or `source`.

    Raises
    ------
    PostingError
        Where it is no mapping or has no text.
    """
    if not isinstance(record, Mapping):
        raise PostingError(path, number, "is no record with named fields", str(record)[:RAW])

    if not fields:
        record = shaped(record)

    def value(name: str) -> str | None:
        for field in (fields[name],) if name in fields else FIELDS[name]:
            found = _said(record.get(field), name)
            if isinstance(found, str) or (found is not None and name != "text"):
                return str(found)
        return None

    text = value("text")
    if not text or not text.strip():
        found = ", ".join(map(str, record)) or "none"
        raise PostingError(
            path, number, f"has no text; fields found: {found}; name the right one with --text-field", str(dict(record))[:RAW]
        )
    name = path.replace("\\", "/").rpartition("/")[2]
    return Posting(
        value("id") or f"{name}:{number}", text, value("title"), value("company"), day(value("posted")), value("source")
    )


def _said(found: Any, name: str) -> Any:
    """What a value says that is an object: an Organization its name, a PropertyValue (whose name is the employer's) the id."""
    if not isinstance(found, Mapping):
        return found
    return (found.get("value") if name == "id" else None) or found.get("name") or found.get("value")


EPOCH = re.compile(r"\d{9,13}(?:\.\d*)?|\d\.\d+[eE]\+1[12]")  # seconds or milliseconds, as spreadsheets write them
MILLISECONDS = 1e11  # seconds reach that in the year 5138


def day(posted: str | None) -> str | None:
    """A date as it was written; seconds or milliseconds since 1970 as a day (UTC).

    >>> day("1713397508000.0"), day("2024-10-03T10:00:00Z")
    ('2024-04-17', '2024-10-03T10:00:00Z')
    """
    if posted is None or not EPOCH.fullmatch(posted):
        return posted
    seconds = float(posted) / (1000 if float(posted) >= MILLISECONDS else 1)
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
