"""What somebody lacks for a role, and how well postings fit a CV."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import networkx as nx

from skilltax.errors import SkilltaxError
from skilltax.graph.answers import THIN, Answer, as_counts
from skilltax.graph.counting import KINDS
from skilltax.graph.counts import STRENGTHS, Counts
from skilltax.graph.kin import above, shipped
from skilltax.graph.roles import profile
from skilltax.tagging.model import TaggedPosting
from skilltax.taxonomy.model import Taxonomy

WEIGHTS = {"required": 1.0, "preferred": 0.5, "other": 0.25}  # of what a posting asks for, when a match is scored
MIN_SHARE = 0.05  # of a role's postings, for a skill that one is said to lack


class Lacking(NamedTuple):
    """A skill that a role asks for and somebody lacks.

    Attributes
    ----------
    concept, label, category : str
        The skill.
    postings : int
        Postings of the role that hold it.
    share, low, high, lift : float
        Their share with its 95 % interval, and how many times that of all postings it is.
    near : tuple of str
        What one has of the same kind: skills that stand below the same concept.
    """

    concept: str
    label: str
    category: str
    postings: int
    share: float
    low: float
    high: float
    lift: float
    near: tuple[str, ...]


def gap(
    source: Counts | nx.Graph,
    have: Collection[str],
    role: str,
    *,
    top: int = 20,
    min_share: float = MIN_SHARE,
    taxonomy: Taxonomy | None = None,
) -> Answer[Lacking]:
    """What somebody lacks for a role, ranked by share and lift (:func:`skilltax.graph.roles.typical_order`).

    Who has a skill has what it implies and what is above it in the taxonomy too: with PostgreSQL one does not
    lack relational databases.

    Parameters
    ----------
    source : Counts or networkx.Graph
        Counts, selected to months where wanted, or a graph.
    have : collection of str
        Ids of concepts, such as ``tagger(cv).skills``.
    role : str
        The role that is wanted, such as ``sre``.
    top : int
        Skills at most.
    min_share : float
        Skills that a smaller share of the role's postings hold are left out: 0 to 1.
    taxonomy : Taxonomy, optional
        Says what a skill implies and stands below; the shipped one without.

    Returns
    -------
    Answer of Lacking
        The most typical first. `postings` is how many the role has.

    Raises
    ------
    SkilltaxError
        Where there is no posting of the role, or the taxonomy knows none of the skills.
    """
    taxonomy = taxonomy or shipped()
    counts = as_counts(source)
    has = with_above(have, taxonomy)
    wanted = [row for row in profile(counts, role, top=len(counts.ids), min_postings=1).rows if row.share >= min_share]
    lacking = [
        Lacking(*row, near=tuple(sorted(_label(taxonomy, c) for c in _siblings(taxonomy, row.concept, have))))
        for row in wanted
        if row.concept not in has
    ]
    postings = counts.roles[role]
    covered = (
        f"has {len(wanted) - len(lacking)} of the {len(wanted)} skills that {min_share:.0%} of these postings or more name"
    )
    few = (f"thin evidence: {postings} postings of {role} only",) if postings < THIN else ()
    return Answer(f"What is lacking for {role}", postings, tuple(lacking[:top]), (covered, *few), (role,))


def with_above(have: Collection[str], taxonomy: Taxonomy) -> frozenset[str]:
    """Skills and all that they imply or stand below.

    Raises
    ------
    SkilltaxError
        Where the taxonomy knows none of them.
    """
    if have and not set(have) & set(taxonomy.concepts):
        raise SkilltaxError(
            f"{', '.join(sorted(have)[:5])}: no such skills; `skilltax taxonomy resolve` finds the ids of names"
        )
    known = above(taxonomy)
    return frozenset(have).union(*(known.get(c, ()) for c in have))


def _siblings(taxonomy: Taxonomy, concept: str, have: Collection[str]) -> list[str]:
    if concept not in taxonomy:
        return []
    parents = {p for p in taxonomy[concept].broader if taxonomy[p].category != "tops"}  # software is no kind
    return [c for c in have if c in taxonomy and parents & set(taxonomy[c].broader)]


def _label(taxonomy: Taxonomy, concept: str) -> str:
    return taxonomy[concept].label if concept in taxonomy else concept


class Match(NamedTuple):
    """How well a posting fits somebody, and why.

    Attributes
    ----------
    id, title, role : str
        The posting.
    score : float
        0 to 1: see :func:`match`.
    required, preferred, other : tuple of str
        What it asks for and one has. Alternatives are one demand: ``AWS or GCP``.
    lacks_required, lacks_preferred, lacks_other : tuple of str
        What it asks for and one lacks.
    """

    id: str
    title: str
    role: str
    score: float
    required: tuple[str, ...]
    lacks_required: tuple[str, ...]
    preferred: tuple[str, ...]
    lacks_preferred: tuple[str, ...]
    other: tuple[str, ...]
    lacks_other: tuple[str, ...]


def match(
    have: Collection[str],
    postings: Iterable[TaggedPosting],
    *,
    top: int | None = None,
    kinds: Collection[str] = KINDS,
    taxonomy: Taxonomy | None = None,
) -> Answer[Match]:
    """Rank postings by how much of what they ask for one has.

    The score is the weight of the demands that are met over the weight of all (required 1, preferred 0.5, other 0.25) and one
    more, so that a posting that asks for little does not win by a single hit. A group of alternatives is one demand, met by
    any of them; a skill that one has meets demands for what it implies or stands below.

    Parameters
    ----------
    have : collection of str
        Ids of concepts, such as ``tagger(cv).skills``.
    postings : iterable of TaggedPosting
        With their mentions.
    top : int, optional
        How many at most; all without.
    kinds : collection of str
        Demands of other kinds are ignored; soft skills are unless asked for.
    taxonomy : Taxonomy, optional
        The shipped one without.

    Returns
    -------
    Answer of Match
        The best first. `postings` is how many were read.

    Raises
    ------
    SkilltaxError
        Where the taxonomy knows none of the skills.
    """
    has = with_above(have, taxonomy or shipped())
    rows, read = [], 0
    for read, posting in enumerate(postings, 1):  # noqa: B007
        met: dict[bool, dict[str, list[str]]] = {True: {s: [] for s in WEIGHTS}, False: {s: [] for s in WEIGHTS}}
        for concepts, (strength, label) in _demands(posting, kinds).items():
            met[bool(concepts & has)][strength].append(label)
        weight = {had: sum(WEIGHTS[s] * len(labels) for s, labels in found.items()) for had, found in met.items()}
        lists = (tuple(sorted(met[had][strength])) for strength in WEIGHTS for had in (True, False))
        rows.append(
            Match(
                posting.id,
                posting.title or "",
                posting.role,
                round(weight[True] / (weight[True] + weight[False] + 1), 4),
                *lists,
            )
        )
    rows.sort(key=lambda row: (-row.score, len(row.lacks_required), row.id))
    return Answer(f"Postings by what they ask for and one has ({len(set(have))} skills)", read, tuple(rows[:top]))


def _demands(posting: TaggedPosting, kinds: Collection[str]) -> Mapping[frozenset[str], tuple[str, str]]:
    """What a posting asks for: sets of concepts any of which will do, each with its strongest strength and a label.

    A concept that is named outside its group of alternatives too is asked for by itself.
    """
    single: dict[str, str] = {}
    groups: dict[int, list[tuple[str, str]]] = {}
    labels = {}
    for m in posting.mentions:
        if m.strength in WEIGHTS and m.kind in kinds:
            labels[m.concept] = m.label
            if m.any_of is None:
                single[m.concept] = _stronger(single.get(m.concept), m.strength)
            else:
                groups.setdefault(m.any_of, []).append((m.concept, m.strength))
    demands = {frozenset([c]): (strength, labels[c]) for c, strength in single.items()}
    for members in groups.values():
        concepts = frozenset(c for c, _ in members)
        if not concepts & set(single):  # else what is asked for anyway meets it
            strength = min((s for _, s in members), key=STRENGTHS.index)
            label = " or ".join(labels[c] for c in dict.fromkeys(c for c, _ in members))
            demands[concepts] = (_stronger(demands.get(concepts, (None, ""))[0], strength), label)
    return demands


def _stronger(one: str | None, two: str) -> str:
    return two if one is None else min(one, two, key=STRENGTHS.index)
