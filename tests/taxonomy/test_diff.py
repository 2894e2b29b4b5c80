"""What changed, and the version that follows: one smallest change for each step."""

from __future__ import annotations

import pytest

from skilltax.taxonomy.diff import Changed, FormChange, diff, next_version
from skilltax.taxonomy.load import load

A = "a:\n  label: alpha\n  aliases: [first]\n  description: A.\n"
B = "b:\n  label: beta\n  description: B.\n"

STEPS = [
    ("nothing", A + B, {}, "none", {}),
    ("a new alias", A.replace("[first]", "[first, uno]") + B, {}, "patch",
     {"changed": (Changed("a", ("aliases",)),), "forms_added": (FormChange("uno", None, "a"),)}),
    ("another case", A.replace("[first]", "[First]") + B, {}, "patch", {"changed": (Changed("a", ("aliases",)),)}),
    ("another description", A.replace("A.", "The A.") + B, {}, "patch", {"changed": (Changed("a", ("description",)),)}),
    ("a new concept", A + B + "c:\n  label: gamma\n  description: C.\n", {}, "minor", {"added": ("c",)}),
    ("a form removed", A.replace("[first]", "[]") + B, {}, "major",
     {"changed": (Changed("a", ("aliases",)),), "forms_removed": (FormChange("first", "a", None),)}),
    ("a form switched off", A + "  match: {first: {tagged: false}}\n" + B, {}, "major",
     {"changed": (Changed("a", ("match",)),), "forms_removed": (FormChange("first", "a", None),)}),
    ("a form re-pointed", A.replace("[first]", "[]") + B + "  aliases: [first]\n", {}, "major",
     {"changed": (Changed("a", ("aliases",)), Changed("b", ("aliases",))), "forms_moved": (FormChange("first", "a", "b"),)}),
    ("a concept retired", A, {"retired": "b: {reason: twice, successor: a}\n"}, "major",
     {"retired": ("b",), "forms_removed": (FormChange("beta", "b", None),)}),
    ("a concept gone", A, {}, "major", {"gone": ("b",), "forms_removed": (FormChange("beta", "b", None),)}),
    ("an id changed", A + B.replace("b:", "bee:"), {}, "major",
     {"added": ("bee",), "gone": ("b",), "forms_moved": (FormChange("beta", "b", "bee"),)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "more", "step", "expected"), [case[1:] for case in STEPS], ids=[case[0] for case in STEPS])
def test_each_change_is_told_and_asks_for_its_step(write, text: str, more: dict, step: str, expected: dict) -> None:
    found = diff(load(write(things=A + B)), load(write(things=text, **more)))
    assert found.step == step
    assert {name: value for name, value in found._asdict().items() if value} == expected


def test_a_form_that_two_concepts_share_is_told_of_the_one_that_takes_it(write) -> None:
    shared = B + "  aliases: [first]\n"
    found = diff(load(write(things=A + B)), load(write(things=A + shared)))
    assert found.forms_added == (FormChange("first", None, "b"),)
    assert found.step == "patch"
    assert diff(load(write(things=A + shared)), load(write(things=A + B))).step == "major"


@pytest.mark.parametrize(
    ("version", "step", "following"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3+sha256:ab", "patch", "1.2.4"),
        ("1.2.3", "none", "1.2.3"),
    ],
)
def test_the_version_that_follows(version: str, step, following: str) -> None:
    assert next_version(version, step) == following
