"""``skilltax graph``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from skilltax.errors import SkilltaxError

STRENGTHS = ("required", "preferred", "other", "negated")
KINDS = ("technology", "practice", "certification", "soft")


def graph(
    tags: Annotated[str, typer.Argument(help="What `skilltax tag` wrote, or - for standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Graph file: .gexf, .graphml, .json or .csv.")],
    role: Annotated[list[str] | None, typer.Option(help="Only postings of this role; may be given again.")] = None,
    strength: Annotated[list[str] | None, typer.Option(help="Only mentions of this strength; may be given again.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Only concepts of this kind; may be given again.")] = None,
    without: Annotated[list[str] | None, typer.Option(help="Leave out mentions in this section; may be given again.")] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(help="`category`, or the id of a broader concept that those below it count as; may be given again."),
    ] = None,
    alternatives: Annotated[bool, typer.Option(help="Link what a posting names as alternatives (AWS or GCP).")] = True,
    kin: Annotated[bool, typer.Option(help="Link concepts with those above them in the taxonomy.")] = True,
    keep_duplicates: Annotated[bool, typer.Option("--keep-duplicates", help="Count near-duplicate postings too.")] = False,
    cap: Annotated[int | None, typer.Option(min=1, help="Count at most so many postings of one employer.")] = None,
    min_postings: Annotated[int, typer.Option(min=1, help="Leave out what fewer postings hold.")] = 1,
    weight: Annotated[
        str,
        typer.Option(help="Measure that becomes the weight: count, given_source, given_target, jaccard, lift, npmi, g2, nc."),
    ] = "count",
    backbone: Annotated[
        float | None, typer.Option(help="Only edges that stand out at this level, such as 0.05, and the skills that they link.")
    ] = None,
    backbone_by: Annotated[str, typer.Option(help="What stands out: association, noise-corrected, disparity.")] = "association",
    mix_taxonomies: Annotated[bool, typer.Option(help="Count tags made with different taxonomies together.")] = False,
) -> None:
    """Count which skills stand together in tagged postings, and write the graph."""
    from skilltax.export.graphs import write_graph
    from skilltax.export.tags import read_tags
    from skilltax.graph.backbone import LEVEL
    from skilltax.graph.build import build_graph
    from skilltax.graph.counting import COUNTED, count
    from skilltax.graph.counting import KINDS as COUNTED_KINDS

    _known("--strength", strength, STRENGTHS)
    _known("--kind", kind, KINDS)
    counts = count(
        read_tags(tags), strengths=strength or COUNTED, kinds=kind or COUNTED_KINDS, without=without or (),
        level="category" if level == ["category"] else level or (), alternatives=alternatives, keep_duplicates=keep_duplicates,
        cap=cap, mix_taxonomies=mix_taxonomies,
    )  # fmt: skip
    if role and not counts.select(roles=role).total:
        raise SkilltaxError(f"no posting of role {', '.join(role)} in {tags}; there are {', '.join(counts.roles)}")
    made = build_graph(
        counts, roles=role, min_postings=min_postings, weight=weight, kin=kin, backbone=backbone_by,
        significance=LEVEL if backbone is None else backbone,
    )  # fmt: skip
    if backbone is not None:
        made = made.edge_subgraph([(u, v) for u, v, inside in made.edges(data="backbone") if inside])
    written = ", ".join(map(str, write_graph(made, output)))
    grouped = f" ({counts.duplicates:,} near-duplicates left out)" if counts.duplicates else ""
    size = f"{len(made):,} skills, {made.number_of_edges():,} pairs of {made.graph['postings']:,} postings{grouped}"
    print(f"{written}: {size}", file=sys.stderr)


def _known(option: str, given: list[str] | None, known: tuple[str, ...]) -> None:
    for one in given or ():
        if one not in known:
            raise SkilltaxError(f"{option} {one}: unknown; known are {', '.join(known)}")
