"""How strongly a posting asks for a skill: from the section it stands in and the cues beside it.

The scheme is ConText's (Chapman et al. 2007, "ConText: an algorithm for identifying contextual features from clinical
text"): a cue has a direction and reaches to the end of its clause unless something ends it before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from skilltax.tagging.lines import SENTENCE_END, Line
from skilltax.tagging.scan import Hit, keys_of

BY_SECTION = {"requirements": "required", "preferred": "preferred"}
STRENGTHS = ("required", "preferred", "negated", "other")
CLAUSE_END = re.compile(r"[;!?\n•●▪]|\.(?=\s+[A-Z\"“(*]|\s*$)|\s[–—-]\s", re.M)
LONGEST_CLAUSE = 2_000  # characters
COMMA = re.compile(r",(?!\d)")
CONJUNCTION = re.compile(r"(?:(?<!\s)\s++)?+(?:and|or|and/or|&)\b")
LISTED = re.compile(r"[\s,/&]*(?:(?:and|or|and/or|nor)\b[\s,/&]*)*")
RIGHT_BEHIND = re.compile(r"\s+(?:(?:the|a|an|any|our)\s+)?")
NAMED_BEHIND = re.compile(r"[.:]?\s?\([^()\n]{1,200}\)")
COLON = re.compile(r"\s*(?::|\s[–—-])\s")
THIS = re.compile(r"[\s.(]*+(?:(?:this|that|it|these|they)\b.{0,20}|(?:is|are)\s)?(?:an?\s)?\s*$", re.I)
FEW_WORDS = re.compile(r"\W*(?:[\w'’]+\W+)?")
NOT_ASKED = re.compile(r"not (?:required|necessary|needed|a requirement)\Z", re.I)  # `is not required` says it of no wish
OWN_NOUN = re.compile(r"\b(?:certifi\w+|degree|licen[cs]e|clearance)\b", re.I)  # (certification is a plus) speaks of itself
OPENER = re.compile(
    r"\W*(?:\w+\s){0,3}(?:experience|familiarity|familiar|knowledge|exposure|proficiency|understanding|expertise|background)\b",
    re.I,
)
LIST_OPENER = re.compile(
    r"\W*(?:\w+\s){0,3}(?:(?:experience|familiarity|familiar|knowledge|exposure|proficiency|understanding|expertise|background)\s"
    r"(?:with|in|of|to|using)\s(?:\w+\s){0,2})?",
    re.I,
)
SEVERAL = re.compile(r"\b(?:are|would be|would also be|could be|all|pluses)\b", re.I)
CHOICE = re.compile(r"\b(?:any|one|some|either|all) (?:or more |or several )?of\b", re.I)
JOINED = re.compile(r"\s(?:and|or)\s", re.I)
SHORT_ITEMS = re.compile(r"(?:,[^,]{1,30})+")
NOUN = re.compile(
    r"\b(?:experience|familiarity|knowledge|exposure|proficiency|understanding|expertise|background|skills?)\b", re.I
)
IS = re.compile(r"\b(?:is|are|would be)\b", re.I)
ITEM_END = re.compile(r"[ \t.!;*_]*+$", re.M)
EXAMPLES = re.compile(r"\b(?:such as|like|including|e\.g\.)", re.I)
# What says so of a noun behind it, of nothing before: essential applications, must have strong skills
QUALIFIES = re.compile(r"[a-z-]+|must have", re.I)
A_NOUN = re.compile(
    r" +(?!(?:for|but|and|or|with|in|to|by|if|such|though|although|across|as|because|too|not|along|where|when|at|on|from|of|is"
    r"|are)\b)[a-z]",
    re.I,
)
YOU = re.compile(r",?\s+you\b")  # without Linux you will not be happy here


class Cue(NamedTuple):
    """A cue in a text: its span, what it says, and whether it stands `before`, `after` or right before (`next`) a name."""

    start: int
    end: int
    strength: str
    direction: str


class Strengths:
    """Reads the strength of mentions.

    Parameters
    ----------
    data : mapping
        As in taxonomy/cues.yaml.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._kinds: dict[str, list[tuple[str, str]]] = {}
        for strength in STRENGTHS:
            for direction, phrases in data.get(strength, {}).items():
                for phrase in phrases:
                    self._kinds.setdefault(phrase, []).append((strength, direction))
        for kind in ("false_friends", "terminators", "asks", "presents"):
            for phrase in data.get(kind, ()):
                self._kinds.setdefault(phrase, []).append((kind, ""))
        self.keys = keys_of(self._kinds)

    def cues(self, found: Sequence[Hit]) -> list[Cue]:
        """Every cue among what was found, in order; of overlapping ones the longest, and none inside a false friend."""
        cues: list[Cue] = []
        for start, end, phrase in _longest(found):
            cues += (Cue(start, end, kind, way) for kind, way in self._kinds[phrase] if kind != "false_friends")
        return sorted(cues)

    def read(self, text: str, lines: Sequence[Line], cues: Sequence[Cue], spans: Sequence[tuple[int, int]]) -> list[str]:
        """The strength of each span; spans are sorted and do not overlap."""
        starts = [line.start for line in lines]
        owners = [bisect_right(starts, start) - 1 for start, _ in spans]
        found = [BY_SECTION.get(lines[at].section, "other") for at in owners]
        by_line: dict[int, list[Cue]] = {}
        for cue in cues:
            by_line.setdefault(bisect_right(starts, cue.start) - 1, []).append(cue)
        for at, here in by_line.items():
            first, last = bisect_left(owners, at), bisect_right(owners, at)
            if first == last or at < 0:
                continue
            line, several = lines[at], spans[first:last]
            reached: dict[tuple[int, int], str] = {}
            if line.section == "unknown" and not line.heading:
                asked, presented = ([c.start for c in here if c.strength == kind] for kind in ("asks", "presents"))
                told = set(_in_one_sentence(text, line, several, presented))
                reached.update((span, "required") for span in _in_one_sentence(text, line, several, asked) if span not in told)
            active = [c for c in here if c.direction]
            if active and line.section != "title":
                reached.update(_cued(text, line, active, several, [c.start for c in here if c.strength == "terminators"]))
            found[first:last] = [reached.get(span, strength) for span, strength in zip(several, found[first:last], strict=True)]
        return found


