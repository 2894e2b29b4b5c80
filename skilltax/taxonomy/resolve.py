"""Names to concepts: exact after normalisation, never by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from skilltax.taxonomy.compiled import lexicon
from skilltax.taxonomy.forms import key, variants
from skilltax.taxonomy.lexicon import Entry
from skilltax.taxonomy.model import Taxonomy
from skilltax.taxonomy.tails import Tails

BRACKETED = re.compile(r"(.*\S)\s+\(([^()]+)\)")  # X (Y)
# Whoever asks means a thing: unlike in a text (tails.py), any number behind a name that is not known with it may go.
NUMBERED = re.compile(r"([\W\d_]*[^\W\d_].*) v?\d+(?:\.\d+)*\+?")


class Resolved(NamedTuple):
    """What a name means.

    Attributes
    ----------
    name : str
        As it was asked.
    concept : str or None
        The concept's id, None where the taxonomy does not know the name.
    gated : bool
        Whether a text must hold more than the name for it to be tagged.
    excluded : bool
        Whether the name was judged and left out on purpose.
    """

    name: str
    concept: str | None
    gated: bool
    excluded: bool


class Resolver:
    """Looks names up in a taxonomy: exact after normalisation (case, spaces, hyphens, plural ...), never fuzzy.

    Parameters
    ----------
    taxonomy : Taxonomy
        Where the names are looked up.
    often : Mapping[str, int], optional
        In how many postings each concept stands, where that is known: of several senses of a name the most frequent wins.

    Examples
    --------
    >>> from skilltax import load_taxonomy
    >>> Resolver(load_taxonomy())("k8s").concept
    'kubernetes'
    """

    def __init__(self, taxonomy: Taxonomy, often: Mapping[str, int] | None = None) -> None:
        self.taxonomy = taxonomy
        self._often = often or {}
        self._lexicon = lexicon(taxonomy)
        silent = [(f, c.id) for c in taxonomy for f, gate in c.match.items() if c.matched and not gate.tagged]
        groups = [(c.label, c.id) for c in taxonomy if not c.matched]
        self._ids = {key(v): i for form, i in (*silent, *reversed(groups)) for v in variants(form)}  # what the lexicon lacks
        words = taxonomy.rules.get("tails", {})
        self._tails = Tails({"any": [*words.get("any", ()), *words.get("looked up", ())]})
        self._excluded = {key(form) for e in taxonomy.excluded for form in variants(e.name)}

    def __call__(self, name: str) -> Resolved:
        """The concept of a name, its id included; of ``X (Y)`` what X means, else what Y; of ``X 1.2`` what X means.

        A phrase that always means a concept (``R language``) is a name of it too. Of several senses of X the one that Y means
        too wins. Where the whole is not known, ``X clusters`` means what X means, and ``X/Y`` what both of them mean.

        Parameters
        ----------
        name : str
            As somebody wrote it.

        Returns
        -------
        Resolved
            Also where the name is not known.
        """
        excluded = False
        bracketed = BRACKETED.fullmatch(name)
        explained = {concept for concept, _ in self._senses(bracketed[2])} if bracketed else set()
        for reading in self._readings(name):
            if senses := self._senses(reading):
                concept, gated = next((sense for sense in senses if sense[0] in explained), senses[0])
                return Resolved(name, concept, gated, False)
            excluded = excluded or key(reading) in self._excluded
        parts = [self(part) for part in name.split("/") if part.strip()] if "/" in name and not excluded else []
        if parts and len({part.concept for part in parts}) == 1:
            return parts[0]._replace(name=name)
        return Resolved(name, None, False, excluded)

    def _senses(self, reading: str) -> list[tuple[str, bool]]:
        """The concepts that a name may mean, the most likely first, and whether each needs more than the name."""

        def unlikely(e: Entry) -> tuple[bool, bool, bool, bool, int, bool]:
            legacy = self.taxonomy[e.concept].status == "legacy"
            often, bears_it = self._often.get(e.concept, 0), e.concept == key(reading).replace(" ", "-")
            return e.is_phrase, e.written != reading, bool(e.gate.needs), legacy, -often, not bears_it

        entries = sorted((e for e in self._lexicon.get(key(reading), ()) if not e.vetoes), key=unlikely)
        concept = self._ids.get(key(reading)) or (reading if reading in self.taxonomy else None)
        return [(e.concept, bool(e.gate.needs)) for e in entries] or ([(concept, True)] if concept else [])

    def _readings(self, name: str) -> Iterator[str]:
        """The name, what stands before its parenthesis and in it; at last the name without its version or a general noun."""
        name = " ".join(name.split())
        yield name
        if parts := BRACKETED.fullmatch(name):
            yield from parts.groups()
        if parts := NUMBERED.fullmatch(name):
            yield parts[1]
        if head := self._tails.head(name):
            yield head
