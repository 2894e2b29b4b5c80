"""Lines of a posting and the section that each belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape
from typing import NamedTuple

from skilltax.postings.clean import View
from skilltax.taxonomy.forms import WORD, lower, straight

ASKED_FOR = ("requirements", "preferred")
LONGEST_HEADING, LONGEST_OPENING = 90, 140  # characters; of a line with a colon at its end
REMEMBERED = 20_000  # headings whose section is not looked for again
SHORT_LINE = 48  # characters; neighbouring lines below it are items of one list


class Line(NamedTuple):
    """A line of the view.

    Attributes
    ----------
    start, end : int
        Its span in the view, white space and the mark of a list item left out.
    section : str
        requirements, preferred, duties, stack, company, benefits, legal, title or unknown.
    heading : bool
        Whether it is a heading.
    item : bool
        Whether it is an item of a list.
    within : bool
        Whether a lead inside a line begins it (`We are three. Nice to have: Rust`), and not the line.
    """

    start: int
    end: int
    section: str
    heading: bool = False
    item: bool = False
    within: bool = False


LINE = re.compile(
    r"^[^\S\n]*+(?P<mark>#{1,6}(?=\s)|[*+–—•·●▪◦‣⁃∙\uf0b7-](?=\s)|[•●▪◦‣∙\uf0b7]|\d{1,2}[.)](?=\s))?[^\S\n]*+(?P<body>\S(?:[^\n]*\S)?)",
    re.M,
)
LONGEST_MARKUP = 400  # characters on either side of a line; styles are long
BEFORE_BOLD = re.compile(r"(?:\*\*|__|<(?:b|strong|h[1-6]|u|dt)\b[^<>]*>)(?:<[a-z][^<>]*>|[^\w<>]|_)*\Z", re.I)
AFTER_BOLD = re.compile(r"(?:</?[a-z][^<>]*>|[^\w<>]|_)*?(?:\*\*|__|</(?:b|strong|h[1-6]|u|dt)\s*>)", re.I)
OURS = re.compile(r"\b(?:at|our|us|we|you|what|uses?|used|using|'s)\b")  # of a stack that nobody asks for
ENDS_BOLD = re.compile(r"(?:\*\*|__|</(?:b|strong)>)\Z")
EDGES = " \t:*_#-–—.!?…()[]|\"'“”&•"
OF_A_LIST = re.compile(r"(?:experience|knowledge|familiarity|proficiency|understanding|exposure)\b", re.I)
OF_SKILLS = re.compile(
    r"(?:\w[\w-]*+\W++){0,3}(?:experience|knowledge|familiar|familiarity|proficient|proficiency|understanding|expertise)\s(?:with|in|of)\b"
)
IF_YOU = re.compile(r"\bif(?:,? you(?:['’](?:re|ve|ll|d)| are| have| can| know| enjoy| want| also)?)?$")
YOU_WILL = re.compile(r"\byou(?: will|['’]ll)(?: be)?$")
NOT_YOU = re.compile(r"n['’]t\b|\bnot\b")
BOTH_KINDS = re.compile(r"(?<!not )\b(?:required|requirements?|minimum|basic|must|mandatory|essential)\b(?! but\b)")
LONGEST_UNMARKED, MOST_WORDS = 60, 9  # characters, words of a heading that nothing marks
LONG_LINE = 90  # characters; no heading, no item of a list without marks
OF_PLACE_OR_TIME = re.compile(r"\b(?:hours|time ?zones?|locations?|remote|pronouns)\b")  # PST hours preferred
NO_HEADING = re.compile(
    r"\b(?:experience|knowledge|familiarity|proficien\w+|understanding|exposure)\s(?:with|in|of)\b|\b(?:plus|advantage|desired)\W*$",
    re.I,
)
ASKS = re.compile(  # About Acme; Why join Acme; What do you bring?
    r"(?:More )?[Aa]bout(?: the| our)? [A-Z]|Why (?:work (?:at|for|with) |join )?[A-Z]|(?:Perks|Benefits)\b"
    r"|(?:Why|Who|What|How|Where)\b.*\?$"
)
FILLERS = re.compile(
    r"(?:\W*\b(?:and|or|the|your|our|you|key|main|core|requisite|technical|essential|additional|other|basic|minimum|relevant|general"
    r"|abilities|capabilities|attributes|position|role|job|professional|academic|primary)\b)*\W*"
)
CALLED_FIRM = r"((?:[A-Z][\w&-]* )+)(?:Technolog(?:y|ies)|Health|Education)\b"  # words that other headings end in
FIRM = re.compile(CALLED_FIRM)
ABOUT_FIRM = re.compile(rf"((?:More )?(?:[Aa]bout|[Oo]n) ){CALLED_FIRM}\W*\Z")
# What no item of a list is: What will help you succeed; Our ideal candidate has; It is a plus if...
UNENDED = re.compile(r"^(?:what|who|why)\b|\b(?:if|if you|who|with|has|have|will|to)$")
LIGHT = re.compile(  # words of a heading that say nothing of what stands below it
    r"\b(?:an?|and|are|as|at|be|following|for|from|has|have|here|if|in|is|it|of|on|or|our|should|some|that|the|these|this|to|us|we"
    r"|what|who|will|with|you|your)\b(?:['’](?:d|ll|re|s|ve)\b)?"
)
LONGEST_PARAGRAPH = 2000  # characters; what is longer may be a text without line ends
ENDS_SENTENCE = ".!?:;)…•"  # and nothing at all, at the beginning
SAYS_IT_ALONE = frozenset(("requirements", "responsibilities", "qualifications", "benefits", "compensation"))
CAPITAL_BEHIND = re.compile(r"[\s:?*–—•….-]{1,8}+(?=[A-Z0-9])")
CAPITAL_NEAR = re.compile(rf"(?: [a-z][a-z'’]{{0,20}}+){{0,3}}{CAPITAL_BEHIND.pattern}")  # What you bring to the table
SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z\"“(*])")
LABEL = re.compile(r"([^\n:]{3,50}):\s+\S")
LEAD = re.compile(r"(?<=[.!?;)] )(?=([A-Z][^\n:.!?;]{2,39}):\s\S)")  # inside a line


class Sections:
    """Finds the lines of a view and their sections.

    Parameters
    ----------
    phrases : mapping of section to phrases
        As in taxonomy/sections.yaml.
    whole : mapping of section to phrases
        Those that count only as all of a heading.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]], whole: Mapping[str, Sequence[str]] | None = None) -> None:
        self._sections = _by_phrase(phrases)
        self._named: dict[tuple[str, bool], str] = {}
        words = [WORD.findall(phrase) for phrase in self._sections]
        self._most_words = max(map(len, words), default=0)
        self._first_words = frozenset(several[0] for several in words if several)
        self._whole = _by_phrase(whole or {})

    def lines(self, view: View, low: str = "") -> list[Line]:
        """Every line of a view that holds something, with its section; a line belongs to the last heading above it.

        Parameters
        ----------
        view : View
            The text.
        low : str
            The same in lower case, where that is at hand (:func:`skilltax.tagging.scan.fold`).
        """
        found: list[Line] = []
        section, top = "unknown", False  # of the heading above, and whether marks of Markdown begin it
        sublist: tuple[int, str] | None = None  # of an item that is a heading: its indentation, and the section it interrupts
        nested = False  # whether items stand below it, further in; where they do not, it heads what follows
        low = low or straight(lower(view.text))
        shows_bold = bool(view.layers) and any(mark in view.source for mark in ("**", "__", "<", "&lt;"))
        for match in LINE.finditer(view.text):
            start, end = match.span(2)
            mark = match[1] or ""
            indent = match.start(1) - match.start() if mark and mark[0] != "#" else 0
            if sublist and mark and indent > sublist[0]:
                nested = True
            elif sublist:
                section, sublist, nested = sublist[1] if nested else section, None, False
            named = None
            opens = low[end - 1] == ":"
            if end - start <= (LONGEST_OPENING if opens else LONGEST_HEADING):
                # most headings are, as a whole, phrases that the taxonomy knows
                named = self._sections.get(low[start:end].strip(EDGES)) or self._heading(
                    view, start, end, mark, section, shows_bold
                )
                if named is None and not mark:
                    named = self._unmarked(view.text, start, end, found[-1] if found else None)
                if mark[:1] == "#" and len(found) == 1 and found[0].section == "title" and _is_firm(view.text[start:end]):
                    named = ""
            # a title may hold a word of headings: Senior Engineer, Customer Experience
            if not found and mark[:1] == "#" and (not named or not self.named(view.text[start:end], True)):
                found.append(Line(start, end, "title", True, False))
            elif named is None:
                found += self._cut(view.text, Line(start, end, section, False, mark != "" and mark[0] != "#"))
                if opens and (opened := self._opened(view.text, start, end)):
                    if mark:
                        sublist = indent, section
                    section = opened
            else:
                if mark and mark[0] != "#":
                    sublist = indent, section
                if mark[:1] != "#" and top and named == "stack" and section in ASKED_FOR and not OURS.search(low, start, end):
                    named = section  # `Tech stack`, in bold below `## Requirements`, is asked for
                section, top = named or ("unknown" if mark[:1] == "#" else section), mark[:1] == "#"
                found.append(Line(start, end, section, True, mark != "" and mark[0] != "#"))
        return found

    def _heading(self, view: View, start: int, end: int, mark: str, section: str, shows_bold: bool) -> str | None:
        """The section that a heading begins, "" for a heading of no known kind, None for a line that is none.

        `section` is that of the heading above: `Experience with these tools:` inside a preferred list begins no other.
        """
        last = view.text[end - 1]
        if last in ",;" or (mark and mark[0] != "#" and last != ":"):
            return None
        weak = mark[:1] != "#" and not (shows_bold and _bold(view, start, end))
        text = view.text[start:end]
        if weak and (last != ":" or text.count(":") != 1):
            return None
        named = self.named(text, weak)
        if not named and (label := LABEL.match(text)):  # **Position: Staff Engineer**
            named = self._led(label[1], section)
        stays = weak and section == "preferred" and named in ("requirements", "stack") and OF_A_LIST.match(text)
        return "" if stays else named

    def named(self, heading: str, weak: bool = False) -> str:
        """The section that the text of a heading names, "" where it holds no known phrase.

        Of several phrases the longest decides. But what says `preferred` says so whatever else it names (`experience with
        these is a plus`), unless it speaks of both kinds.

        Parameters
        ----------
        heading : str
            The text.
        weak : bool
            Whether only a colon makes it a heading: then phrases count where they are at least half of it.
        """
        firm = ABOUT_FIRM.match(heading)
        bare = _bare(firm[1] + firm[2] if firm and not FILLERS.fullmatch(firm[2].lower()) else heading)
        if (known := self._named.get((bare, weak))) is None:
            if len(self._named) >= REMEMBERED:
                self._named.clear()
            self._named[bare, weak] = known = self._search(bare, weak)
        return known

    def _search(self, bare: str, weak: bool) -> str:
        if bare in self._whole:
            return self._whole[bare]
        head, _, aside = bare.partition(" (")  # Our tech stack (you need not excel in all of it)
        if aside and (named_before := self._search(head, weak)) and self._search(aside, False) != "preferred":
            return named_before
        spans = self._phrases(bare)
        phrases = [bare[start:end] for start, end in spans]
        named = {self._sections[p] for p in phrases}
        if "preferred" in named and not BOTH_KINDS.search(bare):
            return "" if OF_PLACE_OR_TIME.search(bare) else "preferred"
        if IF_YOU.search(bare) and not NOT_YOU.search(bare):  # You will fit right in if you
            return "requirements"
        if YOU_WILL.search(bare):  # As a compiler engineer, you will
            return "duties"
        longest = max(phrases, key=len, default="")
        if longest and self._sections[longest] == "stack" and (OF_SKILLS.match(bare) or BOTH_KINDS.search(bare)):
            # Knowledge of these technologies; Required technologies
            return "requirements"
        return "" if not longest or (weak and not _is_mostly(bare, spans)) else self._sections[longest]

    def _phrases(self, bare: str) -> list[tuple[int, int]]:
        """Spans of the known phrases in a heading, the earliest and then the longest first, none over another.

        Runs of words are looked up: one expression of all phrases would take longer to compile than to read a posting.
        """
        words = [word.span() for word in WORD.finditer(bare)]
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            start, end = words[at]
            if bare[start:end] not in self._first_words:  # as most words are
                at += 1
                continue
            for last in range(min(len(words), at + self._most_words) - 1, at - 1, -1):
                if bare[start : words[last][1]] in self._sections:
                    found.append((start, words[last][1]))
                    at = last
                    break
            at += 1
        return found

    def _unmarked(self, text: str, start: int, end: int, before: Line | None) -> str | None:
        """The section of a short line that nothing marks as a heading: as texts are that lost their markup.

        It is one by its words alone (`Skills & Qualifications`), or names a section and stands above the items of a
        list or a long line, and below no line of its own kind.
        """
        line = text[start:end]
        if (line[-1] in ".!" and not line.endswith("..")) or NO_HEADING.search(line):
            return None
        behind = LINE.search(text, end)
        if end - start > LONGEST_UNMARKED or len(line.split()) > MOST_WORDS:
            # It would be lovely, but no more than that, if you knew
            opens = behind is not None and behind[1] is not None and line[-1] not in ",;?"
            return "preferred" if opens and self.named(line, True) == "preferred" else None
        bare = _bare(line)
        phrases = self._phrases(bare)
        if phrases and (FILLERS.fullmatch(_without(bare, phrases)) or ASKS.match(line)):
            return self.named(line) or None
        if UNENDED.search(bare):
            return self.named(line, weak=True) or None
        if behind is None or (before and _same_kind(text, before)):
            return None
        return self.named(line, weak=behind[1] is None) or None if behind[1] or len(behind[2]) > LONG_LINE else None

    def _opened(self, text: str, start: int, end: int) -> str:
        """The section of the list that the last sentence of a paragraph opens (`... We are a team. Day to day, you will:`)."""
        last = max((m.end() for m in SENTENCE_END.finditer(text, start, end)), default=start)
        behind = LINE.search(text, end)
        is_list = last > start and end - last <= LONGEST_OPENING and behind is not None and behind[1] is not None
        return self.named(text[last:end], True) if is_list else ""

    def _cut(self, text: str, line: Line) -> Iterator[Line]:
        """A line, cut where a lead begins another section, which goes on to the next lead or the end of the line.

        ``Nice to have: Rust`` brings its own heading, and so may each sentence of a paragraph.
        """
        led = dict(self._run_on(text, line)) if line.end - line.start > LONGEST_PARAGRAPH else {}
        if text.find(":", line.start, line.end) >= 0:
            if (label := LABEL.match(text, line.start, line.end)) and (named := self._led(label[1], line.section)):
                led[line.start] = named
            for lead in LEAD.finditer(text, line.start, line.end):
                if named := self._led(lead[1], line.section):
                    led[lead.start()] = named
        for start, section in sorted(led.items()):
            if start > line.start:
                yield line._replace(end=start - 1)
            line = line._replace(start=start, section=section, within=start > line.start or line.within)
        yield line

    def _run_on(self, text: str, line: Line) -> Iterator[tuple[int, str]]:
        """Where sections begin in a text that lost its ends of lines, and which.

        There headings are known phrases that begin with a capital, as does what follows them: `... for our customers What
        you bring Five years ...`. One word is a heading behind the end of a sentence only, but for the most common ones.
        """
        bare = straight(lower(text[line.start : line.end]))
        for first, last in self._phrases(bare):
            start, end = line.start + first, line.start + last
            one_word = " " not in text[start:end]
            sentence_ended = text[max(0, start - 2) : start].rstrip()[-1:] in ENDS_SENTENCE
            is_sentence = one_word or bare.startswith("we ", first)  # We are looking for a Go developer
            if (
                text[start].isupper()
                and (not one_word or sentence_ended or bare[first:last] in SAYS_IT_ALONE)
                and (CAPITAL_BEHIND if is_sentence else CAPITAL_NEAR).match(text, end, line.end)
            ):
                yield start, self._sections[bare[first:last]]

    def _led(self, lead: str, section: str) -> str:
        """The section that a lead begins inside another, "" where it begins none: `Tools: Drone`, among what is asked for."""
        bare = _bare(lead)
        named = self._sections.get(bare) or self._whole.get(bare) or ""
        return "" if named == "stack" and section in ASKED_FOR else named


