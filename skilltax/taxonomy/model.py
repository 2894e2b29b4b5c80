"""What a taxonomy holds: concepts, gates for ambiguous forms, and the taxonomy as one frozen value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Kind = Literal["technology", "practice", "certification", "soft"]
Ids = tuple[Id, ...]
Texts = tuple[Text, ...]

RELATIONS = ("broader", "part_of", "implies", "certifies", "related", "distinct_from")


class Record(BaseModel):
    """A value read from YAML: frozen, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Gate(Record):
    """When a form that is also something else names its concept.

    A form without a gate names its concept in any case, anywhere.
    """

    case: Literal["any", "exact"] = Field("any", description="`exact`: only written just as the key is.")
    tagged: bool = Field(True, description="`false`: the concept is known by this name, but it says too little to be tagged.")
    never: Texts = Field((), description="Phrases that hold the form and do not mean the concept: [KVM switch].")
    needs: Ids = Field(
        (),
        description="Concepts or categories. One of them, or something below it, must be named on the same line or in "
        "the same list by a form that needs nothing itself.",
    )
    always: Texts = Field((), description="Phrases that hold the form and mean the concept without `needs`: [written in Go].")


class Concept(Record):
    """One thing in the taxonomy: frozen, and refusing fields that it does not know.

    `category` is the file that the record stands in; the id is its key there. Fields that name concepts hold their ids.
    """

    id: Id
    category: Id
    label: Text = Field(description="What its makers call it; no version, no '(ABBR)'.")
    kind: Kind = "technology"
    aliases: Texts = Field((), description="What people write; spelling variants are generated, not typed.")
    hidden: Texts = Field((), description="Matched, never shown: misspellings, odd forms.")
    matched: bool = Field(True, description="`false` for headings that only group others, such as Hardware.")
    broader: Ids = Field((), description="More general concepts: this is a ...")
    part_of: Ids = Field((), description="Concepts that this is a part of.")
    implies: Ids = Field((), description="Who uses this uses that as well; for roll-up and questions, never a mention.")
    certifies: Ids = Field((), description="Certifications only: what the certificate is about.")
    related: Ids = Field((), max_length=10, description="Worth seeing beside it; symmetric, stored once.")
    description: Text = Field(description="One line, our own words.")
    homepage: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    ids: Mapping[Literal["wikidata", "stackoverflow", "onet", "esco"], Text] = Field(
        {}, description="Identifiers elsewhere, only where checked."
    )
    match: Mapping[Text, Gate] = Field({}, description="A gate for each form that is also something else.")
    examples: Texts = Field((), description="Must be tagged; compulsory where `match` is given.")
    decoys: Texts = Field((), description="Must not be tagged as this concept.")
    distinct_from: Ids = Field((), description="Concepts whose forms look alike on purpose.")
    status: Literal["active", "legacy", "deprecated"] = "active"
    replaced_by: Id | None = Field(None, description="For deprecated concepts: use this instead.")
    note: Text | None = Field(None, description="For curators: why the record is as it is.")

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form as typed: the label, the aliases, the hidden ones; none where the concept is not matched."""
        return self.written if self.matched else ()

    @property
    def written(self) -> tuple[str, ...]:
        """Every form as typed, matched or not."""
        return (self.label, *self.aliases, *self.hidden)


class Named(NamedTuple):
    """A concept that a text names, with its span."""

    start: int
    end: int
    concept: str


class Excluded(Record):
    """A name that was judged and left out."""

    name: Text
    reason: Literal["generic", "industry", "everyday word", "company", "product of one employer", "not technical", "obsolete"]
    note: Text | None = None


class Retired(Record):
    """An id that is no longer used, and never will be again."""

    id: Id
    reason: Text
    successor: Id | None = None


@dataclass(frozen=True)
class Taxonomy:
    """Concepts by id, with what was left out and retired. Made by :func:`skilltax.taxonomy.load.load`.

    Attributes
    ----------
    concepts : Mapping[str, Concept]
        In the order of their ids.
    excluded, retired
        Names judged and left out; ids no longer in use.
    rules : Mapping[str, Any]
        Data of the rules (sections, cues, roles) by the name of their file, as read.
    version : str
        ``1.0.0+sha256:...``: the version of the package and a hash of every source file.

    Examples
    --------
    ``len``, ``in``, ``[id]`` and iteration are about concepts.

    >>> from skilltax import load_taxonomy
    >>> taxonomy = load_taxonomy()
    >>> taxonomy["kvm"].label, taxonomy["kvm"].category, "hypervisor" in taxonomy.above("kvm")
    ('KVM', 'hypervisors', True)
    """

    concepts: Mapping[str, Concept]
    excluded: tuple[Excluded, ...] = ()
    retired: tuple[Retired, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)
    version: str = "0"

    def __len__(self) -> int:
        return len(self.concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __getitem__(self, concept_id: str) -> Concept:
        return self.concepts[concept_id]

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self.concepts

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """Every category, sorted."""
        return tuple(sorted({c.category for c in self}))

    @cached_property
    def ancestors(self) -> Mapping[str, frozenset[str]]:
        """For each concept, every concept above it by `broader`, itself left out."""
        return {concept_id: self.above(concept_id) for concept_id in self.concepts}

    def above(self, concept_id: str) -> frozenset[str]:
        """Every concept above one by `broader`, itself left out.

        Parameters
        ----------
        concept_id : str
            Id of a concept of this taxonomy.

        Returns
        -------
        frozenset of str
            Their ids, at any height.

        Raises
        ------
        KeyError
            Where the taxonomy has no such concept.
        """
        return self._above(concept_id, ())

    def circle(self, concept_id: str) -> frozenset[str]:
        """A concept, its category and all that stands above it: what the gate of another may need of it.

        Parameters
        ----------
        concept_id : str
            Id of a concept of this taxonomy.

        Returns
        -------
        frozenset of str
            Ids, and the name of the category.

        Raises
        ------
        KeyError
            Where there is none.
        """
        return self.above(concept_id) | {concept_id, self[concept_id].category}

    def _above(self, concept_id: str, trail: tuple[str, ...]) -> frozenset[str]:
        if concept_id not in self._known_above:
            parents = [p for p in self[concept_id].broader if p in self and p not in trail]
            higher = (self._above(p, (*trail, concept_id)) for p in parents)
            self._known_above[concept_id] = frozenset(parents).union(*higher)
        return self._known_above[concept_id]

    @cached_property
    def _known_above(self) -> dict[str, frozenset[str]]:
        return {}
