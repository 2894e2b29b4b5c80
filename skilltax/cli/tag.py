"""``skilltax tag`` and ``skilltax explain``."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from skilltax.cli.progress import progress
from skilltax.errors import PostingError

if TYPE_CHECKING:
    from skilltax.tagging.tagger import Tagger

LONGEST_PATH = 1000  # what is longer is a text, not the name of a file

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files (.jsonl, .json, .csv, .txt, .md, .html, also .gz; .parquet), folders, or - for JSONL on standard input."
    ),
]
Overlays = Annotated[
    list[Path] | None, typer.Option("--taxonomy", help="Folder with concepts of your own, on top of the shipped ones.")
]


def tag(
    inputs: Inputs,
    output: Annotated[str, typer.Option("--output", "-o", help="Where the tags go, a line of JSON a posting.")] = "-",
    taxonomy: Overlays = None,
    errors: Annotated[Path | None, typer.Option(help="Write bad records there, a line of JSON each.")] = None,
    text_field: Annotated[
        str | None, typer.Option(help="Field or column that holds the text, where it has a name of its own.")
    ] = None,
    id_field: Annotated[str | None, typer.Option(help="The one that holds the id.")] = None,
    title_field: Annotated[str | None, typer.Option(help="The one that holds the job title.")] = None,
    company_field: Annotated[str | None, typer.Option(help="The one that holds the employer.")] = None,
    posted_field: Annotated[str | None, typer.Option(help="The one that holds the date.")] = None,
) -> None:
    """Tag postings: which technologies and practices each names, how strongly it asks for them, and for which role.

    Exit 1 where a record was bad; every good posting is tagged all the same.
    """
    from skilltax.export.tags import write_tags
    from skilltax.postings.read import read_postings

    named = {"text": text_field, "id": id_field, "title": title_field, "company": company_field, "posted": posted_field}
    fields = {name: field for name, field in named.items() if field is not None}
    bad = 0
    with errors.open("w", encoding="utf-8") if errors else nullcontext() as log:

        def report(error: PostingError) -> None:
            nonlocal bad
            bad += 1
            _report(error, log)

        postings = read_postings(*inputs, fields=fields, on_error=report)
        written = write_tags(progress(make_tagger(taxonomy).pipe(postings)), output)
    print(f"{written} postings tagged" + (f", {bad} bad records" if bad else ""), file=sys.stderr)
    raise typer.Exit(bool(bad))


def _report(error: PostingError, log: IO[str] | None) -> None:
    print(f"skilltax: {error}", file=sys.stderr)
    if log:
        record = {"path": error.path, "line": error.line, "reason": error.reason, "raw": error.raw}
        log.write(json.dumps(record, ensure_ascii=False) + "\n")


def make_tagger(overlays: list[Path] | None) -> Tagger:
    """The tagger for the shipped taxonomy with overlays on top."""
    from skilltax.tagging.tagger import Tagger
    from skilltax.taxonomy.load import load, shipped_folder

    return Tagger(load(shipped_folder(), *(overlays or ())))


def explain(
    text: Annotated[str, typer.Argument(help="A text, a file, or - for standard input.")],
    term: Annotated[str | None, typer.Option(help="Only what is written like this, or this concept: why, or why not.")] = None,
    taxonomy: Overlays = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a candidate.")] = False,
) -> None:
    """Show every candidate of a text, kept or refused, with the rule that decided and its evidence."""
    if text == "-":
        text = sys.stdin.read()
    elif len(text) < LONGEST_PATH and "\n" not in text and Path(text).is_file():
        text = Path(text).read_text("utf-8", "replace")
    tagger = make_tagger(taxonomy)
    rows = [
        {
            "start": start,
            "end": end,
            "text": text[start:end],
            "concept": c.entry.concept,
            "form": c.entry.form,
            "kept": c.kept,
            "rule": c.rule,
            "evidence": c.evidence,
        }
        for start, end, c in tagger.explain(text)
        if term is None or term.casefold() in (text[start:end].casefold(), c.entry.concept)
    ]
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    if not rows:
        said = _why_not(tagger, term) if term else "no candidates: the text holds no name that the taxonomy knows"
        console.print(said, soft_wrap=True)
        return
    table = Table("text", "concept", "", "rule", "evidence", box=None)
    for row in rows:
        mark = "kept" if row["kept"] else "refused"
        table.add_row(str(row["text"]), str(row["concept"]), mark, str(row["rule"]), str(row["evidence"]))
    console.print(table)


def _why_not(tagger: Tagger, term: str) -> str:
    """Why a term is no candidate of a text at all."""
    from skilltax.taxonomy.resolve import Resolver

    found = Resolver(tagger.taxonomy)(term)
    if found.excluded:
        reason = next((e.reason for e in tagger.taxonomy.excluded if e.name.casefold() == term.casefold()), "see excluded.yaml")
        return f"“{term}” was judged and left out of the taxonomy: {reason}"
    if found.concept is None:
        return f"“{term}” is not in the taxonomy; `skilltax taxonomy resolve` looks names up"
    forms = ", ".join(tagger.taxonomy[found.concept].forms)
    return (
        f"“{term}” means {found.concept}, but none of its forms stands in this text outside of addresses: {forms}"
        if forms
        else f"“{term}” means {found.concept}, which only groups others and is never tagged"
    )
