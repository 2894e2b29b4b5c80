"""``skilltax roles``: roles by their skills."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from skilltax.cli.source import AsJson, Chart, Months, Source, Top, read_source, show

app = typer.Typer(help="Roles by their skills: what each asks for, what separates two, which are near.")
NAMED = 6


@app.callback(invoke_without_command=True)
def roles(context: typer.Context, source: Source = None, months: Months = None, as_json: AsJson = False) -> None:
    """Without a command: list the roles with their postings and most typical skills."""
    if context.invoked_subcommand is not None:
        return
    from rich.console import Console
    from rich.table import Table

    from skilltax.graph.roles import profile

    counts = read_source(source, months=months)
    table = Table("role", "postings", "most typical skills", box=None)
    table.columns[1].justify = "right"
    for role, postings in sorted(counts.roles.items(), key=lambda r: (-r[1], r[0])):
        typical = [row.label for row in profile(counts, role, top=NAMED)] if postings else []
        if as_json:
            print(json.dumps({"role": role, "postings": postings, "typical": typical}, ensure_ascii=False))
        table.add_row(role, f"{postings:,}", ", ".join(typical))
    if not as_json:
        Console(highlight=False).print(f"{counts.total:,} postings", table, sep="\n")


@app.command("show")
def profile(
    role: Annotated[str, typer.Argument(help="A role, such as sre.")],
    source: Source = None,
    months: Months = None,
    top: Top = 20,
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Show what a role asks for, the most typical first."""
    from skilltax.graph import roles as ask

    show(ask.profile(read_source(source, months=months), role, top=top), as_json, chart)


@app.command()
def contrast(
    first: Annotated[str, typer.Argument(help="A role.")],
    second: Annotated[str, typer.Argument(help="Another role.")],
    source: Source = None,
    months: Months = None,
    top: Top = 12,
    as_json: AsJson = False,
    chart: Chart = None,
) -> None:
    """Show what separates two roles: skills that the first asks for more, then those that the second does."""
    from skilltax.graph import roles as ask

    show(ask.contrast(read_source(source, months=months), first, second, top=top), as_json, chart)


@app.command()
def nearest(
    role: Annotated[str, typer.Argument(help="A role.")],
    source: Source = None,
    months: Months = None,
    top: Top = 10,
    as_json: AsJson = False,
) -> None:
    """Show the roles that ask for the most similar mix of skills."""
    from skilltax.graph import roles as ask

    show(ask.nearest(read_source(source, months=months), role, top=top), as_json)


@app.command()
def graph(
    output: Annotated[Path, typer.Option("--output", "-o", help="Graph file, the format by its suffix.")],
    source: Source = None,
    months: Months = None,
    min_postings: Annotated[int, typer.Option(min=1, help="Link a role with skills that so many of its postings hold.")] = 5,
) -> None:
    """Write the graph of roles and skills."""
    from skilltax.export.graphs import write_graph
    from skilltax.graph.roles import role_graph

    made = role_graph(read_source(source, months=months), min_postings=min_postings)
    written = ", ".join(map(str, write_graph(made, output)))
    print(f"{written}: {len(made):,} nodes, {made.number_of_edges():,} edges", file=sys.stderr)
