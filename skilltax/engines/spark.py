"""Tagging and counting on Apache Spark: ``pip install "skilltax[spark]"``, and Java.

Workers get Arrow batches and give Arrow batches (``mapInArrow``), and do with each what the local engine does. The taxonomy
travels in its compiled form, once; a Python worker builds its tagger once. Nothing here depends on how Spark cuts the data into
partitions, nor on tasks that are run again.
"""

from __future__ import annotations

import hashlib
import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import orjson

from skilltax.errors import PostingError, PostingWarning, SkilltaxError
from skilltax.export import parquet
from skilltax.postings.model import Posting
from skilltax.taxonomy import compiled
from skilltax.taxonomy.load import load
from skilltax.taxonomy.model import Taxonomy

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    from skilltax.engines.spark_duplicates import Batches, without_duplicates
except ImportError:
    raise SkilltaxError('Spark needs pyspark and pyarrow: pip install "skilltax[spark]"') from None

if TYPE_CHECKING:
    from skilltax.graph.counts import Counts
    from skilltax.tagging.tagger import Tagger

NO_FIELDS: Mapping[str, str] = {}
LINE = "value"  # the column that `spark.read.text` gives
COUNTED = ("concept", "label", "category", "kind", "strength", "section", "any_of")  # of a mention, all that counting reads


def schema() -> Any:
    """The Arrow schema of tagged postings: that of the local engine's Parquet, and `error`, which is null for a good posting.

    `error` tells the `reason` and the `raw` beginning of a bad record; all else is null in its row.
    """
    return parquet.schema().append(pa.field("error", pa.struct([("reason", pa.string()), ("raw", pa.string())])))


def read(spark: SparkSession, *paths: str) -> DataFrame:
    """Read postings for :func:`tag`: ``.parquet``, ``.csv`` (with a line of names), else a JSON object a line; also packed.

    Parameters
    ----------
    spark : SparkSession
        The session.
    *paths : str
        Files, folders or patterns, of one format; wherever Spark reads from (``s3a://``, ``hdfs://``, ``file:/``).
    """
    end = paths[0].rstrip("/").lower()
    if end.endswith(".parquet"):
        return spark.read.parquet(*paths)
    if end.removesuffix(".gz").endswith(".csv"):
        return spark.read.csv(list(paths), header=True, multiLine=True, quote='"', escape='"')
    return spark.read.text(list(paths), lineSep="\n")


def tag(postings: DataFrame, *, fields: Mapping[str, str] = NO_FIELDS, taxonomy: Taxonomy | None = None) -> DataFrame:
    """Tag postings: a row each, lazily.

    Parameters
    ----------
    postings : DataFrame
        With a column that holds the text, and where known `id`, `title`, `company`, `posted`, `source`, under these names or
        those that job boards use; or with the one column ``value``, each a JSON object, as ``spark.read.text`` gives it.
        A record without an id is named by the hash of what it holds.
    fields : mapping of str to str
        Names of your own for columns: ``{"text": "advert"}``.
    taxonomy : Taxonomy, optional
        The shipped one without.

    Returns
    -------
    DataFrame
        With the columns of :func:`schema`. :func:`mentions` makes a row a mention of it.
    """
    packed = postings.sparkSession.sparkContext.broadcast(compiled.pack(taxonomy or load()))
    lines = postings.columns == [LINE]
    names = dict(fields)

    def tagged(batches: Batches) -> Batches:
        tagger = _tagger(packed)
        for batch in batches:
            records = batch.to_pylist()
            yield from tagged_records((r[LINE] for r in records) if lines else records, tagger, names).to_batches()

    return postings.mapInArrow(tagged, from_arrow_schema(schema()))


def tagged_records(records: Iterable[Any], tagger: Tagger, fields: Mapping[str, str] = NO_FIELDS) -> Any:
    """Tag the records of a batch: an Arrow table with :func:`schema`, bad records below the good ones.

    Parameters
    ----------
    records : iterable of str or mapping
        JSON objects, or their values.
    tagger : Tagger
        The tagger.
    fields : mapping of str to str
        As in :func:`tag`.
    """
    errors: list[PostingError] = []
    postings = [posting for record in records for posting in _posting(record, fields, errors)]
    good = parquet.table(map(tagger, postings))
    bad = [{"error": {"reason": error.reason, "raw": error.raw}} for error in errors]
    none = pa.nulls(len(good), schema().field("error").type)
    return pa.concat_tables([good.append_column("error", none).cast(schema()), pa.Table.from_pylist(bad, schema=schema())])


def _posting(record: Any, fields: Mapping[str, str], errors: list[PostingError]) -> Iterator[Posting]:
    """The posting of a record, or an error more."""
    from skilltax.postings.formats import read_jsonl
    from skilltax.postings.reading import Reading

    raw = (record or "").encode("utf-8", "replace") if isinstance(record, str | None) else None
    named = hashlib.sha256(orjson.dumps(record, default=str) if raw is None else raw).hexdigest()[:16]

    def report(error: PostingError) -> None:
        if not isinstance(error, PostingWarning):
            errors.append(error)

    reading = Reading(named, fields, report, set())
    yield from reading.posting(record, 0) if raw is None else read_jsonl([raw], None, reading)  # type: ignore[arg-type]


