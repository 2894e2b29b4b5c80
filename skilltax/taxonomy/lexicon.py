"""The lexicon: every key that a text may hold, with the concepts that it may name and under which conditions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from skilltax.taxonomy.forms import key, variants
from skilltax.taxonomy.model import Concept, Gate, Taxonomy
from skilltax.taxonomy.words import english_words

OPEN = Gate()


class Entry(NamedTuple):
    """One reading of a key.

    Attributes
    ----------
    concept : str
        Id of the concept it names, or does not name where it is a veto.
    form : str
        The form as the curator typed it.
    written : str
        The variant in the case it was typed in.
    gate : Gate
        Conditions of the form.
    inner : str
        The part of the phrase that gets tagged, where that is not the whole: the form inside an `always` phrase, the
        name before a tail that says nothing (`agile` in `agile methodologies`).
    vetoes : bool
        Whether it is a `never` phrase: inside it, the concept is not meant.
    """

    concept: str
    form: str
    written: str
    gate: Gate = OPEN
    inner: str = ""
    vetoes: bool = False

    @property
    def is_phrase(self) -> bool:
        """Whether it is an `always` phrase, which means a concept without being a name of it."""
        return bool(self.inner) and self.form == self.inner


Lexicon = Mapping[str, tuple[Entry, ...]]

# Words behind a name that add nothing to it: the shortest span that names the whole concept is tagged.
TAIL = re.compile(
    r"[ -](?:and |& )?(?:software )?(?:based |driven )?"
    r"(?:technolog(?:y|ies)|methodolog(?:y|ies)|methods?|(?:best )?practices?|principles?|platforms?|techniques?|tools?|tooling"
    r"|toolsets?|concepts?|patterns?|architectures?|environments?|solutions?|infrastructures?|workloads?|skills?|experiences?"
    r"|process(?:es)?|pipelines?|teams?|operating systems?|os|(?:programming )?languages?|programming|scripting|scripts?"
    r"|development|frameworks?|workflows?|standards?|guidelines?|fundamentals|knowledge|expertise|ecosystems?|stacks?|clusters?"
    r"|rotations?|shifts?|ceremonies|approach(?:es)?|systems?|software|charts?|distributions?|distros?|director(?:y|ies)|initiatives?|mindset|culture|delivery|setups?|deployments?|engineers?|developers?|products?|projects?)$"
)


def _is_word(form: str) -> bool:
    return form.isalpha() and form.lower() in english_words()


def _head(written: str, names: Collection[str]) -> str:
    """The name that a form begins with, if nothing but a tail follows it."""
    tail = TAIL.search(written)
    head = written[: tail.start()] if tail else ""
    return head if head in names else ""


def entries_of(concept: Concept) -> dict[str, list[Entry]]:
    """Keys of one concept with their entries: forms with their variants, `never` and `always` phrases."""
    found: dict[str, list[Entry]] = {}

    def add(written: str, entry: Entry) -> None:
        at = found.setdefault(key(written), [])
        if not at or entry not in at:
            at.append(entry)

    tagged = [form for form in dict.fromkeys(concept.forms) if concept.match.get(form, OPEN).tagged]
    written_as = {form: list(variants(form)) for form in tagged}
    names = {variant for several in written_as.values() for variant in several}
    for form, several in written_as.items():
        gate = concept.match.get(form, OPEN)
        for written in several:
            if written != form and _is_word(written) and not _is_word(form):
                continue  # what is generated never makes an everyday word a name: Arize, arise
            head = _head(written, names) if form != concept.label else ""
            add(written, Entry(concept.id, form, written, gate, head))
    for form, gate in concept.match.items():
        for phrase in gate.never:
            for written in variants(phrase):
                add(written, Entry(concept.id, form, phrase, vetoes=True))
        for phrase in gate.always:
            for written in variants(phrase):
                add(written, Entry(concept.id, form, written, OPEN, form))
    return found


def lexicon(taxonomy: Taxonomy) -> dict[str, tuple[Entry, ...]]:
    """Every key of a taxonomy. A typed form beats a generated variant of another concept's form."""
    every: dict[str, list[Entry]] = {}
    for concept in taxonomy:
        for one, entries in entries_of(concept).items():
            every.setdefault(one, []).extend(entries)
    return {one: tuple(_typed_first(entries)) for one, entries in every.items()}


def _typed_first(entries: list[Entry]) -> list[Entry]:
    if len(entries) == 1:
        return entries
    typed = {e.concept for e in entries if e.form == e.written and not e.vetoes}
    if not typed:
        return entries
    return [e for e in entries if e.concept in typed or e.vetoes]
