"""``skilltax graph``."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skilltax.cli.source import Months, period
from skilltax.cli.spark import Engine, EngineOption, MasterOption, counts_on_spark
from skilltax.errors import SkilltaxError

if TYPE_CHECKING:
    from skilltax.graph.counts import Counts

STRENGTHS = ("required", "preferred", "other", "negated")
KINDS = ("technology", "practice", "certification", "soft")


def graph(
    tags: Annotated[
        list[str],
        typer.Argument(help="What `skilltax tag` wrote, - for standard input, or counts (.npz); several are added up."),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Graph file: .gexf .graphml .json .cyjs .dot .csv .parquet .html .png .svg; none with --save-counts.",
        ),
    ] = None,
    role: Annotated[list[str] | None, typer.Option(help="Only postings of this role; may be given again.")] = None,
    months: Months = None,
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
    save_counts: Annotated[
        Path | None, typer.Option(help="Write the counts there (.npz): small, without texts, to be added up and asked later.")
    ] = None,
    mix_taxonomies: Annotated[bool, typer.Option(help="Count tags made with different taxonomies together.")] = False,
    engine: EngineOption = Engine.local,
    master: MasterOption = None,
) -> None:
    """Count which skills stand together in tagged postings, and write the graph."""
    from skilltax.export.counts import save_counts as write_counts
    from skilltax.export.graphs import write_graph
    from skilltax.graph.backbone import LEVEL
    from skilltax.graph.build import backbone_of, build_graph

    if output is None and save_counts is None:
        raise SkilltaxError("nothing to write: give -o FILE, --save-counts FILE, or both")
    _known("--strength", strength, STRENGTHS)
    _known("--kind", kind, KINDS)
    choices = {
        "strengths": strength, "kinds": kind, "without": without, "level": "category" if level == ["category"] else level,
        "alternatives": None if alternatives else False, "keep_duplicates": keep_duplicates or None, "cap": cap,
    }  # fmt: skip
    given = {name: value for name, value in choices.items() if value is not None}
    if engine is Engine.spark:
        counts = counts_on_spark(tags, master, given, mix_taxonomies)
    else:
        counts = _counts(tags, given, mix_taxonomies)
    if save_counts is not None:
        write_counts(counts, save_counts)
        print(f"{save_counts}: counts of {_size(counts)}", file=sys.stderr)
    if output is None:
        return
    if role and not counts.select(roles=role).total:
        raise SkilltaxError(f"no posting of role {', '.join(role)} in {' '.join(tags)}; there are {', '.join(counts.roles)}")
    made = build_graph(
        counts, roles=role, months=period(months) if months else None, min_postings=min_postings, weight=weight, kin=kin,
        backbone=backbone_by, significance=LEVEL if backbone is None else backbone,
    )  # fmt: skip
    if backbone is not None:
        made = backbone_of(made)
        made.remove_nodes_from([n for n, degree in made.degree if not degree])
    written = ", ".join(map(str, write_graph(made, output)))
    size = f"{len(made):,} skills, {made.number_of_edges():,} pairs of {_size(counts.select(roles=role))}"
    print(f"{written}: {size}", file=sys.stderr)


def _counts(inputs: list[str], choices: dict[str, Any], mix_taxonomies: bool) -> Counts:
    """The counts of tags and of files of counts together."""
    from skilltax.export.counts import SUFFIX, read_counts
    from skilltax.export.tags import read_tags
    from skilltax.graph.counting import count
    from skilltax.graph.counts import merge_counts

    parts = [read_counts(name) for name in inputs if name.endswith(SUFFIX)]
    tags = [name for name in inputs if not name.endswith(SUFFIX)]
    if parts and choices and not tags:
        raise SkilltaxError(f"{', '.join(sorted(choices))}: cannot be chosen for what is counted already; give the tags")
    if tags:
        parts.append(count(chain.from_iterable(map(read_tags, tags)), mix_taxonomies=mix_taxonomies, **choices))
    if len(versions := {v for part in parts for v in part.taxonomy}) > 1 and not mix_taxonomies:
        raise SkilltaxError(f"counts of different taxonomies: {', '.join(sorted(versions))}; allow it with --mix-taxonomies")
    return merge_counts(parts)


def _size(counts: Counts) -> str:
    grouped = f" ({counts.duplicates:,} near-duplicates left out)" if counts.duplicates else ""
    return f"{counts.total:,} postings{grouped}"


def _known(option: str, given: list[str] | None, known: tuple[str, ...]) -> None:
    for one in given or ():
        if one not in known:
            raise SkilltaxError(f"{option} {one}: unknown; known are {', '.join(known)}")
