"""The way of a contribution: the forms can be read, and `make effect` shows what an edit of the taxonomy does."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.conftest import SMALL

ROOT = Path(__file__).parents[1]
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
TYPES = {"markdown", "input", "dropdown", "textarea", "checkboxes"}


@pytest.mark.parametrize("path", FORMS, ids=lambda p: p.stem)
def test_issue_forms_have_what_the_form_schema_asks_for(path: Path) -> None:
    form = yaml.safe_load(path.read_text("utf-8"))
    assert {"name", "description", "body"} <= set(form)
    questions = [field for field in form["body"] if field["type"] != "markdown"]
    assert {field["type"] for field in form["body"]} <= TYPES
    assert len({field["id"] for field in questions}) == len(questions)
    assert all(field["attributes"]["label"] for field in questions)
    assert all(field["attributes"]["options"] for field in questions if field["type"] == "dropdown")


def test_the_effect_of_an_edit_is_told_from_both_whole_taxonomies(skilltax, write, tmp_path) -> None:
    """What `make effect` runs: a concept that goes loses its tags, which an overlay could not show."""
    gone = SMALL.replace("kubernetes:\n  label: Kubernetes\n  aliases: [K8s]\n", "nomad:\n  label: Nomad\n")
    (tmp_path / "p.txt").write_text("You know Kubernetes and Golang.", "utf-8")
    done = skilltax("taxonomy", "try", write(things=gone), tmp_path / "p.txt", "--instead-of", write(things=SMALL))
    assert done.returncode == 0, done.stderr
    assert "0 tags gained, 1 lost, in 1 of 1 postings" in done.stdout
    assert "-kubernetes" in done.stdout
