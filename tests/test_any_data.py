"""Any records, YAML, tables and graphs: read, or refused with one SkilltaxError; what is written is read back."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from skilltax.errors import PostingError, SkilltaxError
from skilltax.export.counts import read_counts
from skilltax.export.encode import csv_header, csv_rows, csv_rows_safe, json_lines
from skilltax.export.graphs import read_graph, write_graph
from skilltax.export.tags import read_tags, write_tags
from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings
from skilltax.tagging.model import Mention, TaggedPosting, storable
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.load import load

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["Go", "<p>Go</p>", "2024-10-03"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
FIELDS = (
    "id",
    "text",
    "title",
    "company",
    "posted",
    "description",
    "jobs",
    "hits",
    "@graph",
    "@type",
    "content",
    "lists",
    "children",
)
RECORDS = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=4), JSON, max_size=5)
CELLS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["=1", "+1", "-1", "@a", '"', "a,b", "\r\n", "\x00", "Go"]
)


@contextmanager
def file(name: str, content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


@given(records=st.lists(RECORDS, min_size=1, max_size=4), suffix=st.sampled_from([".jsonl", ".json"]))
def test_any_records_are_read_or_told_of_and_what_is_read_is_tagged_and_written(
    small_tagger: Tagger, records: list[dict[str, Any]], suffix: str
) -> None:
    content = "\n".join(map(json.dumps, records)) if suffix == ".jsonl" else json.dumps(records)
    with file(f"a{suffix}", content.encode()) as path:
        errors: list[PostingError] = []
        try:
            postings = list(read_postings(path, on_error=errors.append))
        except SkilltaxError:
            return
        assert postings or errors
        tagged = [small_tagger(posting) for posting in postings]
        assert [json.loads(line)["id"] for line in json_lines(tagged).splitlines()] == [posting.id for posting in postings]
        csv_rows(tagged)


@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5), comma=st.sampled_from(",;\t"))
def test_any_table_that_a_program_writes_is_read_as_it_was(rows: list[list[str]], comma: str) -> None:
    """A row without text is told of; NUL and blank cells are the reader's to refuse."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=comma)
    writer.writerow(["id", "text", "title"])
    writer.writerows([[f"n{n}", "Go " + text, title] for n, (_, text, title) in enumerate(rows)])
    with file("a.csv", out.getvalue().encode()) as path:
        errors: list[PostingError] = []
        found = {posting.id: posting.text for posting in read_postings(path, on_error=errors.append)}
    odd = {f"n{n}" for n, row in enumerate(rows) if "\x00" in "".join(row) or "\r" in "".join(row)}
    expected = {f"n{n}": "Go " + text for n, (_, text, _) in enumerate(rows)}
    assert {k: v for k, v in found.items() if k not in odd} == {k: v for k, v in expected.items() if k not in odd} or errors


@given(
    data=st.dictionaries(
        st.text(max_size=6), st.dictionaries(st.sampled_from(["label", "aliases", "broader", "match", "description"]), JSON)
    ),
    cut=st.integers(0, 60),
)
def test_any_yaml_is_a_taxonomy_or_one_error(data: dict[str, Any], cut: int) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    for content in (text, text[:-cut] if cut else "", json.dumps(data)):
        with file("things.yaml", content.encode("utf-8", "surrogatepass")) as path:
            try:
                load(path.parent)
            except SkilltaxError as error:
                assert str(error)


READERS: dict[str, Callable[[Path], Any]] = {
    **dict.fromkeys((".gexf", ".graphml", ".json", ".cyjs"), read_graph),
    ".npz": read_counts,
    **dict.fromkeys((".jsonl", ".jsonl.gz", ".parquet"), lambda path: list(read_tags(path))),
}
PIECES = st.sampled_from(
    [b'{"nodes": [', b'{"data": {"id": "a"}}', b'], "edges": [', b"]}", b'{"elements": {"nodes": [', b'"graph": ', b"<gexf>", b"<graph ",
     b"<nodes>", b'<node id="a" label="a"/>', b"</nodes>", b"<graphml>", b"</graph>", b'<key id="d" for="node"/>', b'<edge source="a"/>',
     b'<!DOCTYPE a [<!ENTITY b "c">]>', b"&b;", b"PK\x03\x04", b'{"id": "1", "mentions": [', b'{"start": 1}', b"null", b"PAR1", b"\x1f\x8b", b"\n"]
)  # fmt: skip


@pytest.mark.parametrize("suffix", READERS)
@given(content=st.lists(PIECES | st.binary(max_size=5)).map(b"".join), packed=st.booleans())
def test_any_bytes_are_a_graph_counts_or_tags_or_one_error(suffix: str, content: bytes, packed: bool) -> None:
    content = gzip.compress(content)[: None if packed else -4] if suffix.endswith(".gz") else content
    with file(f"a{suffix}", content) as path:
        try:
            READERS[suffix](path)
        except SkilltaxError as error:
            assert str(error).startswith(str(path))


TEXT = st.text(max_size=10) | st.sampled_from(["=1", "<script>", '"', "]]>", "\x00", "\r\n", "\ud800"])
MENTIONS = st.builds(
    Mention, st.integers(0, 9), st.integers(10, 20), TEXT, TEXT, TEXT, TEXT, st.just("technology"), TEXT, TEXT,
    version=st.none() | TEXT, quantity=st.none() | TEXT, distance=st.integers(0, 2),
    confidence=st.none() | st.floats(0, 1), any_of=st.none() | st.integers(1, 9), years=st.none() | st.tuples(st.integers(0, 9), st.none() | st.integers(10, 20)),
)  # fmt: skip
POSTINGS = st.builds(
    TaggedPosting,
    TEXT,
    st.just(""),
    st.lists(MENTIONS, max_size=3).map(tuple),
    title=st.none() | TEXT,
    company=st.none() | TEXT,
)


