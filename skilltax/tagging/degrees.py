"""Fields of study behind a degree: no skills there, though some are called like practices."""

from __future__ import annotations

import re
from collections.abc import Iterator

NAMES = r"degree|bachelor|master|ph\.?d|doctorate|diploma|b\.?sc?|m\.?sc?|b\.?tech|m\.?tech|b\.?eng|m\.?eng|majored|majoring"
DEGREE = re.compile(
    rf"(?:{NAMES})\b(?:['’]?s\b)?(?:[\s/,.()]|\b(?:{NAMES}|and|or|an?|of|the|advanced|graduate|undergraduate|higher|post"
    r"|level|science|engineering|arts|technology|degrees)\b(?:['’]?s\b)?){0,30}\bin\s+"
    r"|background in (?=computer science,[^.;:\n]{1,100}\b(?:related|similar|equivalent) (?:technical )?(?:field|discipline)\b)"
)
END = re.compile(
    r"[.;:!?\n](?<!e\.g\.)|\s[–—-]\s|\b(?:related|similar|equivalent|relevant|other|another|comparable|with|plus|including|focus\w*"
    r"|emphasis|\w*experience\w*|preferred|required|desired|from|years?|strong|solid|knowledge|profici\w+|familiar\w*|understanding"
    r"|expertise|ability|skills?|working|hands-on|certifi\w+|training|is|are|who|that|you|degrees?|coursework)\b|\d"
)

LONGEST = 300  # characters of a list


def degree_lists(low: str) -> Iterator[tuple[int, int]]:
    """The spans of the lists of fields behind degrees: `BS in Computer Science, Statistics or a related field`.

    A background in such a list of fields is one too.

    Parameters
    ----------
    low : str
        The text in lower case.
    """
    for found in DEGREE.finditer(low):
        before = low[found.start() - 1 : found.start()]
        if not before.isalnum() and before != "&":  # POA&Ms in eMASS
            end = END.search(low, found.end(), found.end() + LONGEST)
            yield found.end(), end.start() if end else min(found.end() + LONGEST, len(low))
