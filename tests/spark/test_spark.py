"""What Spark gives is what this machine's processes give: tag by tag, count by count, whatever happens on the way."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from skilltax.export.encode import json_line
from skilltax.export.tags import read_tags
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts
from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings
from skilltax.postings.sample import sample_postings
from skilltax.tagging.model import TaggedPosting
from skilltax.tagging.tagger import Tagger
from tests.spark.conftest import cluster_at, session_on

TIMES, PARTS = 10, 40  # that a job takes long enough to be disturbed


def write(postings: Iterable[Posting], path: Path, *more: str) -> Path:
    """Postings as JSON Lines, with more lines behind."""
    names = ("id", "text", "title", "company", "posted", "source")
    lines = [json.dumps({name: getattr(posting, name) for name in names}) for posting in postings]
    path.write_text("\n".join([*lines, *more]) + "\n", "utf-8")
    return path


def lines_of(tagged: Iterable[TaggedPosting]) -> list[bytes]:
    return sorted(map(json_line, tagged))


def same(one: Counts, other: Counts) -> bool:
    return (
        (one.concepts, one.strata, one.taxonomy, one.duplicates, one.options)
        == (other.concepts, other.strata, other.taxonomy, other.duplicates, other.options)
        and np.array_equal(one.postings, other.postings)
        and all((one.held[s] != other.held[s]).nnz == 0 for s in one.held)
        and (one.pairs != other.pairs).nnz == 0
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped postings, twice: the second time with other ids, as near-duplicates; and two bad records."""
    postings = list(sample_postings())
    again = [Posting(f"again-{p.id}", f"{p.text}\nApply now!", p.title, p.company, p.posted, p.source) for p in postings]
    return write(
        [*postings, *again], tmp_path_factory.mktemp("sample") / "postings.jsonl", "{no json", '{"id": "without-text"}'
    )


@pytest.fixture(scope="module")
def local(sample: Path) -> list[TaggedPosting]:
    return list(Tagger().pipe(read_postings(sample, on_error=lambda _: None)))


