"""Roles by their skills: profiles, what separates two roles, which are near, and the graph of roles and skills."""

from __future__ import annotations

from typing import Any, NamedTuple

import networkx as nx
import numpy as np

from skilltax import __version__
from skilltax.errors import SkilltaxError
from skilltax.graph import measures
from skilltax.graph.answers import THIN, Answer, as_counts, known
from skilltax.graph.counts import Counts

FEWEST = 10  # postings of a role that is compared with others
PRIOR = 10.0  # postings like the average one that each role is given before two are compared


class Typical(NamedTuple):
    """A skill of a role.

    Attributes
    ----------
    concept, label, category : str
        The skill.
    postings : int
        Postings of the role that hold it.
    share, low, high : float
        Their share, 0 to 1, with its 95 % interval (Wilson).
    lift : float
        How many times as often as in postings of all roles.
    """

    concept: str
    label: str
    category: str
    postings: int
    share: float
    low: float
    high: float
    lift: float


def profile(source: Counts | nx.Graph, role: str, *, top: int = 20, min_postings: int = 2) -> Answer[Typical]:
    """What a role asks for, the most typical first.

    Typical is what many of the role's postings hold, and more of them than of all others: ordered by :func:`typical_order`.

    Parameters
    ----------
    source : Counts or networkx.Graph
        Counts, selected to months where wanted, or a graph.
    role : str
        Such as ``sre``.
    top : int
        Skills at most.
    min_postings : int
        Skills that fewer of the role's postings hold are left out.

    Returns
    -------
    Answer of Typical
        `postings` is how many the role has.

    Raises
    ------
    SkilltaxError
        Where there is no posting of the role.
    """
    counts = as_counts(source)
    held, postings = _of_role(counts, role)
    share = held / postings
    low, high = measures.wilson(held, postings)
    lift = measures.lift(held, postings, np.maximum(1, counts.singles), counts.total)
    order = [i for i in np.argsort(-typical_order(share, lift), kind="stable").tolist() if held[i] >= min_postings][:top]
    rows = [
        Typical(c, *_said(counts, c), int(held[i]), float(share[i]), float(low[i]), float(high[i]), float(lift[i]))
        for i, c in ((i, counts.ids[i]) for i in order)
    ]
    return Answer(f"What {role} asks for", postings, tuple(rows), _few(role, postings), (role,))


def typical_order(share: Any, lift: Any) -> Any:
    """How typical a skill is of a role: its share there times ``log2(1 + lift)``, so that as many as anywhere counts once."""
    return share * np.log2(1 + lift)


class Contrast(NamedTuple):
    """A skill in two roles.

    Attributes
    ----------
    concept, label, category : str
        The skill.
    share_first, share_second : float
        Share of each role's postings that hold it, 0 to 1.
    log_odds : float
        Log-odds ratio, in nats: above 0 where the first role asks for it more.
    z : float
        The ratio over its standard deviation: beyond 1.96 it is more than chance (two-sided, 5 %).
    """

    concept: str
    label: str
    category: str
    share_first: float
    share_second: float
    log_odds: float
    z: float


def contrast(source: Counts | nx.Graph, first: str, second: str, *, top: int = 12, prior: float = PRIOR) -> Answer[Contrast]:
    """What separates two roles: the skills that the first asks for more, then those that the second does.

    Log-odds ratio of each skill among all skills named, with an informative Dirichlet prior (the shares in all postings, as if
    each role had `prior` more postings like the average one), divided by its standard deviation. Monroe, B. L., Colaresi, M.,
    Quinn, K. M. (2008), "Fightin' words: lexical feature selection and evaluation for identifying the content of political
    conflict", Political Analysis 16(4), equations 16, 20 and 22.

    Parameters
    ----------
    source : Counts or networkx.Graph
        Counts, selected to months where wanted, or a graph.
    first, second : str
        Two roles.
    top : int
        Skills of each role at most; only those with ``|z|`` above 1.96.
    prior : float
        Postings like the average one that each role is given beforehand; more of them draw the ratios towards 0.

    Returns
    -------
    Answer of Contrast
        From the highest z to the lowest. `postings` is how many both roles have.

    Raises
    ------
    SkilltaxError
        Where a role has fewer than :data:`FEWEST` postings.
    """
    counts = as_counts(source)
    (one, n_one), (two, n_two) = _enough(counts, first), _enough(counts, second)
    odds, z = log_odds(one, two, prior * counts.singles / counts.total)
    best = [i for i in np.argsort(-z, kind="stable").tolist() if z[i] > measures.Z95][:top]
    worst = [i for i in np.argsort(z, kind="stable").tolist() if z[i] < -measures.Z95][:top]
    rows = [
        Contrast(c, *_said(counts, c), float(one[i] / n_one), float(two[i] / n_two), float(odds[i]), float(z[i]))
        for i, c in ((i, counts.ids[i]) for i in best + worst[::-1])
    ]
    notes = (*_few(first, n_one), *_few(second, n_two))
    return Answer(f"{first} ({n_one:,}) against {second} ({n_two:,})", n_one + n_two, tuple(rows), notes, (first, second))


