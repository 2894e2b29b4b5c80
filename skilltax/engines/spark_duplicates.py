"""Near-duplicates of any number of postings, found on Spark: the groups of :mod:`skilltax.postings.duplicates`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f

from skilltax.postings.duplicates import are_alike, bands_of, is_fingerprint, places_of

FEWER = 100  # times that components are joined; each halves the longest way through one, or better

Batches = Iterator[Any]  # of pyarrow.RecordBatch


def without_duplicates(tagged: DataFrame) -> DataFrame:
    """Of each group of near-duplicates the earliest, by date, unknown dates last, id and fingerprint.

    The groups are those of :func:`skilltax.postings.duplicates.groups`: fingerprints that agree in a band are sorted, each is
    compared with the one before it and with the first, and what is alike through others is one group.
    """
    edges = _alike(tagged.select("fingerprint").where(f.length("fingerprint") > 0).distinct())
    group = components(edges)
    one = tagged.join(group, "fingerprint", "left")
    named = f.coalesce("group", "fingerprint")
    first = Window.partitionBy(named).orderBy(f.coalesce("posted", f.lit("~")), "id", "fingerprint")
    grouped = one.where(f.length("fingerprint") > 0).withColumn("place", f.row_number().over(first)).where("place = 1")
    alone = one.where(f.length("fingerprint") == 0).withColumn("place", f.lit(1))
    return grouped.unionByName(alone).drop("place", "group")


def _alike(fingerprints: DataFrame) -> DataFrame:
    """Pairs of fingerprints, `a` and `b`, that are alike."""

    def banded(batches: Batches) -> Batches:
        for batch in batches:
            texts = [text for text in batch.column(0).to_pylist() if is_fingerprint(text)]
            bands = bands_of(places_of(texts)).astype(np.int64)
            places = np.arange(bands.shape[1]) << 32
            yield pa.RecordBatch.from_arrays(
                [pa.array((bands + places).ravel()), pa.array(np.repeat(np.array(texts, object), len(places)), pa.string())],
                names=["band", "b"],
            )

    def compared(batches: Batches) -> Batches:
        for batch in batches:
            near = are_alike(*(places_of(batch.column(i).to_pylist()) for i in range(2)))
            yield batch.filter(pa.array(near, pa.bool_()))

    bands = fingerprints.mapInArrow(banded, "band long, b string")
    order = Window.partitionBy("band").orderBy("b")
    before = bands.select(f.lag("b").over(order).alias("a"), "b", f.first("b").over(order).alias("head"))
    pairs = before.select("a", "b").union(before.select(f.col("head").alias("a"), "b")).where("a < b").distinct()
    return pairs.mapInArrow(compared, "a string, b string")


def components(edges: DataFrame) -> DataFrame:
    """Connected components: `fingerprint` and its `group`, the least fingerprint that it is linked with.

    Kiveris, R., Lattanzi, S., Mirrokni, V., Rastogi, V., Vassilvitskii, S. (2014), "Connected components in MapReduce and
    beyond", SoCC: large and small stars in turn, until nothing changes.

    Parameters
    ----------
    edges : DataFrame
        Of two columns of strings, `a` and `b`.

    Raises
    ------
    RuntimeError
        Where it does not end, which would be a fault of this function.
    """
    known = edges.localCheckpoint()
    for _ in range(FEWER):
        found = _star(_star(known, large=True), large=False).localCheckpoint()
        if found.exceptAll(known).isEmpty() and known.exceptAll(found).isEmpty():
            return found.select(f.col("b").alias("fingerprint"), f.col("a").alias("group"))
        known = found
    raise RuntimeError(f"components after {FEWER} rounds are not whole")


def _star(edges: DataFrame, *, large: bool) -> DataFrame:
    """Link each neighbour of a node that comes after it (large), or not after it (small), with the least of its neighbours."""
    ways = edges.select("a", "b").union(edges.select(f.col("b").alias("a"), f.col("a").alias("b")))
    ways = ways if large else ways.where("b <= a")
    least = ways.groupBy("a").agg(f.least(f.min("b"), f.col("a")).alias("least"))
    joined = ways.join(least, "a")
    linked = joined.where("b > a") if large else joined.union(joined.select("a", f.col("a").alias("b"), "least"))
    return linked.select(f.col("least").alias("a"), "b").where("a <> b").distinct()
