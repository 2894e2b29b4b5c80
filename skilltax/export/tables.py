"""Tags as pandas frames. Needs the extra: ``pip install "skilltax[pandas]"``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from skilltax.errors import SkilltaxError
from skilltax.postings.model import Posting
from skilltax.tagging.model import Mention, TaggedPosting
from skilltax.tagging.tagger import Tagger

if TYPE_CHECKING:
    import pandas as pd

OF_POSTING = ("title", "company", "posted", "source", "role", "seniority")
ADDED = ("role", "seniority", "skills", "required", "preferred", "fingerprint")
LIKE_POSTING = ("id", "title", "company", "posted", "source")


def to_frame(tagged: Iterable[TaggedPosting]) -> pd.DataFrame:
    """A frame with a row a mention: `posting` (its id), what is known of the posting, and every field of the mention.

    Postings without mentions have no row.

    Parameters
    ----------
    tagged : iterable of TaggedPosting
        As the tagger gives them, or :func:`skilltax.read_tags`.

    Returns
    -------
    pandas.DataFrame
        A row a mention, in the order of the postings and of their texts.

    Raises
    ------
    SkilltaxError
        Where pandas is not installed: it comes with the extra ``pandas``.
    """
    columns = ["posting", *OF_POSTING, *Mention._fields]
    rows = [
        {"posting": posting.id, **{name: getattr(posting, name) for name in OF_POSTING}, **mention._asdict()}
        for posting in tagged
        for mention in posting.mentions
    ]
    return _pandas().DataFrame(rows, columns=columns)


def tag_frame(frame: pd.DataFrame, text: str = "text", *, tagger: Tagger | None = None) -> pd.DataFrame:
    """Tag the texts in a column of a frame; gives a copy with columns more.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a posting. Columns `id`, `title`, `company`, `posted` and `source` help where they are there.
    text : str
        The column with the texts. What is no text is tagged as an empty one.
    tagger : Tagger, optional
        With the shipped taxonomy without.

    Returns
    -------
    pandas.DataFrame
        With the same index, and `role`, `seniority`, `skills`, `required`, `preferred` (sorted lists of ids) and `fingerprint`.
        Columns of these names are replaced.

    Raises
    ------
    SkilltaxError
        Where there is no such column.
    """
    if text not in frame.columns:
        raise SkilltaxError(f"{text}: no such column; there are {', '.join(map(str, frame.columns))}")
    tagger = tagger or Tagger()
    known = [name for name in LIKE_POSTING if name in frame.columns and name != text]
    rows = zip(frame[text], *(frame[name] for name in known), strict=True)
    found = []
    for number, (body, *rest) in enumerate(rows):
        said = {name: str(value) for name, value in zip(known, rest, strict=True) if _is_known(value)}
        tags = tagger(Posting(**{"id": str(number), "text": body if isinstance(body, str) else "", **said}))
        found.append(
            (tags.role, tags.seniority, list(tags.skills), _with(tags, "required"), _with(tags, "preferred"), tags.fingerprint)
        )
    added = _pandas().DataFrame(found, columns=list(ADDED), index=frame.index)
    return frame.assign(**{name: added[name] for name in ADDED})


def _is_known(value: Any) -> bool:
    return not bool(_pandas().isna(value))


def _with(tags: TaggedPosting, strength: str) -> list[str]:
    return sorted({m.concept for m in tags.mentions if m.strength == strength})


def _pandas() -> Any:
    try:
        import pandas as pd
    except ImportError:
        raise SkilltaxError('frames need pandas: pip install "skilltax[pandas]"') from None
    return pd
