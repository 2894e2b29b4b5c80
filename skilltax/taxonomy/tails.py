"""What adds nothing to the name it stands behind: `Kubernetes platform`, `RISC-V cores`, `Helm 3` (taxonomy/tails.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from skilltax.taxonomy.forms import variants

# Two digits at the most, or a year: more are a model's (RTX 4090).
VERSION = re.compile(r" (?:v|version )?(?:[0-9]{1,2}(?:\.[0-9x]+)*\+?|(?:19[89]|20[0-3])[0-9])$")


class Tails:
    """Cuts what adds nothing to a name off its end, for the shortest span that names the whole concept is tagged.

    Parameters
    ----------
    tails : mapping
        As in taxonomy/tails.yaml.

    Examples
    --------
    >>> tails = Tails({"any": ["tool"], "technology": ["core"], "behind a hyphen": ["compliant"]})
    >>> tails.head("SIEM tools"), tails.head("RISC-V cores"), tails.head("RISC-V cores", "technology")
    ('SIEM', '', 'RISC-V')
    """

    def __init__(self, tails: Mapping[str, Sequence[Any]]) -> None:
        before = r"[ -](?:and |& )?(?:software )?(?:based |driven )?"
        self._any = re.compile(rf"{before}{_one_of(tails.get('any', ()))}$")
        of_technology, joined = _one_of(tails.get("technology", ())), _one_of(tails.get("behind a hyphen", ()))
        self._of_technology = re.compile(rf"(?: {of_technology}|-{joined})$")
        self._with_parts = frozenset(tails.get("numbers of parts", ()))
        self._of_the_name = frozenset(v for word in tails.get("of the name", ()) for v in variants(word))
        makers = ([one] if isinstance(one, str) else one for one in tails.get("makers", ()))
        self.makers = {name: names for names in makers for name in names}

    def head(self, name: str, kind: str = "") -> str:
        """What stands before the tail of a name, "" where it has none.

        Parameters
        ----------
        name : str
            As somebody wrote it.
        kind : str
            Kind of the concept; behind a technology more words say nothing.
        """
        tail = self._any.search(name) or (self._of_technology.search(name) if kind == "technology" else None)
        return name[: tail.start()] if tail else ""

    def is_common(self, word: str) -> bool:
        """Whether a word behind a name of a concept only says what that is, and is no part of it.

        >>> tails = Tails({"of the name": ["mode"]})
        >>> tails.is_common("tape"), tails.is_common("Tape"), tails.is_common("mode"), tails.is_common("modes")
        (True, False, False, False)
        """
        return len(word) > 1 and word.isalpha() and word.islower() and word not in self._of_the_name

    def unversioned(self, name: str, category: str) -> str:
        """What stands before the version of a technology, "" where there is none or, in its category, a number names a part.

        >>> Tails({"numbers of parts": ["processors"]}).unversioned("Helm 3", "cloud-native")
        'Helm'
        """
        version = VERSION.search(name) if category not in self._with_parts else None
        return name[: version.start()] if version else ""


def _one_of(words: Iterable[Any]) -> str:
    """An expression for any of some words, written in any way; one that matches nothing where there are none."""
    every = {variant for word in words for variant in variants(str(word))}
    return "(?:" + "|".join(sorted(map(re.escape, every), key=len, reverse=True)) + ")" if every else r"\b\B"
