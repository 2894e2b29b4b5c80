"""What other programs get: SKOS read back by rdflib and judged by pyshacl, JSON read back by ourselves, CSV by the csv module."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from skilltax.errors import SkilltaxError
from skilltax.taxonomy.exchange import COLUMNS, read_document, to_document, to_rows
from skilltax.taxonomy.load import load
from skilltax.taxonomy.model import Taxonomy
from skilltax.taxonomy.skos import BASE, skos_graph

SHAPES = Path(__file__).with_name("skos.shapes.ttl")
OLD = """
one:
  label: one thing
  aliases: [first, one|thing]
  hidden: [frist]
  broader: [top]
  part_of: [two]
  implies: [two]
  related: [two]
  description: The “first” of things.
  homepage: https://example.org/one
  ids: {wikidata: Q1, stackoverflow: c#, esco: 12ab, onet: One}
  examples: [one thing here]
  distinct_from: [two]
  status: deprecated
  replaced_by: two
  note: For curators.
two: {label: two things, broader: [top], description: The second.}
paper: {label: paper, kind: certification, certifies: [two], description: About two.}
top: {label: top, matched: false, description: Above.}
"""


@pytest.fixture(scope="module")
def old(write) -> Taxonomy:
    return load(write(things=OLD, retired="gone: {reason: was two things, successor: one}\n"))


def test_json_is_read_back_as_the_same_taxonomy(shipped: Taxonomy, old: Taxonomy, tmp_path: Path) -> None:
    for taxonomy in (shipped, old):
        path = tmp_path / "t.json"
        path.write_text(json.dumps(to_document(taxonomy)), "utf-8")
        again = read_document(path)
        assert dict(again.concepts) == dict(taxonomy.concepts)
        assert (again.retired, again.excluded, again.version) == (taxonomy.retired, taxonomy.excluded, taxonomy.version)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "1", "concepts": [{"id": "a"}], "retired": [], "excluded": []}'])
def test_what_is_no_taxonomy_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.json").write_text(text, "utf-8")
    with pytest.raises(SkilltaxError, match="is no taxonomy; give what"):
        read_document(tmp_path / "t.json")
    with pytest.raises(SkilltaxError, match="cannot be read"):
        read_document(tmp_path / "nowhere.json")


def test_csv_has_a_row_a_concept(shipped: Taxonomy, old: Taxonomy) -> None:
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    writer.writerows(to_rows(shipped))
    rows = list(csv.DictReader(io.StringIO(table.getvalue())))
    assert [row["id"] for row in rows] == list(shipped.concepts)
    for row, concept in zip(rows, shipped, strict=True):
        assert tuple(one.replace(r"\|", "|") for one in re.split(r"(?<!\\)\|", row["aliases"]) if one) == concept.aliases
        assert (row["label"], row["matched"]) == (concept.label, str(concept.matched).lower())
    (one,) = (row for row in to_rows(old) if row["id"] == "one")
    assert (one["wikidata"], one["replaced_by"], one["status"]) == ("Q1", "two", "deprecated")
    assert one["aliases"] == r"first|one\|thing"


def part(taxonomy: Taxonomy) -> Taxonomy:
    """Every fiftieth concept, all that these lead to, and what is retired in their favour."""
    wanted = list(taxonomy.concepts)[::50]
    found: set[str] = set()
    while wanted:
        found.add(one := wanted.pop())
        c = taxonomy[one]
        ahead = {*c.broader, *c.part_of, *c.implies, *c.certifies, *c.related, *c.distinct_from, c.replaced_by} - {None}
        wanted += ahead - found
    concepts = {one: concept for one, concept in taxonomy.concepts.items() if one in found}
    retired = tuple(one for one in taxonomy.retired if one.successor is None or one.successor in concepts)
    return Taxonomy(concepts, taxonomy.excluded, retired, taxonomy.rules, taxonomy.version)


def test_the_taxonomy_is_valid_skos_and_comes_back_concept_by_concept(shipped: Taxonomy) -> None:
    """Of the shipped one a part, which grows by what it leads to; `make test-all` takes the whole, a minute's work."""
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    taxonomy = shipped if "SKILLTAX_WHOLE" in os.environ else part(shipped)
    graph = rdflib.Graph().parse(data=skos_graph(taxonomy).serialize(format="turtle"), format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES), meta_shacl=True)
    assert conforms, report
    compare(graph, taxonomy)


