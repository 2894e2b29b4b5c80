"""Highlighted postings: the text whole, the mentions marked, nothing run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.errors import SkilltaxError
from skilltax.export.highlight import highlight
from skilltax.export.source import pieces
from skilltax.postings.clean import clean
from skilltax.postings.model import Posting
from skilltax.postings.sample import sample_postings
from skilltax.tagging.model import TaggedPosting
from skilltax.tagging.tagger import Tagger


class Shown(HTMLParser):
    """What a browser makes of the page: the texts of its blocks, and its marks."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.marks, self.tags, self.inside = "", [], [], ""
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(dict(attrs).get("class") or tag)
        if tag == "mark" and "data-says" in dict(attrs):
            self.marks.append([dict(attrs), ""])

    def handle_endtag(self, tag) -> None:
        self.open.pop()

    def handle_data(self, data) -> None:
        if "text" in self.open:
            self.text += data
            if any(c.split()[0] in ("required", "preferred", "other", "negated") for c in self.open):
                self.marks[-1][1] += data


HTML = "<h2>Requirements</h2>\r\n<ul><li>You know <b>Go</b> &amp; K8s<li>No C++</ul><p>Nice to have:</p><p>Node.js</p>"
MARKDOWN = "# SRE\n\n## Requirements\n\n* **Go**\\!\n* [K8s](https://kubernetes.io/x_y)\n\n## Nice to have\n- C++\n"
VOID = {"meta", "input"}


def body(page: str) -> str:
    return re.sub(r"<(?:meta|input)\b[^>]*>", "", page.split("<body>")[1].split("</body>")[0])


@pytest.mark.parametrize("text", [HTML, MARKDOWN, "Go\n\n\n  K8s\r\nC++\t", "", "\nGo", "plain"])
def test_the_text_is_all_there_and_each_mention_is_marked(small, small_tagger, text) -> None:
    tagged = small_tagger(text)
    shown = Shown(body(highlight(tagged, taxonomy=small).html))
    assert shown.text == text
    assert [inner for _, inner in shown.marks] == [m.text for m in tagged.mentions]
    assert [a["data-concept"] for a, _ in shown.marks] == [m.concept for m in tagged.mentions]
    for (attributes, _), mention in zip(shown.marks, tagged.mentions, strict=True):
        assert attributes["class"].split()[0] == mention.strength
        assert f"rule {mention.rule}" in attributes["data-says"]
        assert mention.concept in attributes["data-says"]


@given(st.text(alphabet=st.sampled_from("Go K8s<>&;*_`\\[]()\r\n\"'#-/ =lipbr!é\u200b\ufeff")))
def test_any_text_is_shown_whole(small, small_tagger, text) -> None:
    cut = pieces(clean(text))
    assert "".join(text[p.start : p.end] for p in cut) == text
    assert Shown(body(highlight(small_tagger(text), taxonomy=small).html)).text == text


def test_every_sample_posting_is_shown_whole(shipped, tagger) -> None:
    tagged = list(tagger.pipe(sample_postings()))
    shown = Shown(body(highlight(*tagged, taxonomy=shipped).html))
    assert shown.text == "".join(p.text for p in tagged)
    assert len(shown.marks) == sum(len(p.mentions) for p in tagged)


def test_markup_is_turned_into_what_it_means(small, small_tagger) -> None:
    read = "".join(HTML[p.start : p.end] if p.shown is None else p.shown for p in pieces(clean(HTML)))
    assert read == "Requirements\n• You know Go & K8s\n• No C++\n\nNice to have:\n\nNode.js"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("# Head\n\n### Two **words**\n- one\n  * two\n+ three", "Head\n\nTwo words\n• one\n  • two\n• three"),
        ("## [Go](https://go.dev)\n* [K8s](https://kubernetes.io)", "Go\n• K8s"),
        ("#no\n-no\n#  \n1 * 2 - 3\n---\nC# and C++", "#no\n-no\n#  \n1 * 2 - 3\n---\nC# and C++"),
    ],
)
def test_marks_of_headings_and_items_are_read_as_what_they_mean(text, read) -> None:
    assert "".join(text[p.start : p.end] if p.shown is None else p.shown for p in pieces(clean(text))) == read


def test_sections_stand_in_the_margin(small, small_tagger) -> None:
    page = highlight(small_tagger(MARKDOWN), taxonomy=small).html
    assert re.findall(r'<div class="margin">(\w*)</div>', page) == ["title", "requirements", "preferred"]


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> Go \"' onmouseover=alert(3) <!-- K8s"


def test_hostile_text_is_shown_and_never_run(small, small_tagger) -> None:
    posting = Posting("<img onerror=1>", HOSTILE, title="</title><script>1</script>", company='"><b>')
    page = highlight(small_tagger(posting), taxonomy=small).html
    shown = Shown(body(page))
    assert shown.text == HOSTILE
    assert {tag for tag, _ in shown.tags} <= {
        "header",
        "ul",
        "li",
        "mark",
        "label",
        "main",
        "article",
        "h1",
        "p",
        "div",
        "span",
    }
    assert not any(name.startswith("on") for _, attributes in shown.tags for name in attributes)
    assert "default-src 'none'" in page
    assert "script-src" not in page


def test_spacy_draws_it_too(small, small_tagger) -> None:
    from spacy import displacy

    tagged = small_tagger("You know Go and Kubernetes.")
    view = highlight(tagged, taxonomy=small)
    drawn = displacy.render(view.displacy(), style="ent", manual=True, page=False, jupyter=False, options=view.options())
    assert drawn.count("<mark") == 2
    assert "Kubernetes" in drawn
    assert "#0072b266" in drawn


def test_tags_without_their_text_are_refused(small_tagger, small) -> None:
    tagged = small_tagger("Go")
    bare = TaggedPosting(tagged.id, "", tagged.mentions)
    with pytest.raises(SkilltaxError, match="tag the posting again"):
        highlight(bare, taxonomy=small)


def test_values_and_descriptions_stand_in_the_card(tagger, shipped) -> None:
    assert isinstance(tagger, Tagger)
    page = highlight(tagger("Requirements:\n* 5+ years of Python 3.12\n"), taxonomy=shipped).html
    (says,) = re.findall(r'data-says="([^"]*)" data-concept="python"', page)
    assert "version 3.12, 5+ years" in says
    assert shipped["python"].description.split()[0] in says
