"""Conditions on forms: labels, aliases and hidden forms, and the gates of those that are also something else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import pairwise

from skilltax.errors import Problem
from skilltax.taxonomy.check.checked import Checked
from skilltax.taxonomy.forms import key
from skilltax.taxonomy.lexicon import OPEN
from skilltax.taxonomy.model import Concept
from skilltax.taxonomy.words import calendar_words, english_words, names

FEW = 2  # examples and decoys that a gated concept must have at the least


def labels_are_unique(c: Checked) -> Iterator[Problem]:
    """SKOS S14: no two concepts share a preferred label."""
    by_label = defaultdict(list)
    for concept in c.concepts:
        by_label[key(concept.label)].append(concept)
    for same in by_label.values():
        for concept in same[1:]:
            if same[0].id not in concept.distinct_from and concept.id not in same[0].distinct_from:
                yield c.at(concept, "label", f"is also the label of {same[0].id} ({same[0].category})", "join them")


def labels_are_disjoint(c: Checked) -> Iterator[Problem]:
    """SKOS S13: label, aliases and hidden forms of one concept have nothing in common."""
    for concept in c.concepts:
        for form, count in Counter(concept.written).items():
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
            if (blamed := c.examined(b, a)) is None:
                continue
            other = a if blamed is b else b
            if second not in a.distinct_from and first not in b.distinct_from:
                where = f"{other.id} ({other.category})"
                yield c.at(
                    blamed, "label", f"“{one}” also names {where}", "drop the form from one, or gate both: distinct_from"
                )
            elif not all(e.gate != OPEN or e.is_phrase for e in entries if not e.vetoes):
                yield c.at(blamed, "match", f"“{one}” names {other.id} too and has no gate", "gate the form on both sides")


def unsafe_forms_have_gates(c: Checked) -> Iterator[Problem]:
    """Proper names that are also something else, and forms of one or two characters, have a gate.

    Looked up are everyday words, weekdays and months, places and given names. A form typed in lower case is a common noun
    (`compiler`) and means what it says.
    """
    for concept, form in _ungated(c):
        if len(form) <= 2:
            yield c.at(concept, "match", f"“{form}” is too short to stand without a gate", "give it one")
            continue
        for what, known in OTHERWISE.items():
            if form[0].isupper() and form.lower() in known():
                yield c.at(concept, "match", f"“{form}” is also {what}", "give it a gate (case: exact, needs, never)")
                break


OTHERWISE: dict[str, Callable[[], Collection[str]]] = {
    "an everyday word": english_words,
    "a day or a month": calendar_words,
    "a place": partial(names, "places"),
    "a given name": partial(names, "given-names"),
}


def employers_have_gates(c: Checked) -> Iterator[Problem]:
    """The name of a known employer has a gate, unless the concept is called by it.

    A product called as its maker (`Datadog`) needs none: in the maker's own postings the employer rule refuses it, elsewhere
    it is the product. But where a company's name stands for something else, it is as often the company.
    """
    for concept, form in _ungated(c):
        if form[0].isupper() and key(form) in names("employers") and key(form) not in key(concept.label):
            message = f"“{form}” is also an employer, and not what {concept.label} is called"
            yield c.at(concept, "match", message, "give it a gate, or a concept of its own")


def _ungated(c: Checked) -> Iterator[tuple[Concept, str]]:
    for concept in c.concepts:
        if concept.kind != "soft":
            yield from ((concept, form) for form in concept.forms if form not in concept.match)


def gates_have_examples(c: Checked) -> Iterator[Problem]:
    """A gated concept shows two sentences that name it and two that do not."""
    for concept in c.concepts:
        gated = any(gate.tagged for gate in concept.match.values())
        if gated and (len(concept.examples) < FEW or len(concept.decoys) < FEW):
            yield c.at(concept, "match", f"has a gate, but not {FEW} examples and {FEW} decoys", "add them")


def phrases_hold_their_form(c: Checked) -> Iterator[Problem]:
    """`never` and `always` phrases contain the form that they are about."""
    for concept in c.concepts:
        for form, gate in concept.match.items():
            for phrase in (*gate.never, *gate.always):
                if not re.search(rf"(?<![^\W_]){re.escape(key(form))}(?:e?s)?(?![^\W_])", key(phrase)):
                    yield c.at(concept, "match", f"“{phrase}” does not hold “{form}”", "write the whole phrase")
                elif key(phrase) == key(form):
                    yield c.at(concept, "match", f"“{phrase}” is the form itself", "write a longer phrase")


def excluded_names_are_unknown(c: Checked) -> Iterator[Problem]:
    """What was left out is not tagged."""
    for excluded in c.taxonomy.excluded:
        for entry in c.lexicon.get(key(excluded.name), ()):
            if not entry.vetoes:
                concept = c.taxonomy[entry.concept]
                yield c.at(concept, "label", f"“{excluded.name}” stands in excluded.yaml", "take it out of one")
