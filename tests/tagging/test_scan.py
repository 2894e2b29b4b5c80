"""The scan finds the same whether it looks words up, as at first, or has made its automaton."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from skilltax.tagging import scan
from skilltax.tagging.scan import Scan, fold, keys_of

WORDS = st.sampled_from(["c", "c++", "go", "ci/cd", ".net", "node.js", "a", "kubernetes", "x-ray", "é"])
PHRASES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=12)
TEXTS = st.lists(WORDS | st.sampled_from([" ", "\n", ", ", "-", "/", "."]), max_size=40).map(" ".join) | st.text(max_size=60)


@given(names=PHRASES, cues=PHRASES, text=TEXTS)
def test_words_looked_up_and_the_automaton_find_the_same(names: list[str], cues: list[str], text: str) -> None:
    one, folded = Scan(keys_of(names), keys_of(cues)), fold(text)
    looked_up = one.find(folded)
    one._texts = len(names) + len(cues)
    assert one.find(folded) == looked_up
    assert (one._automaton is None) == (not one._first[-1])


def test_an_automaton_is_made_when_it_has_paid_off() -> None:
    phrases = [f"name {number}" for number in range(2 * scan.PAID_OFF)]
    one, text = Scan(keys_of(phrases)), fold("name 7, name 8")
    made = []
    for _ in range(4):
        assert [hit[:2] for hit in one.find(text)[0]] == [(0, 6), (8, 14)]
        made.append(one._automaton is not None)
    assert made == [False, False, True, True]
