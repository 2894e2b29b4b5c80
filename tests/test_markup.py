"""A posting is tagged alike in Markdown, in HTML as boards write it, and as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from skilltax.postings.model import Posting
from skilltax.tagging.tagger import Tagger
from tests.test_cases import cases
from tests.test_shared import rows

STYLE = "font-family: Arial, sans-serif; font-size: 11pt; color: rgb(0, 0, 0); background-color: transparent; line-height: 1.38"
ALIKE = 0.98  # of the mentions of real postings; a text of broken Markdown has no HTML that says the same
EVERY = 60


def in_html(text: str) -> str:
    return MarkdownIt().render(text)


def in_one_line(text: str) -> str:
    return in_html(text).replace("\n", " ")


def escaped(text: str) -> str:
    return html.escape(in_html(text))


def styled(text: str) -> str:
    """As text processors write it: everything in spans with long styles, items of lists that hold paragraphs."""
    span = f'<span style="{STYLE}">'
    return re.sub(r"<(p|strong|li)>", rf"<\1>{span}", in_html(text)).replace("<li>", '<li aria-level="1"><p>').replace("\n", "")


def broken_into_lines(text: str) -> str:
    """Without paragraphs and lists: line ends and bullets only."""
    flat = re.sub(r"</?(?:p|ul)>", "<br>", in_html(text)).replace("<li>", "<br>&bull; ").replace("</li>", "")
    return flat.replace("\n", " ")


def plain(text: str) -> str:
    """What is left when a page is copied: no markup but bullets."""
    return html.unescape(re.sub(r"<[^<>]+>", "", in_html(text).replace("<li>", "• ")))


def unmarked(text: str) -> str:
    """What is left when even the bullets are lost."""
    return re.sub(r"^ *• ", "", plain(text), flags=re.M)


def in_one_run(text: str) -> str:
    """What is left when even the ends of lines are lost, as in many tables of postings."""
    return " ".join(plain(text).split())


def with_line_ends_written_out(text: str) -> str:
    """As databases export it: each line end as two characters."""
    return text.replace("\n", "\\n")


FORMS = [in_html, in_one_line, escaped, styled, broken_into_lines, plain, with_line_ends_written_out]


def tags(tagger: Tagger, text: str) -> list[tuple[str, str]]:
    return [(m.concept, m.strength) for m in tagger(Posting("one", text, "Engineer")).mentions if m.kind != "soft"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", cases("markup"))
def test_a_posting_is_tagged_alike_however_it_is_marked_up(
    tagger: Tagger, case: dict[str, str], form: Callable[[str], str]
) -> None:
    expected = tags(tagger, case["text"])
    assert {strength for _, strength in expected} == {"other", "required", "preferred"}
    assert tags(tagger, form(case["text"])) == expected


def test_real_postings_are_tagged_alike_in_html(shared: Path, tagger: Tagger) -> None:
    same = total = 0
    for row in list(rows(shared / "corpus" / "postings.jsonl.gz"))[::EVERY]:
        markdown = tags(tagger, row["text"])
        for form in (in_one_line, escaped):
            marked_up = tags(tagger, form(row["text"]))
            total += len(markdown)
            same += sum(a == b for a, b in zip(markdown, marked_up, strict=False)) if len(markdown) == len(marked_up) else 0
    assert same >= ALIKE * total, f"{same} of {total}"


@pytest.mark.parametrize(("form", "least"), [(plain, 0.99), (unmarked, 0.98), (in_one_run, 0.88)])
def test_strength_outlives_the_marks_of_real_postings(
    shared: Path, tagger: Tagger, form: Callable[[str], str], least: float
) -> None:
    same = total = 0
    for row in list(rows(shared / "corpus" / "postings.jsonl.gz"))[::EVERY]:
        was, now = tags(tagger, row["text"]), tags(tagger, form(row["text"]))
        alike = SequenceMatcher(None, [concept for concept, _ in was], [concept for concept, _ in now], autojunk=False)
        for a, b, size in alike.get_matching_blocks():
            same += sum(before == after for before, after in zip(was[a : a + size], now[b : b + size], strict=True))
        total += len(was)
    assert same >= least * total, f"{same} of {total}"
