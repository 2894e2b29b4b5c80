"""Names in a text: which keys stand where, which readings their case allows, and which of them win.

Both doors end here: the bulk tagger finds keys by the anchored scan, the spaCy component by PhraseMatcher. What a key
may mean is decided by one code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from skilltax.tagging.candidates import REFUSED, Candidate, Decided, longest, ruled
from skilltax.tagging.gates import Gates
from skilltax.tagging.lines import Line
from skilltax.tagging.scan import Folded
from skilltax.tagging.strength import Cue
from skilltax.taxonomy.lexicon import Entry
from skilltax.taxonomy.model import Taxonomy

UP_TO_CUE = re.compile(r"\s+(?:an?\s+)?(?:\w+\s+)?")  # a nice bonus


class Matcher:
    """Decides what the keys that were found in a text mean.

    Parameters
    ----------
    taxonomy : Taxonomy
        For the gates.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._gates = Gates(taxonomy)

    def __call__(
        self,
        folded: Folded,
        lines: Sequence[Line],
        hits: Sequence[tuple[int, int, tuple[Entry, ...]]],
        cues: Sequence[Cue] = (),
    ) -> Decided:
        """Decide every reading of a text.

        Parameters
        ----------
        folded : Folded
            The view.
        lines : sequence of Line
            Its lines.
        hits : sequence of (start, end, readings)
            Where keys of the lexicon stand.
        cues : sequence of Cue
            What says how strongly a skill is asked for.
        """
        text = folded.text
        vetoes: dict[str, list[tuple[int, int, Entry]]] = {}
        for start, end, readings in hits:
            for entry in readings:
                if entry.rule == "veto" and not (entry.written.endswith(" is") and _wished(text, start, end, cues)):
                    vetoes.setdefault(entry.concept, []).append((start, end, entry))
        sure: list[Candidate] = []
        open_: list[Candidate] = []
        refused: list[Candidate] = []
        for start, end, readings in hits:
            for entry in readings:
                _, _, written, _, _, is_veto, kind, rule, needs, inside = entry
                if is_veto:
                    continue
                evidence = ""
                if rule == "phrase":
                    evidence = text[start:end]
                elif rule == "case" and text[start:end] != written:
                    rule = "case?"
                one = Candidate(start, end, entry, rule, evidence, kind)
                if inside:
                    one = _inside(one)
                told = vetoes.get(entry.concept) if rule != "case?" else None
                if told and (veto := _vetoed(one, (start, end), text[start:end], told)):
                    one = ruled(one, "veto", veto)
                (refused if one.rule in REFUSED else open_ if needs else sure).append(one)
        won, lost = longest(sure)
        if open_:
            judged = self._gates(text, lines, open_, won)
            refused += (one for one in judged if not one.kept)
            if kept_now := [one for one in judged if one.kept]:
                won, lost = longest([*sure, *kept_now])
        if spelt := list(self._gates.otherwise_spelt(text, refused, won)):
            won, _ = longest([*won, *spelt])
        refused += [ruled(one, "longer") for one in lost]
        return Decided(won, refused)


def _wished(text: str, start: int, end: int, cues: Iterable[Cue]) -> bool:
    """Whether a cue ends what a veto begins: `Twilio is a plus` says nothing of the company, as `Twilio is a leader` does."""
    return any(
        cue.direction == "after"
        and start < cue.start
        and end < cue.end
        and (cue.start <= end or UP_TO_CUE.fullmatch(text, end, cue.start))
        for cue in cues
    )


def _inside(one: Candidate) -> Candidate:
    """The candidate, cut to the name inside a phrase."""
    first, last = one.entry.inside or (0, one.end)
    return one._replace(start=one.start + first, end=min(one.start + last, one.end))


def _vetoed(one: Candidate, found: tuple[int, int], written: str, vetoes: Iterable[tuple[int, int, Entry]]) -> str:
    """The `never` phrase of its concept that a form lies in without being all of it, "" where there is none.

    Where the form that the phrase is about asks for its case, other spellings are free: `and react` leaves `and React`. Of an
    `always` phrase the form inside counts: `experience with C` says nothing before `-level`, but a `never` phrase that it
    holds as a whole is overruled.
    """
    start, end = found
    for first, last, veto in vetoes:
        if one.rule == "phrase" and not (start <= first and last <= end):
            inside = first <= one.start and one.end <= last
        else:
            inside = first <= start and end <= last and end - start < last - first
        if inside and (veto.gate.case == "any" or veto.form in (one.entry.form, written)):
            return veto.written
    return ""
