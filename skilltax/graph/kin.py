"""Kinship in the taxonomy: what is above a concept, and which pairs are parent and child."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache

from skilltax.errors import SkilltaxError
from skilltax.graph.counts import Node
from skilltax.taxonomy.model import Taxonomy

Roll = Callable[[str, Node], Mapping[str, Node]]


def above(taxonomy: Taxonomy) -> Mapping[str, frozenset[str]]:
    """For each concept what who knows it knows as well: all that is above it by `broader` and `implies`, itself left out."""
    found: dict[str, frozenset[str]] = {}
    for concept in taxonomy.concepts:
        seen: set[str] = set()
        new = {concept}
        while new:
            new = {up for c in new if c in taxonomy for up in (*taxonomy[c].broader, *taxonomy[c].implies)} - seen
            seen |= new
        found[concept] = frozenset(seen - {concept})
    return found


class Kin:
    """Tells whether one of two concepts is above the other: more general, implied, or what it is part of.

    Parameters
    ----------
    taxonomy : Taxonomy, optional
        The shipped one without.
    """

    def __init__(self, taxonomy: Taxonomy | None = None) -> None:
        self.taxonomy = taxonomy or shipped()
        self.above = above(self.taxonomy)

    def __call__(self, a: str, b: str) -> bool:
        """Whether one of the two is above the other."""
        return any(
            up in self.above.get(low, ()) or (low in self.taxonomy and up in self.taxonomy[low].part_of)
            for low, up in ((a, b), (b, a))
        )


@cache
def shipped() -> Taxonomy:
    """The taxonomy that comes with skilltax, loaded once."""
    from skilltax.taxonomy.load import load

    return load()


def roll(level: str | Collection[str], taxonomy: Taxonomy | None) -> Roll:
    """What a concept counts as: itself, its category, or those of the concepts in `level` that it is or stands below.

    Raises
    ------
    SkilltaxError
        Where `level` names a concept that does not exist.
    """
    if level == "category":
        return lambda _, node: {node.category: Node(node.category.replace("-", " "), node.category, "category")}
    chosen = frozenset([level] if isinstance(level, str) else level)
    if not chosen:
        return lambda concept, node: {concept: node}
    taxonomy = taxonomy or shipped()
    if unknown := sorted(chosen - set(taxonomy.concepts)):
        raise SkilltaxError(f"level {', '.join(unknown)}: neither category nor a concept; `skilltax taxonomy show` knows ids")
    tops = {c: Node(taxonomy[c].label, taxonomy[c].category, taxonomy[c].kind) for c in chosen}
    known = above(taxonomy)

    def to(concept: str, node: Node) -> Mapping[str, Node]:
        return {c: tops[c] for c in sorted(chosen & {concept, *known.get(concept, ())})} or {concept: node}

    return to
