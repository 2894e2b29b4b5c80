"""The shipped taxonomy: nothing to find fault with."""

from __future__ import annotations

import json

import pytest

import skilltax
from skilltax.postings.sample import sample_postings
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.check import Checked
from skilltax.taxonomy.check.texts import forms_are_found
from skilltax.taxonomy.load import shipped_folder
from skilltax.taxonomy.model import Taxonomy
from skilltax.taxonomy.schema import schema
from skilltax.taxonomy.verbs import verb_phrases

CONCEPTS = 700
ROLES = 15


def test_a_sample_of_the_forms_is_found_in_every_context(shipped: Taxonomy, tagger: Tagger) -> None:
    """A hundredth of what `make check`, which `make test` runs beside this, goes through with all other conditions."""
    checked = Checked(shipped, (), tagger.named)  # without the files, which take ten times as long to read
    checked.concepts = tuple(shipped)[::100]
    assert len(checked.concepts) > CONCEPTS / 100
    assert list(forms_are_found(checked)) == []


def test_every_verb_with_its_noun_names_its_practice(shipped: Taxonomy, tagger: Tagger) -> None:
    for phrase, concept in verb_phrases(shipped.rules["verbs"]):
        assert shipped[concept].kind == "practice"
        assert concept in {named.concept for named in tagger.named(f"You like {phrase}.")}, phrase


def test_its_size(shipped: Taxonomy) -> None:
    assert sum(c.matched for c in shipped) >= CONCEPTS


def test_the_schema_is_that_of_the_record() -> None:
    path = shipped_folder() / "schema.json"
    assert path.read_text("utf-8") == schema(), "run: skilltax taxonomy format"
    json.loads(schema())


def test_every_role_of_the_guidelines_has_titles(shipped: Taxonomy) -> None:
    families = [
        "software",
        "backend",
        "frontend",
        "fullstack",
        "mobile",
        "embedded",
        "systems",
        "sre",
        "devops",
        "cloud",
        "network",
        "security",
        "data-engineer",
        "data-scientist",
        "data-analyst",
        "ml-engineer",
        "ml-infrastructure",
        "research",
        "qa",
        "database",
        "game",
        "blockchain",
        "hardware",
        "compiler",
        "graphics",
        "it",
        "solutions",
        "support",
        "architect",
        "product",
        "program",
        "engineering-manager",
        "designer",
        "other",
    ]
    assert set(shipped.rules["roles"]["families"]) == set(families)


def test_the_sample(tagger: Tagger) -> None:
    postings = list(sample_postings())
    tagged = list(tagger.pipe(postings))
    assert len(postings) >= 60
    assert len({p.id for p in postings}) == len(postings)
    assert len({t.role for t in tagged}) >= ROLES
    assert min(len(t.skills) for t in tagged) >= 3
    assert {m.strength for t in tagged for m in t.mentions} == {"required", "preferred", "negated", "other"}


@pytest.mark.parametrize("name", sorted(skilltax.__all__))
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(skilltax, name) is not None
    assert name in dir(skilltax)


def test_the_list_of_public_names_and_their_homes_agree() -> None:
    assert set(skilltax.__all__) == {*skilltax._HOMES, "__version__"}
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = skilltax.nothing
