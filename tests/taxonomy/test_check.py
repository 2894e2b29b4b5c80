"""One minimal broken taxonomy for each condition."""

from __future__ import annotations

import pytest

from skilltax.engines.checking import checked
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.check import CONDITIONS, Checked, check
from skilltax.taxonomy.load import load, read_folder

BY_NAME = {condition.__name__: condition for condition in CONDITIONS}
RECORD = "  description: A thing.\n"
TWO = f"b:\n  label: two\n{RECORD}"

BROKEN = [
    ("canonical_files", "b:\n  description: B.\n  label: b\n", "run: skilltax taxonomy format"),
    ("ids_say_what_they_name", f"lokijs:\n  label: RxDB\n{RECORD}", "“lokijs” stands nowhere in the record of RxDB"),
    ("labels_are_unique", f"a:\n  label: thing\n{RECORD}b:\n  label: Thing\n{RECORD}", "is also the label of a"),
    ("labels_are_disjoint", f"a:\n  label: thing\n  aliases: [thing]\n{RECORD}", "thing stands twice"),
    ("labels_are_disjoint", f"a:\n  label: thing\n  aliases: [thing]\n  matched: false\n{RECORD}", "thing stands twice"),
    ("nothing_collides", f"a:\n  label: alpha\n  aliases: [twin]\n{RECORD}b:\n  label: twin\n{RECORD}", "“twin” also names a"),
    ("unsafe_forms_have_gates", f"a:\n  label: Q\n{RECORD}", "too short"),
    ("unsafe_forms_have_gates", f"a:\n  label: Express\n{RECORD}", "also an everyday word"),
    ("unsafe_forms_have_gates", f"a:\n  label: Sunday\n{RECORD}", "also a day or a month"),
    ("unsafe_forms_have_gates", f"a:\n  label: Sept\n  aliases: [Nov]\n{RECORD}", "“Nov” is also a day or a month"),
    ("unsafe_forms_have_gates", f"a:\n  label: Moshi\n{RECORD}", "also a place"),
    ("unsafe_forms_have_gates", f"a:\n  label: Beatriz\n{RECORD}", "also a given name"),
    ("employers_have_gates", f"a:\n  label: Dwolla\n  aliases: [Fiserv]\n{RECORD}", "“Fiserv” is also an employer"),
    ("gates_have_examples", f"a:\n  label: Q\n{RECORD}  match:\n    Q: {{case: exact}}\n", "not 2 examples"),
    ("phrases_hold_their_form", f"a:\n  label: Q\n{RECORD}  match:\n    Q: {{never: [other]}}\n", "does not hold “Q”"),
    ("phrases_hold_their_form", f"a:\n  label: Q\n{RECORD}  match:\n    Q: {{never: [q]}}\n", "is the form itself"),
    ("records_are_whole", f"a:\n  label: Kafka\n{RECORD}", "a technology with a name of its own has a homepage"),
    ("records_are_whole", f"a:\n  label: nftables\n{RECORD}", "a technology with a name of its own has a homepage"),
    ("records_are_whole", f"a:\n  label: CUDA\n{RECORD}", "a technology with a name of its own has a homepage"),
    ("records_are_whole", f"a:\n  label: CKA\n  kind: certification\n{RECORD}", "a certification has a homepage"),
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
    (
        "mapped_ids_are_unique",
        f"a:\n  label: one\n{RECORD}  ids: {{wikidata: Q1}}\n{TWO}  ids: {{wikidata: Q1}}\n",
        "wikidata Q1 is also a",
    ),
    ("examples_hit_and_decoys_miss", f"a:\n  label: one\n{RECORD}  examples: [nothing here]\n", "is not tagged"),
    ("examples_hit_and_decoys_miss", f"a:\n  label: one\n{RECORD}  decoys: [one here]\n", "is tagged"),
    (
        "decoys_try_the_gate",
        f"a:\n  label: Rome\n{RECORD}  match:\n    Rome: {{case: exact}}\n  decoys: [all roads lead to rome, Paris in spring]\n",
        "“Paris in spring” holds no gated form (Rome)",
    ),
    (
        "decoys_try_the_gate",
        f"a:\n  label: Rome\n{RECORD}{TWO}  match:\n    two: {{needs: [a]}}\n  decoys: [Two of us]\n"
        f"c:\n  label: Oslo\n  match:\n    Oslo: {{case: exact, needs: [a]}}\n  decoys: [our oslo office]\n{RECORD}",
        "“Oslo” needs a neighbour and stands in no decoy",
    ),
    (
        "always_phrases_are_tagged",
        f"a:\n  label: Dagger\n  match:\n    Dagger: {{needs: [b], always: [Dagger Hilt]}}\n{RECORD}"
        f"b:\n  label: Dagger Hilt\n{RECORD}",
        "“Dagger Hilt” is not tagged",
    ),
    (
        "examples_hold_in_lists_and_markup",
        f"a:\n  label: Qed\n{RECORD}  match:\n    Qed: {{never: [Qed; and]}}\n  examples: [proofs in Qed]\n",
        "is not tagged any more",
    ),
    (
        "forms_are_found",
        f"a:\n  label: one\n  aliases: [one two three]\n  match:\n    one two three: {{never: [know one two three]}}\n{RECORD}",
        "“one two three” is not found in 1 of 16 contexts, such as “You know one two three.”",
    ),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN, ids=[f"{n}: {m}" for n, _, m in BROKEN])
