"""Runs of ``skilltax tag``: formats, workers, and what is left when a run ends before its time."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from skilltax.engines import local
from skilltax.errors import SkilltaxError
from skilltax.export.encode import COLUMNS, Batch, csv_header, csv_rows, csv_rows_safe, json_lines
from skilltax.export.lock import locked
from skilltax.export.output import opened
from skilltax.export.tags import read_tags, write_tags
from skilltax.postings.sample import sample_postings
from skilltax.tagging.model import Mention, TaggedPosting

KILLS = int(os.environ.get("SKILLTAX_KILLS", "10"))
COMMAND = [sys.executable, "-c", "from skilltax.cli import main; main()", "tag"]
MENTION = Mention(0, 2, "=1", "go", "Go", "languages", "technology", "required", "stack", years=(3, None))


@pytest.fixture(scope="module")
def postings(tmp_path_factory) -> Path:
    """The sample ten times over: more batches, and more parts of Parquet, than one."""
    path = tmp_path_factory.mktemp("runs") / "postings.jsonl"
    rows = [{"id": f"{n}-{p.id}", "text": p.text, "title": p.title} for n in range(10) for p in sample_postings()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def run(*args: object, **kwargs: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, args)], capture_output=True, text=True, check=False, **kwargs)


def left_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_two_workers_write_the_bytes_of_one(postings, tmp_path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run(postings, "-o", one).returncode == run(postings, "-o", two, "--workers", 2).returncode == 0
    assert one.read_bytes() == two.read_bytes()
    assert left_in(tmp_path) == {"one.jsonl", "two.jsonl"}


class SlowEncode:
    """Kills the worker that meets a posting, as often as a file says."""

    def __init__(self, lives: Path) -> None:
        self.lives = lives

    def __call__(self, postings: Sequence[TaggedPosting]) -> bytes:
        if any(p.id == "70" for p in postings) and (left := int(self.lives.read_text())):
            self.lives.write_text(str(left - 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return json_lines(postings)


@pytest.mark.parametrize("kills", [1, 9])
def test_a_killed_worker_loses_no_posting(kills: int, tmp_path) -> None:
    """Its batch is done again; a batch that ends every worker ends the run with a message, not for ever."""
    lives = tmp_path / "lives"
    lives.write_text(str(kills))
    some = [posting for _, posting in zip(range(200), (p for _ in range(4) for p in sample_postings()), strict=False)]
    some = [local.Posting(str(n), posting.text) for n, posting in enumerate(some)]
    batches = local.tagged_batches(some, SlowEncode(lives), workers=2)
    if kills == 1:
        ids = [json.loads(line)["id"] for batch in batches for line in batch.data.splitlines()]
        assert ids == [str(n) for n in range(200)]
    else:
        with pytest.raises(SkilltaxError, match=r"3 workers ended .* while they tagged postings 64 to 127"):
            list(batches)


def test_ctrl_c_ends_workers_and_keeps_what_is_whole(postings, tmp_path) -> None:
    out = tmp_path / "tags.jsonl"
    signal.signal(signal.SIGINT, signal.default_int_handler)  # tests in the background ignore it, and so would what they start
    process = subprocess.Popen([*COMMAND, str(postings), "-o", str(out), "--workers", "2"], stderr=subprocess.PIPE,
                               text=True, start_new_session=True)  # fmt: skip
    _wait_for(tmp_path / "tags.jsonl.state", process)
    os.killpg(process.pid, signal.SIGINT)
    # The workers hold the same standard error: it ends when the last of them has.
    assert process.communicate(timeout=60)[1].splitlines()[-1:] == ["skilltax: interrupted; go on with --resume"]
    assert process.returncode == 130
    assert left_in(tmp_path) == {"tags.jsonl.partial", "tags.jsonl.state"}


def test_an_interrupt_while_the_state_is_written_leaves_no_half_of_it(tmp_path, monkeypatch) -> None:
    def interrupted(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt), opened(str(tmp_path / "tags.jsonl"), "jsonl") as out:
        out.write(Batch(1, b"{}\n"))
    assert left_in(tmp_path) == {"tags.jsonl.partial"}


def _wait_for(path: Path, process: subprocess.Popen) -> None:
    while not path.exists() and process.poll() is None:
        time.sleep(0.01)


@pytest.mark.parametrize(("name", "share"), [("tags.jsonl", 0.4), ("tags.csv.gz", 0.4), ("tags.parquet", 0.2)])
def test_a_killed_run_goes_on_to_the_same_bytes(name: str, share: float, postings, tmp_path) -> None:
    """Ten kills here, more with SKILLTAX_KILLS (`make fuzz`), at moments drawn by a seed."""
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="writes Parquet")
    kills, out = round(KILLS * share), tmp_path / name
    command = [sys.executable, "-m", "tests.kills", name, str(kills), str(out), str(postings)]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["same"] and found["bytes"] > 10_000
    assert found["left"] == [name, f"whole-{name}"]
    assert found["killed"] >= kills // 2  # the others came when the run had ended
    assert "nothing to go on with" in run(postings, "-o", out, "--resume").stderr


def test_a_run_goes_on_only_as_the_same_run(tmp_path) -> None:
    out = tmp_path / "tags.jsonl"
    with pytest.raises(RuntimeError), opened(str(out), "jsonl", "one") as output:
        output.write(Batch(1, b"{}\n"))
        raise RuntimeError
    with (
        pytest.raises(SkilltaxError, match="had other inputs, options or another taxonomy"),
        opened(str(out), "jsonl", "other", resume=True),
    ):
        pass
    with opened(str(out), "jsonl", "one", resume=True) as output:
        assert output.done == 1
        output.write(Batch(1, b"[]\n"))
    assert out.read_bytes() == b"{}\n[]\n"


def test_what_was_cut_in_a_record_is_cut_back(tmp_path) -> None:
    out, partial = tmp_path / "tags.jsonl", tmp_path / "tags.jsonl.partial"
    with pytest.raises(RuntimeError), opened(str(out), "jsonl", "one") as output:
        output.write(Batch(1, b"{}\n"))
        raise RuntimeError
    partial.write_bytes(partial.read_bytes() + b'{"half')
    with opened(str(out), "jsonl", "one", resume=True) as output:
        output.write(Batch(1, b"[]\n"))
    assert out.read_bytes() == b"{}\n[]\n"


def test_two_runs_into_one_output_refuse_each_other(tmp_path) -> None:
    out = tmp_path / "tags.jsonl"
    with locked(out):
        code = f"from pathlib import Path; from skilltax.export.lock import locked; locked(Path({str(out)!r})).__enter__()"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert f"another run (process {os.getpid()}) writes there" in other.stderr
    (tmp_path / "tags.jsonl.lock").write_text("12345")  # of a run that is no more
    with locked(out):
        pass
    assert left_in(tmp_path) == set()


def test_a_full_disk_is_one_message_and_the_run_goes_on_later(postings, tmp_path) -> None:
    out = tmp_path / "tags.jsonl"
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))  # noqa: E731
    failed = run(postings, "-o", out, preexec_fn=limit)
    assert failed.returncode == 2
    assert "cannot be written: File too large" in failed.stderr and "then go on with --resume" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert run(postings, "-o", out, "--resume").returncode == 0
    assert len(out.read_bytes().splitlines()) == len(postings.read_bytes().splitlines())


def test_two_runs_of_the_command_into_one_output(postings, tmp_path) -> None:
    out = tmp_path / "tags.jsonl"
    first = subprocess.Popen([*COMMAND, str(postings), "-o", str(out)], stderr=subprocess.DEVNULL)
    _wait_for(tmp_path / "tags.jsonl.state", first)
    first.send_signal(signal.SIGSTOP)  # it is busy as long as we like
    second = run(postings, "-o", out)
    first.send_signal(signal.SIGCONT)
    assert (second.returncode, first.wait()) == (2, 0)
    assert second.stderr.startswith(f"skilltax: {out}: another run (process {first.pid}) writes there")
    assert left_in(tmp_path) == {"tags.jsonl"}


@pytest.mark.parametrize(
    ("output", "errors", "said"),
    [
        ("here", "-", "here: is a folder"),
        ("/dev/null", "-", "/dev/null: is no file; write to standard output"),
        ("/dev/full", "-", "/dev/full: is no file"),
        ("gone/tags.jsonl", "-", "gone/tags.jsonl: cannot be written: No such file or directory"),
        ("postings.jsonl", "-", "postings.jsonl: is read by this run"),
        ("tags.jsonl", "postings.jsonl", "postings.jsonl: is read by this run"),
        ("tags.jsonl", "gone/errors.jsonl", "gone/errors.jsonl: cannot be written: No such file or directory"),
        ("tags.jsonl", "here", "here: cannot be written: Is a directory"),
        ("tags.jsonl", "/dev/full", "/dev/full: cannot be written: No space left on device"),
    ],
)
def test_an_output_that_cannot_be_is_one_sentence(output: str, errors: str, said: str, tmp_path) -> None:
    if not Path("/dev/full").is_char_device() and "/dev" in output + errors:
        pytest.skip("needs /dev/full")
    lines = '{"id": "1", "text": "Go"}\n{"id": "2"}\n'
    (tmp_path / "postings.jsonl").write_text(lines, "utf-8")
    (tmp_path / "here").mkdir()
    ended = run("postings.jsonl", "-o", output, *([] if errors == "-" else ["--errors", errors]), cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[-1].startswith(f"skilltax: {said}")
    assert "Traceback" not in ended.stderr
    assert (tmp_path / "postings.jsonl").read_text("utf-8") == lines
    assert left_in(tmp_path) == {"postings.jsonl", "here"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_standard_output_is_one_message(postings) -> None:
    with Path("/dev/full").open("w") as full:
        failed = subprocess.run([*COMMAND, str(postings)], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (failed.returncode, failed.stderr) == (2, "skilltax: standard output cannot be written: No space left on device\n")


def test_a_reader_that_had_enough_ends_the_run_quietly(postings) -> None:
    process = subprocess.Popen([*COMMAND, str(postings)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1


def test_a_failed_run_that_wrote_nothing_leaves_nothing(tmp_path) -> None:
    assert run(tmp_path / "missing.jsonl", "-o", tmp_path / "tags.jsonl").returncode == 2
    assert left_in(tmp_path) == set()


@pytest.mark.parametrize("name", ["t.jsonl", "t.jsonl.gz", "t.parquet"])
def test_what_is_written_is_read_back(name: str, tagger, tmp_path) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="writes Parquet")
    tagged = [tagger(posting) for posting in sample_postings()]
    assert write_tags(tagged, tmp_path / name) == len(tagged)
    assert [one.record() for one in read_tags(tmp_path / name)] == [one.record() for one in tagged]
    assert left_in(tmp_path) == {name}


def test_csv_has_a_row_a_mention(tagger, tmp_path) -> None:
    tagged = [tagger(posting) for posting in sample_postings()]
    write_tags(tagged, tmp_path / "t.csv.gz")
    rows = list(csv.DictReader(io.StringIO(gzip.decompress((tmp_path / "t.csv.gz").read_bytes()).decode(), newline="")))
    assert [(r["id"], r["start"], r["text"], r["concept"]) for r in rows] == [
        (t.id, str(m.start), m.text, m.concept) for t in tagged for m in t.mentions
    ]
    assert tuple(rows[0]) == COLUMNS


def test_a_spreadsheet_runs_no_cell() -> None:
    posting = TaggedPosting("@x", "=1", (MENTION,), title="+cmd", company='-a",b', source="\tx")
    (row,) = csv.DictReader(io.StringIO((csv_header() + csv_rows_safe([posting])).decode(), newline=""))
    assert (row["id"], row["title"], row["company"], row["source"], row["text"]) == ("'@x", "'+cmd", "'-a\",b", "'\tx", "'=1")
    assert (row["start"], row["years_min"], row["years_max"], row["concept"]) == ("0", "3", "", "go")
    (plain,) = csv.DictReader(io.StringIO((csv_header() + csv_rows([posting])).decode(), newline=""))
    assert plain["text"] == "=1"


def test_parquet_and_resume_need_a_file(postings) -> None:
    assert "needs a file to write to" in run(postings, "--format", "parquet").stderr
    assert "needs a file to write to" in run(postings, "--resume").stderr
    assert "no such format" in run(postings, "--format", "xls").stderr