_taggers: dict[str, Any] = {}  # of this Python worker: the one that it used last


def _tagger(packed: Any) -> Tagger:
    """The tagger of a taxonomy, built once a Python worker, which runs many tasks."""
    from skilltax.tagging.tagger import Tagger

    documents = packed.value
    key = hashlib.sha256(b"".join(documents)).hexdigest()
    if key not in _taggers:
        _taggers.clear()
        _taggers[key] = Tagger(*compiled.unpack(documents))
    found: Tagger = _taggers[key]
    return found


def mentions(tagged: DataFrame) -> DataFrame:
    """A row a mention: `id`, `title`, `company`, `posted`, `source`, `role`, `seniority`, and the mention's own columns."""
    about = ("id", "title", "company", "posted", "source", "role", "seniority")
    return tagged.select(*about, f.explode("mentions").alias("mention")).select(*about, "mention.*")


def count(tagged: DataFrame, *, keep_duplicates: bool = False, mix_taxonomies: bool = False, **choices: Any) -> Counts:
    """Count concepts and pairs of concepts: the same numbers as :func:`skilltax.count` of all postings together.

    Each partition is counted by itself; what is added up are rows of role, month, concepts and a number.

    Parameters
    ----------
    tagged : DataFrame
        As :func:`tag` gives it or ``spark.read.parquet`` reads it; it is run through several times, so write it first.
    keep_duplicates : bool
        Count near-duplicates too. Without, the earliest of them stands for all.
    mix_taxonomies : bool
        Whether tags made with different taxonomies may be counted together.
    **choices
        `strengths`, `kinds`, `without`, `level`, `alternatives`, as in :func:`skilltax.count`.

    Raises
    ------
    SkilltaxError
        Where tags made with different taxonomies meet, or a choice is unknown; `cap` is not known here.
    """
    from skilltax.graph.cells import Cells, counts_of_cells
    from skilltax.graph.counting import choose

    if choices.pop("cap", None) is not None:
        raise SkilltaxError("a cap on postings of an employer is not known to Spark; count locally, or leave it out")
    options = choose(keep_duplicates=keep_duplicates, **choices).said()
    if "error" in tagged.columns:
        tagged = tagged.where("error is null")
    versions = frozenset(row[0] for row in tagged.select("taxonomy").distinct().collect())
    if len(versions) > 1 and not mix_taxonomies:
        raise SkilltaxError(
            f"tags of different taxonomies: {', '.join(sorted(versions))}; tag all postings with one of them, or allow mixing"
        )
    part = f.transform("mentions", lambda m: f.struct(*(m[name].alias(name) for name in COUNTED))).alias("mentions")
    narrow = tagged.select("id", "posted", "fingerprint", "role", part)
    kept = narrow if keep_duplicates else without_duplicates(narrow)
    columns = [pa.field(name, pa.string()) for name in Cells._fields[:-1]] + [pa.field("n", pa.int64())]
    cells = kept.mapInArrow(_counter(choices), from_arrow_schema(pa.schema(columns)))
    sums = cells.groupBy(*Cells._fields[:-1]).agg(f.sum("n").alias("n")).toArrow()
    names = [np.array(sums.column(name).to_pylist(), object) for name in Cells._fields[:-1]]
    table = Cells._make([*names, sums.column("n").to_numpy()])
    postings = int(table.n[table.what == "posting"].sum())
    duplicates = 0 if keep_duplicates else narrow.count() - postings
    return counts_of_cells(table, versions, duplicates, options)


def _counter(choices: Mapping[str, Any]) -> Callable[[Batches], Batches]:
    """What counts a partition."""

    def counted(batches: Batches) -> Batches:
        from skilltax.graph.cells import Cells, cells_of
        from skilltax.graph.counting import count as count_locally
        from skilltax.tagging.model import Mention, TaggedPosting

        def postings() -> Iterator[TaggedPosting]:
            for batch in batches:
                for row in batch.to_pylist():
                    found = tuple(Mention(start=0, end=0, text="", **m) for m in row.pop("mentions"))
                    yield TaggedPosting(text="", mentions=found, **row)

        counts = count_locally(postings(), keep_duplicates=True, **choices)
        cells = cells_of(counts)
        if len(cells.n):
            yield pa.RecordBatch.from_arrays(
                [*(pa.array(column, pa.string()) for column in cells[:-1]), pa.array(cells.n, pa.int64())], names=Cells._fields
            )

    return counted


def session(master: str | None = None) -> SparkSession:
    """The session that is running, or a new one.

    Parameters
    ----------
    master : str, optional
        ``local[2]``, ``spark://host:7077``, ``yarn`` ...; as Spark is configured without.

    Raises
    ------
    SkilltaxError
        Where no session can be started, because Java is missing or the master does not answer.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers that do not say otherwise have the driver's packages
    settings: dict[str, Any] = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": "500",  # postings of 5 KB with their tags: some MB a batch
        "spark.sql.adaptive.enabled": "true",
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")  # nothing here is pandas
    builder = SparkSession.builder.appName("skilltax").config(map=settings)
    try:
        return (builder.master(master) if master else builder).getOrCreate()
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise SkilltaxError(f"Spark did not start ({reason}); is Java 17 or newer installed, and --master right?") from None
