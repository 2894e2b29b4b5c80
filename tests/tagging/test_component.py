"""The spaCy door: the same mentions as the bulk tagger, saved, loaded, and run in processes."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

from hypothesis import HealthCheck, example, given, settings  # noqa: E402

from skilltax.postings.clean import clean  # noqa: E402
from skilltax.tagging.component import SkillTagger  # noqa: E402
from skilltax.tagging.tagger import Tagger  # noqa: E402
from skilltax.tagging.tokenizer import PostingTokenizer  # noqa: E402
from skilltax.taxonomy.load import load  # noqa: E402
from tests.test_properties import TEXTS  # noqa: E402

TOKENIZER = PostingTokenizer(spacy.blank("en").vocab)
TEXT = "# Senior Go Developer\n\n## Requirements\n* C++ and Kubernetes\n* Code reviews are a plus\n"


@pytest.fixture(scope="module")
def nlp():
    nlp = spacy.blank("en")
    nlp.add_pipe("skilltax")
    return nlp


@pytest.fixture(scope="module")
def small_nlp(small_tagger: Tagger):
    nlp = spacy.blank("en")
    nlp.tokenizer = PostingTokenizer(nlp.vocab)
    component = SkillTagger(small_tagger, "skills", False, nlp.tokenizer, nlp.vocab)
    return lambda text: component(nlp.make_doc(text))


@pytest.fixture
def few_names(monkeypatch: pytest.MonkeyPatch, small_folder: Path) -> None:
    """Pipelines know eight concepts and are made in no time, where what they know is not what is tested."""
    monkeypatch.setattr("skilltax.tagging.component.load", lambda overlays=(): load(small_folder, overlays=overlays))


def spans(doc) -> list[tuple[str, str, str, str]]:
    return [(s.text, s.id_, s.label_, s._.skill["strength"]) for s in doc.spans["skills"]]


def test_a_doc_is_tagged(nlp) -> None:
    doc = nlp(TEXT)
    assert spans(doc) == [
        ("Go", "go", "languages", "other"),
        ("C++", "cpp", "languages", "required"),
        ("Kubernetes", "kubernetes", "orchestrators", "required"),
        ("Code reviews", "code-review", "version-control", "preferred"),
    ]
    assert doc._.posting["role"] == "backend"
    assert not doc.ents


def test_importing_skilltax_does_not_import_spacy() -> None:
    import subprocess
    import sys

    code = "import skilltax, skilltax.cli, sys; skilltax.Tagger; print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_entities_where_they_are_asked_for(few_names) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("skilltax", config={"ents": True, "spans_key": "tech"})
    doc = nlp("Kubernetes and Go.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Kubernetes", "things"), ("Go", "things")]
    assert len(doc.spans["tech"]) == 2


def test_an_overlay_is_kept_by_a_saved_pipeline(few_names, tmp_path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "inhouse.yaml").write_text("zorptool:\n  label: Zorptool\n  description: Ours.\n", "utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("skilltax", config={"taxonomy": str(mine)})
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    text = "Zorptool (on Kubernetes/C++)"
    assert (
        spans(again(text))
        == spans(nlp(text))
        == [
            ("Zorptool", "zorptool", "inhouse", "other"),
            ("Kubernetes", "kubernetes", "things", "other"),
            ("C++", "cpp", "things", "other"),
        ]
    )


def test_a_pipeline_goes_through_bytes_and_docs_through_pickle(few_names) -> None:
    nlp, again = spacy.blank("en"), spacy.blank("en")
    nlp.add_pipe("skilltax")
    again.add_pipe("skilltax")
    again.from_bytes(nlp.to_bytes())
    doc = again(TEXT)
    assert spans(doc) == spans(nlp(TEXT))
    assert spans(pickle.loads(pickle.dumps(doc))) == spans(doc)


def test_processes_give_the_same(nlp) -> None:
    texts = [TEXT, "Kubernetes", "", "Go (C++)"]
    assert [spans(d) for d in nlp.pipe(texts, n_process=2, batch_size=1)] == [spans(nlp(t)) for t in texts]


def test_with_a_tokenizer_of_your_own_names_inside_a_token_are_missed(few_names) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("skilltax", config={"tokenizer": False})
    doc = nlp("Kubernetes and k8s(Kubernetes")
    assert [s.text for s in doc.spans["skills"]] == ["Kubernetes"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example(text="Node.js中")
@given(text=TEXTS)
def test_both_doors_find_the_same(small_tagger: Tagger, small_nlp, text: str) -> None:
    view = clean(text).text
    if clean(view).text == view:  # the bulk door cleans, the other takes the Doc as it is
        doc = small_nlp(view)
        assert [(s.start_char, s.end_char, s.id_) for s in doc.spans["skills"]] == [
            (m.start, m.end, m.concept) for m in small_tagger(view).mentions
        ]


@pytest.mark.parametrize(
    "text", ["C# and.NET Framework", "Jenkins CI/CD pipelines", "several LLM’s", "We’re challenging the status quo"]
)
def test_both_doors_find_the_same_at_a_mark(nlp, tagger: Tagger, text: str) -> None:
    doc = nlp(text)
    assert [(s.text, s.id_) for s in doc.spans["skills"]] == [(m.text, m.concept) for m in tagger(text).mentions]


@given(text=TEXTS)
@settings(deadline=None)
def test_the_tokenizer_keeps_every_character(text: str) -> None:
    assert TOKENIZER(text).text == text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("C++/C#", ["C++", "/", "C#"]),
        ("k8s(Kubernetes", ["k8s", "(", "Kubernetes"]),
        ("Node.js/React", ["Node.js", "/", "React"]),
        ("CI/CD, .NET", ["CI/CD", ",", ".NET"]),
        ("Python3+;x", ["Python3", "+", ";", "x"]),
        ("C++17", ["C++", "17"]),
        ("ASP.NET", ["ASP", ".", "NET"]),
    ],
)
def test_tokens_are_split_where_postings_do(text: str, tokens: list[str]) -> None:
    assert [t.text for t in TOKENIZER(text)] == tokens
