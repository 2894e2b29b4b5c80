"""What a condition looks at, and the condition itself as a type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from typing import Protocol

from skilltax.errors import Problem
from skilltax.taxonomy.compiled import lexicon
from skilltax.taxonomy.lexicon import Lexicon
from skilltax.taxonomy.model import Concept, Named, Taxonomy
from skilltax.taxonomy.source import Source

Read = Callable[[str], Collection[Named]]


class Checked:
    """A taxonomy under examination.

    Parameters
    ----------
    taxonomy : Taxonomy
        As loaded.
    sources : tuple of Source
        The files that it was loaded from, for lines. Problems of concepts that stand in none of them are not reported:
        with an overlay's files alone, the overlay is examined and not what it lies on.
    read : callable
        What the real matcher finds in a text.
    released : frozenset of str
        Ids of released versions (:mod:`skilltax.taxonomy.ledger`).
    """

    def __init__(
        self, taxonomy: Taxonomy, sources: tuple[Source, ...], read: Read, released: frozenset[str] = frozenset()
    ) -> None:
        self.taxonomy, self.sources, self.read, self.released = taxonomy, sources, read, released
        self._homes = {
            path[0]: source for source in reversed(sources) for path in source.lines if len(path) == 1 and path[0] in taxonomy
        }

    @cached_property
    def lexicon(self) -> Lexicon:
        """Every key with its readings."""
        return lexicon(self.taxonomy)

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """The concepts that stand in the sources: those that are examined."""
        return tuple(concept for concept in self.taxonomy if concept.id in self._homes)

    def examined(self, *concepts: Concept) -> Concept | None:
        """The first of some concepts that is examined."""
        return next((concept for concept in concepts if concept.id in self._homes), None)

    def given(self, concept: Concept, field: str) -> Sequence[str]:
        """A list of texts as the examined file gives it: an overlay does not answer for what it lies on."""
        found = self._homes[concept.id].data[concept.id].get(field, ())
        return found if concept.matched else ()

    def named_in(self, text: str) -> frozenset[str]:
        """The concepts that the real matcher finds in a text."""
        return frozenset(named.concept for named in self.read(text))

    def at(self, concept: Concept, field: str, message: str, remedy: str) -> Problem:
        """A problem at a field of a concept, with the file and line that it stands on."""
        source = self._homes.get(concept.id)
        name, line = (source.name, source.line((concept.id, field))) if source else (f"{concept.category}.yaml", 1)
        return Problem(name, line, f"{concept.id}.{field}", message, remedy)


class Condition(Protocol):
    """A function that finds everything in a taxonomy that breaks one condition."""

    __name__: str

    def __call__(self, c: Checked) -> Iterator[Problem]:
        """The problems, in any order."""
        ...
