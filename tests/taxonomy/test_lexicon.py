"""The lexicon: made anew, and made from that of another taxonomy that differs in a few concepts."""

from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy import compiled
from skilltax.taxonomy.lexicon import Lexicon, lexicon, renewed
from skilltax.taxonomy.load import load, shipped_folder
from skilltax.taxonomy.model import Concept, Gate, Taxonomy
from skilltax.taxonomy.source import read_source

RULES = {one: read_source(shipped_folder() / f"{one}.yaml").data for one in ("tails", "verbs")}
# Forms that share keys: spellings of each other, abbreviations, makers before names, phrases of verbs, tails.
FORMS = ["Azure DevOps", "azure devops", "DevOps", "Microsoft DevOps", "Node.js", "NodeJS", "node js", "reviewing code",
         "code review", "code reviews", "IDS", "intrusion detection system", "Go", "go", "C++", "C", "C#", "agile methods"]  # fmt: skip
FORM = st.sampled_from(FORMS)


@st.composite
def concepts(draw: st.DrawFn, concept_id: str) -> Concept:
    label, *aliases = draw(st.lists(FORM, min_size=1, max_size=3, unique=True))
    gates = st.builds(Gate, case=st.sampled_from(["any", "exact"]), tagged=st.booleans(), never=st.lists(FORM, max_size=1),
                      always=st.lists(FORM, max_size=1))  # fmt: skip
    kind = draw(st.sampled_from(["technology", "practice"]))
    match = draw(st.dictionaries(st.sampled_from([label, *aliases]), gates, max_size=2))
    return Concept(
        id=concept_id, category="things", label=label, kind=kind, aliases=aliases, match=match, matched=draw(st.booleans()),
        description="Made up.",
    )  # fmt: skip


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    ids = draw(st.lists(st.sampled_from(["a", "b", "c", "code-review", "d"]), unique=True))
    return Taxonomy({one: draw(concepts(one)) for one in sorted(ids)}, rules=RULES)


@given(taxonomies(), taxonomies())
def test_a_renewed_lexicon_is_that_made_anew(before: Taxonomy, after: Taxonomy) -> None:
    ids = {*before.concepts, *after.concepts}
    changed = [one for one in ids if before.concepts.get(one) != after.concepts.get(one)]
    found, anew = renewed(lexicon(before), before, after, changed), lexicon(after)
    assert dict(found) == dict(anew)
    assert list(found) == list(anew)
    assert (found.cores, found.names, found.beaten) == (anew.cores, anew.names, anew.beaten)
    assert dict(Lexicon.parse(found.dump())) == dict(anew)


def test_that_of_an_overlay_is_made_from_the_one_below(tmp_path, monkeypatch) -> None:
    compiled.lexicon(load())
    ours = f"Ours, {uuid4()}."  # of no run before, whose lexicon may be kept
    (tmp_path / "mine.yaml").write_text(
        f"zorptool:\n  label: Zorptool\n  description: {ours}\ngo:\n  matched: false\n", "utf-8"
    )
    monkeypatch.setattr("skilltax.taxonomy.lexicon.lexicon", None)  # would make it anew
    tagger = Tagger(load(overlays=[tmp_path]))
    assert [m.concept for m in tagger("You know Zorptool, Go and Kubernetes.").mentions] == ["zorptool", "kubernetes"]