def test_every_field_comes_back(old: Taxonomy) -> None:
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=skos_graph(old, "urn:mine:").serialize(format="turtle"), format="turtle")
    compare(graph, old, "urn:mine:")
    one, skos = rdflib.URIRef("urn:mine:concept/one"), rdflib.SKOS
    assert {str(o) for o in graph.objects(one, skos.exactMatch)} == {
        "http://www.wikidata.org/entity/Q1",
        "http://data.europa.eu/esco/skill/12ab",
    }
    assert [str(o) for o in graph.objects(one, skos.closeMatch)] == ["https://stackoverflow.com/tags/c%23"]
    assert (one, rdflib.OWL.deprecated, rdflib.Literal(True)) in graph
    assert (one, rdflib.DCTERMS.isReplacedBy, rdflib.URIRef("urn:mine:concept/two")) in graph
    gone = rdflib.URIRef("urn:mine:concept/gone")
    assert [str(o) for o in graph.objects(gone, skos.changeNote)] == ["was two things"]
    assert (gone, rdflib.OWL.deprecated, rdflib.Literal(True)) in graph


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("c:one skos:altLabel 'x'@en ; skos:prefLabel 'x'@en", "disjoint"),
        ("c:one skos:related c:top", "disjoint"),
        ("c:one a skos:Collection ; skos:prefLabel 'x'@en ; skos:member c:two", "Not"),
        ("c:new a skos:Concept ; skos:prefLabel 'x'@en ; skos:definition 'x'", "inScheme"),
    ],
)
def test_the_shapes_refuse_what_is_no_skos(old: Taxonomy, broken: str, told: str) -> None:
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    graph = skos_graph(old)
    assert pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))[0]
    head = f"@prefix skos: <{rdflib.SKOS}> . @prefix c: <{BASE}concept/> . "
    graph.parse(data=f"{head}{broken} .", format="turtle")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    assert not conforms
    assert told in report


def test_a_base_that_is_no_address_is_refused(old: Taxonomy) -> None:
    pytest.importorskip("rdflib")
    with pytest.raises(SkilltaxError, match="is no address"):
        skos_graph(old, "mine")


def compare(graph, taxonomy: Taxonomy, base: str = BASE) -> None:
    """Everything that SKOS can say of each concept is as the taxonomy says it."""
    from rdflib import DCTERMS, FOAF, OWL, RDF, SDO, SKOS, URIRef

    def texts(node, predicate) -> set[str]:
        return {str(value) for value in graph.objects(node, predicate)}

    def ids(node, predicate) -> set[str]:
        return {str(value).removeprefix(f"{base}concept/") for value in graph.objects(node, predicate)}

    live = set(graph.subjects(RDF.type, SKOS.Concept)) - set(graph.subjects(SKOS.changeNote, None))
    assert {str(node) for node in live} == {f"{base}concept/{one}" for one in taxonomy.concepts}
    narrower = {one: set() for one in taxonomy.concepts}
    related = {one.id: set(one.related) for one in taxonomy}
    for concept in taxonomy:
        for other in concept.broader:
            narrower[other].add(concept.id)
        for other in concept.related:
            related[other].add(concept.id)
    for concept in taxonomy:
        node = URIRef(f"{base}concept/{concept.id}")
        assert texts(node, SKOS.notation) == {concept.id}
        assert texts(node, SKOS.prefLabel) == {concept.label}
        assert texts(node, SKOS.altLabel) == set(concept.aliases)
        assert texts(node, SKOS.hiddenLabel) == set(concept.hidden)
        assert texts(node, SKOS.definition) == {concept.description}
        assert texts(node, SKOS.example) == set(concept.examples)
        assert texts(node, FOAF.homepage) == ({concept.homepage} if concept.homepage else set())
        assert texts(node, SDO.creativeWorkStatus) == {concept.status}
        assert ids(node, SKOS.broader) == set(concept.broader)
        assert ids(node, SKOS.narrower) == narrower[concept.id]
        assert ids(node, SKOS.related) == related[concept.id]
        assert ids(node, DCTERMS.isPartOf) == set(concept.part_of)
        assert ids(node, DCTERMS.requires) == set(concept.implies)
        assert ids(node, DCTERMS.subject) == set(concept.certifies)
        assert ids(node, OWL.differentFrom) == set(concept.distinct_from)
        inside = {str(c).removeprefix(base) for c in graph.subjects(SKOS.member, node)}
        assert inside == {f"category/{concept.category}", f"kind/{concept.kind}"}
