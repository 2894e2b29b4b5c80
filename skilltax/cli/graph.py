"""``skilltax graph``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from skilltax.errors import SkilltaxError

MEASURES = ("count", "jaccard", "npmi")
STRENGTHS = ("required", "preferred", "other", "negated")
KINDS = ("technology", "practice", "certification", "soft")


def graph(
    tags: Annotated[str, typer.Argument(help="What `skilltax tag` wrote, or - for standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Graph file: .gexf, .graphml, .json or .csv.")],
    role: Annotated[list[str] | None, typer.Option(help="Only postings of this role; may be given again.")] = None,
    strength: Annotated[list[str] | None, typer.Option(help="Only mentions of this strength; may be given again.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only concepts of this kind; may be given again.")] = None,
    min_postings: Annotated[int, typer.Option(min=1, help="Leave out what fewer postings hold.")] = 1,
    weight: Annotated[str, typer.Option(help="Measure that becomes the weight of edges: count, jaccard, npmi.")] = "count",
    mix_taxonomies: Annotated[bool, typer.Option(help="Count tags made with different taxonomies together.")] = False,
) -> None:
    """Count which skills stand together in tagged postings, and write the graph."""
    from skilltax.export.graphs import write_graph
    from skilltax.export.tags import read_tags
    from skilltax.graph import counts
    from skilltax.graph.build import skill_graph

    _known("--weight", [weight], MEASURES)
    _known("--strength", strength, STRENGTHS)
    _known("--kind", kind, KINDS)
    made = skill_graph(
        read_tags(tags),
        roles=role,
        strengths=strength or counts.STRENGTHS,
        kinds=kind or counts.KINDS,
        min_postings=min_postings,
        mix_taxonomies=mix_taxonomies,
    )
    if role and not made.graph["roles"]:
        raise SkilltaxError(f"no posting of role {', '.join(role)} in {tags}")
    for _, _, edge in made.edges(data=True):
        edge["weight"] = edge[weight]
    written = write_graph(made, output)
    names = ", ".join(map(str, written))
    print(
        f"{names}: {len(made)} skills, {made.number_of_edges():,} pairs of {made.graph['postings']:,} postings", file=sys.stderr
    )


def _known(option: str, given: list[str] | None, known: tuple[str, ...]) -> None:
    for one in given or ():
        if one not in known:
            raise SkilltaxError(f"{option} {one}: unknown; known are {', '.join(known)}")
