"""``skilltax discover`` and ``skilltax coverage``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skilltax.cli.progress import Told, progress
from skilltax.cli.tag import Inputs, Overlays, make_tagger

if TYPE_CHECKING:
    from skilltax.curation.coverage import Coverage
    from skilltax.curation.discover import Candidate
    from skilltax.curation.propose import Proposal


def discover(
    inputs: Inputs,
    min_postings: Annotated[int, typer.Option(min=1, help="Leave out terms that fewer postings hold.")] = 3,
    top: Annotated[int, typer.Option(min=1, help="How many terms to show.")] = 50,
    contexts: Annotated[bool, typer.Option("--contexts", help="Show where each term stands.")] = False,
    stubs: Annotated[
        Path | None,
        typer.Option(help="Folder to write the stubs into, a YAML file a category: an overlay, once it is filled in."),
    ] = None,
    taxonomy: Overlays = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a term, with its stub.")] = False,
) -> None:
    """Find technical terms that the taxonomy does not know, the most skill-like first, with a proposal for each.

    Near-duplicate postings count once. docs/discovery.md explains the score.
    """
    from skilltax.curation.discover import discover as find
    from skilltax.curation.propose import proposer, write_stubs
    from skilltax.postings.read import read_postings

    tagger, told = make_tagger(taxonomy), Told()
    found = find(progress(read_postings(*inputs, on_error=told)), tagger, min_postings)[:top]
    propose = proposer(tagger.taxonomy)
    rows = [(one, propose(one)) for one in found]
    if stubs:
        write_stubs((proposal for _, proposal in rows), stubs)
    if as_json:
        for one, proposal in rows:
            print(json.dumps(_record(one, proposal), ensure_ascii=False))
    else:
        _show(rows, contexts, min_postings)
    raise typer.Exit(bool(told.seen))


def _show(rows: list[tuple[Candidate, Proposal]], contexts: bool, min_postings: int) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    columns = ("term", "postings", "employers", "score", "proposal", "beside")
    table = Table(*columns, box=None)
    for one, proposal in rows:
        what = f"alias of {proposal.alias_of} ({proposal.why})" if proposal.alias_of else f"new in {proposal.category}"
        beside = ", ".join(concept for concept, _ in one.beside[:3])
        table.add_row(one.term, str(one.postings), str(one.employers), f"{one.score:.2f}", what, beside)
    console.print(table if rows else f"no unknown term in {min_postings} postings or more; lower --min-postings")
    for one, _ in rows if contexts else ():
        console.print(f"\n{one.term}: {', '.join(one.variants)}", markup=False)
        for c in one.contexts:
            console.print(f"  {c.posting}  {c.left}[{c.text}]{c.right}", markup=False, soft_wrap=True)


def _record(one: Candidate, proposal: Proposal) -> dict[str, Any]:
    from skilltax.curation.propose import as_yaml

    record = {name: getattr(one, name) for name in one.__dataclass_fields__} | proposal._asdict()
    stub = as_yaml({proposal.identity: proposal.record})
    return record | {"contexts": [c._asdict() for c in one.contexts], "stub": stub}


def coverage(
    inputs: Inputs,
    few: Annotated[int, typer.Option(min=1, help="Show postings with fewer skills than this.")] = 3,
    top: Annotated[int, typer.Option(min=1, help="How many rows of each table to show.")] = 30,
    taxonomy: Overlays = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Show what was not recognised: postings with few skills, headings of no known section, categories never seen.

    That nothing was found in a posting does not mean that it asks for nothing.
    """
    from skilltax.curation.coverage import coverage as cover
    from skilltax.postings.read import read_postings

    told = Told()
    found = cover(progress(read_postings(*inputs, on_error=told)), make_tagger(taxonomy), few)
    if as_json:
        lists = {name: [one._asdict() for one in getattr(found, name)] for name in ("silent", "headings")}
        print(json.dumps(found._asdict() | lists, ensure_ascii=False))
    else:
        _show_coverage(found, few, top)
    raise typer.Exit(bool(told.seen))


def _show_coverage(found: Coverage, few: int, top: int) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    lines = sum(found.sections.values())
    console.print(f"{found.postings:,} postings, {len(found.silent):,} with fewer than {few} skills")
    console.print(f"{found.unstructured:,} without any known heading; lines by section:")
    shares = (f"{name} {n / lines:.1%}" for name, n in found.sections.items())
    console.print("  " + ", ".join(shares) if lines else "  none")

    def show(title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
        table = Table(*columns, box=None, title=f"\n{title}", title_justify="left")
        for row in rows[:top]:
            table.add_row(*(escape(str(cell)) for cell in row))
        if rows:
            console.print(table)
        if len(rows) > top:
            console.print(f" ... {len(rows) - top:,} more (--top {len(rows)})")

    show("Headings of no known section", ("heading", "postings", "employers"), [tuple(h) for h in found.headings])
    silent: list[tuple[object, ...]] = [(s.id, s.title, s.concepts, s.why, ", ".join(s.terms)) for s in found.silent]
    show("Postings with few skills", ("posting", "title", "skills", "why", "unknown terms"), silent)
    console.print("\nCategories never seen: " + (", ".join(found.unseen) or "none"))
