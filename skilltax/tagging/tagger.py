"""The bulk tagger: a posting in, a tagged posting out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from skilltax.postings.clean import MASK, View, clean
from skilltax.postings.duplicates import fingerprint
from skilltax.postings.language import language_of
from skilltax.postings.model import Posting
from skilltax.tagging.abbreviations import abbreviated
from skilltax.tagging.candidates import Candidate
from skilltax.tagging.companies import Companies
from skilltax.tagging.confidence import Confidence, gaps
from skilltax.tagging.degrees import degree_lists
from skilltax.tagging.ellipsis import elided
from skilltax.tagging.employer import employer_names, employing
from skilltax.tagging.exclusions import without_exclusions
from skilltax.tagging.fuzzy import Typos
from skilltax.tagging.lines import Line, Sections
from skilltax.tagging.matcher import Matcher
from skilltax.tagging.model import Explained, Mention, TaggedPosting
from skilltax.tagging.roles import Roles
from skilltax.tagging.scan import Folded, Hit, Keys, Scan, fold
from skilltax.tagging.strength import Cue, Strengths
from skilltax.tagging.values import Place, read_values
from skilltax.taxonomy.compiled import lexicon
from skilltax.taxonomy.lexicon import Lexicon
from skilltax.taxonomy.load import load
from skilltax.taxonomy.model import Named, Taxonomy

LONGEST_TITLE = 120  # characters
FEW_WORDS = 5
SENTENCE_END = re.compile(r"(?<!\b[SJ]r)\.\s")


class Read(NamedTuple):
    """A posting on its way: the view, its lines, mentions, what was refused, cues."""

    view: View
    lines: list[Line]
    kept: list[Candidate]
    refused: list[Candidate]
    distances: dict[int, int]  # of mentions that are typos, by where they start
    cues: list[Cue]
    signs: list[Hit]  # of a role


class Card(NamedTuple):
    """What a mention says of its concept."""

    concept: str
    label: str
    category: str
    kind: str


class Tagger:
    """Tags postings with the concepts of a taxonomy.

    Parameters
    ----------
    taxonomy : Taxonomy, optional
        The shipped one without.
    names : Lexicon, optional
        The taxonomy's lexicon, where it is at hand (:func:`skilltax.taxonomy.compiled.unpack`).

    Examples
    --------
    >>> tagger = Tagger()
    >>> [m.text for m in tagger("You know Kubernetes and Go.").mentions]
    ['Kubernetes', 'Go']
    """

    def __init__(self, taxonomy: Taxonomy | None = None, names: Lexicon | None = None) -> None:
        self.taxonomy = taxonomy or load()
        self._cards: dict[str, Card] = {}
        self.lexicon = names if names is not None else lexicon(self.taxonomy)  # `or` would count its rows
        self.matcher = Matcher(self.taxonomy)
        self.typos = Typos(self.lexicon)
        self.sections = Sections(self.taxonomy.rules.get("sections", {}), self.taxonomy.rules.get("headings", {}))
        cues = self.taxonomy.rules.get("cues", {})
        self.strengths = Strengths(cues)
        self.companies = Companies(cues.get("companies", {}))
        self.confidence = Confidence(self.taxonomy.rules.get("confidence", {}))
        self.roles = Roles(self.taxonomy.rules.get("roles", {}))
        self.scan = Scan(
            Keys(self.lexicon.cores, self.lexicon.known, self.lexicon.phrases),
            self.strengths.keys,
            self.roles.keys,
            self.companies.keys,
        )

    def __call__(self, posting: Posting | str) -> TaggedPosting:
        """Tag one posting, or a text.

        Parameters
        ----------
        posting : Posting or str
            Of a text, plain, Markdown or HTML, the title is looked for at its beginning. No text makes it fail.

        Returns
        -------
        TaggedPosting
            With ``tagged.text[m.start:m.end] == m.text`` for each of its mentions.
        """
        posting = Posting("text", posting) if isinstance(posting, str) else posting
        return self.finish(posting, self.read(posting.text, posting.company))

    def pipe(self, postings: Iterable[Posting | str]) -> Iterator[TaggedPosting]:
        """Tag postings one after the other, each when it is asked for.

        Parameters
        ----------
        postings : iterable of Posting or str
            Read as they are needed, so that any number of them goes through.

        Yields
        ------
        TaggedPosting
            In the order of the postings.
        """
        return map(self, postings)

    def explain(self, posting: Posting | str) -> list[Explained]:
        """Every candidate of a posting, kept or refused, with the rule that decided and its evidence.

        Parameters
        ----------
        posting : Posting or str
            A posting, or a text.

        Returns
        -------
        list of Explained
            By their place; the longer first. ``pandas.DataFrame(tagger.explain(text))`` makes a frame.
        """
        text, company = (posting, None) if isinstance(posting, str) else (posting.text, posting.company)
        read = self.read(text, company)
        kept = {(c.start, c.end, c.entry.concept) for c in read.kept}
        refused = [c for c in read.refused if (c.start, c.end, c.entry.concept) not in kept]  # by another form of what is kept
        told = {(c.start, c.end, c.entry.concept, c.rule): c for c in (*refused, *read.kept)}  # variants say the same
        every = sorted(told.values(), key=lambda c: (c.start, -c.end, not c.kept))
        spans = read.view.originals([(c.start, c.end) for c in every])
        return [
            Explained(start, end, text[start:end], c.entry.concept, c.entry.form, c.kept, c.rule, c.evidence)
            for (start, end), c in zip(spans, every, strict=True)
        ]

    def concepts(self, text: str) -> frozenset[str]:
        """Ids of the concepts that a text names, whatever it says of them: negated ones too."""
        return frozenset(named.concept for named in self.named(text))

    def named(self, text: str) -> list[Named]:
        """The concepts that a text names, each with its span in characters: what the conditions of a taxonomy are tried on."""
        read = self.read(text)
        return [Named(*read.view.original(c.start, c.end), c.entry.concept) for c in read.kept]

    def read(self, text: str, company: str | None = None) -> Read:
        """Clean a text, find its lines and every candidate."""
        view = clean(text)
        folded = fold(view.text)
        names, cues, signs, firms = self.scan.find(folded)
        return self.decide(view, folded, names, cues, signs, firms, company)

    def decide(
        self,
        view: View,
        folded: Folded,
        names: list[Hit],
        cues: list[Hit],
        signs: list[Hit],
        firms: list[Hit],
        company: str | None = None,
    ) -> Read:
        """Decide what was found, and add what only the mentions around it explain: elided heads, abbreviations and typos."""
        lines = self.sections.lines(view, folded.low)
        employers = employer_names(view, lines, company)
        said = self.strengths.cues(cues)
        companies, studies = self.companies.lists(view.text, firms), degree_lists(folded.low)
        decided = self.matcher(folded, lines, names, said)
        employers |= employing(view.text, decided.kept)
        kept, refused = without_exclusions(decided, folded, employers, companies, studies)
        if more := list(elided(view.text, kept, self.lexicon, self.taxonomy)):
            kept = sorted([*kept, *more])
        if more := list(abbreviated(view.text, kept)):
            kept = sorted([*kept, *more])
        typos = list(self.typos.find(folded, lines, kept, refused))
        if typos:
            kept = sorted([*kept, *(one for one, _ in typos)])
        return Read(view, lines, kept, refused, {one.start: distance for one, distance in typos}, said, signs)

    def finish(self, posting: Posting, read: Read) -> TaggedPosting:
        """Strength, sections, role and diagnostics of a posting whose candidates are known."""
        view, lines, kept = read.view, read.lines, read.kept
        text, source, distances = view.text, view.source, read.distances
        spans = [(c.start, c.end) for c in kept]
        owners = _lines_of(lines, kept)
        strengths = self.strengths.read(text, lines, read.cues, spans)
        cards = [self._card(c.entry.concept) for c in kept]
        places = [
            Place(c.start, c.end, (line.start, line.end), card.category, card.kind)
            for c, card, line in zip(kept, cards, owners, strict=True)
        ]
        values = read_values(text, places)
        sure = self.confidence
        made = [
            Mention(
                start, end, source[start:end], card.concept, card.label, card.category, card.kind, strength, line.section,
                "fuzzy" if c.start in distances else "exact", distances.get(c.start, 0), c.rule,
                sure(c.rule, card.kind, text[c.start : c.end], line.section, gap), *value,
            )
            for c, card, line, strength, value, gap, (start, end) in zip(
                kept, cards, owners, strengths, values, gaps(spans), view.originals(spans), strict=True
            )
        ]  # fmt: skip
        title = posting.title or _title(view, lines, self.roles)
        signs = (sign for _, _, sign in read.signs)
        role, seniority = self.roles.read(title, text, signs, ((m.concept, m.category) for m in made))
        named = sorted({line.section for line in lines} - {"unknown"})
        warnings = [] if set(named) - {"title"} else ["no known headings: strengths come from cues alone"]
        return TaggedPosting(
            posting.id, posting.text, tuple(made), posting.title, posting.company, posting.posted, posting.source,
            fingerprint=fingerprint(text), role=role, seniority=seniority, taxonomy=self.taxonomy.version,
            diagnostics={"language": language_of(text), "sections": named, "warnings": warnings},
        )  # fmt: skip

    def _card(self, concept_id: str) -> Card:
        """What a mention says of its concept."""
        if concept_id not in self._cards:
            concept = self.taxonomy[concept_id]
            self._cards[concept_id] = Card(concept.id, concept.label, concept.category, concept.kind)
        return self._cards[concept_id]


def _lines_of(lines: list[Line], kept: list[Candidate]) -> list[Line]:
    """The line that each candidate stands in."""
    starts = [line.start for line in lines]
    return [lines[bisect_right(starts, one.start) - 1] for one in kept]


def _title(view: View, lines: list[Line], roles: Roles) -> str | None:
    """The job title where the posting begins with it: a heading, a short line that is no sentence, a few words and a stop."""
    if not lines:
        return None
    text = view.text[lines[0].start : lines[0].end]
    section = lines[0].section
    # Full Stack Engineer reads like the heading of a stack; About the Firmware Team is no title
    if section == "title" or (lines[0].heading and section != "company" and roles.family(text)):
        return text
    if section != "unknown":
        return None
    first = SENTENCE_END.split(text)[0].rstrip(".")
    if len(first.split()) <= FEW_WORDS:
        return first
    return text if len(text) <= LONGEST_TITLE and text[-1] not in ".!?:" and MASK not in text else None
