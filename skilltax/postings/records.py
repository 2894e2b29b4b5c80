"""From a record of a job board, a spreadsheet or a dump to a posting: which of its fields says what.

The names are those that are in public use: Greenhouse (`content`, `absolute_url`, `updated_at`), Ashby (`descriptionPlain`,
`jobUrl`, `publishedAt`), schema.org JobPosting (`description`, `hiringOrganization`, `datePosted`), and the LinkedIn
collections on Kaggle (`job_id`, `company_name`, `listed_time`, `job_summary`). A reader's own names go before them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skilltax.errors import PostingError
from skilltax.postings.model import Posting

FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "description", "content", "descriptionPlain", "descriptionHtml", "body", "job_description", "jobDescription",
        "job_summary",
    ),
    "id": ("id", "job_id", "jobId", "identifier", "job_link"),
    "title": ("title", "job_title", "jobTitle", "position"),
    "company": ("company", "company_name", "companyName", "employer", "hiringOrganization"),
    "posted": ("posted", "date_posted", "datePosted", "publishedAt", "first_published", "updated_at", "listed_time", "date"),
    "source": ("source", "url", "absolute_url", "jobUrl", "job_posting_url", "job_link"),
}  # fmt: skip
LISTS = ("jobs", "postings", "results", "items", "data", "@graph")  # under which a document may hold its records
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

    def value(name: str) -> str | None:
        for field in (fields[name],) if name in fields else FIELDS[name]:
            found = record.get(field)
            if isinstance(found, Mapping):  # {"@type": "Organization", "name": ...}
                found = found.get("name") or found.get("value")
            if found is not None and not (name == "text" and not isinstance(found, str)):
                return str(found)
        return None

    text = value("text")
    if not text or not text.strip():
        found = ", ".join(map(str, record)) or "none"
        raise PostingError(path, number, f"has no text; fields found: {found}; name the right one", str(dict(record))[:RAW])
    name = path.replace("\\", "/").rpartition("/")[2]
    return Posting(value("id") or f"{name}:{number}", text, value("title"), value("company"), value("posted"), value("source"))


def records_of(document: Any) -> list[Any]:
    """The records of a JSON document: a list, an object that holds one, or a single record."""
    if isinstance(document, list):
        return document
    if isinstance(document, Mapping):
        return next((document[name] for name in LISTS if isinstance(document.get(name), list)), [document])
    return [document]
