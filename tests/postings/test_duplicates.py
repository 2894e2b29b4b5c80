"""Near-duplicates: what fingerprints say of texts, and which are grouped."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.postings.duplicates import PLACES, RUN, fingerprint, groups

WORDS = [f"word{i}" for i in range(400)]
POSTING = " ".join(WORDS)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def jaccard(a: str, b: str) -> float:
    return len(runs(a) & runs(b)) / len(runs(a) | runs(b))


def agreement(a: str, b: str) -> float:
    from base64 import b64decode

    one, two = b64decode(fingerprint(a)), b64decode(fingerprint(b))
    return sum(x == y for x, y in zip(one, two, strict=True)) / PLACES


@pytest.mark.parametrize("changed", [0, 5, 20, 60, 200, 400])
def test_fingerprints_agree_as_much_as_texts_do(changed: int) -> None:
    """Within four standard deviations of a sample of 60."""
    other = " ".join([f"other{i}" for i in range(changed)] + WORDS[changed:])
    share = jaccard(POSTING, other)
    assert agreement(POSTING, other) == pytest.approx(share, abs=4 * (share * (1 - share) / PLACES) ** 0.5 + 0.05)


@pytest.mark.parametrize(
    "text",
    [
        "You  know\tKUBERNETES, and\nGo.",
        "you know kubernetes and go",
        "**You know** Kubernetes & and (Go)",
        "🌎 you know kubernetes and go",
    ],
)
def test_case_marks_and_spaces_do_not_matter(text: str) -> None:
    assert fingerprint(text) == fingerprint("You know Kubernetes and Go")


@pytest.mark.parametrize("text", ["", "  \n", "--- ***"])
def test_what_holds_no_word_has_none(text: str) -> None:
    assert fingerprint(text) == ""


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Мы ищем инженера по данным с опытом работы", "Мы ищем дизайнера по звуку с опытом музыки"),
        ("我们正在寻找 后端 工程师，负责 服务 开发。", "我们正在寻找 前端 设计师，负责 页面 美观。"),
    ],
)
def test_other_alphabets_are_told_apart(one: str, two: str) -> None:
    assert len(set(groups([fingerprint(one), fingerprint(one + "!"), fingerprint(two)]).tolist())) == 2


@given(st.text())
def test_any_text_has_a_fingerprint_that_never_changes(text: str) -> None:
    found = fingerprint(text)
    assert len(found) in (0, 80)
    assert found == fingerprint(text)


def test_the_fingerprint_is_the_same_on_every_machine() -> None:
    """Tags of different runs are grouped together, so this value may not change."""
    assert fingerprint(POSTING)[:24] == "Rd88kusgF3kSS1S/CMNsl9sD"


def test_the_end_of_a_very_long_text_changes_nothing() -> None:
    long = "many words here " * 5000
    assert fingerprint(long) == fingerprint(long + "and more")


def test_a_repost_with_another_city_is_grouped_and_another_job_is_not() -> None:
    repost = POSTING.replace("word7 ", "berlin ")
    other = " ".join(WORDS[:200] + [f"other{i}" for i in range(200)])
    assert groups([fingerprint(t) for t in (POSTING, other, repost)]).tolist() == [0, 1, 0]


def test_alike_through_others_is_one_group() -> None:
    steps = [" ".join([f"new{i}" for i in range(at)] + WORDS[at:]) for at in range(0, 120, 20)]
    assert set(groups([fingerprint(t) for t in steps]).tolist()) == {0}


def test_without_fingerprints_nothing_is_grouped() -> None:
    assert groups(["", "", "no fingerprint"]).tolist() in ([0, 1, 2], [2, 1, 0])
    assert groups([]).tolist() == []


@given(
    st.lists(st.sampled_from([POSTING, POSTING + " more", " ".join(WORDS[::-1]), "", "short text here"]), max_size=12),
    st.randoms(),
)
def test_the_order_does_not_matter(texts: list[str], random) -> None:
    order = random.sample(range(len(texts)), len(texts))
    found = groups([fingerprint(t) for t in texts])
    again = groups([fingerprint(texts[i]) for i in order])
    same = {(i, j) for i in range(len(texts)) for j in range(len(texts)) if found[i] == found[j]}
    assert same == {(order[i], order[j]) for i in range(len(texts)) for j in range(len(texts)) if again[i] == again[j]}
