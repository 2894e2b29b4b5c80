"""``skilltax evaluate``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skilltax.cli.tag import Overlays, make_tagger
from skilltax.errors import SkilltaxError

if TYPE_CHECKING:
    from rich.console import Console

    from skilltax.calibrate import Calibration
    from skilltax.evaluate import Error, Evaluation, Score

STRENGTHS = ("required", "preferred", "negated", "other")


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Labels: a JSON list of postings with id, role, seniority and mentions.")],
    postings: Annotated[Path, typer.Argument(help="The postings that were labelled.")],
    tags: Annotated[str | None, typer.Option(help="Tags to judge; without it the postings are tagged now.")] = None,
    taxonomy: Overlays = None,
    shown: Annotated[int, typer.Option("--errors", min=0, help="How many errors to show in context.")] = 20,
    calibration: Annotated[
        Path | None, typer.Option("--calibrate", help="Fit confidence on these postings and write it there (confidence.yaml).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Compare tags with hand-made labels: precision, recall and F1, by category and strength, with every error.

    Each mention of a label has `surface`, `occ` ("all", or numbers counted from 1), `concept`, `kind` and `strength`; `alt`
    lists other names of the concept, and `optional` ones neither help nor hurt.
    """
    from skilltax.evaluate import errors
    from skilltax.evaluate import evaluate as compare_all
    from skilltax.export.tags import read_tags
    from skilltax.gold import read_labels
    from skilltax.postings.read import read_postings
    from skilltax.taxonomy.resolve import Resolver

    tagger = make_tagger(taxonomy)
    read = list(read_postings(postings))
    texts = {p.id: p.text for p in read}
    labelled = read_labels(gold, texts)
    wanted = {posting.id for posting in labelled}
    tagged = list(read_tags(tags) if tags else tagger.pipe(p for p in read if p.id in wanted))
    resolver = Resolver(tagger.taxonomy)
    evaluation = compare_all(labelled, tagged, lambda name: resolver(name).concept, {c.id: c.category for c in tagger.taxonomy})
    calibrated = _calibrated(evaluation, calibration)
    wrong = list(errors(evaluation, texts))
    if as_json:
        print(json.dumps(_record(evaluation, wrong, calibrated), ensure_ascii=False))
        return
    from rich.console import Console

    console = Console(highlight=False)
    _figures(console, evaluation)
    _confusion(console, evaluation)
    _categories(console, evaluation)
    if calibrated:
        _reliability(console, calibrated)
    for e in wrong[:shown]:
        around = f"{e.left}[{e.text}]{e.right}".replace("\n", " ")
        said = " > ".join(x for x in (e.expected, e.found) if x)
        console.print(f"{e.what:9} {e.posting}  {around}  ({said})", markup=False, soft_wrap=True)
    if len(wrong) > shown:
        console.print(f"... {len(wrong) - shown} more errors: --errors {len(wrong)}")


def _calibrated(evaluation: Evaluation, path: Path | None) -> Calibration | None:
    if path is None:
        return None
    import yaml

    from skilltax.calibrate import calibrate

    try:
        calibrated = calibrate(evaluation)
    except ValueError as error:
        raise SkilltaxError(str(error)) from None
    path.write_text(HEAD + yaml.safe_dump(_quoted(calibrated.model), sort_keys=False), "utf-8")
    return calibrated


def _quoted(value: Any) -> Any:
    """Numbers with a fraction as text: the taxonomy's YAML takes no others."""
    if isinstance(value, dict):
        return {name: _quoted(one) for name, one in value.items()}
    return str(value) if isinstance(value, float) else value


HEAD = """# How sure a mention is, by its traits: a logistic model fitted on labelled postings. Written by
# `skilltax evaluate GOLD POSTINGS --calibrate taxonomy/confidence.yaml`; skilltax/tagging/confidence.py explains the traits.

"""


def _score(score: Score) -> dict[str, float | int]:
    shares = {name: round(getattr(score, name), 4) for name in ("precision", "recall", "f1")}
    return {**shares, **score._asdict()}


def _record(evaluation: Evaluation, wrong: list[Error], calibrated: Calibration | None) -> dict[str, Any]:
    record = {
        "postings": len(evaluation.comparisons),
        "span": _score(evaluation.span),
        "concept": _score(evaluation.concept),
        "recall_by_kind": {kind: round(s.value, 4) for kind, s in evaluation.recall_by_kind.items()},
        **{name: round(getattr(evaluation, name).value, 4) for name in ("strength", "role", "seniority")},
        "confusion": {a: {b: evaluation.confusion[a, b] for b in STRENGTHS} for a in STRENGTHS},
        "by_category": {name: _score(score) for name, score in evaluation.by_category.items()},
        "errors": [e._asdict() for e in wrong],
    }
    if calibrated:
        record["calibration"] = {"error": calibrated.error, "table": [row._asdict() for row in calibrated.table]}
    return record


def _figures(console: Console, evaluation: Evaluation) -> None:
    from rich.table import Table

    table = Table("figure", "value", "of", box=None)
    for name, score in (("span", evaluation.span), ("concept", evaluation.concept)):
        table.add_row(f"{name} precision", f"{score.precision:.4f}", str(score.found + score.false))
        table.add_row(f"{name} recall", f"{score.recall:.4f}", str(score.found + score.missed))
        table.add_row(f"{name} F1", f"{score.f1:.4f}", "")
    for kind, share in evaluation.recall_by_kind.items():
        table.add_row(f"{kind} recall", f"{share.value:.4f}", str(share.of))
    for name in ("strength", "role", "seniority"):
        share = getattr(evaluation, name)
        table.add_row(f"{name} right", f"{share.value:.4f}", str(share.of))
    console.print(f"{len(evaluation.comparisons)} labelled postings", table, sep="\n")


def _confusion(console: Console, evaluation: Evaluation) -> None:
    from rich.table import Table

    table = Table("labelled", *(f"as {s}" for s in STRENGTHS), box=None, title="\nStrength", title_justify="left")
    for labelled in STRENGTHS:
        table.add_row(labelled, *(str(evaluation.confusion[labelled, found]) for found in STRENGTHS))
    console.print(table)


def _categories(console: Console, evaluation: Evaluation) -> None:
    from rich.table import Table

    columns = ("category", "found", "false", "missed", "precision", "recall")
    table = Table(*columns, box=None, title="\nCategories, the worst first", title_justify="left")
    by_errors = sorted(evaluation.by_category.items(), key=lambda item: (-item[1].false - item[1].missed, item[0]))
    for name, score in by_errors:
        table.add_row(name, *map(str, score), f"{score.precision:.3f}", f"{score.recall:.3f}")
    console.print(table)


def _reliability(console: Console, calibrated: Calibration) -> None:
    from rich.table import Table

    table = Table("confidence", "mentions", "mean", "right", box=None, title="\nReliability, held out", title_justify="left")
    for row in calibrated.table:
        table.add_row(f"{row.low:.3f}-{row.high:.3f}", str(row.mentions), f"{row.confidence:.3f}", f"{row.right:.3f}")
    console.print(table, f"expected calibration error {calibrated.error:.4f}", sep="\n")
