"""Cases kept as data: every sentence of tests/cases, by its label."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.load import load
from tests.marked import read_marked

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[object]:
    rows = yaml.safe_load((CASES / f"{name}.yaml").read_text("utf-8")) or []
    return [pytest.param(row, id=str(row["label"])) for row in rows]


def check(tagger: Tagger, text: str, whole: bool = False) -> None:
    plain, expected = read_marked(text)
    if not expected or any(e.concept not in tagger.taxonomy for e in expected):
        pytest.fail(f"the case expects nothing, or a concept that is not there: {text}")
    mentions = {(m.start, m.end): m for m in tagger(plain).mentions}
    for e in expected:
        assert (e.start, e.end) in mentions, f"{e.text} is not tagged: {[(m.text, m.concept) for m in mentions.values()]}"
        found = mentions[e.start, e.end]
        assert found.concept == e.concept
        assert e.strength in (None, found.strength), f"{e.text} is {found.strength}"
    if whole:
        marked = {(e.start, e.end) for e in expected}
        extra = {m.text for span, m in mentions.items() if span not in marked and m.kind != "soft"}
        assert not extra


@pytest.mark.parametrize("case", cases("strength"))
def test_strength(tagger: Tagger, case: dict[str, str]) -> None:
    check(tagger, case["text"])


@pytest.mark.parametrize("case", cases("languages"))
def test_other_languages(tagger: Tagger, case: dict[str, str]) -> None:
    check(tagger, case["text"])
    assert tagger(read_marked(case["text"])[0]).diagnostics["language"] == case["language"]


@pytest.mark.parametrize("case", cases("in_the_wild"))
def test_in_the_wild(tagger: Tagger, case: dict[str, str]) -> None:
    check(tagger, case["text"], whole=True)


@pytest.mark.parametrize("case", cases("traps"))
def test_an_everyday_word_is_no_skill(tagger: Tagger, case: dict[str, str]) -> None:
    assert case["trap"] in tagger.taxonomy
    assert case["trap"] not in {m.concept for m in tagger(case["text"]).mentions}


@pytest.mark.parametrize("case", cases("companies"))
def test_a_company_in_a_list_of_them_is_no_skill(tagger: Tagger, case: dict[str, str]) -> None:
    plain, expected = read_marked(case["text"])
    found = [(m.start, m.end, m.concept) for m in tagger(plain).mentions if m.kind != "soft"]
    assert found == [(e.start, e.end, e.concept) for e in expected]


@pytest.mark.parametrize("case", [*cases("lists"), *cases("elided")])
def test_lists(tagger: Tagger, case: dict[str, str]) -> None:
    """Whatever stands between items, and where they share a word."""
    check(tagger, case["text"], whole=True)


def values(tagger: Tagger, text: str, *names: str) -> tuple[list, list]:
    """What is expected of each marked mention of a sentence, and what each is given."""
    plain, expected = read_marked(text)
    mentions = {(m.start, m.end): m for m in tagger(plain).mentions}
    found = [(e.text, mentions.get((e.start, e.end))) for e in expected]
    assert all(m for _, m in found), f"not tagged: {[text for text, m in found if not m]}"
    given = [(text, tuple((n, v) for n in names if (v := said(getattr(m, n))) is not None)) for text, m in found]
    return [(e.text, (e.value,) if e.value else ()) for e in expected], given


def said(value: object) -> str | None:
    if isinstance(value, tuple):
        low, high = value
        return f"{low}-" if high is None else f"{low}-{high}"
    return None if value is None else str(value)


@pytest.mark.parametrize("case", cases("versions"))
def test_versions_and_quantities(tagger: Tagger, case: dict[str, str]) -> None:
    expected, given = values(tagger, case["text"], "version", "quantity")
    assert given == expected


@pytest.mark.parametrize("case", cases("years"))
def test_years(tagger: Tagger, case: dict[str, str]) -> None:
    expected, given = values(tagger, case["text"], "years")
    assert given == expected


@pytest.mark.parametrize("case", cases("choices"))
def test_choices(tagger: Tagger, case: dict[str, str]) -> None:
    """Mentions of one choice share a number; which number does not matter."""
    expected, given = values(tagger, case["text"], "any_of")
    numbers = {value: number for number, (_, value) in reversed(list(enumerate(given))) if value}
    firsts = {value: number for number, (_, value) in reversed(list(enumerate(expected))) if value}
    assert [numbers.get(v) for _, v in given] == [firsts.get(v) for _, v in expected]


@pytest.mark.parametrize(
    ("first", "role", "seniority"),
    [
        ("Senior Full Stack Engineer (Latin America)", "fullstack", "senior"),
        ("Staff Privacy Engineer", "security", "staff"),
        ("About the Firmware Team", "software", "unspecified"),
    ],
)
def test_a_title_is_read_from_the_first_line(tagger: Tagger, first: str, role: str, seniority: str) -> None:
    tagged = tagger(f"{first}\nWe are forty people in three towns, and we ship on Tuesdays.\n")
    assert (tagged.role, tagged.seniority) == (role, seniority)


@pytest.mark.parametrize("case", cases("titles"))
def test_titles(tagger: Tagger, case: dict[str, str]) -> None:
    assert tagger.roles.read(case["label"], "", [], []) == (case["role"], case["seniority"])


@pytest.mark.parametrize(
    ("signs", "skills", "role"),
    [
        (["full-stack"], [], "software"),
        (["full-stack", "fullstack"], [], "fullstack"),
        (["frontend", "server-side"], [], "software"),
        (["frontend", "server-side"], [("react", "web-frontend"), ("mysql", "databases")], "fullstack"),
        (["frontend", "server-side"], [("kafka", "messaging"), ("grpc", "protocols")], "fullstack"),
        (["server-side", "microservices", "frontend"], [("mysql", "databases")], "backend"),
        (["server-side"], [("mysql", "databases"), ("redis", "databases"), ("kafka", "messaging")], "backend"),
        ([], [("docker", "containers"), ("kubernetes", "orchestrators"), ("terraform", "infrastructure-as-code")], "software"),
        (
            ["deployment pipelines", "platform engineering"],
            [("docker", "containers"), ("kubernetes", "orchestrators")],
            "devops",
        ),
        (["deployment pipelines", "platform engineering", "slos", "error budgets"], [("docker", "containers")], "software"),
    ],
)
def test_the_text_decides_where_a_title_is_plain(tagger: Tagger, signs, skills, role: str) -> None:
    """One half counts beside the other where it has at least half as much."""
    assert tagger.roles.read("Software Engineer", "", signs, skills)[0] == role


@pytest.mark.parametrize(
    ("signs", "role"),
    [
        ([], "systems"),
        (["sales team", "prospects"], "systems"),
        (["sales team", "prospects", "account executives"], "solutions"),
        (["office 365", "help desk", "intune"], "it"),
        (["office 365", "help desk", "intune", "hypervisor", "kernel", "bare metal", "file systems"], "systems"),
    ],
)
def test_of_a_wide_title_the_text_tells_what_is_meant(tagger: Tagger, signs: list[str], role: str) -> None:
    assert tagger.roles.read("Systems Engineer", "", signs, [])[0] == role


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("This is a senior role in a small team.", "senior"),
        ("This is a hybrid, intermediate-level position near Oslo.", "mid"),
        ("This entry-level role suits graduates.", "junior"),
        ("For this staff-level development role we pay well.", "staff"),
        ("You have ten years in a senior-level role.", "unspecified"),
        ("This role is a mix of two.", "unspecified"),
    ],
)
def test_a_text_may_say_of_which_level_the_role_is(tagger: Tagger, said: str, level: str) -> None:
    assert tagger.roles.read("Storage Engineer", f"You will own our storage layer.\n\n{said}", [], []) == ("systems", level)


@pytest.mark.parametrize("case", cases("known_failures"))
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="known failure: the case says why")
def test_known_failures(tagger: Tagger, case: dict[str, str]) -> None:
    check(tagger, case["text"], whole=True)


@pytest.mark.parametrize(("needs", "found"), [("object-storage", ["file", "object storage"]), ("kvm", ["object storage"])])
def test_an_elided_head_with_a_gate_needs_what_it_stands_beside(write, needs: str, found: list[str]) -> None:
    record = "  description: Made up.\n"
    folder = write(
        things=f"file-storage:\n  label: file storage\n{record}  match:\n    file storage: {{needs: [{needs}]}}\n"
        f"object-storage:\n  label: object storage\n{record}kvm:\n  label: KVM\n{record}"
    )
    assert [m.text for m in Tagger(load(folder))("We run file and object storage.").mentions] == found
