"""Reading many postings for the terms that a taxonomy does not know, and counting what tells a skill from another word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from skilltax.curation.terms import SOLID, Term, terms
from skilltax.curation.written import is_odd, plain
from skilltax.postings.duplicates import fingerprint
from skilltax.postings.model import Posting
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.forms import key
from skilltax.taxonomy.model import Concept
from skilltax.taxonomy.resolve import Resolver
from skilltax.taxonomy.words import calendar_words, names

CONTEXT = 50  # characters on each side
CONTEXTS = 3  # kept of each term, of different employers
TOLD = 0.2  # share of a term's postings that must give an acronym or a long form
WORD = re.compile(r"(?<![^\W_])[^\W\d_]{2,}")
FOLDED = re.compile(r"[^\w+#]|_")
VOUCHES = {"technology": 1.0, "certification": 1.0, "practice": 0.4}  # for what stands beside it in a list
EMPLOYER = 0.4
SKILLED = {"requirements": 1.0, "preferred": 1.0, "stack": 1.0, "duties": 0.8, "unknown": 0.4}


class Context(NamedTuple):
    """A term where it stands: id of the posting, and the text around it."""

    posting: str
    left: str
    text: str
    right: str


@dataclass
class Tally:
    """What is counted of a term while postings are read."""

    mentions: Counter[str] = field(default_factory=Counter)
    shorts: Counter[str] = field(default_factory=Counter)
    longs: Counter[str] = field(default_factory=Counter)
    beside: Counter[str] = field(default_factory=Counter)
    postings: dict[int, tuple[float, float]] = field(default_factory=dict)  # listed, section
    contexts: dict[str, Context] = field(default_factory=dict)  # by employer

    def add(self, other: Tally) -> None:
        """Add what was counted of another spelling."""
        for name in ("mentions", "shorts", "longs", "beside"):
            getattr(self, name).update(getattr(other, name))
        for posting, (listed, section) in other.postings.items():
            was = self.postings.get(posting, (0.0, 0.0))
            self.postings[posting] = max(listed, was[0]), max(section, was[1])
        self.contexts = {**other.contexts, **self.contexts}

    def said(self, forms: Counter[str]) -> str:
        """The acronym, or the long form, that enough postings give."""
        best = max(forms, key=lambda form: (forms[form], form), default="")
        return best if forms[best] >= TOLD * len(self.postings) else ""


@dataclass
class Collected:
    """What is kept of all postings."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    fingerprints: list[str] = field(default_factory=list)
    employers: list[str] = field(default_factory=list)
    concepts: list[list[str]] = field(default_factory=list)
    plain: Counter[str] = field(default_factory=Counter)  # postings that hold a word in lower case


def collect(postings: Iterable[Posting], tagger: Tagger) -> Collected:
    """Read postings and count their unknown terms."""
    resolver, judged = Resolver(tagger.taxonomy), dict[str, bool]()

    def known(name: str) -> bool:
        if (found := judged.get(name)) is None:
            resolved = resolver(name)
            judged[name] = found = bool(resolved.concept or resolved.excluded) or _is_no_skill(key(name))
        return found

    kept = Collected()
    for number, posting in enumerate(postings):
        read = tagger.read(posting.text, posting.company)
        text = read.view.text
        employer = key(posting.company or "")
        kept.fingerprints.append(fingerprint(text))
        kept.employers.append(employer)
        kept.concepts.append(sorted({c.entry.concept for c in read.kept if c.kind in SOLID}))
        kept.plain.update({w for w in WORD.findall(text) if w.islower()})
        for term in terms(text, read, known, posting.company):
            if term.opens and not term.beside and not any(map(is_odd, term.text.split())):
                continue  # every sentence begins with a capital letter
            vouches = max((_vouches(tagger.taxonomy[c]) for c in term.beside), default=0.0)
            tally = kept.tallies.setdefault(fold(term.text), Tally())
            _note(tally, term, number, vouches, employer, posting.id, text)
    return kept


def _vouches(concept: Concept) -> float:
    """How much it tells of a term that it stands in a list with a concept; employers stand in lists of customers too."""
    employer = concept.kind == "technology" and key(concept.label) in names("employers")
    return EMPLOYER if employer else VOUCHES[concept.kind]


def _is_no_skill(name: str) -> bool:
    """Whether a key names a place, an employer, a person, a day, or what job postings are full of."""
    if all(word in plain("postings") for word in name.split()) or name in plain("makers") or name in plain("studies"):
        return True
    return name in calendar_words() or any(name in names(kind) for kind in ("places", "employers", "given-names"))


def _note(tally: Tally, term: Term, number: int, vouches: float, employer: str, posting: str, text: str) -> None:
    tally.mentions[term.text] += 1
    if term.short:
        tally.shorts[term.short] += 1
    if term.long:
        tally.longs[term.long] += 1
    listed, section = tally.postings.get(number, (0.0, 0.0))
    tally.postings[number] = max(listed, vouches), max(section, SKILLED.get(term.section, 0.0))
    tally.beside.update(term.beside)
    if term.beside or len(tally.contexts) < CONTEXTS:
        if len(tally.contexts) >= CONTEXTS and employer not in tally.contexts:
            return
        left, right = text[max(0, term.start - CONTEXT) : term.start], text[term.end : term.end + CONTEXT]
        tally.contexts[employer] = Context(posting, left.replace("\n", " "), term.text, right.replace("\n", " "))


def fold(term: str) -> str:
    """What spelling variants of a term share: letters and digits in lower case, with ``+`` and ``#``.

    >>> fold("Node JS") == fold("node.js") == fold("NodeJS")
    True
    """
    return FOLDED.sub("", key(term))
