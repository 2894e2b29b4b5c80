"""``skilltax related``, ``gap``, ``match`` and ``trends``: questions to the graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skilltax.cli.source import AsJson, Chart, Months, Source, Top, concept_id, is_tags, period, read_have, read_source, show

if TYPE_CHECKING:
    from skilltax.tagging.model import TaggedPosting

Role = Annotated[list[str] | None, typer.Option(help="Only postings of this role; may be given again.")]
Have = Annotated[list[str] | None, typer.Option(help="Skills that you have: ids or names, joined by commas.")]
Cv = Annotated[Path | None, typer.Option(exists=True, help="Your CV as .txt, .md or .html: what it names, you have.")]


def related(
    concept: Annotated[str, typer.Argument(help="Id or name of a skill.")],
    source: Source = None,
    role: Role = None,
    months: Months = None,
    to: Annotated[str | None, typer.Option(help="Show the ways from the skill to this one instead.")] = None,
    by: Annotated[str, typer.Option(help="Order: g2 (surest), npmi or lift (strongest), share, postings.")] = "g2",
    min_postings: Annotated[int, typer.Option(min=1, help="Leave out what stands together in fewer postings.")] = 2,
    kin: Annotated[bool, typer.Option(help="Show what is above and below it in the taxonomy too.")] = False,
    top: Top = 15,
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Show what belongs with a skill, how strongly, and on how many postings that rests."""
    from skilltax.graph import related as ask

    counts = read_source(source, roles=role, months=months)
    start = concept_id(concept, counts)
    if to is not None:
        show(ask.paths(counts, start, concept_id(to, counts), top=top), as_json, chart)
        return
    show(ask.related(counts, start, by=by, top=top, min_postings=min_postings, kin=kin), as_json, chart)


def gap(
    role: Annotated[str, typer.Option(help="The role that you want.")],
    have: Have = None,
    cv: Cv = None,
    source: Source = None,
    months: Months = None,
    min_share: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out what a smaller share of the role's postings name.")
    ] = 0.05,
    top: Top = 20,
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Show what you lack for a role, ranked by how many of its postings ask for it and how typical it is."""
    from skilltax.graph import gap as ask

    counts = read_source(source, months=months)
    show(ask.gap(counts, read_have(have, cv, counts), role, top=top, min_share=min_share), as_json, chart)


def match(
    cv: Annotated[Path, typer.Argument(exists=True, help="Your CV as .txt, .md or .html.")],
    postings: Annotated[
        list[str], typer.Argument(help="Postings (files, folders), or tags that `skilltax tag` wrote (.jsonl).")
    ],
    top: Top = 10,
    as_json: AsJson = False,
) -> None:
    """Rank postings by how much of what they ask for your CV has, and show what it lacks for each."""
    from skilltax.graph import gap as ask

    answer = ask.match(read_have(None, cv), _tagged(postings), top=top)
    if as_json:
        show(answer, True)
        return
    print(answer.head())
    for place, found in enumerate(answer, 1):
        asked = len(found.required) + len(found.lacks_required)
        print(f"\n{place}. {found.title or found.id}  ({found.id}, {found.role})  score {found.score:.2f}")
        print(f"   required: {len(found.required)} of {asked}")
        for name, labels in (
            ("have", (*found.required, *found.preferred, *found.other)), ("lack, required", found.lacks_required),
            ("lack, preferred", found.lacks_preferred), ("lack, other", found.lacks_other),
        ):  # fmt: skip
            if labels:
                print(f"   {name}: {', '.join(labels)}")


def _tagged(inputs: list[str]) -> Iterator[TaggedPosting]:
    """Tagged postings as they are, others tagged."""
    from skilltax.export.tags import read_tags
    from skilltax.postings.read import read_postings
    from skilltax.tagging.tagger import Tagger

    untagged = [name for name in inputs if not is_tags(name)]
    yield from chain.from_iterable(read_tags(name) for name in inputs if name not in untagged)
    if untagged:
        yield from Tagger().pipe(read_postings(*untagged))


def trends(
    before: Annotated[str, typer.Argument(help="Earlier period: 2024-05..2024-09.")],
    after: Annotated[str, typer.Argument(help="Later period: 2024-10..2025-03.")],
    source: Source = None,
    role: Role = None,
    min_postings: Annotated[int, typer.Option(min=1, help="Compare only skills that so many postings hold.")] = 10,
    top: Top = 12,
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Show which skills rise and which fall between two periods, with intervals; refused where postings are too few."""
    from skilltax.graph import trends as ask

    counts = read_source(source, roles=role)
    show(ask.trends(counts, period(before), period(after), top=top, min_postings=min_postings), as_json, chart)