def _longest(found: Sequence[Hit]) -> list[Hit]:
    """Of overlapping ones the longest, then the first."""
    ordered = sorted(found)
    if all(one[1] <= other[0] for one, other in pairwise(ordered)):  # in most texts
        return ordered
    kept: list[Hit] = []
    for one in sorted(ordered, key=lambda hit: (hit[0] - hit[1], hit[0])):
        at = bisect_left(kept, one)
        if (at == 0 or kept[at - 1][1] <= one[0]) and (at == len(kept) or one[1] <= kept[at][0]):
            kept.insert(at, one)
    return kept


def _in_one_sentence(
    text: str, line: Line, spans: Sequence[tuple[int, int]], places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The spans of a line in whose sentence one of some places stands."""
    if places:
        ends = [m.end() for m in SENTENCE_END.finditer(text, line.start, line.end)]
        sentences = {bisect_right(ends, place) for place in places}
        yield from (span for span in spans if bisect_right(ends, span[0]) in sentences)


def _cued(
    text: str, line: Line, cues: Sequence[Cue], spans: Sequence[tuple[int, int]], turns: Sequence[int]
) -> dict[tuple[int, int], str]:
    """The spans of one line that a cue reaches, with its strength; the nearest cue wins.

    At `turns` (`but`, `however`) a negation, or what is said of a stack, ends.
    """
    ends = _clauses(text, line)
    starts = [span[0] for span in spans]
    reached: dict[tuple[int, int], tuple[int, str]] = {}
    for cue in cues:
        if cue.direction == "after" and line.section == "preferred" and NOT_ASKED.match(text, cue.start, cue.end):
            cue = cue._replace(strength="preferred")  # nice to have: some Ruby, not required though
        of_our_stack = cue.strength == "other" and cue.direction == "before" and line.section in BY_SECTION
        if of_our_stack and not _begins(text, line, cue):
            continue  # orchestrators such as Nomad (we use Nomad), exposure to our tech stack: asked for like the rest
        if cue.direction == "after" and QUALIFIES.fullmatch(text, cue.start, cue.end) and A_NOUN.match(text, cue.end):
            continue
        i = bisect_right(ends, cue.start) - 1
        clause_start, clause_end = ends[i], ends[min(i + 1, len(ends) - 1)]
        near = spans[bisect_left(starts, clause_start) : bisect_right(starts, clause_end)]
        inner = _parenthesis(text, clause_start, clause_end, cue.start)
        if line.item and _stands_alone(text, line, cue, inner or (clause_start, clause_end), near):
            low, high = line.start, line.end
        elif cue.direction == "after" and (listed := _behind_colon(text, line, cue, starts)):  # X is preferred: A; B; C
            low, high = listed
        elif cue.direction == "next":
            low, high = cue.end, _list_end(text, cue.end, clause_end, near)
        elif cue.direction == "before":
            low, high = cue.end, inner[1] if inner else clause_end
            if cue.strength in ("negated", "other"):
                high = min((turn for turn in turns if cue.end <= turn < high), default=high)
            if (colon := COLON.match(text, cue.end, line.end)) and high <= colon.end():  # preferably - Go or Rust
                high = ends[bisect_right(ends, colon.end())] if colon.end() < line.end else high
            if cue.start == line.start and cue.strength == "preferred":  # Ideally, Kafka; Git; and Python
                sentence = SENTENCE_END.search(text, cue.end, line.end)
                high = max(high, sentence.start() if sentence else line.end)
        else:
            low, high = _back_to(text, clause_start, cue, inner, near), cue.start
            if cue.strength == "preferred" and (named := NAMED_BEHIND.match(text, cue.end, line.end)):
                high = named.end()  # certificates are preferred (CKA, CKS)
        for span in spans[bisect_left(starts, low) : bisect_right(starts, high)]:
            if span[1] <= high:
                distance = cue.start - span[1] if span[1] <= cue.start else span[0] - cue.end
                if cue.direction == "next":  # no Java or C++ is required
                    distance = 0
                if span not in reached or distance < reached[span][0]:
                    reached[span] = distance, cue.strength
    return {span: strength for span, (_, strength) in reached.items()}


def _begins(text: str, line: Line, cue: Cue) -> bool:
    """Whether a cue stands at the beginning of its line or sentence, but for a word."""
    sentence = max((m.end() for m in SENTENCE_END.finditer(text, line.start, cue.start + 1)), default=line.start)
    return FEW_WORDS.fullmatch(text, sentence, cue.start) is not None


def _clauses(text: str, line: Line) -> list[int]:
    """Where the clauses of a line begin and end; one without end is cut, so that no cue looks through all of a long line."""
    ends = [line.start, *(m.end() for m in CLAUSE_END.finditer(text, line.start, line.end)), line.end]
    if line.end - line.start <= LONGEST_CLAUSE:  # as nearly all
        return ends
    return [at for low, high in pairwise(ends) for at in range(low, high, LONGEST_CLAUSE)] + [line.end]


def _stands_alone(text: str, line: Line, cue: Cue, scope: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a cue stands in a bracket that begins its item, or in a sentence of its own that ends it, and names nothing.

    Such a cue speaks of the whole item: `(Optional) Compilers such as MLIR`, `Extend MLIR and TVM. (This is a plus.)`
    """
    start, end = scope
    if cue.direction == "next" or any(start <= s[0] < end for s in spans):
        return False
    opens = text[start : start + 1] == "(" and start <= line.start + 1
    said = text[max(line.start, start - 9) : start].rstrip().endswith((".", "!"))
    closes = cue.direction == "after" and said and line.end - end < 9 and not text[end : line.end].strip(" .)")
    return opens or (closes and THIS.match(text, start, cue.start) is not None)


def _behind_colon(text: str, line: Line, cue: Cue, starts: Sequence[int]) -> tuple[int, int] | None:
    """Where the list stands that a colon behind a cue begins, if one does; it ends with the sentence."""
    colon = COLON.match(text, cue.end, line.end)
    if colon is None:
        return None
    sentence = SENTENCE_END.search(text, cue.end, line.end)
    end = sentence.start() if sentence else line.end
    return (colon.end(), end) if bisect_left(starts, colon.end()) < bisect_left(starts, end) else None


def _list_end(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> int:
    """Where the list ends that begins right behind a cue; `start` where none does, or where it goes on with `you`."""
    reached = start
    for span in spans:
        if span[0] < start or span[1] > end:
            continue
        between = RIGHT_BEHIND if reached == start else LISTED
        if not between.fullmatch(text, reached, span[0]):
            break
        reached = span[1]
    return start if YOU.match(text, reached) else reached


def _parenthesis(text: str, start: int, end: int, at: int) -> tuple[int, int] | None:
    """The parenthesis around a place, if it stands in one."""
    left = text.rfind("(", start, at)
    if left < 0 or text.find(")", left, at) >= 0:
        return None
    right = text.find(")", at, end)
    return (left, right if right >= 0 else end)


def _back_to(text: str, start: int, cue: Cue, inner: tuple[int, int] | None, spans: Sequence[tuple[int, int]]) -> int:
    """How far back a cue that stands behind reaches.

    ``(preferred)`` speaks of the list item before its parenthesis. ``X is a plus`` speaks of X: of the whole clause
    where a conjunction or no comma joins it, or where it is one list whose cue speaks of several; else of what stands
    behind the last comma.
    """
    head = cue.start
    if inner and OWN_NOUN.search(text, inner[0], cue.start):
        return head
    if inner and not any(inner[0] < s[0] < cue.start for s in spans):
        head = inner[0]
    elif inner:
        start = inner[0] + 1
    commas = [m.start() for m in COMMA.finditer(text, start, head) if not _parenthesis(text, start, head, m.start())]
    if not commas:
        return start
    last = commas[-1] + 1
    if OPENER.match(text, start) and (
        EXAMPLES.search(text, start, commas[0])
        or (
            (IS.search(text, max(head - 9, start), cue.end) or ITEM_END.match(text, cue.end))
            and (JOINED.search(text, last, head) or SHORT_ITEMS.fullmatch(text, commas[0], head))
            and not NOUN.search(text, last, head)
        )
    ):
        return start
    if not any(last <= s[0] and s[1] <= head for s in spans):
        return start
    listed = [s for s in spans if s[1] <= head]
    if all(LISTED.fullmatch(text, a[1], b[0]) for a, b in pairwise(listed)):
        before = text[start : listed[0][0]]
        several = SEVERAL.search(text, listed[-1][1], cue.end) or CONJUNCTION.search(text, last, listed[-1][0])
        if CHOICE.search(before) or (several and LIST_OPENER.fullmatch(before)):
            return start
    if CONJUNCTION.match(text, last):
        return start
    return last
