"""``--engine spark`` of ``skilltax tag`` and ``skilltax graph``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skilltax.errors import SkilltaxError

if TYPE_CHECKING:
    from skilltax.graph.counts import Counts


class Engine(StrEnum):
    """What does the work."""

    local = "local"
    spark = "spark"


EngineOption = Annotated[Engine, typer.Option(help="This machine's processes, or Apache Spark (docs/spark.md).")]
MasterOption = Annotated[
    str | None,
    typer.Option(help="With --engine spark: its master (local[4], spark://host:7077, yarn); else as Spark is set up."),
]


def tag_on_spark(
    inputs: list[str],
    output: str,
    master: str | None,
    overlays: list[Path],
    fields: Mapping[str, str],
    errors: Path | None,
) -> int:
    """Tag postings into a folder of Parquet files; tells how many records were bad.

    Raises
    ------
    SkilltaxError
        Where inputs are missing, the output is there already, or Spark cannot run.
    """
    from skilltax.engines import spark
    from skilltax.taxonomy.load import load

    if output == "-" or Path(output).suffix:
        raise SkilltaxError(f"-o {output}: Spark writes a folder of Parquet files; give -o FOLDER")
    session = spark.session(master)
    session.sparkContext.setLogLevel("ERROR")
    with _plainly():
        tagged = spark.tag(spark.read(session, *inputs), fields=fields, taxonomy=load(overlays=overlays))
        tagged.write.parquet(output)
        written = session.read.parquet(output)
        bad = written.where("error is not null").select("error.reason", "error.raw")
        number, every = bad.count(), written.count()
        if errors and number:
            with errors.open("w", encoding="utf-8") as log:
                for row in bad.toLocalIterator():
                    log.write(json.dumps({"level": "error", "reason": row.reason, "raw": row.raw}, ensure_ascii=False) + "\n")
    print(
        f"{every - number} postings tagged" + (f", {number} bad record{'s' * (number != 1)}" if number else ""), file=sys.stderr
    )
    return int(number)


def counts_on_spark(inputs: Iterable[str], master: str | None, choices: Mapping[str, Any], mix_taxonomies: bool) -> Counts:
    """Count tags that stand in folders of Parquet files."""
    from skilltax.engines import spark

    session = spark.session(master)
    session.sparkContext.setLogLevel("ERROR")
    with _plainly():
        return spark.count(session.read.parquet(*inputs), mix_taxonomies=mix_taxonomies, **choices)


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in a sentence what Spark says on many lines."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        raise SkilltaxError(f"Spark: {str(error).strip().splitlines()[0]}") from error
