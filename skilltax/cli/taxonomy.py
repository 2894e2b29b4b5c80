"""``skilltax taxonomy``: check, format and look into a taxonomy."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skilltax.errors import SkilltaxError, TaxonomyError

if TYPE_CHECKING:
    from skilltax.taxonomy.model import Taxonomy
    from skilltax.taxonomy.resolve import Resolver
    from skilltax.taxonomy.source import Source

app = typer.Typer(no_args_is_help=True, help="Check, format and look into a taxonomy.")

COLUMNS = (
    *("concepts", "technology", "practice", "certification", "soft", "headings"),
    *("forms", "gated forms", "examples", "decoys", "homepages", "ids elsewhere"),
)
WIDE = 160  # characters that the table of `stats` takes
Folder = Annotated[
    Path | None, typer.Argument(help="Folder of YAML files; the shipped taxonomy without one.", show_default=False)
]


@app.command()
def check(
    folder: Folder = None,
    overlay: Annotated[
        list[Path] | None, typer.Option(help="Examine this folder, which lies on the taxonomy; again for more of them.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(help="Examine this concept's record only; again for more.")] = None,
    near: Annotated[bool, typer.Option("--neighbours", help="List forms that one letter tells apart, for review.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that check; what they find is the same.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a problem.")] = False,
) -> None:
    """Find every problem of a taxonomy, each with file, line and remedy. Exit 1 where there is one.

    The shipped taxonomy takes more than a minute of one process: each of its forms is tried in 16 contexts, some 62,000 in
    all. Where only a few records were changed, `--only` tries these, against all the others, in half a minute.
    """
    from skilltax.engines.checking import checked
    from skilltax.taxonomy.check import CONDITIONS
    from skilltax.taxonomy.check.records import canonical_files
    from skilltax.taxonomy.compiled import no_garbage
    from skilltax.taxonomy.ledger import read_ledger
    from skilltax.taxonomy.load import load, read_folder, shipped_folder

    folder = folder or shipped_folder()
    layers = [folder, *(overlay or ())]
    if near:
        _list_neighbours(layers, as_json)
        return
    try:
        taxonomy = load(*layers)
        if missing := sorted(set(only or ()) - taxonomy.concepts.keys()):
            raise SkilltaxError(f"--only {missing[0]}: no such concept; `skilltax taxonomy resolve` tells the id of a name")
        with no_garbage():
            examined = tuple(source for layer in overlay or [folder] for source in read_folder(layer))
        if only:
            examined = tuple(_of(source, taxonomy, only) for source in examined)
        released = frozenset[str]() if overlay else read_ledger(folder)
        # how an overlay is written is its owner's affair
        conditions = [one for one in CONDITIONS if not ((overlay or only) and one is canonical_files)]
        problems = checked(taxonomy, layers, examined, released, conditions, workers)
    except TaxonomyError as error:
        problems, taxonomy = list(error.problems), None
    for problem in problems:
        print(json.dumps(problem._asdict(), ensure_ascii=False) if as_json else problem)
    size = f"{len(taxonomy)} concepts, " if taxonomy else ""
    print(f"{size}{len(problems)} problem{'s' * (len(problems) != 1)}", file=sys.stderr)
    raise typer.Exit(bool(problems))


def _of(source: Source, taxonomy: Taxonomy, ids: list[str]) -> Source:
    """A file as if it held no concepts but these."""
    kept = {path: line for path, line in source.lines.items() if not path or path[0] in ids or path[0] not in taxonomy}
    return source._replace(lines=kept)


def _list_neighbours(layers: list[Path], as_json: bool) -> None:
    from skilltax.taxonomy.load import load
    from skilltax.taxonomy.neighbours import neighbours

    found = neighbours(load(*layers))
    for pair in found:
        told = f"{pair.form} ({pair.concept})  {pair.other} ({pair.other_concept})"
        print(json.dumps(pair._asdict(), ensure_ascii=False) if as_json else told)
    print(f"{len(found)} pairs of forms that one letter tells apart", file=sys.stderr)


@app.command()
def release(folder: Folder = None) -> None:
    """Make the ids of today permanent: add them to ids.txt. Part of making a version; `check` then guards them."""
    from skilltax.export.files import whole
    from skilltax.taxonomy.ledger import NAME, read_ledger, write_ledger
    from skilltax.taxonomy.load import load, shipped_folder

    folder = folder or shipped_folder()
    before = read_ledger(folder)
    ids = before | load(folder).concepts.keys()
    with whole(folder / NAME) as file:
        file.write(write_ledger(ids).encode())
    print(f"{NAME}: {len(ids)} ids, {len(ids) - len(before)} of them new", file=sys.stderr)


@app.command("format")
def format_(folder: Folder = None) -> None:
    """Write every file of a taxonomy in its canonical form."""
    from skilltax.taxonomy.load import canonical, read_folder, shipped_folder
    from skilltax.taxonomy.schema import NAME, schema

    folder = folder or shipped_folder()
    broken = []
    for source in read_folder(folder):
        path = folder / Path(source.name).name
        if source.problems or source.data is None:
            broken += source.problems
        elif (text := canonical(source)) != source.text:
            path.write_text(text, "utf-8")
            print(f"formatted {path.name}", file=sys.stderr)
    if (schema_file := folder / NAME).exists() and schema_file.read_text("utf-8") != schema():
        schema_file.write_text(schema(), "utf-8")
        print(f"formatted {NAME}", file=sys.stderr)
    if broken:
        raise TaxonomyError(broken)


def _resolver(taxonomy: Taxonomy) -> Resolver:
    """Looks names up; of several senses that which most of the postings behind the reference graph have."""
    from skilltax.export.reference import reference_counts
    from skilltax.taxonomy.resolve import Resolver

    return Resolver(taxonomy, reference_counts().often)


@app.command()
def resolve(
    names: Annotated[list[str] | None, typer.Argument(help="Names; from standard input, one a line, without any.")] = None,
    taxonomy: Annotated[list[Path] | None, typer.Option(help="Taxonomy folder, or overlays on the shipped one.")] = None,
) -> None:
    """Tell which concept each name means: one JSON object a name. Exact after normalisation, never fuzzy.

    Of several senses of a name the one that most real postings have wins; `X (Y)` is X in the sense of Y.
    """
    from skilltax.taxonomy.load import load

    resolver = _resolver(load(*(taxonomy or ())))
    for name in names or (line.rstrip("\n") for line in sys.stdin):
        if name:
            print(json.dumps(resolver(name)._asdict(), ensure_ascii=False))


@app.command()
def show(
    concepts: Annotated[list[str], typer.Argument(help="Ids or names.")],
    taxonomy: Annotated[list[Path] | None, typer.Option(help="Taxonomy folder, or several, one on top of the other.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a concept.")] = False,
) -> None:
    """Show concepts: their records, and what stands above and below them."""
    from skilltax.taxonomy.load import load

    known = load(*(taxonomy or ()))
    names = [name for name in concepts if name not in known.concepts]
    resolver = _resolver(known) if names else None  # looking names up takes a second longer
    meant = {name: resolver(name).concept for name in names} if resolver else {}
    for name in concepts:
        found = known.concepts.get(meant.get(name, name) or "")
        if found is None:
            raise SkilltaxError(f"{name}: no such concept; `skilltax discover` finds names that the taxonomy does not know")
        below = sorted(c.id for c in known if found.id in c.broader)
        record = found.model_dump(mode="json", exclude_defaults=True)
        if as_json:
            print(json.dumps(record | {"above": sorted(known.ancestors[found.id]), "narrower": below}, ensure_ascii=False))
            continue
        print(f"{found.label}  ({found.id}, {found.kind}, {found.category})\n  {found.description}")
        for field, value in (record | {"narrower": below}).items():
            if value and field not in ("id", "label", "kind", "category", "description"):
                print(f"  {field}: {_line(value)}")


def _line(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{k} {json.dumps(v, ensure_ascii=False) if isinstance(v, dict) else v}" for k, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@app.command()
def stats(
    taxonomy: Annotated[list[Path] | None, typer.Option(help="Taxonomy folder, or several, one on top of the other.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a category.")] = False,
) -> None:
    """Count by category: concepts of each kind, forms, gates, homepages.

    Headings are concepts that only group others and are not matched; ids elsewhere are Wikidata's, Stack Overflow's
    and so on.
    """
    from skilltax.taxonomy.load import load

    known = load(*(taxonomy or ()))
    rows: dict[str, dict[str, Any]] = {}
    for concept in known:
        for name in (concept.category, "all"):
            row = rows.setdefault(name, {"category": name, **dict.fromkeys(COLUMNS, 0)})
            row["concepts"] += 1
            row[concept.kind] += 1
            row["headings"] += not concept.matched
            row["homepages"] += concept.homepage is not None
            row["ids elsewhere"] += len(concept.ids)
            row["forms"] += len(concept.forms)
            row["gated forms"] += len(concept.match)
            row["examples"] += len(concept.examples)
            row["decoys"] += len(concept.decoys)
    ordered = sorted(rows.values(), key=lambda r: (r["category"] == "all", r["category"]))
    if as_json:
        for row in ordered:
            print(json.dumps(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*ordered[0], box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in ordered:
        table.add_row(*map(str, row.values()))
    Console(width=max(Console().width, WIDE)).print(table)  # a cut number would be a wrong one