def _is_firm(heading: str) -> bool:
    """Whether the heading below a title, where job boards put the employer, is called as firms are: `Acme Technologies`."""
    firm = FIRM.match(heading)
    return firm is not None and not FILLERS.fullmatch(firm[1].lower())


def _by_phrase(sections: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The section of each phrase; of two the upper one."""
    return {phrase: section for section, several in reversed(list(sections.items())) for phrase in several}


def _bare(text: str) -> str:
    """A heading in lower case without what stands around it."""
    return straight(lower(text)).strip(EDGES)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text without some of its spans, which are sorted."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def _is_mostly(heading: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the spans of a heading, which are sorted, are at least half of it, light words left out."""
    rest = WORD.findall(LIGHT.sub(" ", _without(heading, spans)))
    return sum(end - start for start, end in spans) >= sum(map(len, rest))


def _same_kind(text: str, line: Line) -> bool:
    """Whether a line is short and no sentence, item or heading: as one without marks may be below others of a list."""
    return not line.item and not line.heading and line.end - line.start <= LONG_LINE and text[line.end - 1] not in ".!"


def _bold(view: View, start: int, end: int) -> bool:
    """Whether the original shows a line of the view in bold, as a whole."""
    first, last = view.original(start, end)
    before = unescape(view.source[max(0, first - LONGEST_MARKUP) : first])
    line = unescape(view.source[first:last])
    behind = unescape(view.source[last : last + LONGEST_MARKUP])
    opened = line.startswith(("**", "__", "<b>", "<strong>")) or BEFORE_BOLD.search(before)
    return bool(opened) and bool(ENDS_BOLD.search(line) or AFTER_BOLD.match(behind))


def list_starts(lines: Sequence[Line]) -> list[int]:
    """Where each list of a view begins: a long line is one by itself, short neighbouring lines are one."""
    starts: list[int] = []
    before = None  # whether the line before is an item, where it is short
    for start, end, _, heading, item, within in lines:
        if within:
            continue
        now = item if end - start <= SHORT_LINE and not heading else None
        if now is None or now is not before:
            starts.append(start)
        before = now
    return starts


def list_of(lines: Sequence[Line]) -> Callable[[int], int]:
    """Tells which list a place of the view belongs to, by its number."""
    return partial(bisect_right, list_starts(lines))
