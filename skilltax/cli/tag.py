"""``skilltax tag`` and ``skilltax explain``."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skilltax.cli.bad import BadRecords
from skilltax.cli.progress import Meter
from skilltax.cli.spark import Engine, EngineOption, MasterOption, tag_on_spark
from skilltax.errors import PostingError, SkilltaxError

if TYPE_CHECKING:
    from skilltax.tagging.tagger import Tagger

LONGEST_PATH = 1000  # what is longer is a text, not the name of a file

Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files (.jsonl, .json, .csv, .parquet, .txt, .md, .html, also .gz, .zst), folders, patterns, or - (stdin)."
    ),
]
Overlays = Annotated[
    list[Path] | None, typer.Option("--taxonomy", help="Folder with concepts of your own, on top of the shipped ones.")
]


def tag(
    inputs: Inputs,
    output: Annotated[str, typer.Option("--output", "-o", help="Where the tags go; - is standard output.")] = "-",
    format_: Annotated[
        str | None,
        typer.Option("--format", help="jsonl (a line a posting), csv (a row a mention) or parquet; else by the suffix of -o."),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that tag; the output is the same.")] = 1,
    taxonomy: Overlays = None,
    errors: Annotated[Path | None, typer.Option(help="Write bad records there, a line of JSON each.")] = None,
    text_field: Annotated[
        str | None, typer.Option(help="Field or column that holds the text, where it has a name of its own.")
    ] = None,
    id_field: Annotated[str | None, typer.Option(help="The one that holds the id.")] = None,
    title_field: Annotated[str | None, typer.Option(help="The one that holds the job title.")] = None,
    company_field: Annotated[str | None, typer.Option(help="The one that holds the employer.")] = None,
    posted_field: Annotated[str | None, typer.Option(help="The one that holds the date.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where a run that was ended left its OUT.partial.")] = False,
    spreadsheet_safe: Annotated[
        bool, typer.Option("--spreadsheet-safe", help="In CSV, put an apostrophe before what a spreadsheet would run.")
    ] = False,
    engine: EngineOption = Engine.local,
    master: MasterOption = None,
) -> None:
    """Tag postings: which technologies and practices each names, how strongly it asks for them, and for which role.

    Exit 1 where a record was bad; every good posting is tagged all the same. The output appears when it is whole; until then it
    grows in OUT.partial.
    """
    named = {"text": text_field, "id": id_field, "title": title_field, "company": company_field, "posted": posted_field}
    fields = {name: field for name, field in named.items() if field is not None}
    if engine is Engine.spark:
        raise typer.Exit(bool(tag_on_spark(inputs, output, master, taxonomy or [], fields, errors)))
    from skilltax.engines.local import tagged_batches
    from skilltax.export.encode import encoder, format_of
    from skilltax.export.output import opened
    from skilltax.postings.read import identity_of, read_postings, size_of

    format_ = format_of(output, format_)
    if resume and output != "-" and Path(output).is_file() and not Path(output + ".partial").exists():
        print(f"{output} is whole: nothing to go on with", file=sys.stderr)
        return
    overlays = taxonomy or []
    read = identity_of(*inputs)
    _refuse_to_overwrite([path for path, _ in read], output, errors)
    run = _identity([read, _version(overlays), format_, spreadsheet_safe, fields])
    with BadRecords(errors) as bad, Meter(size_of(*inputs)) as meter:

        def report(error: PostingError) -> None:
            bad(error)
            meter.bad = bad.bad

        with _ending_well(output), opened(output, format_, run, resume=resume) as out:
            postings = read_postings(*inputs, fields=fields, on_error=report, on_bytes=meter.read)
            before = sum(1 for _ in islice(postings, out.done))
            written = before
            meter.done(before)
            for batch in tagged_batches(postings, encoder(format_, spreadsheet_safe), overlays, workers):
                out.write(batch)
                written += batch.postings
                meter.done(batch.postings)
    print(
        f"{written} posting{'s' * (written != 1)} tagged" + (f" ({before} of them before)" if before else "") + str(bad),
        file=sys.stderr,
    )
    raise typer.Exit(bool(bad.bad))


@contextmanager
def _ending_well(output: str) -> Iterator[None]:
    """Say on Ctrl-C how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        kept = output != "-" and Path(output + ".partial").exists()
        print("skilltax: interrupted" + ("; go on with --resume" if kept else ""), file=sys.stderr)
        raise typer.Exit(130) from None


def _version(overlays: list[Path]) -> str:
    from skilltax.taxonomy.load import load

    return load(overlays=overlays).version


def _refuse_to_overwrite(inputs: list[str], *outputs: str | Path | None) -> None:
    for path in outputs:
        if path and str(path) != "-" and str(Path(path).resolve()) in inputs:
            raise SkilltaxError(f"{path}: is read by this run; write to another file")


def _identity(what: list[object]) -> str:
    """A short name of what a run follows from."""
    return hashlib.sha256(json.dumps(what).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def make_tagger(overlays: list[Path] | None) -> Tagger:
    """The tagger for the shipped taxonomy with overlays on top."""
    from skilltax.tagging.tagger import Tagger
    from skilltax.taxonomy.load import load

    return Tagger(load(overlays=overlays or ()))


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
    rows = [one for one in tagger.explain(text) if term is None or term.casefold() in (one.text.casefold(), one.concept)]
    if as_json:
        for row in rows:
            print(json.dumps(row._asdict(), ensure_ascii=False))
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
        table.add_row(row.text, row.concept, "kept" if row.kept else "refused", row.rule, row.evidence)
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