def test_a_condition_finds_what_breaks_it(write, name: str, text: str, message: str) -> None:
    folder = write(things=text)
    taxonomy = load(folder)
    seen = Checked(taxonomy, tuple(read_folder(folder)), Tagger(taxonomy).named)
    problems = list(BY_NAME[name](seen))
    assert any(message in str(p) for p in problems), problems
    assert all(p.remedy and p.line >= 1 for p in problems)


def test_two_workers_find_what_one_finds(write) -> None:
    good, bad = f"b:\n  label: two\n{RECORD}", f"a:\n  label: one\n  examples: [nothing here]\n{RECORD}"
    folder = write(things=bad, more=good + "  decoys: [two here]\n", other=f"c:\n  label: Two\n{RECORD}")
    one, two = (checked(load(folder), [folder], tuple(read_folder(folder)), workers=workers) for workers in (1, 2))
    assert one == two
    assert {"“nothing here” is not tagged", "“two here” is tagged", "is also the label of b (more)"} <= {p.message for p in one}


def test_every_condition_is_shown_to_break() -> None:
    shown = {name for name, *_ in BROKEN} | {
        "retired_ids_stay_retired",
        "excluded_names_are_unknown",
        "ids_are_permanent",
        "kinds_of_things_are_disjoint",
        "titles_name_one_family",
    }
    assert {c.__name__ for c in CONDITIONS} == shown


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"retired": "thing: {reason: was two things}\n"}, "this id is retired"),
        ({"retired": "old: {reason: gone, successor: nothing}\n"}, "no concept nothing"),
        ({"other": f"things:\n  label: heap\n{RECORD}"}, "also the name of a category that is not about it"),
        ({"excluded": "thing: {reason: generic}\n"}, "stands in excluded.yaml"),
        (
            {"roles": "families:\n  sre: {titles: [reliability]}\n  qa:\n    titles: [tester, reliability]\n"},
            "“reliability” also stands in sre",
        ),
    ],
)
def test_lists_are_held_against_the_concepts(write, files, message) -> None:
    folder = write(things=f"thing:\n  label: thing\n{RECORD}", **files)
    taxonomy = load(folder)
    assert any(message in str(p) for p in check(taxonomy, tuple(read_folder(folder)), Tagger(taxonomy).named))


def test_a_category_may_be_called_as_the_concept_that_it_is_about(write) -> None:
    folder = write(things=f"a:\n  label: one\n  broader: [things]\n{RECORD}", other=f"things:\n  label: things\n{RECORD}")
    taxonomy = load(folder)
    seen = Checked(taxonomy, tuple(read_folder(folder)), Tagger(taxonomy).named)
    assert list(BY_NAME["kinds_of_things_are_disjoint"](seen)) == []


def test_a_released_id_stays_or_is_retired(write) -> None:
    plain, retired = (
        write(things=f"thing:\n  label: thing\n{RECORD}", **more) for more in ({}, {"retired": "gone: {reason: two}\n"})
    )
    for folder, expected in ((plain, ["gone"]), (retired, [])):
        taxonomy = load(folder)
        problems = check(
            taxonomy,
            tuple(read_folder(folder)),
            Tagger(taxonomy).named,
            frozenset(["gone", "thing"]),
            [BY_NAME["ids_are_permanent"]],
        )
        assert [p.path for p in problems] == expected


@pytest.mark.parametrize("label", ["compiler", "container runtime", "GPU server", "compilers"])
def test_a_common_noun_needs_no_homepage(write, label: str) -> None:
    folder = write(things=f"a:\n  label: {label}\n{RECORD}")
    checked = Checked(load(folder), tuple(read_folder(folder)), lambda text: [])
    assert list(BY_NAME["records_are_whole"](checked)) == []


def test_an_acronym_of_a_common_noun_needs_no_homepage(write) -> None:
    folder = write(things=f"a:\n  label: NIC\n  aliases: [network card]\n{RECORD}")
    checked = Checked(load(folder), tuple(read_folder(folder)), lambda text: [])
    assert list(BY_NAME["records_are_whole"](checked)) == []


def test_a_longer_name_made_by_the_context_is_no_miss(write) -> None:
    folder = write(
        things=f"a:\n  label: alpha\n{RECORD}",
        more=f"b:\n  label: alpha-based systems\n{RECORD}",
    )
    taxonomy = load(folder)
    checked = Checked(taxonomy, tuple(read_folder(folder)), Tagger(taxonomy).named)
    assert list(BY_NAME["forms_are_found"](checked)) == []


def test_an_overlay_answers_for_its_own_records_only(write, tmp_path) -> None:
    base = write(things=f"a:\n  label: alpha\n{RECORD}  examples: [alpha works]\nb:\n  label: Q\n{RECORD}")
    (tmp_path / "mine.yaml").write_text(f"a: {{matched: false}}\nmine:\n  label: Q\n{RECORD}", "utf-8")
    taxonomy = load(base, tmp_path)
    problems = check(taxonomy, tuple(read_folder(tmp_path)), Tagger(taxonomy).named)
    assert {p.file.rpartition("/")[2] for p in problems} == {"mine.yaml"}
    assert any("also names b" in p.message for p in problems)
    assert not any(p.path.startswith("a.") for p in problems)
