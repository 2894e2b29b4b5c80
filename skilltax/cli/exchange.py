"""``skilltax taxonomy export`` and ``skilltax taxonomy diff``: the taxonomy for other programs and other versions."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skilltax.taxonomy.skos import BASE

if TYPE_CHECKING:
    from skilltax.curation.effect import Effect
    from skilltax.taxonomy.diff import Diff
    from skilltax.taxonomy.model import Taxonomy


class Format(StrEnum):
    """What a taxonomy is written as."""

    SKOS = "skos"
    JSON = "json"
    CSV = "csv"


def export(
    to: Annotated[Format, typer.Option("--format", help="SKOS as Turtle, one JSON document, or CSV with a row a concept.")],
    output: Annotated[str, typer.Option("--output", "-o", help="Where it goes.")] = "-",
    taxonomy: Annotated[
        list[Path] | None, typer.Option(help="Folder with concepts of your own, on top of the shipped ones.")
    ] = None,
    base: Annotated[str, typer.Option(help="SKOS: what the addresses of concepts begin with.")] = BASE,
) -> None:
    """Write the taxonomy for other programs. Columns and statements are documented in docs/taxonomy.md."""
    from skilltax.export.files import whole
    from skilltax.taxonomy.load import load

    known = load(overlays=taxonomy or ())
    written = _written(known, to, base)
    with whole(output) as file:
        file.write(written)


def _written(taxonomy: Taxonomy, to: Format, base: str) -> bytes:
    from skilltax.taxonomy.exchange import COLUMNS, to_document, to_rows
    from skilltax.taxonomy.skos import skos_graph

    if to is Format.SKOS:
        return skos_graph(taxonomy, base).serialize(format="turtle", encoding="utf-8")
    if to is Format.JSON:
        return (json.dumps(to_document(taxonomy), ensure_ascii=False, indent=1) + "\n").encode()
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(to_rows(taxonomy))
    return table.getvalue().encode()


def diff(
    old: Annotated[Path, typer.Argument(help="Folder of YAML files, or a JSON file of `taxonomy export`.")],
    new: Annotated[Path, typer.Argument(help="The same, later.")],
    postings: Annotated[
        list[str] | None, typer.Option(help="Postings to tag with both: tags gained and lost, in context.", show_default=False)
    ] = None,
    shown: Annotated[int, typer.Option("--shown", min=0, help="How many rows of each list to show.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Compare two taxonomies: concepts and forms added, changed, retired and re-pointed, and the version that follows.

    A form that is removed or names another concept makes a major version, a new concept a minor one, a new alias a patch.
    Exit 0 where nothing differs, 1 where something does, 2 on misuse.
    """
    from skilltax.taxonomy.diff import diff as compare

    before, after = _opened(old), _opened(new)
    found = compare(before, after)
    effect, bad = _effect(before, after, postings) if postings else (None, False)
    if as_json:
        print(json.dumps(_record(before, found, effect), ensure_ascii=False))
    else:
        _show(before, found, shown)
    if effect is not None and not as_json:
        from skilltax.cli.effect import show_effect

        show_effect(effect, shown, as_json=False)
    raise typer.Exit(bad or found.step != "none")


def _opened(path: Path) -> Taxonomy:
    from skilltax.taxonomy.exchange import read_document
    from skilltax.taxonomy.load import load

    return read_document(path) if path.suffix == ".json" else load(path)


def _effect(before: Taxonomy, after: Taxonomy, postings: list[str]) -> tuple[Effect, bool]:
    """Tags gained and lost, and whether a posting could not be read. An export has no rules: it is read by the shipped ones."""
    from dataclasses import replace

    from skilltax.cli.effect import reader
    from skilltax.cli.progress import Told
    from skilltax.curation.effect import effect
    from skilltax.tagging.tagger import Tagger
    from skilltax.taxonomy.load import load

    rules = before.rules or after.rules or load().rules
    sides = [Tagger(one if one.rules else replace(one, rules=rules)) for one in (before, after)]
    told = Told()
    return effect(reader(postings, told), *sides), bool(told.seen)


def _record(before: Taxonomy, found: Diff, effect: Effect | None) -> dict[str, Any]:
    from skilltax.taxonomy.diff import next_version

    record: dict[str, Any] = {"step": found.step, "version": next_version(before.version, found.step)}
    for name, values in found._asdict().items():
        record[name] = [value._asdict() if hasattr(value, "_asdict") else value for value in values]
    if effect is not None:
        record["tags"] = [change._asdict() for change in effect.changes]
    return record


def _show(before: Taxonomy, found: Diff, shown: int) -> None:
    from skilltax.taxonomy.diff import next_version

    lists = {
        "concepts added": found.added,
        "concepts retired": found.retired,
        "concepts gone without a record in retired.yaml": found.gone,
        "forms removed": [f"{change.form} ({change.before})" for change in found.forms_removed],
        "forms re-pointed": [f"{change.form}: {change.before} > {change.after}" for change in found.forms_moved],
        "forms added": [f"{change.form} ({change.after})" for change in found.forms_added],
        "concepts changed": [f"{change.concept}: {', '.join(change.fields)}" for change in found.changed],
    }
    for title, values in lists.items():
        if values:
            print(f"{len(values):,} {title}")
            more = [f"... {len(values) - shown:,} more (--shown {len(values)})"] if len(values) > shown else []
            print(*(f"  {value}" for value in [*values[:shown], *more]), sep="\n")
    step = "nothing differs" if found.step == "none" else f"a {found.step} step"
    print(f"{step}: {next_version(before.version, found.step)}")
