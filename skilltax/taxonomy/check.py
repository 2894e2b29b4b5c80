"""Conditions that a taxonomy must meet: one function a condition, each a generator of problems.

Loading (:mod:`skilltax.taxonomy.load`) refuses what has no meaning; what stands here is about quality. The SKOS
integrity conditions (S9, S13, S14, S27, S46) are those of the SKOS Reference, W3C Recommendation 2009.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from skilltax.errors import Problem
from skilltax.taxonomy.forms import key
from skilltax.taxonomy.lexicon import OPEN, Lexicon, lexicon
from skilltax.taxonomy.load import canonical
from skilltax.taxonomy.model import Concept, Taxonomy
from skilltax.taxonomy.source import Source
from skilltax.taxonomy.words import english_words

FEW = 2  # examples and decoys that a gated concept must have at the least


class Checked(NamedTuple):
    """What a condition looks at."""

    taxonomy: Taxonomy
    sources: tuple[Source, ...]
    lexicon: Lexicon
    named_in: Callable[[str], Collection[str]]

    def at(self, concept: Concept, field: str, message: str, remedy: str) -> Problem:
        """A problem at a field of a concept, with the file and line that it stands on."""
        for source in self.sources:
            if (concept.id,) in source.lines and source.name.endswith(f"/{concept.category}.yaml"):
                line = source.line((concept.id, field))
                return Problem(source.name, line, f"{concept.id}.{field}", message, remedy)
        return Problem(concept.category + ".yaml", 1, f"{concept.id}.{field}", message, remedy)


def canonical_files(c: Checked) -> Iterator[Problem]:
    """Every file is as ``skilltax taxonomy format`` writes it."""
    for source in c.sources:
        if source.data is not None and canonical(source) != source.text:
            yield Problem(source.name, 1, "(file)", "is not in canonical form", "run: skilltax taxonomy format")


def retired_ids_stay_retired(c: Checked) -> Iterator[Problem]:
    """An id that was retired is never used again."""
    for retired in c.taxonomy.retired:
        if retired.id in c.taxonomy:
            yield c.at(c.taxonomy[retired.id], "id", "this id is retired", "choose another id")


def labels_are_unique(c: Checked) -> Iterator[Problem]:
    """SKOS S14: no two concepts share a preferred label."""
    by_label = defaultdict(list)
    for concept in c.taxonomy:
        by_label[key(concept.label)].append(concept)
    for same in by_label.values():
        for concept in same[1:]:
            if same[0].id not in concept.distinct_from and concept.id not in same[0].distinct_from:
                yield c.at(concept, "label", f"is also the label of {same[0].id} ({same[0].category})", "join them")


def labels_are_disjoint(c: Checked) -> Iterator[Problem]:
    """SKOS S13: label, aliases and hidden forms of one concept have nothing in common."""
    for concept in c.taxonomy:
        for form, count in Counter(concept.forms).items():
            if count > 1:
                yield c.at(concept, "aliases", f"{form} stands twice", "keep one")


def nothing_collides(c: Checked) -> Iterator[Problem]:
    """A key names one concept, unless both sides list each other in `distinct_from` and have gates."""
    told = set()
    for one, entries in c.lexicon.items():
        named = sorted({e.concept for e in entries if not e.vetoes})
        for first, second in pairwise(named):
            a, b = c.taxonomy[first], c.taxonomy[second]
            if (first, second) in told:
                continue
            told.add((first, second))
            if second not in a.distinct_from and first not in b.distinct_from:
                where = f"{first} ({a.category})"
                yield c.at(b, "label", f"“{one}” also names {where}", "drop the form from one, or gate both: distinct_from")
            elif not all(e.gate != OPEN or e.is_phrase for e in entries if not e.vetoes):
                yield c.at(b, "match", f"“{one}” names {first} too and has no gate", "gate the form on both sides")


def unsafe_forms_have_gates(c: Checked) -> Iterator[Problem]:
    """Proper names that are everyday words, and forms of one or two characters, have a gate.

    A form typed in lower case is a common noun (`compiler`) and means what it says.
    """
    words = english_words()
    for concept in c.taxonomy:
        for form in concept.forms:
            if form in concept.match or concept.kind == "soft":
                continue
            if len(form) <= 2:
                yield c.at(concept, "match", f"“{form}” is too short to stand without a gate", "give it one")
            elif form[0].isupper() and form.lower() in words:
                yield c.at(concept, "match", f"“{form}” is also an everyday word", "give it a gate (case: exact, needs)")


def gates_have_examples(c: Checked) -> Iterator[Problem]:
    """A gated concept shows two sentences that name it and two that do not."""
    for concept in c.taxonomy:
        gated = any(gate.tagged for gate in concept.match.values())
        if gated and (len(concept.examples) < FEW or len(concept.decoys) < FEW):
            yield c.at(concept, "match", f"has a gate, but not {FEW} examples and {FEW} decoys", "add them")


def phrases_hold_their_form(c: Checked) -> Iterator[Problem]:
    """`never` and `always` phrases contain the form that they are about."""
    for concept in c.taxonomy:
        for form, gate in concept.match.items():
            for phrase in (*gate.never, *gate.always):
                if not re.search(rf"(?<![^\W_]){re.escape(key(form))}(?:e?s)?(?![^\W_])", key(phrase)):
                    yield c.at(concept, "match", f"“{phrase}” does not hold “{form}”", "write the whole phrase")
                elif key(phrase) == key(form):
                    yield c.at(concept, "match", f"“{phrase}” is the form itself", "write a longer phrase")


def records_are_whole(c: Checked) -> Iterator[Problem]:
    """A homepage for every technology with a proper name and every certification; something broader for each."""
    for concept in c.taxonomy:
        proper = any(word != word.lower() and word != word.upper() for word in concept.label.split())
        if concept.kind == "certification" and concept.matched and not concept.homepage:
            yield c.at(concept, "homepage", "a certification has a homepage", "add it")
        if concept.kind == "technology" and proper and concept.matched and not concept.homepage:
            yield c.at(concept, "homepage", "a technology with a name has a homepage", "add it")
        if concept.description.endswith("..") or not concept.description.endswith("."):
            yield c.at(concept, "description", "is no sentence", "end it with a full stop")
        if concept.status == "deprecated" and not concept.replaced_by:
            yield c.at(concept, "replaced_by", "deprecated without a successor", "name it, or make it legacy")


def hierarchy_is_acyclic(c: Checked) -> Iterator[Problem]:
    """Nothing is, through others, broader than itself, part of itself or implied by itself."""
    for relation in ("broader", "part_of", "implies"):
        done: set[str] = set()
        for concept in c.taxonomy:
            trail: list[str] = []

            def walk(at: str, trail: list[str] = trail, relation: str = relation, done: set[str] = done) -> list[str] | None:
                if at in trail:
                    return [*trail[trail.index(at) :], at]
                if at in done or at not in c.taxonomy:
                    return None
                trail.append(at)
                for above in getattr(c.taxonomy[at], relation):
                    if ring := walk(above):
                        return ring
                trail.pop()
                done.add(at)
                return None

            if ring := walk(concept.id):
                yield c.at(concept, relation, "goes in a ring: " + " > ".join(ring), "take one away")
                done.update(ring)


def related_is_not_broader(c: Checked) -> Iterator[Problem]:
    """SKOS S27: what is related is not also above or below."""
    for concept in c.taxonomy:
        for other in concept.related:
            if other == concept.id:
                yield c.at(concept, "related", "is related to itself", "take it out")
            elif other in c.taxonomy.ancestors[concept.id] or concept.id in c.taxonomy.ancestors.get(other, ()):
                yield c.at(concept, "related", f"{other} is already above or below it", "take it out of related")


def related_is_stored_once(c: Checked) -> Iterator[Problem]:
    """A symmetric relation stands on one side only; S46: mapped ids are unique."""
    for concept in c.taxonomy:
        for other in concept.related:
            if other in c.taxonomy and concept.id in c.taxonomy[other].related and concept.id > other:
                yield c.at(concept, "related", f"{other} says so already", f"take {other} out here")
    for scheme in ("wikidata", "stackoverflow", "onet", "esco"):
        owners: dict[str, str] = {}
        for concept in c.taxonomy:
            value = concept.ids.get(scheme)
            if value and (first := owners.setdefault(value, concept.id)) != concept.id:
                yield c.at(concept, "ids", f"{scheme} {value} is also {first}", "keep the right one")


def excluded_names_are_unknown(c: Checked) -> Iterator[Problem]:
    """What was left out is not tagged."""
    for excluded in c.taxonomy.excluded:
        for entry in c.lexicon.get(key(excluded.name), ()):
            if not entry.vetoes:
                concept = c.taxonomy[entry.concept]
                yield c.at(concept, "label", f"“{excluded.name}” stands in excluded.yaml", "take it out of one")


def examples_hit_and_decoys_miss(c: Checked) -> Iterator[Problem]:
    """Every example is tagged as its concept by the real matcher, and no decoy is."""
    for concept in c.taxonomy:
        for text in concept.examples:
            if concept.id not in c.named_in(text):
                yield c.at(concept, "examples", f"“{text}” is not tagged", "mend the gate or the example")
        for text in concept.decoys:
            if concept.id in c.named_in(text):
                yield c.at(concept, "decoys", f"“{text}” is tagged", "gate the form, or mend the decoy")


CONDITIONS: tuple[Callable[[Checked], Iterator[Problem]], ...] = (
    canonical_files,
    retired_ids_stay_retired,
    labels_are_unique,
    labels_are_disjoint,
    nothing_collides,
    unsafe_forms_have_gates,
    gates_have_examples,
    phrases_hold_their_form,
    records_are_whole,
    hierarchy_is_acyclic,
    related_is_not_broader,
    related_is_stored_once,
    excluded_names_are_unknown,
    examples_hit_and_decoys_miss,
)


def check(taxonomy: Taxonomy, sources: tuple[Source, ...], named_in: Callable[[str], Collection[str]]) -> list[Problem]:
    """Every problem of a taxonomy, in the order of files and lines.

    Parameters
    ----------
    taxonomy : Taxonomy
        As loaded.
    sources : tuple of Source
        The files that it was loaded from, for lines.
    named_in : callable
        The concepts that the real matcher finds in a text.
    """
    checked = Checked(taxonomy, sources, lexicon(taxonomy), named_in)
    return sorted(problem for condition in CONDITIONS for problem in condition(checked))
