"""The taxonomy as SKOS, the W3C's vocabulary for thesauri. Needs rdflib: the extra ``rdf``.

What each field becomes:

=================  ==========================================================================
field              statement
=================  ==========================================================================
id                 ``skos:notation``, and the end of the concept's address
label              ``skos:prefLabel``
aliases, hidden    ``skos:altLabel``, ``skos:hiddenLabel``
description, note  ``skos:definition``, ``skos:editorialNote``
examples           ``skos:example``
broader            ``skos:broader`` and, the other way, ``skos:narrower``
related            ``skos:related``, on both sides
part_of, implies   ``dcterms:isPartOf``, ``dcterms:requires``
certifies          ``dcterms:subject``
distinct_from      ``owl:differentFrom``
ids                ``skos:exactMatch`` (wikidata, esco), ``skos:closeMatch`` (stackoverflow)
homepage           ``foaf:homepage``
status             ``schema:creativeWorkStatus``; deprecated also ``owl:deprecated``
replaced_by        ``dcterms:isReplacedBy``
category, kind     membership in a ``skos:Collection``
=================  ==========================================================================

Retired ids stay concepts of the scheme, deprecated, with a ``skos:changeNote``. Gates and decoys, which are rules for the
matcher, and names of O*NET, which have no address, stand in the JSON only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from skilltax.errors import SkilltaxError
from skilltax.taxonomy import LICENCE

if TYPE_CHECKING:
    from rdflib import Graph

    from skilltax.taxonomy.model import Concept, Taxonomy

BASE = "https://w3id.org/skilltax/"
MATCHES = {
    "wikidata": ("exactMatch", "http://www.wikidata.org/entity/{}"),
    "esco": ("exactMatch", "http://data.europa.eu/esco/skill/{}"),
    "stackoverflow": ("closeMatch", "https://stackoverflow.com/tags/{}"),
}


def skos_graph(taxonomy: Taxonomy, base: str = BASE) -> Graph:
    """The taxonomy as an RDF graph.

    Parameters
    ----------
    taxonomy : Taxonomy
        As loaded.
    base : str
        What the addresses begin with. It names things; that a page answers there is up to whoever publishes.

    Raises
    ------
    SkilltaxError
        Where rdflib is not installed, or `base` is no address.
    """
    try:
        from rdflib import DCTERMS, FOAF, OWL, RDF, SDO, SKOS, Graph, Literal, URIRef
    except ImportError as error:
        raise SkilltaxError("SKOS needs rdflib: pip install 'skilltax[rdf]'") from error
    if "://" not in base and not base.startswith("urn:"):
        raise SkilltaxError(f"{base}: is no address; give one such as {BASE}")
    base = base if base.endswith(("/", "#", ":")) else base + "/"
    graph = Graph()
    for prefix, space in {"skos": SKOS, "dcterms": DCTERMS, "foaf": FOAF, "owl": OWL, "schema": SDO}.items():
        graph.bind(prefix, space)
    scheme = URIRef(base + "scheme")

    def at(concept_id: str) -> URIRef:
        return URIRef(f"{base}concept/{concept_id}")

    def text(value: str) -> Literal:
        return Literal(value, lang="en")

    def say(concept: Concept, predicate: URIRef, values: Iterable[Literal | URIRef]) -> None:
        for value in values:
            graph.add((at(concept.id), predicate, value))

    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, DCTERMS.title, text("skilltax: technologies and practices in job postings")))
    graph.add((scheme, DCTERMS.license, URIRef(LICENCE)))
    graph.add((scheme, OWL.versionInfo, Literal(taxonomy.version)))
    collections: dict[str, list[str]] = {}
    for concept in taxonomy:
        say(concept, RDF.type, [SKOS.Concept])
        say(concept, SKOS.inScheme, [scheme])
        say(concept, SKOS.notation, [Literal(concept.id)])
        say(concept, SKOS.prefLabel, [text(concept.label)])
        say(concept, SKOS.altLabel, map(text, concept.aliases))
        say(concept, SKOS.hiddenLabel, map(text, concept.hidden))
        say(concept, SKOS.definition, [text(concept.description)])
        say(concept, SKOS.example, map(text, concept.examples))
        say(concept, SKOS.editorialNote, [text(concept.note)] if concept.note else [])
        say(concept, SKOS.broader, map(at, concept.broader))
        say(concept, SKOS.related, map(at, concept.related))
        say(concept, DCTERMS.isPartOf, map(at, concept.part_of))
        say(concept, DCTERMS.requires, map(at, concept.implies))
        say(concept, DCTERMS.subject, map(at, concept.certifies))
        say(concept, OWL.differentFrom, map(at, concept.distinct_from))
        say(concept, FOAF.homepage, [URIRef(concept.homepage)] if concept.homepage else [])
        say(concept, SDO.creativeWorkStatus, [Literal(concept.status)])
        say(concept, OWL.deprecated, [Literal(True)] if concept.status == "deprecated" else [])
        say(concept, DCTERMS.isReplacedBy, [at(concept.replaced_by)] if concept.replaced_by else [])
        for name, value in concept.ids.items():
            if name not in MATCHES:
                continue
            relation, address = MATCHES[name]
            say(concept, SKOS[relation], [URIRef(value if "://" in value else address.format(_quoted(value)))])
        for other in concept.broader:
            graph.add((at(other), SKOS.narrower, at(concept.id)))
        for other in concept.related:
            graph.add((at(other), SKOS.related, at(concept.id)))
        if not concept.broader:
            graph.add((at(concept.id), SKOS.topConceptOf, scheme))
            graph.add((scheme, SKOS.hasTopConcept, at(concept.id)))
        for collection in (f"category/{concept.category}", f"kind/{concept.kind}"):
            collections.setdefault(collection, []).append(concept.id)
    for collection, members in collections.items():
        node = URIRef(base + collection)
        graph.add((node, RDF.type, SKOS.Collection))
        graph.add((node, SKOS.prefLabel, text(collection.partition("/")[2].replace("-", " "))))
        for member in members:
            graph.add((node, SKOS.member, at(member)))
    for record in taxonomy.retired:
        graph.add((at(record.id), RDF.type, SKOS.Concept))
        graph.add((at(record.id), SKOS.inScheme, scheme))
        graph.add((at(record.id), SKOS.notation, Literal(record.id)))
        graph.add((at(record.id), OWL.deprecated, Literal(True)))
        graph.add((at(record.id), SKOS.changeNote, text(record.reason)))
        if record.successor:
            graph.add((at(record.id), DCTERMS.isReplacedBy, at(record.successor)))
    return graph


def _quoted(value: str) -> str:
    from urllib.parse import quote

    return quote(value, safe="")
