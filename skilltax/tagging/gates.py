"""Gated names: which of them something beside them, or the rest of the posting, speaks for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from skilltax.tagging.candidates import Candidate, ruled
from skilltax.tagging.lines import Line, list_starts
from skilltax.taxonomy.model import Taxonomy
from skilltax.taxonomy.words import english_words

LONGEST_LIST = 2_000  # characters on each side that are looked at for neighbours
LISTED = re.compile(r"\s*+(?:[,/|&+]|(?:,\s*+)?(?:and|or|and/or))\s*")  # between two skills of one list
TOPIC = 5  # concepts of one category that tell what a posting is about
SUPPORT = 2  # concepts that a gate needs, anywhere in a posting, for a name among its requirements
LONGEST_APPOSITION = 40  # characters
ASKED = frozenset(("requirements", "preferred", "stack"))  # sections that name skills and little else


class Rest(NamedTuple):
    """What a posting says of its gated names elsewhere.

    Attributes
    ----------
    senses : mapping of name to concepts
        What a name means where it is kept; a word of a name without a gate too.
    topics : mapping of category to concepts
        Those that are named.
    readings : mapping of place to candidates
        All that begin there.
    """

    senses: Mapping[str, set[str]]
    topics: Mapping[str, set[str]]
    readings: Mapping[int, list[Candidate]]


class Gates:
    """Decides candidates whose form needs another concept.

    Parameters
    ----------
    taxonomy : Taxonomy
        For categories and what stands above a concept.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._circles: dict[str, frozenset[str]] = {}
        self._named_by: dict[str, list[tuple[re.Pattern[str], re.Pattern[str]]]] = {}
        self._appositions = {name: _beside_names(told) for name, told in taxonomy.rules.get("appositions", {}).items()}

    def __call__(
        self, text: str, lines: Sequence[Line], gated: Iterable[Candidate], sure: Sequence[Candidate]
    ) -> list[Candidate]:
        """Decide the gated candidates of a text.

        Parameters
        ----------
        text : str
            The view.
        lines : sequence of Line
            Its lines.
        gated : iterable of Candidate
            Those whose form needs another concept.
        sure : sequence of Candidate
            Mentions that need none, sorted.

        Returns
        -------
        list of Candidate
            All the gated ones, ruled ``neighbour`` or ``neighbour?``.
        """
        told: list[Candidate] = []
        open_: list[Candidate] = []
        for one in gated:
            if said := self._apposed(text, one):
                told.append(ruled(one, "neighbour", said))
            else:
                open_.append(one)
        others = sorted([*sure, *told], key=itemgetter(0)) if told else sure
        lists = [*list_starts(lines), len(text)]
        judged = self._together(text, [*told, *self._in_lists(text, lists, open_, others)])
        kept, refused = [one for one in judged if one.kept], [one for one in judged if not one.kept]
        if kept and refused:  # what a neighbour has kept speaks for others in its turn
            judged = [*kept, *self._in_lists(text, lists, refused, sorted([*sure, *kept], key=itemgetter(0)))]
        return self._by_the_rest(text, lines, judged, sure)

    def _in_lists(
        self, text: str, lists: Sequence[int], gated: Iterable[Candidate], others: Sequence[Candidate]
    ) -> list[Candidate]:
        """Gated candidates, decided by the others that stand in their lists, whose starts are given; those are sorted."""
        starts = [one.start for one in others]
        judged: list[Candidate] = []
        several, said = (0, 0), frozenset[str]()  # neighbours, and what they speak for: the same for most of one list
        for one in gated:
            at = bisect_right(lists, one.start)
            low, high = max(lists[at - 1], one.start - LONGEST_LIST), min(lists[at], one.end + LONGEST_LIST)
            around = bisect_left(starts, low), bisect_left(starts, high)
            if around != several:
                several, said = around, frozenset().union(*(self._circle(c.entry.concept) for c in others[slice(*around)]))
            heard = one.entry.concept in said or not said.isdisjoint(one.entry.needs)
            judged.append(self._beside(text, one, others[slice(*around)] if heard else ()))
        return judged

    def _beside(self, text: str, one: Candidate, neighbours: Iterable[Candidate]) -> Candidate:
        """The candidate, kept if a neighbour is what its gate needs."""
        for other in neighbours:
            apart = other.end <= one.start or one.end <= other.start
            if apart and self._speaks_for(other, one):
                return ruled(one, "neighbour", text[other.start : other.end])
        return ruled(one, "neighbour?", "needs " + " or ".join(one.entry.needs))

    def _together(self, text: str, judged: list[Candidate]) -> list[Candidate]:
        """The candidates, those kept that stand next to one in a list that is what they need, and is kept or needs them.

        Slack and Zoom keep each other; SPARK is kept beside an Ada that something else has kept.
        """
        if len(judged) < 2:
            return judged
        order = sorted(judged, key=itemgetter(0))
        saved: dict[int, Candidate] = {}  # by what it was, a candidate being slow to hash
        for i, a in enumerate(order):
            for b in map(order.__getitem__, range(i + 1, len(order))):  # a slice would copy what is hardly looked at
                if b.start < a.end:  # another reading of the same name
                    continue
                if not LISTED.fullmatch(text, a.end, b.start):
                    break
                if a.entry.concept != b.entry.concept and (a.kept or self._needed(a, b)) and (b.kept or self._needed(b, a)):
                    for one, other in ((a, b), (b, a)):
                        if not one.kept:
                            saved[id(one)] = ruled(one, "neighbour", text[other.start : other.end])
        return [saved.get(id(c), c) for c in judged]

    def _by_the_rest(
        self, text: str, lines: Sequence[Line], judged: list[Candidate], sure: Sequence[Candidate]
    ) -> list[Candidate]:
        """The candidates, and names kept that the rest of the posting speaks for.

        An English word may stand there in its own sense all the same (`Flow`, `Go`).
        """
        asked = [
            one for one in judged if one.rule == "neighbour?" and one.kind != "soft" and _is_name(text[one.start : one.end])
        ]
        if not asked:
            return judged
        rest = self._rest(text, [*judged, *sure])
        starts = [line.start for line in lines]
        saved: dict[int, Candidate] = {}
        for one in asked:
            line = lines[bisect_right(starts, one.start) - 1]
            if evidence := self._spoken_for(one, text[one.start : one.end], line, rest):
                saved[id(one)] = ruled(one, "neighbour", evidence)
        return [saved.get(id(one), one) for one in judged]

    def otherwise_spelt(self, text: str, refused: Sequence[Candidate], won: Sequence[Candidate]) -> Iterator[Candidate]:
        """Names that were refused for their case, where something right beside them speaks for them in any spelling.

        That is a technology in a list that is what their gate needs, if they have one (`libvirt, kvm`), or words that say
        what they are (`cipm exam`). Everyday words may stand in a list too (`Docker, and express`), unless they are in capitals
        (`Spark, HIVE`) or the name beside them lacks its own (`datadog, sentry`); a name of two concepts needs its case to
        tell which, and `PTEs` are several PTE.

        Parameters
        ----------
        text : str
            The view.
        refused : sequence of Candidate
            What was refused.
        won : sequence of Candidate
            Mentions, sorted.
        """
        starts = [other.start for other in won]
        # A form of just this spelling may be there, and be refused by its own gate.
        gated = {(one.start, one.end, one.entry.concept) for one in refused if one.rule != "case?"}
        readings: dict[tuple[int, int], list[Candidate]] = defaultdict(list)  # a concept may have several spellings
        for one in refused:
            if one.rule == "case?" and (one.start, one.end, one.entry.concept) not in gated:
                readings[one[:2]].append(one)
        for (start, end), several in readings.items():
            written = text[start:end]
            everyday = not written.isupper() and english_words().issuperset(written.lower().split())
            elided = text[end : end + 1] in ("'", "’")  # c'est
            if elided or (written[-1] == "s" and written[:-1].isupper()):
                continue
            at = bisect_left(starts, end)
            before, after = won[max(0, at - 1) : at], won[at : at + 1]
            if before and before[0].end > start:
                continue
            beside = [other for other in before if LISTED.fullmatch(text, other.end, start)]
            beside += [other for other in after if LISTED.fullmatch(text, end, other.start)]
            if everyday:
                beside = [other for other in beside if _is_lowered(text, other)]
            fitting = {
                one.entry.concept: ruled(one, "neighbour", said)
                for one in several
                if (said := ("" if everyday else self._apposed(text, one)) or self._listed(text, one, beside))
            }
            if len(fitting) == 1:
                yield from fitting.values()

    def _listed(self, text: str, one: Candidate, beside: Iterable[Candidate]) -> str:
        """The technology right beside another in a list that is what its gate needs, if it has one; "" where there is none."""
        for other in beside:
            if one.kind == other.kind == "technology" and (not one.entry.needs or self._speaks_for(other, one)):
                return text[other.start : other.end]
        return ""

    def _rest(self, text: str, every: Iterable[Candidate]) -> Rest:
        rest = Rest(defaultdict(set), defaultdict(set), defaultdict(list))
        for one in every:
            rest.readings[one.start].append(one)
            if one.kept:
                concept, name = one.entry.concept, text[one.start : one.end]
                rest.topics[self._taxonomy[concept].category].add(concept)
                for word in [name] if one.entry.needs else name.split():
                    rest.senses[word].add(concept)
        return rest

    def _spoken_for(self, one: Candidate, name: str, line: Line, rest: Rest) -> str:
        """What in the rest of a posting speaks for a candidate, "" where nothing does.

        The posting has the name elsewhere, just so or as a word of a longer name, for it uses a name in one sense. Or it
        is about what a name of one sense belongs to, and has `TOPIC` others of its category. Or the name stands among the
        requirements, and the posting has what its gate needs, `SUPPORT` times, and nothing that another sense needs. For
        the name of a method only the first counts.
        """
        concept, category = one.entry.concept, self._taxonomy[one.entry.concept].category
        if rest.senses[name] == {concept}:
            return name
        if one.kind != "technology":
            return ""
        others = rest.topics[category] - {concept}
        rivals = [rival for rival in rest.readings[one.start] if rival is not one]
        if len(others) >= TOPIC and not rivals and not line.heading:
            return f"{len(others)} others of {category}"
        named = set().union(*rest.topics.values())
        if line.section in ASKED and not any(rival.kept or self._fitting(rival, named) for rival in rivals):
            fitting = self._fitting(one, named - {concept})
            return ", ".join(fitting[:SUPPORT]) if len(fitting) >= SUPPORT else ""
        return ""

    def _fitting(self, one: Candidate, concepts: Iterable[str]) -> list[str]:
        """Those of some concepts that a candidate's gate is content with."""
        return [concept for concept in sorted(concepts) if not self._circle(concept).isdisjoint(one.entry.needs)]

    def _speaks_for(self, other: Candidate, one: Candidate) -> bool:
        """Whether a neighbour is what a candidate's gate needs, or explains it: the same concept by another name.

        That speaks for what is spelt as a name (`Transit Gateway (TGW)`), and for other words where their gate says so.
        """
        if other.entry.concept == one.entry.concept:
            return one.entry.gate.case == "exact" or one.entry.concept in one.entry.needs
        return self._needed(one, other)

    def _apposed(self, text: str, one: Candidate) -> str:
        """The words right beside a candidate that say what it is (`Julia developer`, `CIPM exam`), "" where there are none."""
        concept = one.entry.concept
        if concept not in self._named_by:
            names = {one.kind, *self._circle(concept)}
            self._named_by[concept] = [said for name, said in self._appositions.items() if name in names]
        for behind, before in self._named_by[concept]:
            if found := behind.match(text, one.end) or before.search(text, max(0, one.start - LONGEST_APPOSITION), one.start):
                return found[1]
        return ""

    def _needed(self, one: Candidate, other: Candidate) -> bool:
        """Whether a candidate's gate is content with another."""
        return not self._circle(other.entry.concept).isdisjoint(one.entry.needs)

    def _circle(self, concept_id: str) -> frozenset[str]:
        """The circle of a concept, kept."""
        if concept_id not in self._circles:
            self._circles[concept_id] = self._taxonomy.circle(concept_id)
        return self._circles[concept_id]


def _is_lowered(text: str, one: Candidate) -> bool:
    """Whether a name is written without the capitals that it has: whoever writes so leaves out others' too."""
    written = text[one.start : one.end]
    return written == written.lower() and one.entry.form != one.entry.form.lower()


def _is_name(written: str) -> bool:
    """Whether what is written is no everyday word and no letter or two."""
    return len(written) > 2 and written != written.lower() and written.lower() not in english_words()


def _beside_names(told: Mapping[str, Sequence[str]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Expressions for words behind a name and before it, as in taxonomy/appositions.yaml."""
    behind, before = ("|".join(map(re.escape, told.get(side, ()))) or r"\b\B" for side in ("behind", "before"))
    return re.compile(rf"[ -]({behind})(?!\w)", re.I), re.compile(rf"(?<!\w)({before}) \Z", re.I)
