"""HTML in postings: its entities, its tags, and line ends that mean nothing in it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

Edit = tuple[int, int, str]  # start, end, what stands there instead

# Entities first where the markup itself is escaped, as job boards deliver it (&lt;p&gt;).
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
ESCAPED_TAG = re.compile(r"&lt;/?(?:p|div|li|ul|br|strong|h[1-6]|span)\b", re.I)
HTML = re.compile(r"<(?:/|(?:p|div|li|ul|ol|br|strong|b|em|i|u|h[1-6]|span|a|table|td|tr|html|body|section)[\s>/])", re.I)
# A tag; of a comment, script or style sheet what opens it. Values in quotes may hold a ">". Possessive: no way to begin again.
TAG = re.compile(
    r"""<(?:!--|/?([a-zA-Z][a-zA-Z0-9]*+)(?:(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+>|(?![a-zA-Z0-9-])[^<>]*+>)|![a-zA-Z\[][^<>]*+>)"""
)
CLOSING = {"!--": re.compile("-->"), **{name: re.compile(rf"</{name}\s*+>", re.I) for name in ("script", "style")}}
WITHIN_WORDS = "a abbr b big cite code em font i kbd mark s small span strike strong sub sup tt u var wbr"
INLINE = frozenset(WITHIN_WORDS.split())
DEEPEST = 9  # lists within lists
HEADING = re.compile("h[1-6]")
BLANKS = re.compile(r"\s*")
BLOCK = re.compile(r"<(?:p|div|br|li)\b", re.I)
FEW_BLOCKS = 3  # fewer say nothing: a line end may be one in plain text with some tags
LINE_END = re.compile(r"\n(?<=\S\n)[^\S\n]*(?=\w)(?!\d+[.)])")  # between words, in HTML no more than a blank


def entities(text: str) -> Iterator[Edit]:
    """What each entity stands for."""
    for found in ENTITY.finditer(text):
        plain = html.unescape(found.group())
        if plain != found.group():
            yield found.start(), found.end(), plain


def tags(text: str) -> Iterator[Edit]:
    """Tags away, a line end for those of blocks, Markdown's mark for headings and items of lists.

    Items are indented as deep as their lists lie in others.
    """
    hidden = read = 0  # up to `hidden` everything belongs to a comment, a script or a style sheet
    marked = False  # whether the line has its mark and no word yet: <li><p> begins no other line
    depth = 0  # of lists
    flows = len(BLOCK.findall(text)) >= FEW_BLOCKS
    closing = dict(CLOSING)
    for found in TAG.finditer(text):
        start, end = found.span()
        if start < hidden:
            continue
        name = (found[1] or "").lower()
        if (what := name or found[0][1:]) in closing and text[start + 1] != "/":
            close = closing[what].search(text, end)
            if close is None:
                del closing[what]  # none will ever close; looked for again and again, time would grow as the square
                if what == "!--":
                    continue
            else:
                end = hidden = close.end()
        opens = text[start + 1] != "/"
        if flows:
            yield from ((m.start(), m.end(), " ") for m in LINE_END.finditer(text, read, start))
        if name in ("ul", "ol"):
            depth = max(0, depth + (1 if opens else -1))
        mark = ""
        if opens and name == "li":
            mark = "  " * (min(depth, DEEPEST) - 1) + "* "
        elif opens and HEADING.fullmatch(name):
            mark = "#" * int(name[1]) + " "
        bare = marked and start == read
        stays = name in INLINE or (bare and opens and not mark)
        marked = bool(mark) or (bare and stays)
        if marked:
            end = BLANKS.match(text, end).end()  # type: ignore[union-attr]  # it matches everywhere
        yield start, end, "" if stays else "\n" + mark
        read = end
