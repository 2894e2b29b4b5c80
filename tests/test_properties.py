"""What holds for any input at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skilltax.postings.model import Posting
from skilltax.tagging.tagger import Tagger

PIECES = st.sampled_from(
    ["Go", "C", "C++", "C#", ".NET", "Node.js", "Kubernetes", "K8s", "code reviews", "Golang", "(", ")", ",", "/", ";", ":",
     "\n", "\r\n", "* ", "# ", "**", "Requirements", "Nice to have:", "is a plus", "not required", " ", "\u00a0", "\u200b",
     "&amp;", "<li>", "</li>", "&lt;p&gt;", "\\", "â€™", "İ", "ß", "Ω", "中", "💰", "http://go.dev/c",
     "x@go.dev", "+", "5+ years of"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=4)).map("".join)
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@ANY
@given(text=TEXTS)
def test_any_text_is_tagged_with_right_offsets(small_tagger: Tagger, text: str) -> None:
    tagged = small_tagger(text)
    last = 0
    for m in tagged.mentions:
        assert text[m.start : m.end] == m.text
        assert last <= m.start < m.end
        last = m.end
    assert small_tagger(text) == tagged


@ANY
@given(text=TEXTS)
def test_every_candidate_has_a_reason(small_tagger: Tagger, text: str) -> None:
    assert all(c.rule and text[c.start : c.end] == c.text for c in small_tagger.explain(text))


@ANY
@given(text=TEXTS)
def test_a_title_beside_the_text_changes_no_mention(small_tagger: Tagger, text: str) -> None:
    assert small_tagger(Posting("1", text, title="Go Developer")).mentions == small_tagger(text).mentions


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\x00", "\ufeff", "C", "#", "**", "\ud800", "(" * 5000, "[" * 5000, "<" * 5000, "a" * 100_000]
)
def test_odd_texts_are_no_trouble(small_tagger: Tagger, text: str) -> None:
    small_tagger(text)


@pytest.mark.parametrize("unit", [" ", "*nix _x ", "a  ", "\t ", "[a](", "* ", "1.", "not Go ", "5+ years of Go ", "Clients "])
def test_a_long_line_of_one_thing_comes_to_an_end(small_tagger: Tagger, unit: str) -> None:
    """Where time grew with the square of the length or faster, these would take minutes and more."""
    text = (unit * 200_000)[:200_000]
    assert all(text[m.start : m.end] == m.text for m in small_tagger(text).mentions)


@pytest.mark.parametrize("gap", [" \t", "\u3000", ", ", "and ", "years "])
def test_a_long_gap_between_two_names_comes_to_an_end(small_tagger: Tagger, gap: str) -> None:
    text = "Go " + gap * 20_000 + "! C++, 5+ years"
    assert [m.text for m in small_tagger(text).mentions] == ["Go", "C++"]


WIDE = {ord(c): chr(ord(c) + 0xFEE0) for c in "Kubernts"}
BOLD = {ord(c): chr(0x1D41A + ord(c) - ord("a")) for c in "ubernts"}
DAMAGED = {
    "Kubernetes": ["Kubernetes", "**Kubernetes**", "_Kubernetes_", "<b>Kubernetes</b>", "Kuber\u200bnetes", "Kuber\u00adnetes",
                   "Kubernetes".translate(WIDE), "Kubernetes".translate(BOLD), "[Kubernetes](https://x.example/a_(b))", "\ufeffKubernetes"],
    "Node.js": ["Node.js", r"Node\.js", "Node&#46;js", "`Node.js`", "<i>Node</i>.js"],
    "C++": ["C++", r"C\+\+", "C&#43;&#43;", "**C++**", "Ｃ＋＋"],
    "code review": ["code review", "code\u00a0review", "code   review", "code&nbsp;review", "*code* review"],
}  # fmt: skip
AROUND = st.sampled_from(
    ["\r\n", "\n* ", " and ", " / ", ", ", "; ", "<p>", "</li><li>", "\u00a0", " the teamâ€™s ", " &amp; ", " 💰 ", " – "]
)


@ANY
@given(
    found=st.lists(st.tuples(AROUND, st.sampled_from([(n, d) for n, several in DAMAGED.items() for d in several])), min_size=1)
)
def test_names_are_found_through_any_damage(small_tagger: Tagger, found: list[tuple[str, tuple[str, str]]]) -> None:
    text = "<p>You know " + "".join(around + damaged for around, (_, damaged) in found) + " .</p>"
    labels = [m.label for m in small_tagger(text).mentions]
    assert labels == [name for _, (name, _) in found]
    assert all(text[m.start : m.end] == m.text for m in small_tagger(text).mentions)
