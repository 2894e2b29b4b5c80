"""A tagged posting to look at: mentions in colour, how strongly each is asked for, and why it was tagged."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from skilltax.errors import SkilltaxError
from skilltax.export.colours import GROUPS, REST
from skilltax.export.page import Page, document
from skilltax.export.source import Piece, pieces
from skilltax.postings.clean import View, clean
from skilltax.tagging.lines import Line, Sections
from skilltax.tagging.model import Mention, TaggedPosting
from skilltax.taxonomy.load import load
from skilltax.taxonomy.model import Taxonomy

STRENGTHS = ("required", "preferred", "other", "negated")
RULES = {
    "exact": "its name, which means nothing else",
    "case": "its name, written just so",
    "phrase": "within a phrase that means it",
    "neighbour": "beside a skill that it goes with",
    "ellipsis": "its head stands further on",
    "abbreviation": "the posting explains it",
    "typo": "mended a typo",
}


@dataclass(frozen=True, slots=True, repr=False)
class Highlight(Page):
    """A page that shows tagged postings.

    Attributes
    ----------
    html : str
        The whole document.
    height : int
        How high a notebook shows it, in pixels.
    postings : tuple of TaggedPosting
        What it shows.
    """

    postings: tuple[TaggedPosting, ...] = ()

    def displacy(self) -> list[dict[str, Any]]:
        """Data for spaCy: ``displacy.render(view.displacy(), style="ent", manual=True, options=view.options())``."""
        return [
            {
                "text": p.text,
                "title": p.title,
                "ents": [
                    {"start": m.start, "end": m.end, "label": m.category, "kb_id": m.concept, "kb_url": "#"} for m in p.mentions
                ],
            }
            for p in self.postings
        ]

    def options(self) -> dict[str, Any]:
        """Options for displaCy: a colour for each category, as on the page."""
        colours = {c: GROUPS[i] if i < len(GROUPS) else REST for i, c in enumerate(_categories(self.postings))}
        return {"colors": {category: colour + "66" for category, colour in colours.items()}}


def highlight(*tagged: TaggedPosting, taxonomy: Taxonomy | None = None, title: str = "", height: int = 640) -> Highlight:
    """A page with tagged postings: shown by a notebook, and written by ``.save(path)`` as one file.

    Mentions have the colour of their category, and a line below that tells their strength; pointing at one shows its concept,
    the rule that decided and its confidence. Sections stand in the margin. The text is all there, character by character;
    markup is hidden until asked for. Nothing of a posting is ever run.

    Parameters
    ----------
    *tagged : TaggedPosting
        Postings with their texts, as the tagger gives them.
    taxonomy : Taxonomy, optional
        What they were tagged with, for sections and descriptions; the shipped one without.
    title : str
        Title of the page; the posting's without.
    height : int
        How high a notebook shows it, in pixels.

    Returns
    -------
    Highlight
        A page; it also has the data that spaCy's displaCy takes.

    Raises
    ------
    SkilltaxError
        Where a posting has no text: files of tags do not store it.
    """
    for posting in tagged:
        if not posting.text and posting.mentions:
            raise SkilltaxError(f"posting {posting.id} has no text: files of tags do not store it; tag the posting again")
    taxonomy = taxonomy or load()
    sections = Sections(taxonomy.rules.get("sections", {}), taxonomy.rules.get("headings", {}))
    categories = _categories(tagged)
    title = title or (_name(tagged[0]) if len(tagged) == 1 else f"{len(tagged)} postings")
    shown = [_article(posting, sections, taxonomy, categories) for posting in tagged]
    source = any('class="edit' in article for article in shown)
    body = f"<header>{_legend(categories, source)}</header>\n<main>\n{''.join(shown)}</main>"
    return Highlight(document(title, body, style=_style()), height, tagged)


@cache
def _style() -> str:
    base = (files("skilltax") / "data" / "highlight" / "highlight.css").read_text("utf-8")
    tints = "".join(f".c{i} {{ --tint: {colour}; }}\n" for i, colour in enumerate(GROUPS))
    return f"{base}{tints}"


def _categories(tagged: Sequence[TaggedPosting]) -> list[str]:
    """Categories, the most frequent first: the first have a colour of their own."""
    held = Counter(m.category for posting in tagged for m in posting.mentions)
    return sorted(held, key=lambda c: (-held[c], c))


def _tint(category: str, categories: list[str]) -> str:
    at = categories.index(category)
    return f"c{at}" if at < len(GROUPS) else "rest"


def _name(posting: TaggedPosting) -> str:
    return posting.title or posting.id


def _legend(categories: list[str], source: bool) -> str:
    strengths = "".join(f'<li><mark class="{name}">{name}</mark></li>' for name in STRENGTHS)
    colours = "".join(f'<li class="{_tint(c, categories)}">{escape(c)}</li>' for c in categories)
    toggle = '<label><input type="checkbox" id="source"> Show the markup</label>' if source else ""
    return (
        f'<ul class="strengths" aria-label="Strengths">{strengths}</ul>'
        f'<ul class="categories" aria-label="Categories">{colours}</ul>{toggle}'
    )


def _article(posting: TaggedPosting, sections: Sections, taxonomy: Taxonomy, categories: list[str]) -> str:
    view = clean(posting.text)
    lines = sections.lines(view)
    cut = pieces(view)
    blocks = "".join(
        f'<div class="block"><div class="margin">{section if section != "unknown" else ""}</div><div class="text">'
        f"{''.join(_runs(posting, taxonomy, categories, _atoms(posting, view, lines, cut, start, end)))}</div></div>\n"
        for section, start, end in _blocks(posting.text, view, lines, cut)
    )
    skills = {m.concept for m in posting.mentions}
    said = [posting.company, posting.posted, f"role {posting.role}", f"seniority {posting.seniority}"]
    counted = (
        f"{len(posting.mentions)} mention{'s' * (len(posting.mentions) != 1)} of {len(skills)} skill{'s' * (len(skills) != 1)}"
    )
    return (
        f'<article>\n<h1>{escape(_name(posting))}</h1>\n<p class="said">'
        f"{escape(' · '.join([*(s for s in said if s), counted]))}</p>\n{blocks}</article>\n"
    )


def _blocks(text: str, view: View, lines: list[Line], cut: list[Piece]) -> Iterator[tuple[str, int, int]]:
    """Spans of the text with the section of each; they cover all of it."""
    begins = [0]
    names = [lines[0].section if lines else "unknown"]
    ats = [piece.at for piece in cut]
    for before, line in pairwise(lines):
        if line.section == before.section:
            continue
        at = view.text.rfind("\n", 0, line.start) + 1
        number = bisect_right(ats, at) - 1
        start = cut[number].start + (at - cut[number].at if cut[number].shown is None else 0)
        while (
            start == cut[number].start and number and (shown := cut[number - 1].shown) is not None and not shown.strip()
        ):  # what ends the line before
            number -= 1
            start = cut[number].start
        if start > begins[-1]:
            begins.append(start)
            names.append(line.section)
        else:
            names[-1] = line.section
    yield from zip(names, begins, [*begins[1:], len(text)], strict=True)


class Atom(NamedTuple):
    """A stretch of the original that is shown in one way."""

    start: int
    end: int
    shown: str | None
    mention: int  # its number; -1: none
    heading: bool


def _atoms(posting: TaggedPosting, view: View, lines: list[Line], cut: list[Piece], start: int, end: int) -> Iterator[Atom]:
    heads = [view.original(line.start, line.end) for line in lines if line.heading]
    spans = [(m.start, m.end) for m in posting.mentions]
    edges = {start, end}.union(*((p.start, p.end) for p in cut), *heads, *spans)
    edges_here = sorted(e for e in edges if start <= e <= end)
    starts = [p.start for p in cut]
    blank = True  # a block begins without empty lines
    for a, b in pairwise(edges_here):
        piece = cut[bisect_right(starts, a) - 1]
        whole = (piece.start, piece.end) == (a, b)
        # A piece that is cut, by a mention of a part of it, is shown as it stands.
        shown = piece.shown if whole or piece.shown == "" else None
        if blank and shown is not None:
            shown = shown.lstrip("\n")
        blank = blank and shown == ""
        yield Atom(a, b, shown, _inside(spans, a), _inside(heads, a) >= 0)


def _inside(spans: list[tuple[int, int]], at: int) -> int:
    i = bisect_right(spans, at, key=lambda span: span[0]) - 1
    return i if i >= 0 and spans[i][0] <= at < spans[i][1] else -1


def _runs(posting: TaggedPosting, taxonomy: Taxonomy, categories: list[str], atoms: Iterator[Atom]) -> Iterator[str]:
    """Markup of a block; neighbouring stretches of one mention stand in one mark."""
    for number, several in groupby(atoms, key=lambda atom: atom.mention):
        inner = "".join(_one(posting.text, atom) for atom in several)
        yield inner if number < 0 else _mark(posting.mentions[number], inner, taxonomy, categories)


def _one(text: str, atom: Atom) -> str:
    # The parser of HTML would turn a carriage return into a line feed, and drop a NUL.
    held = escape(text[atom.start : atom.end], quote=False).replace("\r", "&#13;").replace("\0", "\ufffd")
    kinds = ["edit"] * (atom.shown is not None) + ["heading"] * atom.heading
    if not kinds:
        return held
    shown = "" if atom.shown is None else f' data-shown="{escape(atom.shown)}"'
    return f'<span class="{" ".join(kinds)}"{shown}>{held}</span>'


def _mark(mention: Mention, inner: str, taxonomy: Taxonomy, categories: list[str]) -> str:
    says = escape("\n".join(_says(mention, taxonomy)))
    return (
        f'<mark class="{mention.strength} {_tint(mention.category, categories)}" tabindex="0" data-says="{says}" '
        f'data-concept="{escape(mention.concept)}" aria-description="{says}">{inner}</mark>'
    )


def _says(mention: Mention, taxonomy: Taxonomy) -> Iterator[str]:
    """What pointing at a mention shows, a line each."""
    yield f"{mention.label}  ({mention.concept})"
    known = taxonomy.concepts.get(mention.concept)
    if known:
        yield known.description
    yield f"{mention.category}, {mention.kind}"
    yield f"{mention.strength}" + (f", in section {mention.section}" if mention.section != "unknown" else "")
    yield f"rule {mention.rule}" + (f": {RULES[mention.rule]}" if mention.rule in RULES else "")
    if mention.confidence is not None:
        yield f"confidence {mention.confidence:.2f}"
    values = [
        f"version {mention.version}" if mention.version else "",
        f"quantity {mention.quantity}" if mention.quantity else "",
    ]
    if mention.years:
        low, high = mention.years
        values.append(f"{low}+ years" if high is None else f"{low} to {high} years" if high != low else f"{low} years")
    if mention.any_of is not None:
        values.append(f"one of alternatives {mention.any_of}")
    if any(values):
        yield ", ".join(filter(None, values))
