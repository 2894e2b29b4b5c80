"""The ``skilltax`` command: its commands, and how an error ends it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from skilltax import __version__
from skilltax.cli import demo, discover, effect, evaluate, exchange, graph, questions, roles, show, tag, taxonomy
from skilltax.errors import SkilltaxError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"max_content_width": 100},
)  # fmt: skip
app.command("tag")(tag.tag)
app.command("explain")(tag.explain)
app.command("show")(show.show)
app.command("graph")(graph.graph)
app.command("related")(questions.related)
app.add_typer(roles.app, name="roles")
app.command("gap")(questions.gap)
app.command("match")(questions.match)
app.command("trends")(questions.trends)
app.command("discover")(discover.discover)
app.command("coverage")(discover.coverage)
app.command("evaluate")(evaluate.evaluate)
taxonomy.app.command("try")(effect.try_)
taxonomy.app.command("export")(exchange.export)
taxonomy.app.command("diff")(exchange.diff)
app.add_typer(taxonomy.app, name="taxonomy")
app.command("demo")(demo.demo)


def _version(asked: bool) -> None:
    if asked:
        print(f"skilltax {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Tag technologies and practices in job postings, and show which belong together."""


def main() -> None:
    """Run the command line; an error of the user's is one message and exit 2, never a traceback."""
    try:
        app()
    except SkilltaxError as error:
        print(f"skilltax: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:  # whoever reads our output has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # of a file that nobody looks after in particular
        where = f"{error.filename}: " if error.filename else ""
        print(f"skilltax: {where}{error.strerror or error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("skilltax: interrupted", file=sys.stderr)
        sys.exit(130)
