"""``skilltax taxonomy try``, and how the effect of a change is shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skilltax.cli.progress import Told, progress

if TYPE_CHECKING:
    from skilltax.curation.effect import Effect
    from skilltax.postings.model import Posting

Postings = Annotated[
    list[str] | None,
    typer.Argument(help="Files or folders of postings; the shipped sample without any.", show_default=False),
]
Shown = Annotated[int, typer.Option("--shown", min=0, help="How many rows of each table to show.")]


def try_(
    changes: Annotated[
        Path, typer.Argument(help="A YAML file of concepts named like its category, or a folder of such files (an overlay).")
    ],
    postings: Postings = None,
    base: Annotated[
        list[Path] | None, typer.Option("--taxonomy", help="Folder with concepts of your own that the change comes on top of.")
    ] = None,
    instead_of: Annotated[
        Path | None,
        typer.Option(help="Folder of a whole taxonomy that CHANGES, a whole one too, would replace: the effect of an edit."),
    ] = None,
    shown: Shown = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Show what new or changed concepts would do: tags gained and lost, in context, and how the graph would move.

    Nothing is written. Near-duplicate postings count once in the graph.
    """
    from skilltax.curation.effect import effect
    from skilltax.tagging.tagger import Tagger
    from skilltax.taxonomy.load import load, shipped_folder

    layers = [instead_of or shipped_folder(), *(base or ())]
    changed = [changes, *(base or ())] if instead_of else [*layers, changes]
    before, after, told = Tagger(load(*layers)), Tagger(load(*changed)), Told()
    show_effect(effect(reader(postings, told), before, after), shown, as_json)
    raise typer.Exit(bool(told.seen))


def reader(inputs: list[str] | None, told: Told) -> Callable[[], Iterable[Posting]]:
    """What reads postings, as often as it is called; standard input is kept."""
    from skilltax.postings.read import read_postings
    from skilltax.postings.sample import sample_postings

    if not inputs:
        return sample_postings
    if "-" in inputs:
        kept = list(read_postings(*inputs, on_error=told))
        return lambda: progress(kept)
    return lambda: progress(read_postings(*inputs, on_error=told))


def show_effect(found: Effect, shown: int, as_json: bool) -> None:
    """Print the effect of a change."""
    if as_json:
        record = {
            "postings": found.postings, "changed": found.changed,
            **{name: [one._asdict() for one in getattr(found, name)] for name in ("changes", "nodes", "pairs")},
        }  # fmt: skip
        print(json.dumps(record, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    gained, lost = (Counter(getattr(c, side) for c in found.changes if getattr(c, side)) for side in ("gained", "lost"))
    total = f"{gained.total():,} tags gained, {lost.total():,} lost, in {found.changed:,} of {found.postings:,} postings"
    console.print(total)
    if not found.changes:
        return
    tags = Table("concept", "gained", "lost", box=None, title="\nTags by concept", title_justify="left")
    concepts = sorted(gained | lost, key=lambda c: (-gained[c] - lost[c], c))
    for concept in concepts[:shown]:
        tags.add_row(concept, str(gained[concept]), str(lost[concept]))
    console.print(tags, *_more(len(concepts), shown))
    console.print("\nIn context")
    for c in found.changes[:shown]:
        around = f"{escape(c.left)}[bold]{escape(c.text)}[/bold]{escape(c.right)}".replace("\n", " ")
        sides = "  ".join(f"{sign}{concept}" for sign, concept in (("-", c.lost), ("+", c.gained)) if concept)
        console.print(f"{sides}  {around}", soft_wrap=True)
    console.print(*_more(len(found.changes), shown), end="")
    for title, moved in (("Nodes of the graph", found.nodes), ("Pairs of the graph", found.pairs)):
        table = Table("", "before", "after", "NPMI", box=None, title=f"\n{title}", title_justify="left")
        for one in moved[:shown]:
            values = ["" if v is None else f"{v:.2f}" for v in (one.npmi_before, one.npmi_after)]
            table.add_row(" + ".join(one.concepts), str(one.before), str(one.after), " > ".join(filter(None, values)))
        if moved:
            console.print(table, *_more(len(moved), shown))


def _more(number: int, shown: int) -> list[str]:
    return [f" ... {number - shown:,} more (--shown {number})"] if number > shown else []
