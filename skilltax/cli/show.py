"""``skilltax show``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from skilltax.cli.bad import BadRecords
from skilltax.cli.tag import Inputs, Overlays, make_tagger
from skilltax.errors import SkilltaxError

MOST = 50  # postings on one page; more make it slow to open


def show(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page, an .html file.")],
    ids: Annotated[list[str] | None, typer.Option("--id", help="Only the posting with this id; may be given again.")] = None,
    taxonomy: Overlays = None,
) -> None:
    """Show postings with their mentions highlighted, on one page that opens from disk.

    The colour is the category, the line below it the strength; point at a mention to see its concept, the rule that
    decided, and its confidence. The first 50 postings are shown, or those that --id names.
    """
    from itertools import islice

    from skilltax.export.highlight import highlight
    from skilltax.postings.read import read_postings

    if output.suffix.lower() not in (".html", ".htm"):
        raise SkilltaxError(f"{output}: a highlighted posting is a page; give a name that ends in .html")
    bad = BadRecords(None)
    found = (p for p in read_postings(*inputs, on_error=bad) if not ids or p.id in ids)
    tagger = make_tagger(taxonomy)
    tagged = list(tagger.pipe(islice(found, MOST + 1)))
    if not tagged:
        raise SkilltaxError(f"no posting {', '.join(ids)} in {', '.join(inputs)}" if ids else "no postings to show")
    more = len(tagged) > MOST
    highlight(*tagged[:MOST], taxonomy=tagger.taxonomy).save(output)
    mentions = sum(len(t.mentions) for t in tagged[:MOST])
    rest = "; there are more: choose with --id, or split the input" if more else ""
    shown = min(len(tagged), MOST)
    print(f"{output}: {shown} posting{'s' * (shown != 1)}, {mentions} mentions{rest}", file=sys.stderr)
    raise typer.Exit(bool(bad.bad))
