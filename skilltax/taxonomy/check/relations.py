"""Conditions on relations between concepts, and to other schemes."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from skilltax.errors import Problem
from skilltax.taxonomy.check.checked import Checked


def related_is_not_broader(c: Checked) -> Iterator[Problem]:
    """SKOS S27: what is related is not also above or below."""
    for concept in c.concepts:
        for other in concept.related:
            if other == concept.id:
                yield c.at(concept, "related", "is related to itself", "take it out")
            elif other in c.taxonomy.ancestors[concept.id] or concept.id in c.taxonomy.ancestors.get(other, ()):
                yield c.at(concept, "related", f"{other} is already above or below it", "take it out of related")


def related_is_stored_once(c: Checked) -> Iterator[Problem]:
    """A symmetric relation stands on one side only."""
    for concept in c.concepts:
        for other in concept.related:
            if other in c.taxonomy and concept.id in c.taxonomy[other].related and concept.id > other:
                yield c.at(concept, "related", f"{other} says so already", f"take {other} out here")


def mapped_ids_are_unique(c: Checked) -> Iterator[Problem]:
    """SKOS S46: what is an exact match of one concept is no match of another."""
    owners: dict[tuple[str, str], str] = {}
    for concept in c.taxonomy:
        for scheme, value in concept.ids.items():
            first = c.taxonomy[owners.setdefault((scheme, value), concept.id)]
            if first is not concept and (blamed := c.examined(concept, first)):
                other = first if blamed is concept else concept
                yield c.at(blamed, "ids", f"{scheme} {value} is also {other.id}", "keep the right one")


def hierarchy_is_acyclic(c: Checked) -> Iterator[Problem]:
    """Nothing is, through others, broader than itself, part of itself or implied by itself."""
    for relation in ("broader", "part_of", "implies"):
        above = {concept.id: set(getattr(concept, relation)) & c.taxonomy.concepts.keys() for concept in c.taxonomy}
        try:
            TopologicalSorter(above).prepare()
        except CycleError as error:
            ring = error.args[1]
            message = "goes in a ring: " + " > ".join(ring)
            yield c.at(c.taxonomy[ring[0]], relation, message, "take one away")
