"""Conditions that a taxonomy must meet: one function a condition, each a generator of problems.

Loading (:mod:`skilltax.taxonomy.load`) refuses what has no meaning; what stands here is about quality. The SKOS
integrity conditions (S9, S13, S14, S27, S37, S46) are those of the SKOS Reference, W3C Recommendation 2009.
"""

from __future__ import annotations

from collections.abc import Iterable

from skilltax.errors import Problem
from skilltax.taxonomy.check import labels, records, relations, texts
from skilltax.taxonomy.check.checked import Checked, Condition, Read
from skilltax.taxonomy.compiled import no_garbage
from skilltax.taxonomy.model import Taxonomy
from skilltax.taxonomy.source import Source

__all__ = ["CONDITIONS", "Checked", "Condition", "Read", "check"]

CONDITIONS: tuple[Condition, ...] = (
    records.canonical_files,
    records.ids_say_what_they_name,
    records.ids_are_permanent,
    records.retired_ids_stay_retired,
    records.kinds_of_things_are_disjoint,
    records.records_are_whole,
    records.titles_name_one_family,
    labels.labels_are_unique,
    labels.labels_are_disjoint,
    labels.nothing_collides,
    labels.unsafe_forms_have_gates,
    labels.employers_have_gates,
    labels.gates_have_examples,
    labels.phrases_hold_their_form,
    labels.excluded_names_are_unknown,
    relations.hierarchy_is_acyclic,
    relations.related_is_not_broader,
    relations.related_is_stored_once,
    relations.mapped_ids_are_unique,
    texts.examples_hit_and_decoys_miss,
    texts.decoys_try_the_gate,
    texts.always_phrases_are_tagged,
    texts.examples_hold_in_lists_and_markup,
    texts.forms_are_found,
)


def check(
    taxonomy: Taxonomy,
    sources: tuple[Source, ...],
    read: Read,
    released: frozenset[str] = frozenset(),
    conditions: Iterable[Condition] = CONDITIONS,
) -> list[Problem]:
    """Every problem of a taxonomy, in the order of files and lines.

    Parameters
    ----------
    taxonomy : Taxonomy
        As loaded.
    sources : tuple of Source
        The files to examine: all that it was loaded from, or those of an overlay alone.
    read : callable
        What the real matcher finds in a text: :class:`skilltax.taxonomy.model.Named` values.
    released : frozenset of str
        Ids of released versions.
    conditions : iterable of callable
        Those to try.
    """
    checked = Checked(taxonomy, sources, read, released)
    with no_garbage():
        return sorted(problem for condition in conditions for problem in condition(checked))
