"""The view shows what a reader sees; every span of it leads back into the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.postings.clean import MASK, clean

SEEN = [
    ("plain", "Linux kernel", "Linux kernel"),
    ("bold", "**Linux** kernel", "Linux kernel"),
    ("emphasis", "know _Go_ and *Rust*, not snake_case", "know Go and Rust, not snake_case"),
    ("code", "run `kubectl`", "run kubectl"),
    ("escape", r"C\# and CI\-CD", "C# and CI-CD"),
    ("link", "see [our stack](https://x.example/a_(b)) now", "see our stack now"),
    ("address", "at https://go.example/rust, or me@c.example.", f"at {MASK}, or {MASK}."),
    ("entity", "R&amp;D, C&#43;&#43;", "R&D, C++"),
    ("no-break space", "Linux\u00a0kernel", "Linux kernel"),
    ("zero width", "Kuber\u200bnetes", "Kubernetes"),
    ("soft hyphen", "Kuber\u00adnetes", "Kubernetes"),
    ("full width", "ＧＰＵ", "GPU"),
    ("mathematical", "𝐆𝐨", "Go"),
    ("hyphens", "micro‐services", "micro-services"),
    ("gap", "machine   learning", "machine learning"),
    ("mojibake", "the teamâ€™s stack", "the team’s stack"),
    ("line ends as two characters", r"Go\r\nRust\nC\n\nLinux", "Go\nRust\nC\n\nLinux"),
    ("a path", r"C:\new\notes" + "\n" + "Go", r"C:\new\notes" + "\n" + "Go"),
    ("windows lines", "Go\r\nRust", "Go\nRust"),
    ("html", "<p>You know <b>Go</b></p><ul><li>Rust</li></ul>", "\nYou know Go\n\n\n* Rust\n\n"),
    ("html in entities", "&lt;p&gt;Go &amp;amp; Rust&lt;/p&gt;", "\nGo & Rust\n"),
    ("script", "<p>Go</p><script>rust()</script>", "\nGo\n\n"),
    ("tab inside a name", "Linux\tkernel", "Linux kernel"),
    ("dash inside a name", "Wi–Fi for 2–3 years – or more", "Wi-Fi for 2–3 years – or more"),
    ("recruiter's tag", "#LI-AWS1 #Rust", f"{MASK} #Rust"),
    ("line end in html", "<p>Linux\nkernel</p><p>Go\n- Rust</p><br>", "\nLinux kernel\n\nGo\n- Rust\n\n"),
    ("line end in text with a tag", "<b>Linux</b>\nkernel", "Linux\nkernel"),
    ("html lists in lists", "<ul><li>Go<ul><li>C</li></ul></li><li>D</li></ul>", "\n\n* Go\n\n  * C\n\n\n\n* D\n\n"),
    ("bullet stays", "* Go\n* Rust", "* Go\n* Rust"),
    ("less than", "a < b and C<T> stay", "a < b and C<T> stay"),
]


@pytest.mark.parametrize(("text", "seen"), [c[1:] for c in SEEN], ids=[c[0] for c in SEEN])
def test_the_view_is_what_a_reader_sees(text: str, seen: str) -> None:
    assert clean(text).text == seen


WRAPPED = """\
The team builds the storage engine of our cloud with Spring
Boot and a queue, and it wants somebody who knows the Linux
kernel well, because the way in which file systems work is
something that everybody who joins us has to deal with from
the first day.

What you bring
Patience"""


def test_lines_of_a_wrapped_text_are_joined_within_sentences() -> None:
    seen = clean(WRAPPED).text
    assert "Spring Boot" in seen
    assert "Linux kernel" in seen
    assert seen.endswith("from the first day.\n\nWhat you bring\nPatience")


def test_short_lines_are_no_wrapped_text() -> None:
    text = "writing tests\nreviewing code\nrunning servers\nreading mail"
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        (r"Know C\#, Go", "C#", r"C\#"),
        ("Know **Go**, C", "Go", "Go"),
        ("**Linux** kernel", "Linux kernel", "Linux** kernel"),
        ("R&amp;D &amp; Go", "Go", "Go"),
        ("the teamâ€™s Go", "team’s", "teamâ€™s"),
        ("Kuber\u200bnetes", "Kubernetes", "Kuber\u200bnetes"),
        ("&lt;p&gt;Go &amp;amp; Rust&lt;/p&gt;", "Rust", "Rust"),
        ("ðŸ’° and Go", "Go", "Go"),
    ],
)
def test_a_span_leads_back(text: str, word: str, original: str) -> None:
    view = clean(text)
    start = view.text.index(word)
    first, last = view.original(start, start + len(word))
    assert text[first:last] == original


MIXED = st.lists(
    st.sampled_from(
        ["Go", "**", "*", "_", "&amp;", "\u200b", "\u00a0", "<b>", "</b>", "<p>", "&lt;", "â€™", "\\#", "\n", " ", "  ", "`",
         "](http://a.b)", "[", "http://x.y/z", "a@b.c", "İ", "Ｇ", "💰", "\r\n", "\ud7ff"]
    )
    | st.text(max_size=3)
).map("".join)  # fmt: skip


@given(MIXED)
def test_every_span_of_any_view_leads_into_the_original(text: str) -> None:
    view = clean(text)
    assert view.source == text
    last = 0
    for at in range(len(view.text)):
        start, end = view.original(at, at + 1)
        assert 0 <= start <= end <= len(text)
        assert start >= last  # order is kept
        last = start
        if view.text[at].isalnum() and text[start:end] == view.text[at]:
            continue
        assert start < end  # something of the original stands behind every character


@given(MIXED)
def test_a_character_that_was_not_edited_is_itself(text: str) -> None:
    view = clean(text)
    for at, char in enumerate(view.text):
        start, end = view.original(at, at + 1)
        assert end - start > 1 or text[start] == char or not char.isascii() or char in " -\n" or not text[start].isascii()