@pytest.fixture(scope="module")
def written(session: Any, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same postings, tagged on Spark."""
    from skilltax.engines import spark

    folder = tmp_path_factory.mktemp("tagged") / "tags"
    spark.tag(spark.read(session, str(sample)).repartition(5)).write.parquet(str(folder))
    return folder


def test_tags_are_the_same_byte_for_byte(written: Path, local: list[TaggedPosting]) -> None:
    assert lines_of(read_tags(written)) == lines_of(local)


def test_bad_records_become_error_rows(session: Any, written: Path) -> None:
    bad = session.read.parquet(str(written)).where("error is not null").select("id", "error.reason", "error.raw").collect()
    assert sorted((row.id, row.raw[:8]) for row in bad) == [(None, "{'id': '"), (None, "{no json")]
    assert any(row.reason.startswith("has no text") for row in bad)


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"keep_duplicates": True},
        {"strengths": ["required"], "kinds": ["technology"], "without": ["company"], "alternatives": False},
        {"level": "category"},
    ],
    ids=["as usual", "duplicates too", "chosen", "categories"],
)
def test_counts_are_the_same(session: Any, written: Path, local: list[TaggedPosting], choices: dict[str, Any]) -> None:
    from skilltax.engines import spark

    assert same(spark.count(session.read.parquet(str(written)), **choices), count(local, **choices))


def test_counts_do_not_depend_on_partitions(session: Any, written: Path) -> None:
    from skilltax.engines import spark

    tagged = session.read.parquet(str(written))
    one, many = (spark.count(tagged.repartition(n)) for n in (1, 7))
    assert same(one, many)


def test_columns_of_other_names_and_records_without_ids(session: Any) -> None:
    from skilltax.engines import spark

    postings = session.createDataFrame([("We run Xen.", "SRE"), (None, "SRE")], "advert string, headline string")
    rows = spark.tag(postings, fields={"text": "advert", "title": "headline"}).collect()
    good, bad = sorted(rows, key=lambda row: row.error is not None)
    assert ([m.concept for m in good.mentions], good.role) == (["xen"], "sre")
    assert good.id == spark.tag(postings, fields={"text": "advert", "title": "headline"}).where("id is not null").first().id
    assert bad.error.reason.startswith("has no text")


def test_a_row_a_mention(session: Any, written: Path, local: list[TaggedPosting]) -> None:
    from skilltax.engines import spark

    rows = spark.mentions(session.read.parquet(str(written)))
    assert rows.count() == sum(len(posting.mentions) for posting in local)
    assert {"id", "role", "concept", "strength", "start"} <= set(rows.columns)


def test_a_long_chain_of_near_duplicates_is_one_group(session: Any) -> None:
    from skilltax.engines.spark_duplicates import components

    links = [(f"{n:03}", f"{n + 1:03}") for n in range(40)] + [("x", "y")]
    found = {row.fingerprint: row.group for row in components(session.createDataFrame(links, "a string, b string")).collect()}
    assert found == {f"{n:03}": "000" for n in range(1, 41)} | {"y": "x"}


def test_tags_of_several_taxonomies_are_refused(session: Any, written: Path) -> None:
    from pyspark.sql import functions as f

    from skilltax.engines import spark
    from skilltax.errors import SkilltaxError

    tagged = session.read.parquet(str(written))
    mixed = tagged.union(tagged.withColumn("taxonomy", f.lit("another")))
    with pytest.raises(SkilltaxError, match="different taxonomies"):
        spark.count(mixed)


def test_the_corpus_gives_the_same_tags_and_counts(session: Any, shared: Path, tmp_path: Path) -> None:
    from skilltax.engines import spark

    corpus = shared / "corpus" / "postings.jsonl.gz"
    folder = tmp_path / "tags"
    spark.tag(spark.read(session, str(corpus)).repartition(8)).write.parquet(str(folder))
    local = list(Tagger().pipe(read_postings(corpus)))
    assert lines_of(read_tags(folder)) == lines_of(local)
    assert same(spark.count(session.read.parquet(str(folder))), count(local))


def test_the_command_line(cluster: Any, session: Any, sample: Path, local: list[TaggedPosting], tmp_path: Path) -> None:
    """On a local master: an application of its own, while the cluster's cores are taken."""

    def skilltax(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from skilltax.cli import main; main()", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)

    spark = ("--engine", "spark", "--master", "local[1]")
    done = skilltax("tag", sample, "-o", "tags", "--errors", "bad.jsonl", *spark)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"{len(local)} postings tagged, 2 bad records")
    assert len((tmp_path / "bad.jsonl").read_text().splitlines()) == 2
    assert lines_of(read_tags(tmp_path / "tags")) == lines_of(local)
    for name, options in (("spark", spark), ("local", ())):
        assert skilltax("graph", "tags", "-o", f"{name}.gexf", *options).returncode == 0
    assert (tmp_path / "spark.gexf").read_bytes() == (tmp_path / "local.gexf").read_bytes()
    again = skilltax("tag", sample, "-o", "tags", *spark)
    assert (again.returncode, "already exists" in again.stderr.splitlines()[-1]) == (2, True)


def test_a_worker_that_is_killed_in_mid_job_loses_nothing(
    spark_home: Path, session: Any, sample: Path, local: list[TaggedPosting], tmp_path: Path
) -> None:
    from skilltax.engines import spark

    session.stop()  # a process has one Spark at a time
    with (
        cluster_at(spark_home, tmp_path) as cluster,
        session_on(cluster.master, **{"spark.task.maxFailures": "8"}) as session,
    ):
        folder = tmp_path / "tags"
        job = spark.tag(spark.read(session, *[str(sample)] * TIMES).repartition(PARTS))
        running = threading.Thread(target=lambda: job.write.parquet(str(folder)))
        running.start()
        while not any(0 < stage.numCompletedTasks < PARTS // 2 for stage in _tagging(session)):
            assert running.is_alive(), "the job ended before a worker could be killed"
            time.sleep(0.01)
        cluster.kill_a_worker()
        running.join()
        assert lines_of(read_tags(folder)) == sorted(lines_of(local) * TIMES)


def _tagging(session: Any) -> list[Any]:
    """The stages that run now and have as many tasks as the job that tags."""
    tracker = session.sparkContext.statusTracker()
    found = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return [info for info in found if info and info.numTasks == PARTS]
