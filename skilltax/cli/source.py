"""What the questions to the graph have in common: where the counts come from, names of skills, and how an answer is printed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skilltax.errors import SkilltaxError

if TYPE_CHECKING:
    from skilltax.graph.answers import Answer
    from skilltax.graph.counts import Counts

Source = Annotated[
    str | None,
    typer.Option(
        "--graph", help="Graph file, counts (.npz) or tags (.jsonl, - for standard input); the shipped counts without."
    ),
]
Months = Annotated[str | None, typer.Option(help="Only postings of these months: 2024-05..2024-09.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object: question, postings, notes, rows.")]
Chart = Annotated[Path | None, typer.Option(help="Draw the answer too, into this .png or .svg file.")]
Top = Annotated[int, typer.Option(min=1, help="How many rows at most.")]


def read_source(path: str | None, *, roles: list[str] | None = None, months: str | None = None) -> Counts:
    """The counts that a question is put to."""
    from skilltax.graph.counts import counts_of

    if path is None:
        from skilltax.export.reference import reference_counts

        counts = reference_counts()
    elif path.endswith(".npz"):
        from skilltax.export.counts import read_counts

        counts = read_counts(path)
    elif path == "-" or path.endswith((".jsonl", ".jsonl.gz")):
        from skilltax.export.tags import read_tags
        from skilltax.graph.counting import count

        counts = count(read_tags(path))
    else:
        from skilltax.export.graphs import read_graph

        counts = counts_of(read_graph(path))
    chosen = counts.select(roles=roles, months=period(months) if months else None)
    if not chosen.total:
        asked = " ".join([*(roles or ()), *([months] if months else [])])
        there = f"roles: {', '.join(counts.roles) or 'none'}; months: {', '.join(filter(None, counts.months)) or 'none'}"
        raise SkilltaxError(f"no posting of {asked}; {there}" if asked else f"{path}: holds no postings")
    return chosen


def is_tags(path: str) -> bool:
    """Whether a file holds what `skilltax tag` wrote."""
    if not path.endswith((".jsonl", ".jsonl.gz")) or not Path(path).is_file():
        return False
    with gzip.open(path, "rb") if path.endswith(".gz") else Path(path).open("rb") as file:
        return b'"mentions":' in file.readline()


def period(text: str) -> tuple[str, str]:
    """``2024-05..2024-09`` as first and last month; a month alone is both."""
    first, dots, last = text.partition("..")
    months = first, (last if dots else first)
    if not all(len(m) in (4, 7) and m[:4].isdigit() and (len(m) == 4 or (m[4] == "-" and m[5:].isdigit())) for m in months):
        raise SkilltaxError(f"{text}: is no period; write it as 2024-05..2024-09")
    return months[0], months[1] if len(months[1]) == 7 else f"{months[1]}-12"


def concept_id(name: str, counts: Counts) -> str:
    """The id of a skill that is given by id or by any name that the taxonomy knows."""
    if name in counts.concepts:
        return name
    from skilltax.graph.kin import shipped
    from skilltax.taxonomy.resolve import Resolver

    found = Resolver(shipped(), counts.often)(name).concept
    if found is None:
        from skilltax.graph.answers import known

        known(name, "skill", counts.concepts)
    return found or name


def names_of(given: Iterable[str]) -> list[str]:
    """Names that were given one by one or joined by commas."""
    return [name.strip() for text in given for name in text.split(",") if name.strip()]


def show(answer: Answer[Any], as_json: bool, chart: Path | None = None) -> None:
    """Print an answer: a table, or one JSON object; and draw it where a file for that is given."""
    if chart is not None:
        from skilltax.export.charts import write_chart

        write_chart(answer, chart)
    if as_json:
        rows = [row._asdict() for row in answer]
        record = {"question": answer.question, "postings": answer.postings, "notes": answer.notes, "rows": rows}
        print(json.dumps(record, ensure_ascii=False))
        return
    print(answer)


def read_have(have: list[str] | None, cv: Path | None, counts: Counts | None = None) -> list[str]:
    """The skills that somebody has: names, and what a CV names."""
    if not have and cv is None:
        raise SkilltaxError("say what you have: --have python,kubernetes or --cv FILE")
    from skilltax.graph.kin import shipped
    from skilltax.taxonomy.resolve import Resolver

    taxonomy, found = shipped(), []
    resolver = Resolver(taxonomy, counts.often if counts else None)
    for name in names_of(have or ()):
        concept = name if name in taxonomy else resolver(name).concept
        if concept is None:
            raise SkilltaxError(f"{name}: no such skill; `skilltax taxonomy resolve` tells which names are known")
        found.append(concept)
    if cv is not None:
        from skilltax.postings.read import read_postings
        from skilltax.tagging.tagger import Tagger

        tagger = Tagger(taxonomy)
        found += [c for posting in read_postings(cv) for c in tagger(posting).skills]
        if not found:
            raise SkilltaxError(f"{cv}: names no skill that the taxonomy knows")
    return sorted(set(found))