def log_odds(one: Any, two: Any, prior: Any) -> tuple[Any, Any]:
    """Log-odds ratios of Monroe and others (2008), and their z: arrays of counts in the first, in the second, and of the prior.

    >>> [round(float(x[0]), 3) for x in log_odds(np.array([8.0, 2.0]), np.array([2.0, 8.0]), np.array([1.0, 1.0]))]
    [2.197, 3.296]
    """
    one, two = one + prior, two + prior
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(one / (one.sum() - one)) - np.log(two / (two.sum() - two))
        z = value / np.sqrt(1 / one + 1 / two)
    return np.nan_to_num(value), np.nan_to_num(z)


class Near(NamedTuple):
    """A role beside another one.

    Attributes
    ----------
    role : str
        Its name.
    postings : int
        How many it has.
    distance : float
        0 the same mix of skills, 1 no skill in common.
    """

    role: str
    postings: int
    distance: float


def nearest(source: Counts | nx.Graph, role: str, *, top: int = 10) -> Answer[Near]:
    """The roles that ask for the most similar mix of skills.

    Jensen-Shannon distance, to base 2, between the shares of each skill among all skills that a role names. Endres, D. M.,
    Schindelin, J. E. (2003), "A new metric for probability distributions", IEEE Transactions on Information Theory 49(7).
    Roles with fewer than :data:`FEWEST` postings (10) are left out; the fewer postings, the farther a role seems.

    Parameters
    ----------
    source : Counts or networkx.Graph
        Counts, selected to months where wanted, or a graph.
    role : str
        Such as ``sre``.
    top : int
        Roles at most.

    Returns
    -------
    Answer of Near
        The nearest first. `postings` is how many the role has.

    Raises
    ------
    SkilltaxError
        Where the role has fewer than :data:`FEWEST` postings.
    """
    from scipy.spatial.distance import jensenshannon

    counts = as_counts(source)
    own, postings = _enough(counts, role)
    names, by_role = counts.by_role(sum(counts.held.values()))
    rows = [
        Near(name, counts.roles[name], float(jensenshannon(own, by_role[[i]].toarray()[0], base=2)))
        for i, name in enumerate(names)
        if name != role and counts.roles[name] >= FEWEST
    ]
    rows.sort(key=lambda near: (near.distance, near.role))
    return Answer(f"Roles near {role}", postings, tuple(rows[:top]), _few(role, postings), (role,))


def role_graph(source: Counts | nx.Graph, *, min_postings: int = 5) -> nx.Graph:
    """The graph of roles and skills: an edge where postings of the role hold the skill.

    Parameters
    ----------
    source : Counts or networkx.Graph
        Counts, selected to months where wanted, or a graph.
    min_postings : int
        A role is linked with skills that so many of its postings hold.

    Returns
    -------
    networkx.Graph
        Bipartite. Roles (``role:sre``, ``bipartite`` 0) with ``label`` and ``postings``; skills (1) with ``label``,
        ``category``, ``kind``, ``postings``. Edges with ``count`` (= ``weight``), ``share`` of the role's
        postings and ``lift``.
    """
    counts = as_counts(source)
    graph = nx.Graph(
        skilltax=__version__, taxonomy=", ".join(sorted(counts.taxonomy)), postings=counts.total, duplicates=counts.duplicates,
        origin=counts.source, roles=dict(counts.roles), options={**counts.options, "min_postings": min_postings},
    )  # fmt: skip
    names, by_role = counts.by_role(sum(counts.held.values()))
    for role, n in counts.roles.items():
        graph.add_node(f"role:{role}", bipartite=0, label=role, category="role", kind="role", postings=n)
    flat = by_role.tocoo()
    for row, column, n in sorted(zip(flat.row.tolist(), flat.col.tolist(), flat.data.tolist(), strict=True)):
        if n >= min_postings:
            concept, own, held = counts.ids[column], counts.roles[names[row]], int(counts.singles[column])
            graph.add_node(concept, bipartite=1, **counts.concepts[concept]._asdict(), postings=held)
            lift = round(float(measures.lift(n, own, held, counts.total)), 4)
            graph.add_edge(f"role:{names[row]}", concept, weight=n, count=n, share=round(n / own, 6), lift=lift)
    return graph


def _of_role(counts: Counts, role: str) -> tuple[Any, int]:
    """How many postings of a role hold each concept, and how many there are."""
    known(role, "role", counts.roles)
    if not counts.roles[role]:
        raise SkilltaxError(f"{role}: no posting of this role")
    return counts.select(roles=[role]).singles, counts.roles[role]


def _enough(counts: Counts, role: str) -> tuple[Any, int]:
    held, postings = _of_role(counts, role)
    if postings < FEWEST:
        raise SkilltaxError(f"{role}: {postings} postings are too few to compare; {FEWEST} are needed")
    return held, postings


def _said(counts: Counts, concept: str) -> tuple[str, str]:
    return counts.concepts[concept].label, counts.concepts[concept].category


def _few(role: str, postings: int) -> tuple[str, ...]:
    return (f"thin evidence: {postings} postings of {role} only",) if postings < THIN else ()
