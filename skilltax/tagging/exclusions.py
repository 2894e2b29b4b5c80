"""Mentions that name no skill where they stand: the employer itself, companies in a list of them, fields of study."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from skilltax.tagging.candidates import Candidate, Decided, ruled
from skilltax.tagging.companies import CompanyList
from skilltax.tagging.employer import ACTS, AT_WORK, BEHIND_NAME, FIRM_ENDS, LONGEST_BEFORE, NAMED_AFTER
from skilltax.tagging.gates import LISTED
from skilltax.tagging.scan import Folded

# What follows a name that begins a product of it or a clause, and so is no item of a list
SUBJECT = re.compile(rf"(?:{BEHIND_NAME.pattern})|{ACTS.pattern}| [A-Z]")


def without_exclusions(
    decided: Decided,
    folded: Folded,
    employers: frozenset[str],
    companies: Iterable[CompanyList],
    studies: Iterable[tuple[int, int]],
) -> Decided:
    """What was decided, with these mentions among the refused.

    Parameters
    ----------
    decided : Decided
        Mentions, and all other readings.
    folded : Folded
        The view.
    employers : frozenset of str
        What the posting's own employer is called, as keys: that is no skill, unless it stands in a list of them.
    companies : iterable of CompanyList
        Lists of companies in the text: none of them is a skill.
    studies : iterable of (start, end)
        Lists of fields behind degrees: no practice is meant there.
    """
    won, refused = decided
    if employers:
        won = _without(won, "employer", ((one, one.evidence) for one in _of_employer(folded, won, employers)), refused)
    won = _without(won, "company", [*_in_lists(companies, won), *_firms(folded.text, won)], refused)
    won = _without(won, "degree", ((one, one.evidence) for one in _studied(studies, won)), refused)
    return Decided(won, refused)


def _without(
    won: list[Candidate], rule: str, told: Iterable[tuple[Candidate, str]], refused: list[Candidate]
) -> list[Candidate]:
    """The mentions but those that are told, with the evidence; these are added to the refused under a rule."""
    evidence = {(one.start, one.end): said for one, said in told}
    if not evidence:
        return won
    refused += (ruled(one, rule, evidence[one[:2]]) for one in won if one[:2] in evidence)
    return [one for one in won if one[:2] not in evidence]


def _studied(studies: Iterable[tuple[int, int]], won: Sequence[Candidate]) -> Iterator[Candidate]:
    """The practices that are fields of study."""
    firsts = [one.start for one in won]
    for start, end in studies:
        yield from (one for one in won[bisect_left(firsts, start) : bisect_left(firsts, end)] if one.kind == "practice")


def _in_lists(lists: Iterable[CompanyList], kept: Sequence[Candidate]) -> Iterator[tuple[Candidate, str]]:
    """The technologies that stand in a list of companies, with the cue before it.

    A list that counts only `with_another` name counts where one of its names holds no mention.
    """
    starts = [c.start for c in kept]
    for cue, names, with_another in lists:
        spans = [(bisect_left(starts, start), bisect_left(starts, end), end) for start, end in names]
        inside = [[c for c in kept[first:last] if c.end <= end] for first, last, end in spans]
        if not with_another or not all(inside):
            yield from ((one, cue) for several in inside for one in several if one.kind == "technology")


def _firms(text: str, won: Iterable[Candidate]) -> Iterator[tuple[Candidate, str]]:
    """What ends the name of a firm (`dbt Labs`, `Acme Web Services, Inc.`), with that."""
    for one in won:
        if text[one.end : one.end + 1] in (",", " ") and (firm := FIRM_ENDS.match(text, one.end)):
            yield one, firm[0].lstrip(", ")


def _of_employer(folded: Folded, kept: Sequence[Candidate], employers: frozenset[str]) -> Iterator[Candidate]:
    """Those that name the employer, or stand inside its name, and stand in no list with another skill."""
    text, low = folded.text, folded.low  # a name stands in it as its key
    called = employers.union(*(name.split(" ") for name in employers if not name.endswith(NAMED_AFTER)))
    made_by = {name.rpartition(" ")[0] for name in employers if name.endswith(NAMED_AFTER)}  # Grafana, of Grafana Labs
    whole = [name for name in employers if " " in name and name in low]
    inside = [(m.start(), m.end()) for name in whole for m in re.finditer(re.escape(name), low)]
    for i, one in enumerate(kept):
        start, end = one.start, one.end
        if inside and any(a <= start and end <= b for a, b in inside):
            yield one
        elif one.kind == "technology" and (name := low[start:end]) in called:
            before = i > 0 and _lists(text, kept[i - 1], one)
            after = i + 1 < len(kept) and _lists(text, one, kept[i + 1])
            if not (before or after) or SUBJECT.match(text, end):  # maker of chips, Acme combines our skills: no list
                yield one
        elif one.kind == "technology" and name in made_by and AT_WORK.search(text, max(0, start - LONGEST_BEFORE), start):
            yield one  # the firm and not what it makes: our engineers at Grafana


def _lists(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether two neighbours are items of a list: two things, not one that is named twice (`dba Acme, Acme or us`)."""
    return one.entry.concept != other.entry.concept and LISTED.fullmatch(text, one.end, other.start) is not None
