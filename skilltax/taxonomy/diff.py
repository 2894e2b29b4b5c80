"""What changed between two taxonomies, and the step of the version that follows from it.

The version speaks to those who keep tags: a form that is gone or names another concept makes old and new tags incomparable
(major), a new concept adds tags (minor), a new alias finds more of what was known (patch).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Literal, NamedTuple

from skilltax.taxonomy.forms import key
from skilltax.taxonomy.model import Concept, Taxonomy

Step = Literal["major", "minor", "patch", "none"]
PLACES: tuple[Step, ...] = ("major", "minor", "patch")


class FormChange(NamedTuple):
    """A form that names something else than before.

    Attributes
    ----------
    form : str
        As typed.
    before, after : str or None
        The concept that it named, and that it names now; None where none.
    """

    form: str
    before: str | None
    after: str | None


class Changed(NamedTuple):
    """A concept whose record is not what it was: its id, and the fields that differ."""

    concept: str
    fields: tuple[str, ...]


class Diff(NamedTuple):
    """What changed, sorted.

    Attributes
    ----------
    added, retired, gone : tuple of str
        Ids that are new, that were moved to retired.yaml, and that vanished without a record there.
    changed : tuple of Changed
        Concepts in both, with the fields that differ.
    forms_added, forms_removed, forms_moved : tuple of FormChange
        Forms that are tagged now and were not, that were and are not, and that name another concept. Forms of new concepts
        are not in the first: the concept says so.
    """

    added: tuple[str, ...]
    retired: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[Changed, ...]
    forms_added: tuple[FormChange, ...]
    forms_removed: tuple[FormChange, ...]
    forms_moved: tuple[FormChange, ...]

    @property
    def step(self) -> Step:
        """The part of the version that goes up: the greatest that any change asks for."""
        if self.retired or self.gone or self.forms_removed or self.forms_moved:
            return "major"
        if self.added:
            return "minor"
        return "patch" if self.changed or self.forms_added else "none"


def diff(old: Taxonomy, new: Taxonomy) -> Diff:
    """Compare two taxonomies.

    Forms are compared as texts are matched: without regard to case, and only those that are tagged (`matched`, and no
    `tagged: false`). A form that several concepts share, each with its gate, counts for each of them.

    Parameters
    ----------
    old, new : Taxonomy
        The earlier one and the later one.

    Returns
    -------
    Diff
        Its `step` tells which part of the version goes up.
    """
    before, after = old.concepts.keys(), new.concepts.keys()
    now_retired = {record.id for record in new.retired} - {record.id for record in old.retired}
    added_forms, removed, moved = _forms(_named(old), _named(new))
    return Diff(
        added=tuple(sorted(after - before)),
        retired=tuple(sorted((before - after) & now_retired)),
        gone=tuple(sorted(before - after - now_retired)),
        changed=tuple(Changed(one, fields) for one in sorted(before & after) if (fields := _fields(old[one], new[one]))),
        forms_added=tuple(change for change in added_forms if change.after in before),
        forms_removed=removed,
        forms_moved=moved,
    )


def next_version(version: str, step: Step) -> str:
    """The version that follows on one, by a step.

    >>> next_version("1.4.2+sha256:0", "minor"), next_version("1.4.2", "major"), next_version("1.4.2", "none")
    ('1.5.0', '2.0.0', '1.4.2')
    """
    parts = [int(part) for part in version.partition("+")[0].split(".")]
    if step == "none":
        return ".".join(map(str, parts))
    at = PLACES.index(step)
    return ".".join(map(str, [*parts[:at], parts[at] + 1, *[0] * (2 - at)]))


def _named(taxonomy: Taxonomy) -> Mapping[str, Mapping[str, str]]:
    """For each key the concepts that it names, each with the form as typed there."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for concept in taxonomy:
        for form in concept.forms:
            if form not in concept.match or concept.match[form].tagged:
                found[key(form)].setdefault(concept.id, form)
    return found


def _forms(
    old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[FormChange, ...], tuple[FormChange, ...], tuple[FormChange, ...]]:
    added, removed, moved = [], [], []
    for one in sorted(old.keys() | new.keys()):
        was, is_now = old.get(one, {}), new.get(one, {})
        lost, gained = sorted(was.keys() - is_now.keys()), sorted(is_now.keys() - was.keys())
        together = min(len(lost), len(gained))
        moved += [FormChange(is_now[g], x, g) for x, g in zip(lost, gained, strict=False)]
        removed += [FormChange(was[x], x, None) for x in lost[together:]]
        added += [FormChange(is_now[g], None, g) for g in gained[together:]]
    return tuple(added), tuple(removed), tuple(moved)


def _fields(old: Concept, new: Concept) -> tuple[str, ...]:
    """The fields that differ, in the order of the record."""
    return tuple(field for field in Concept.model_fields if getattr(old, field) != getattr(new, field))
