"""Kinship in the taxonomy: what is above a concept, and which pairs are parent and child."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

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


def related_by_blood(taxonomy: Taxonomy, a: str, b: str) -> bool:
    """Whether one of two concepts is above the other by `broader`, or part of it."""
    return any(
        up in taxonomy.ancestors.get(low, ()) or (low in taxonomy and up in taxonomy[low].part_of)
        for low, up in ((a, b), (b, a))
    )


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
    if taxonomy is None:
        from skilltax.taxonomy.load import load

        taxonomy = load()
    if unknown := sorted(chosen - set(taxonomy.concepts)):
        raise SkilltaxError(f"level {', '.join(unknown)}: neither category nor a concept; `skilltax taxonomy show` knows ids")
    tops = {c: Node(taxonomy[c].label, taxonomy[c].category, taxonomy[c].kind) for c in chosen}
    known = above(taxonomy)

    def to(concept: str, node: Node) -> Mapping[str, Node]:
        return {c: tops[c] for c in sorted(chosen & {concept, *known.get(concept, ())})} or {concept: node}

    return to
