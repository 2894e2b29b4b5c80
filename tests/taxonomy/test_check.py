"""One minimal broken taxonomy for each condition."""

from __future__ import annotations

import pytest

import skilltax.taxonomy.check as conditions
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.check import CONDITIONS, Checked, check
from skilltax.taxonomy.lexicon import lexicon
from skilltax.taxonomy.load import load, read_folder

RECORD = "  description: A thing.\n"
TWO = f"b:\n  label: two\n{RECORD}"

BROKEN = [
    ("canonical_files", "b:\n  description: B.\n  label: b\n", "run: skilltax taxonomy format"),
    ("labels_are_unique", f"a:\n  label: thing\n{RECORD}b:\n  label: Thing\n{RECORD}", "is also the label of a"),
    ("labels_are_disjoint", f"a:\n  label: thing\n  aliases: [thing]\n{RECORD}", "thing stands twice"),
    ("nothing_collides", f"a:\n  label: alpha\n  aliases: [twin]\n{RECORD}b:\n  label: twin\n{RECORD}", "“twin” also names a"),
    ("unsafe_forms_have_gates", f"a:\n  label: Q\n{RECORD}", "too short"),
    ("unsafe_forms_have_gates", f"a:\n  label: Express\n{RECORD}", "also an everyday word"),
    ("gates_have_examples", f"a:\n  label: Q\n{RECORD}  match:\n    Q: {{case: exact}}\n", "not 2 examples"),
    ("phrases_hold_their_form", f"a:\n  label: Q\n{RECORD}  match:\n    Q: {{never: [other]}}\n", "does not hold “Q”"),
    ("phrases_hold_their_form", f"a:\n  label: Q\n{RECORD}  match:\n    Q: {{never: [q]}}\n", "is the form itself"),
    ("records_are_whole", f"a:\n  label: Kafka\n{RECORD}", "a technology with a name has a homepage"),
    ("records_are_whole", "a:\n  label: thing\n  description: A thing\n", "end it with a full stop"),
    ("records_are_whole", f"a:\n  label: thing\n{RECORD}  status: deprecated\n", "without a successor"),
    (
        "hierarchy_is_acyclic",
        f"a:\n  label: one\n  broader: [b]\n{RECORD}{TWO}  broader: [a]\n",
        "in a ring",
    ),
    (
        "related_is_not_broader",
        f"a:\n  label: one\n  broader: [b]\n  related: [b]\n{RECORD}{TWO}",
        "already above",
    ),
    ("related_is_not_broader", f"a:\n  label: one\n  related: [a]\n{RECORD}", "related to itself"),
    (
        "related_is_stored_once",
        f"a:\n  label: one\n  related: [b]\n{RECORD}{TWO}  related: [a]\n",
        "says so already",
    ),
    ("examples_hit_and_decoys_miss", f"a:\n  label: one\n{RECORD}  examples: [nothing here]\n", "is not tagged"),
    ("examples_hit_and_decoys_miss", f"a:\n  label: one\n{RECORD}  decoys: [one here]\n", "is tagged"),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=[f"{n}: {m}" for n, _, m in BROKEN])
def test_a_condition_finds_what_breaks_it(write, name: str, text: str, message: str) -> None:
    folder = write(things=text)
    taxonomy = load(folder)
    checked = Checked(taxonomy, tuple(read_folder(folder)), lexicon(taxonomy), Tagger(taxonomy).concepts)
    problems = list(getattr(conditions, name)(checked))
    assert any(message in str(p) for p in problems), problems
    assert all(p.remedy and p.line >= 1 for p in problems)


def test_every_condition_is_shown_to_break() -> None:
    shown = {name for name, *_ in BROKEN} | {"retired_ids_stay_retired", "excluded_names_are_unknown"}
    assert {c.__name__ for c in CONDITIONS} == shown


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"retired": "thing: {reason: was two things}\n"}, "this id is retired"),
        ({"excluded": "thing: {reason: generic}\n"}, "stands in excluded.yaml"),
    ],
)
def test_lists_are_held_against_the_concepts(write, files, message) -> None:
    folder = write(things=f"thing:\n  label: thing\n{RECORD}", **files)
    taxonomy = load(folder)
    assert any(message in str(p) for p in check(taxonomy, tuple(read_folder(folder)), Tagger(taxonomy).concepts))
