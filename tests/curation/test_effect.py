"""What a change does: the tags of a few postings before and after, worked out by hand."""

from __future__ import annotations

import json

from skilltax.curation.effect import effect
from skilltax.postings.model import Posting
from skilltax.postings.sample import sample_postings
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.load import load
from tests.conftest import SMALL

POSTINGS = [
    Posting("one", "Nomad and Kubernetes run our services in Golang."),
    Posting("two", "You go home, or learn Nomad."),
    Posting("three", "Kubernetes only."),
]
NOMAD = """
nomad:
  label: Nomad
  broader: [container-orchestrator]
  description: Runs containers too.
  homepage: https://www.nomadproject.io
"""


def made(write, overlay: str):
    base = write(things=SMALL)
    more = write(more=overlay)
    return effect(lambda: POSTINGS, Tagger(load(base)), Tagger(load(base, more)))


def test_a_new_concept_gains_its_tags_in_context(write) -> None:
    found = made(write, NOMAD)
    assert (found.postings, found.changed) == (3, 2)
    assert [(c.posting, c.lost, c.gained) for c in found.changes] == [("one", "", "nomad"), ("two", "", "nomad")]
    for change, posting in zip(found.changes, POSTINGS[:2], strict=True):
        assert posting.text[change.start : change.end] == change.text == "Nomad"
        assert change.left + change.text + change.right in posting.text


def test_the_graph_moves_by_the_postings_that_hold_it(write) -> None:
    found = made(write, NOMAD)
    assert [(m.concepts, m.before, m.after) for m in found.nodes] == [(("nomad",), 0, 2)]
    assert {m.concepts: (m.before, m.after, m.npmi_before) for m in found.pairs} == {
        ("go", "nomad"): (0, 1, None),
        ("kubernetes", "nomad"): (0, 1, None),
    }


def test_a_refusal_loses_tags_and_a_longer_name_takes_the_place_of_a_shorter(write) -> None:
    found = made(write, "kubernetes:\n  match:\n    Kubernetes: {never: [Kubernetes only]}\n")
    assert [(c.posting, c.lost, c.gained) for c in found.changes] == [("three", "kubernetes", "")]
    found = made(write, "go:\n  aliases: [services in Golang]\n")
    assert [(c.text, c.lost, c.gained) for c in found.changes] == [("services in Golang", "", "go"), ("Golang", "go", "")]
    assert found.nodes == []
    assert found.pairs == []


def test_no_change_has_no_effect(write) -> None:
    found = made(write, "kubernetes:\n  aliases: [Kube]\n")
    assert (found.changed, found.changes, found.nodes, found.pairs) == (0, [], [], [])


def test_try_shows_tags_and_graph_and_writes_nothing(skilltax, tmp_path) -> None:
    overlay = tmp_path / "hypervisors.yaml"
    overlay.write_text(
        "frobnix:\n  label: Frobnix\n  broader: [hypervisor]\n  description: Made up.\n  homepage: https://example.org\n",
        "utf-8",
    )
    posting = tmp_path / "p.txt"
    posting.write_text("You know Frobnix and KVM.", "utf-8")
    done = skilltax("taxonomy", "try", overlay, posting, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [(c["text"], c["gained"]) for c in found["changes"]] == [("Frobnix", "frobnix")]
    assert [m["concepts"] for m in found["pairs"]] == [["frobnix", "kvm"]]
    shown = skilltax("taxonomy", "try", overlay, posting).stdout
    assert "1 tags gained, 0 lost, in 1 of 1 postings" in shown
    assert "+frobnix" in shown
    assert sorted(p.name for p in tmp_path.iterdir()) == ["hypervisors.yaml", "p.txt"]


def test_try_without_postings_reads_the_sample_and_says_what_is_wrong_with_a_file(skilltax, tmp_path) -> None:
    (tmp_path / "hypervisors.yaml").write_text("kvm:\n  hidden: [guests]\n", "utf-8")
    done = skilltax("taxonomy", "try", tmp_path)
    assert done.returncode == 0, done.stderr
    assert f" of {len(list(sample_postings()))} postings" in done.stdout
    (tmp_path / "hypervisors.yaml").write_text("kvm:\n  alias: [x]\n", "utf-8")
    done = skilltax("taxonomy", "try", tmp_path)
    assert done.returncode == 2
    assert "hypervisors.yaml:2: kvm.alias" in done.stderr