@given(tagged=st.lists(POSTINGS, max_size=4), name=st.sampled_from(["t.jsonl", "t.jsonl.gz", "t.parquet"]))
def test_any_tags_are_written_and_read_back(tagged: list[TaggedPosting], name: str) -> None:
    """Half a pair of surrogates, which no file can hold, is written as U+FFFD."""
    with tempfile.TemporaryDirectory() as folder:
        write_tags(tagged, Path(folder) / name)
        again = [posting.record() for posting in read_tags(Path(folder) / name)]
        written = json.loads(json.dumps(storable([posting.record() for posting in tagged])))
        for record in written:  # U+FFFD may stand elsewhere in the order of the ids than what it replaces
            record["skills"].sort()
        assert json.loads(json.dumps(again)) == written
    for encode in (csv_rows, csv_rows_safe):
        rows = list(csv.reader(io.StringIO((csv_header() + encode(tagged)).decode("utf-8", "replace"), newline="")))
        assert len(rows) == 1 + sum(len(p.mentions) for p in tagged)


@given(
    labels=st.lists(TEXT, min_size=2, max_size=4),
    links=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats() | st.integers() | TEXT), max_size=4),
    suffix=st.sampled_from([".gexf", ".graphml", ".json", ".cyjs", ".parquet"]),
)
def test_any_graph_is_written_and_read_back_with_its_links(
    labels: list[str], links: list[tuple[int, int, Any]], suffix: str
) -> None:
    graph = nx.Graph()
    graph.add_nodes_from((f"n{n}", {"label": label}) for n, label in enumerate(labels))
    graph.add_edges_from((f"n{a}", f"n{b}", {"weight": weight}) for a, b, weight in links if max(a, b) < len(labels))
    with tempfile.TemporaryDirectory() as folder:
        write_graph(graph, Path(folder) / f"g{suffix}")
        again = read_graph(Path(folder) / f"g{suffix}")
        assert {*again} == {*graph}
        assert {frozenset(e) for e in again.edges} == {frozenset(e) for e in graph.edges}


@pytest.mark.parametrize("title", ["\ud800", "Go \udc00 C++"])
def test_half_a_pair_of_surrogates_is_written_as_the_replacement_character(small_tagger: Tagger, title: str) -> None:
    assert "\ufffd" in json.loads(json_lines([small_tagger(Posting("1", "Go", title=title))]))["title"]


def test_a_lone_carriage_return_ends_no_row_of_csv(small_tagger: Tagger, tmp_path: Path) -> None:
    tagged = small_tagger(Posting("1", "Go", title="a\rb"))
    (row,) = csv.DictReader(io.StringIO((csv_header() + csv_rows([tagged])).decode(), newline=""))
    assert (row["title"], row["text"]) == ("a\rb", "Go")
    graph = nx.Graph()
    graph.add_node("a", label="c\rd", n=1)
    nodes, _ = write_graph(graph, tmp_path / "g.csv")
    (row,) = csv.DictReader(io.StringIO(nodes.read_bytes().decode(), newline=""))
    assert (row["label"], row["n"]) == ("c\rd", "1")


def test_half_a_pair_of_surrogates_is_written_to_parquet(small_tagger: Tagger, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="writes Parquet")
    write_tags([small_tagger(Posting("1", "Go", title="\ud800"))], tmp_path / "t.parquet")
    assert [posting.title for posting in read_tags(tmp_path / "t.parquet")] == ["\ufffd"]


def test_a_weight_that_is_no_number_is_kept_beside_the_weights_of_gexf(tmp_path: Path) -> None:
    write_graph(nx.Graph([("a", "b", {"weight": "strong"})]), tmp_path / "g.gexf")
    assert read_graph(tmp_path / "g.gexf").edges["a", "b"]["weight_"] == "strong"


@pytest.mark.parametrize("suffix", [".json", ".cyjs"])
def test_json_that_is_no_graph_is_one_error(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"g{suffix}").write_text("null", "utf-8")
    with pytest.raises(SkilltaxError, match="holds no graph"):
        read_graph(tmp_path / f"g{suffix}")


@pytest.mark.parametrize("cut", [2, 9, -4])
def test_tags_in_a_gzip_that_is_cut_are_one_error(tmp_path: Path, cut: int) -> None:
    (tmp_path / "t.jsonl.gz").write_bytes(gzip.compress(b'{"id": "1", "mentions": []}\n')[:cut])
    with pytest.raises(SkilltaxError, match=r"t\.jsonl\.gz: cannot be read to its end"):
        list(read_tags(tmp_path / "t.jsonl.gz"))


@given(text=st.text(st.characters(), max_size=30), title=st.none() | TEXT)
def test_any_posting_is_tagged_and_written(small_tagger: Tagger, text: str, title: str | None) -> None:
    """Also half a pair of surrogates, which a string of Python may hold."""
    tagged = small_tagger(Posting("1", f"Go {text} C++", title=title))
    assert json.loads(json_lines([tagged]))["mentions"]
