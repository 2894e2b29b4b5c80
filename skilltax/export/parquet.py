"""Tags as Parquet: a nested row a posting. Needs the extra: ``pip install "skilltax[parquet]"``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from skilltax.errors import SkilltaxError
from skilltax.tagging.model import storable

if TYPE_CHECKING:
    from skilltax.tagging.model import TaggedPosting

ROWS = 256  # postings that are read at a time


def _arrow() -> Any:
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError:
        raise SkilltaxError('Parquet needs pyarrow: pip install "skilltax[parquet]"') from None
    return pa


def schema() -> Any:
    """The schema: the fields of a line of JSON, in their order."""
    pa = _arrow()
    text = pa.string()
    mention = [
        *((name, pa.int64()) for name in ("start", "end")),
        *((name, text) for name in ("text", "concept", "label", "category", "kind", "strength", "section", "match")),
        ("distance", pa.int64()), ("rule", text), ("confidence", pa.float64()), ("version", text), ("quantity", text),
        ("years", pa.list_(pa.int64())), ("any_of", pa.int64()),
    ]  # fmt: skip
    return pa.schema(
        [
            *((n, text) for n in ("id", "title", "company", "posted", "source", "fingerprint", "role", "seniority")),
            ("skills", pa.list_(text)),
            ("mentions", pa.list_(pa.struct(mention))),
            ("diagnostics", text),  # JSON: what it holds differs from posting to posting
            ("taxonomy", text),
        ]
    )


def table(postings: Iterable[TaggedPosting]) -> Any:
    """Tagged postings as an Arrow table."""
    rows = [posting.record() for posting in postings]
    for row in rows:
        row["diagnostics"] = orjson.dumps(row["diagnostics"]).decode()
    try:
        return _arrow().Table.from_pylist(rows, schema=schema())
    except UnicodeEncodeError:  # half a pair of surrogates
        return _arrow().Table.from_pylist(storable(rows), schema=schema())


def arrow_bytes(postings: Iterable[TaggedPosting]) -> bytes:
    """Tagged postings as a stream of Arrow, which can be sent to other processes."""
    pa = _arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema()) as stream:
        stream.write_table(table(postings))
    return bytes(sink.getvalue())


def write_part(batches: Iterable[bytes], path: Path) -> None:
    """Write streams of Arrow as one Parquet file, whole or not at all."""
    pa = _arrow()
    partial = path.with_suffix(".new")
    whole = pa.concat_tables([pa.ipc.open_stream(batch).read_all() for batch in batches])
    pa.parquet.write_table(whole, partial, compression="zstd")
    partial.replace(path)


def join(parts: Sequence[Path], path: Path) -> None:
    """Join files to one, a row group each, in constant memory."""
    pa = _arrow()
    with pa.parquet.ParquetWriter(path, schema(), compression="zstd") as writer:
        for part in parts:
            writer.write_table(pa.parquet.read_table(part, schema=schema()))


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Each posting's record, as a line of JSON holds it."""
    pa = _arrow()
    try:
        with pa.parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=ROWS):
                for row in batch.to_pylist():
                    if row.pop("error", None) is None:  # a bad record of a run on Spark
                        yield row | {"diagnostics": orjson.loads(row["diagnostics"])}
    except (pa.ArrowInvalid, KeyError, TypeError) as error:
        raise SkilltaxError(f"{path}: holds no tagged postings ({error}); write it with `skilltax tag`") from None
