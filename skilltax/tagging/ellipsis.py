"""Elided heads: in `relational and NoSQL databases`, `relational` names the relational database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skilltax.tagging.candidates import Candidate
from skilltax.taxonomy.forms import key
from skilltax.taxonomy.lexicon import Entry, Lexicon
from skilltax.taxonomy.model import Taxonomy

BEFORE = re.compile(
    r"(?<![\w-])(?P<words>[^\W_][\w-]*+(?:\s*(?:,|/)\s*[^\W_][\w-]*+){0,5})(?:\s*,)?(?:(?P<joint>\s+(?:and|or|and/or|&)\s+|\s*/\s*)|,\s+)$"
)
JOINTS = ("and/or", "and", "or", "&", "/")  # what stands before a mention that BEFORE matches; most have none of it
ANY_JOINT = (*JOINTS, ",")
# What no list of words goes across: a mark, or a space between two words. Greedy: up to the last of them.
BROKEN = re.compile(r".*(?:[^\w\s,/-]|[\w-]\s+(?=[\w-]))", re.S)
WORD = re.compile(r"[^\W_](?:[\w-]*\w)?")  # a hyphen at its end is none of its letters: unit-, integration- and system tests
WORD_AHEAD = re.compile(r"(?<![\w-])[^\W_][\w-]*+ \Z")
TWO_WORDS = re.compile(r"[^\W_][\w-]*+ [^\W_](?:[\w-]*\w)?")
BEHIND = re.compile(r"(?:\s+(?:and|&)\s+|\s*/\s*)(?P<word>(?!testing)[^\W\d_]{4,})(?![^\W_])")
# Heads that make a name of whatever they are put behind; behind any other the whole must be the label of a concept, since an
# alias such as `scalable systems` is mostly an adjective and not a part that was left out.
HEADS = (
    r"testing|tests?|encryption|databases?|stores|parallelism|virtuali[sz]ation|teaming|clouds|computing"
    r"|[cg]pus?|processors?|accelerators|fpgas?|socs?|mcus|microcontrollers|switches|routers"
)
HEAD = re.compile(HEADS, re.I)
HEAD_BEHIND = re.compile(rf" ({HEADS})(?![^\W_])", re.I)
HEAD_BEFORE = re.compile(rf"(?<![\w-])({HEADS}),?\s?\Z", re.I)
OF_TESTS = re.compile(r"test(?:ing|s)", re.I)  # of other heads only brackets tell parts: databases, including design and tuning
LONGEST_HEAD = 20  # characters
ITEM = r"(?!(?:and|or)\b)[^\W_][\w-]*+(?: (?!(?:and|or)\b)[^\W_][\w-]*+)?+"
# What begins a list behind its head: processors (x86, ARM), testing, including black box, risk-based. Begins with a set, which
# scans fast.
OPENS = re.compile(r"[(isl](?:(?<=\()\s?(?:e\.g\.,? )?|(?<= i)ncluding |(?<= s)uch as |(?<= l)ike )")
LISTED = re.compile(rf"{ITEM}(?:(?:\s?[,/]\s?(?:(?:and|or|&)\s)?|\s(?:and|or|&)\s){ITEM}){{1,9}}+")
ITEMS = re.compile(rf"(?<![\w-]){ITEM}")
# Heads behind which a list tells two kinds of work and no two names: design and code reviews, 2nd and 3rd level support.
NOT_SHARED = re.compile(r"architectures?|audits?|designs?|hardware|operations|optimization|reviews?|support", re.I)
OF_PEOPLE = re.compile(r" (?:teams?|groups?|departments?|staff)(?![^\W_])")  # the database, network and security teams
FIRSTS = frozenset(["continuous"])  # continuous integration and deployment
PARTICLES = frozenset(["a", "as", "by", "in", "of", "to"])  # what stands behind them is no head: infrastructure as code
# Words that are too common to name anything without their head, but for those above: cloud and network security
BARE = re.compile(
    r"cloud|data|dependency|design|development|domain|infrastructure|knowledge|market|package|platform|product|requirements"
    r"|risk|software|systems?|test|user",
    re.I,
)
REACH = 80


def elided(text: str, kept: Sequence[Candidate], lexicon: Lexicon, taxonomy: Taxonomy) -> Iterator[Candidate]:
    """Words that name a concept with a head that stands elsewhere: at the end of the list, behind it, or before its brackets.

    Parameters
    ----------
    text : str
        The view.
    kept : sequence of Candidate
        Mentions, sorted.
    lexicon : Lexicon
        Every key.
    taxonomy : Taxonomy
        For the label and kind of each concept.
    """
    taken = [(c.start, c.end) for c in kept]
    for one in kept:
        words = text[one.start : one.end].split(" ")
        if head := HEAD_BEHIND.match(text, one.end):  # of ARM in `Intel and ARM processors`
            words.append(head[1])
        if len(words) < 2 or one.kind == "soft" or NOT_SHARED.fullmatch(words[-1]) or OF_PEOPLE.match(text, one.end):
            continue
        known = HEAD.fullmatch(words[-1]) is not None
        before = text[max(0, one.start - REACH) : one.start].rstrip()
        if joint := next((joint for joint in (ANY_JOINT if known else JOINTS) if before.endswith(joint)), ""):
            low = max(0, one.start - REACH)
            if broken := BROKEN.match(text, low, low + len(before) - len(joint)):
                low = broken.end()
            found = BEFORE.search(text, low, one.start)
            if found and (known or found["joint"]):
                begins = found.start("words")
                ahead = WORD_AHEAD.search(text, max(0, begins - LONGEST_HEAD), begins)
                if ahead and (pair := TWO_WORDS.match(text, ahead.start())):  # Web Application and API Testing
                    yield from _whole(pair, f"{pair[0]} {words[-1]}", one, lexicon, taken, taxonomy, known)
                several = PARTICLES.isdisjoint(words)  # white and black box testing share two words
                heads = [" ".join(words[first:]) for first in range(1 if several else len(words) - 1, len(words))]
                for word in WORD.finditer(text, begins, found.end("words")):
                    for shared in heads:
                        yield from _whole(word, f"{word[0]} {shared}", one, lexicon, taken, taxonomy, known or " " in shared)
        if words[0].lower() in FIRSTS and (behind := BEHIND.match(text, one.end)):
            for word in WORD.finditer(text, behind.start("word"), behind.end("word")):
                yield from _whole(word, f"{words[0]} {word[0]}", one, lexicon, taken, taxonomy, True)
    for opened in OPENS.finditer(text):
        head = HEAD_BEFORE.search(text, max(0, opened.start() - LONGEST_HEAD), opened.start())
        if head and (opened[0][0] == "(" or OF_TESTS.fullmatch(head[1])) and (listed := LISTED.match(text, opened.end())):
            for item in ITEMS.finditer(text, *listed.span()):
                yield from _whole(item, f"{item[0]} {head[1]}", None, lexicon, taken, taxonomy, True)


def _whole(
    word: re.Match[str],
    whole: str,
    beside: Candidate | None,
    lexicon: Lexicon,
    taken: list[tuple[int, int]],
    taxonomy: Taxonomy,
    known: bool,
) -> Iterator[Candidate]:
    """The mention that a word makes with what it shares, where that is a name and nothing else stands on the word.

    What is shared makes a name of anything where that is `known` of it, else the whole must be a label.
    """
    start, end = word.span()
    headless = BARE.fullmatch(word[0]) and not HEAD.fullmatch(whole.rpartition(" ")[2])
    if headless or any(start < b and a < end for a, b in taken):
        return
    for entry in lexicon.get(key(whole), ()):
        if _is_meant(entry, beside, taxonomy) and (known or (beside and _is_label(entry, beside, taxonomy))):
            taken.append((start, end))
            yield Candidate(start, end, entry, "ellipsis", whole)
            return


def _is_meant(entry: Entry, beside: Candidate | None, taxonomy: Taxonomy) -> bool:
    """Whether an entry asks for nothing, or for what it stands beside: `file` in `file and object storage`."""
    if entry.vetoes or entry.inner:
        return False
    needs = entry.gate.needs
    return not needs or (beside is not None and not taxonomy.circle(beside.entry.concept).isdisjoint(needs))


def _is_label(entry: Entry, beside: Candidate, taxonomy: Taxonomy) -> bool:
    """Whether an entry is the label of a concept of the same kind, but for hyphens, and not of the one that it stands beside.

    In `web or web services`, `web` says nothing more; `structured` in `structured or unstructured text` is no language.
    """
    concept, other = taxonomy[entry.concept], taxonomy[beside.entry.concept]
    return concept.id != other.id and concept.kind == other.kind and _joined(entry.form) == _joined(concept.label)


def _joined(form: str) -> str:
    return form.replace("-", "").replace(" ", "")
