"""What to do about an unknown term: another name of a known concept, or a new record for a category."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from rapidfuzz import fuzz, process

from skilltax.curation.collect import fold
from skilltax.curation.discover import Candidate
from skilltax.curation.written import is_name, plain
from skilltax.errors import SkilltaxError
from skilltax.taxonomy.forms import key, variants
from skilltax.taxonomy.model import Concept, Taxonomy
from skilltax.taxonomy.resolve import Resolver
from skilltax.taxonomy.source import write_source
from skilltax.taxonomy.words import english_words, names

SLIP = 90  # likeness, 0 to 100, of two spellings of one name
SHORTEST_SLIP = 6  # characters; between shorter names one letter tells things apart
TOO_SHORT = 2  # characters; so short a name is not compared without its marks
FALLBACK = "software-domains"
VERSION = re.compile(r"[ -]?[vV]?\d[\w.]{0,20}\+?$")
TO_FILL_IN = "DESCRIPTION"
SEARCH = "https://en.wikipedia.org/w/index.php?search="


class Proposal(NamedTuple):
    """What to do about a term.

    Attributes
    ----------
    alias_of : str
        The concept that it seems to be another name of; empty where it seems to be a new one.
    why : str
        What speaks for that: ``version``, ``spelling``, ``abbreviation``, ``spelt out``, ``maker``, ``tail`` or ``likeness``.
    nearest : str
        The known name that is the most similar.
    likeness : float
        Of that name, 0 to 100: rapidfuzz's ratio (normalised indel similarity).
    category : str
        Category of the alias' concept, or that of the skills that the term stands beside.
    identity, record : str, dict
        What to add to that category's file, or to the concept there; see :func:`as_yaml`. Of a new concept all but the
        description is given; its homepage is a search for it.
    """

    alias_of: str
    why: str
    nearest: str
    likeness: float
    category: str
    identity: str
    record: dict[str, Any]


def proposer(taxonomy: Taxonomy) -> Callable[[Candidate], Proposal]:
    """What makes proposals for a taxonomy.

    Parameters
    ----------
    taxonomy : Taxonomy
        The one that a term would come into.

    Returns
    -------
    callable
        Takes a :class:`~skilltax.curation.discover.Candidate` and gives a :class:`Proposal`.
    """
    resolver = Resolver(taxonomy)
    forms: dict[str, tuple[str, str]] = {}
    for concept in taxonomy:
        for form in concept.forms:
            forms.setdefault(fold(form), (form, concept.id))
    choices = list(forms)

    def known(name: str) -> str:
        alike = forms.get(fold(name)) if len(fold(name)) > TOO_SHORT else None
        return resolver(name).concept or (alike[1] if alike else "")

    def propose(candidate: Candidate) -> Proposal:
        term = candidate.term
        found = process.extractOne(fold(term), choices, scorer=fuzz.ratio)
        (nearest, owner), likeness = (forms[found[0]], round(found[1], 1)) if found else (("", ""), 0.0)
        why, alias_of = next(((why, one) for why, name in _readings(candidate) if (one := known(name))), ("", ""))
        if not alias_of and likeness >= SLIP and _is_slip(term, nearest):
            why, alias_of = "likeness", owner
        if alias_of:
            category = taxonomy[alias_of].category
            return Proposal(alias_of, why, nearest, likeness, category, alias_of, {"aliases": [term]})
        category = _category(candidate, taxonomy)
        return Proposal(
            "", "", nearest, likeness, category, _identity(term, category, taxonomy), _record(candidate, category, taxonomy)
        )

    return propose


def _is_slip(term: str, form: str) -> bool:
    """Whether a term may be a name misspelt: not short, no word, of the same beginning and with the same digits."""
    digits = [[c for c in one if c.isdigit()] for one in (term, form)]
    return len(term) >= SHORTEST_SLIP and key(term)[0] == key(form)[0] and digits[0] == digits[1] and not _is_word(term)


def _readings(candidate: Candidate) -> Iterator[tuple[str, str]]:
    """Names that would make a term another name of a known concept, with the reason."""
    term = candidate.term
    yield "spelling", term
    if (bare := VERSION.sub("", term)) and bare != term:
        yield "version", bare
    if candidate.short:
        yield "spelt out", candidate.short
    if candidate.long:
        yield "abbreviation", candidate.long
    first, _, rest = term.partition(" ")
    if rest and first.lower() in plain("makers"):
        yield "maker", rest
    head, _, last = term.rpartition(" ")
    if head and last.lower() in plain("tails"):
        yield "tail", head


def _category(candidate: Candidate, taxonomy: Taxonomy) -> str:
    """The category of most of the skills that a term stands beside; those that stand in its lists count most."""
    votes: defaultdict[str, float] = defaultdict(float)
    for concept, n in candidate.beside:
        votes[taxonomy[concept].category] += 2 * n
    for concept, npmi in candidate.company:
        votes[taxonomy[concept].category] += npmi
    return max(sorted(votes), key=lambda c: votes[c]) if votes else FALLBACK


def as_yaml(records: Mapping[str, Mapping[str, Any]]) -> str:
    """Records for a category's file, with the place where each description belongs."""
    return write_source(dict(sorted(records.items()))).replace(f" {TO_FILL_IN}", "  # one line, in your own words")


