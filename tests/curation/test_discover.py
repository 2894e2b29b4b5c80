"""Discovery: what is found in postings that were written for it, what stays out, and what is proposed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.curation.acronyms import acronyms
from skilltax.curation.collect import fold
from skilltax.curation.discover import discover
from skilltax.curation.propose import as_yaml, proposer
from skilltax.curation.terms import terms
from skilltax.postings.model import Posting
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.check import check
from skilltax.taxonomy.load import canonical, load, read_folder
from tests.conftest import SMALL
from tests.test_cli import write_jsonl


def postings(*texts: str, company: str = "") -> list[Posting]:
    """A posting a text, each of another employer unless one is given."""
    return [Posting(str(i), f"## Requirements\n{text}", company=company or f"Employer {i}") for i, text in enumerate(texts)]


def found(tagger, *texts: str, min_postings: int = 1, company: str = "") -> dict[str, object]:
    return {c.term: c for c in discover(postings(*texts, company=company), tagger, min_postings)}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("* Kubernetes, Frobnix and Golang", "Frobnix"),
        ("* You run Kubernetes/Frobnix/Golang", "Frobnix"),
        ("* Golang (Frobnix, C++)", "Frobnix"),
        ("* We run frobOS beside Kubernetes", "frobOS"),
        ("* Experience with frobnix.io and Kubernetes", "frobnix.io"),
        ("* Kubernetes, Frobnix Mesh Server 4 or Golang", "Frobnix Mesh Server 4"),
        ("* Golang, lattice routing, Kubernetes", "lattice routing"),
        ("* Golang, Frobnix's, Kubernetes", "Frobnix"),
        ("* Golang\n* Frobnix\n* Kubernetes", "Frobnix"),
    ],
)
def test_names_and_items_of_lists_are_terms(small_tagger, text: str, term: str) -> None:
    assert term in found(small_tagger, text)


@pytest.mark.parametrize(
    "text",
    [
        "* Kubernetes, Golang and C++",  # known
        "* You know Kubernetes. Experience is everything.",  # begins a sentence
        "* Kubernetes in London, Munich or Canada",  # places
        "* Kubernetes and Golang every Monday in January",  # calendar
        "* Kubernetes, B2 English, 24x7, a Ph.D, U.S. citizens",  # what postings are full of
        "* Senior Engineer for Kubernetes",
        "* Microsoft and Kubernetes",  # an employer
        "* Kubernetes-based and cloud-first",
    ],
)
def test_everyday_words_places_employers_and_titles_stay_out(small_tagger, text: str) -> None:
    assert found(small_tagger, text) == {}


def test_the_employer_of_a_posting_is_no_term_in_it(small_tagger) -> None:
    text = "* Kubernetes and Frobnix Cloud\n* At Frobnix, we like Golang"
    assert found(small_tagger, text, company="Frobnix Inc.") == {}


def test_excluded_names_stay_out(write) -> None:
    tagger = Tagger(load(write(things=SMALL, excluded="Frobnix: {reason: product of one employer}")))
    assert found(tagger, "* Kubernetes, Frobnix, Golang") == {}


def test_a_posting_counts_once_however_often_it_names_a_term_and_so_do_near_duplicates(small_tagger) -> None:
    text = "* Kubernetes, Frobnix, Golang. " + " ".join(f"Word{i} follows" for i in range(40))
    other = "* Golang and Frobnix; you work with C++"
    one = found(small_tagger, f"{text} Frobnix Frobnix", f"{text} Frobnix Frobnix!", other)["Frobnix"]
    assert (one.postings, one.employers) == (2, 2)
    assert found(small_tagger, text, text, min_postings=2) == {}


def test_spellings_fold_into_one_term_and_the_most_frequent_names_it(small_tagger) -> None:
    several = found(small_tagger, "* Kubernetes, FrobJS", "* Golang, Frob.js", "* Golang, FrobJS", "* C++, Frob JS, Golang")
    assert several["FrobJS"].variants == {"FrobJS": 2, "Frob.js": 1, "Frob JS": 1}
    assert len(several) == 1


def test_an_acronym_and_what_it_stands_for_are_one_term(small_tagger) -> None:
    texts = ("* Golang and a Frob Processing Engine (FPE)", "* Kubernetes, FPE", "* Golang, FPE, C++")
    assert list(found(small_tagger, *texts)) == ["FPE"]
    assert found(small_tagger, *texts)["FPE"].long == "Frob Processing Engine"


def test_a_term_in_lists_of_skills_beats_one_that_only_stands_there(small_tagger) -> None:
    texts = ["* Kubernetes, Frobnix, Golang\n* You like Quuxel more than other people do"] * 3
    assert list(found(small_tagger, *texts)) == ["Frobnix", "Quuxel"]


def test_boilerplate_counts_less_than_requirements(small_tagger) -> None:
    requirements = "* Kubernetes, Frobnix, Golang"
    benefits = "## Benefits\n* Kubernetes, Quuxel, Golang"
    assert list(found(small_tagger, f"{requirements}\n{benefits}")) == ["Frobnix", "Quuxel"]


def test_contexts_show_where_a_term_stands_and_the_skills_beside_it(small_tagger) -> None:
    one = found(small_tagger, "* Kubernetes, Frobnix and Golang")["Frobnix"]
    assert one.contexts[0].left.endswith("Kubernetes, ")
    assert one.contexts[0].text == "Frobnix"
    assert dict(one.beside) == {"kubernetes": 1, "go": 1}


@given(st.text(max_size=200))
def test_any_text_is_read_and_terms_are_slices_of_it(small_tagger, text: str) -> None:
    read = small_tagger.read(text)
    for term in terms(read.view.text, read, lambda name: False):
        assert read.view.text[term.start : term.end] == term.text
    for one in acronyms(text):
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.short_start < one.short_end <= len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "term", "concept", "why"),
    [
        ("* Golang, Kubernetes2 and C++", "Kubernetes2", "kubernetes", "version"),
        ("* Golang, Google Kubernetes, C++", "Google Kubernetes", "kubernetes", "maker"),
        ("* Golang, Kubernnettes, C++", "Kubernnettes", "kubernetes", "likeness"),
        ("* Golang, Kuber-Netes, C++", "Kuber-Netes", "kubernetes", "spelling"),
        ("* Golang, a Container Orchestrator (COR), C++", "COR", "container-orchestrator", "abbreviation"),
    ],
)
def test_another_spelling_of_a_known_name_is_proposed_as_its_alias(small_tagger, text, term, concept, why) -> None:
    proposal = proposer(small_tagger.taxonomy)(found(small_tagger, text)[term])
    assert (proposal.alias_of, proposal.why) == (concept, why)
    assert as_yaml({proposal.identity: proposal.record}) == f"{concept}:\n  aliases: [{term}]\n"


def test_a_release_of_a_known_product_is_no_concept_of_its_own(tagger) -> None:
    one = found(tagger, "* KVM, ProxmoxVE 8, QEMU")["ProxmoxVE 8"]
    assert proposer(tagger.taxonomy)(one).alias_of == tagger.taxonomy["proxmox"].id


def test_a_new_name_goes_where_its_neighbours_are(tagger) -> None:
    proposal = proposer(tagger.taxonomy)(found(tagger, "* KVM, Frobnix, QEMU and libvirt")["Frobnix"])
    assert (proposal.alias_of, proposal.category, proposal.identity) == ("", "hypervisors", "frobnix")


def test_a_stub_passes_the_check_once_its_description_is_filled_in(write) -> None:
    texts = [
        "* Kubernetes, Frobnix, Zap, C++",
        "* Golang, Frobnix and FPX (Frob Protocol Extension)",
        "* Golang, FX, lattice routing, C++",
    ]
    folder = write(things=SMALL)
    tagger = Tagger(load(folder))
    path = folder / "things.yaml"
    proposals = [proposer(tagger.taxonomy)(c) for c in found(tagger, *texts).values()]
    stubs = as_yaml({p.identity: p.record for p in proposals})
    assert len(proposals) == stubs.count("# one line, in your own words") > 3
    path.write_text(path.read_text("utf-8") + "\n" + stubs, "utf-8")
    assert any(source.problems for source in read_folder(folder)), "an empty description is a problem"
    path.write_text(path.read_text("utf-8").replace("  # one line, in your own words", " Made up."), "utf-8")
    for source in read_folder(folder):
        (folder / Path(source.name).name).write_text(canonical(source), "utf-8")
    filled = load(folder)
    own = [p for p in check(filled, tuple(read_folder(folder)), Tagger(filled).named) if "things.yaml" in p.file]
    assert [p for p in own if p.path.split(".")[0] in {proposal.identity for proposal in proposals}] == []


def test_the_command_shows_proposals_and_writes_stubs(skilltax, tmp_path) -> None:
    rows = [{"id": str(i), "text": f"## Requirements\n* KVM, Frobnix, QEMU, ProxmoxVE 8\nPosting {i}"} for i in range(2)]
    path = write_jsonl(tmp_path / "p.jsonl", *rows)
    done = skilltax("discover", path, "--min-postings", 1, "--json", "--stubs", tmp_path / "stubs")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert {r["term"]: r["alias_of"] for r in records} == {"Frobnix": "", "ProxmoxVE 8": "proxmox"}
    stub = (tmp_path / "stubs" / "hypervisors.yaml").read_text("utf-8")
    assert re.findall(r"^[a-z]+:", stub, re.M) == ["frobnix:", "proxmox:"]
    again = skilltax("discover", path, "--min-postings", 1, "--stubs", tmp_path / "stubs")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    shown = skilltax("discover", path, "--min-postings", 1, "--contexts").stdout
    assert "new in" in shown
    assert "KVM, [Frobnix], QEMU" in shown


def test_a_bad_record_is_told_and_the_run_goes_on(skilltax, tmp_path) -> None:
    done = skilltax("discover", write_jsonl(tmp_path / "p.jsonl", "{", {"text": "* KVM, Frobnix, QEMU"}), "--min-postings", 1)
    assert done.returncode == 1
    assert "p.jsonl:1" in done.stderr
    assert "Frobnix" in done.stdout