def write_stubs(proposals: Iterable[Proposal], folder: Path | str) -> list[Path]:
    """Write what is proposed into a folder, a YAML file a category: an overlay, once the descriptions are filled in.

    Parameters
    ----------
    proposals : iterable of Proposal
        Several for one concept become one record.
    folder : path
        Made where it is not there.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    SkilltaxError
        Where one of the files is there already; then nothing is written.
    """
    files: dict[str, dict[str, dict[str, Any]]] = {}
    for one in proposals:
        record = files.setdefault(one.category, {}).setdefault(one.identity, dict(one.record))
        if one.alias_of:
            record["aliases"] = sorted({*record["aliases"], *one.record["aliases"]})
    paths = {Path(folder) / f"{category}.yaml": records for category, records in files.items()}
    for path in paths:
        if path.exists():
            raise SkilltaxError(f"{path}: is there already; give another folder, or move it away")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for path, records in paths.items():
        path.write_text(as_yaml(records), "utf-8")
    return list(paths)


def _identity(term: str, category: str, taxonomy: Taxonomy) -> str:
    """An id that is not taken yet."""
    made = re.sub(r"[^a-z0-9]+", "-", key(term).replace("+", "p").replace("#", "sharp")).strip("-")
    return made if made and made not in taxonomy else f"{made or 'new'}-{category}"


def _record(candidate: Candidate, category: str, taxonomy: Taxonomy) -> dict[str, Any]:
    """A record for a new concept: whole but for the description."""
    beside = [taxonomy[c] for c, _ in (*candidate.beside, *candidate.company)]
    neighbours = [c for c in beside if c.category == category] or [c for c in taxonomy if c.category == category]
    technology = is_name(candidate.term.split()[0]) or any(c.kind == "technology" for c in beside)
    above = Counter(b for c in neighbours for b in c.broader)
    record: dict[str, Any] = {"label": candidate.term}
    if not technology:
        record["kind"] = "practice"
    known = {key(v) for v in variants(candidate.term)}
    others = [v for v in (*candidate.variants, candidate.short, candidate.long) if v and key(v) not in known]
    record["aliases"] = _distinct(others)
    record["broader"] = [above.most_common(1)[0][0]] if above else []
    record["description"] = TO_FILL_IN
    if technology:
        record["homepage"] = SEARCH + quote_plus(candidate.term)
    if risky := [form for form in (candidate.term, *record["aliases"]) if _is_risky(form)]:
        record |= _gate(risky, category, neighbours, taxonomy)
    return {name: value for name, value in record.items() if value}


def _distinct(forms: list[str]) -> list[str]:
    """Forms of which none is a generated variant of another."""
    kept: list[str] = []
    for form in forms:
        if not any(key(form) in map(key, variants(one)) or key(one) in map(key, variants(form)) for one in kept):
            kept.append(form)
    return kept


def _gate(risky: list[str], category: str, neighbours: list[Concept], taxonomy: Taxonomy) -> dict[str, Any]:
    """A gate for forms that are also something else, with sentences that show it."""
    plain = [c.label for c in neighbours if not c.match and c.matched]
    plain += [c.label for c in taxonomy if c.category == category and not c.match and c.matched][:1]
    form, other = risky[0], plain[0]
    return {
        "match": {one: {"case": "exact", "needs": [category]} for one in risky},
        "examples": [f"Experience with {other} and {form}", f"You know {form}, {other} or similar"],
        "decoys": [f"{form} is the name of our office", f"We wrote {form.lower()} on the wall"],
    }


def _is_risky(form: str) -> bool:
    """Whether a form may also be something else."""
    return len(form) < 4 or _is_word(form) or any(key(form) in names(k) for k in ("places", "given-names", "employers"))


def _is_word(form: str) -> bool:
    return all(word in english_words() for word in key(form).split())
