"""Role (family of job titles) and seniority of a posting: from its title, or where that names none, from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from skilltax.tagging.scan import Scan, fold, keys_of, phrases_in

SPACES = re.compile(r"\s+")
CALLED = re.compile(  # begins with a set, which scans fast; `looking for`, `join us as` end in what it knows
    r"[FSHNABfshnab](?<!\w.)(?i:(?<=f)or|(?<=s)eeking|(?<=h)iring|(?<=n)eeds?|(?<=a)s|(?<=b)e)\s+"
    r"(?i:(?:an?|our|our next|the)\s+"
    r"((?:[\w+#/&.-]+\s+){0,6}?"
    r"(?:engineer|developer|architect|manager|scientist|administrator|programmer|analyst|designer|consultant|lead|intern)\b"
    r"[^.\n]{0,40}))"
)
LEVELLED = re.compile(  # begins with letters, which scan fast
    r"his(?<=\b[Tt]his) (?:(?:is|role is|position is|job is) an? (?:\w+, )?([\w-]+(?: level)?)|([\w-]+[ -]level)) "
    r"(?:engineering |individual contributor |development )?(?:role|position)\b"
)
# What follows is said of others: `an Operations Engineer reporting to the Manager of Systems`.
PERSON_ENDS = re.compile(r"\s(?:reporting|reports|who|that|which|to|with|working|responsible)\b")
TITLE_PART = re.compile(r"(?:(?<!\s)\s++)?+(?:[,(]|(?<=\s)(?:[–—|-]|with)\s)")
LEADS = re.compile(
    r"(?:(?:senior|sr\.?|group|associate) )?(?:manager|director|head|vp|vice president)(?: of\b|\s*[,(]|\s+[–—|-]\s)", re.I
)
OR_ANOTHER = re.compile(r"(?<=\w)\s*(?:/|\bor\b)\s*(\w+)")
PHRASE, TIMES = 3, 2  # what a phrase counts where its family says nothing else, and how often at the most
BOTH = frozenset(("frontend", "backend"))  # together they are fullstack
YIELDS = {  # a broad family, and those that decide where they stand behind it in a title
    "systems": frozenset(("sre", "security", "network")),
    "devops": frozenset(("sre", "security", "network")),
    "cloud": frozenset(("devops", "sre", "security", "network")),
}
AHEAD = 1.1  # times what speaks for the next family: of two that are as likely neither is meant
MEANT = 9  # what must speak for another family in the text of a title that is wide
LEADS_ALL = frozenset(("director", "executive"))
FIRST = 1500  # characters of a posting in which it says whom it is looking for


class Roles:
    """Reads titles.

    Parameters
    ----------
    data : mapping
        As in taxonomy/roles.yaml.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._families = {phrase: family for family, record in data.get("families", {}).items() for phrase in record["titles"]}
        self._order = {family: i for i, family in enumerate(data.get("families", {}))}
        self._turned = frozenset(data.get("turned", ()))
        self._levels = {phrase: level for level, phrases in data.get("levels", {}).items() for phrase in phrases}
        self._level_order = {level: i for i, level in enumerate(data.get("levels", {}))}
        self._wide = Scan(keys_of(data.get("wide", ())))
        self._engineers = frozenset(data.get("engineers", ()))
        self._not_managers = frozenset(data.get("not_managers", ()))
        self._coders = frozenset(data.get("coders", ()))
        self._titles = Scan(keys_of({*self._families, *self._coders, *data.get("plain", ())}))
        self._level_scan = Scan(keys_of({*self._levels, *data.get("no_level", ())}))
        evidence = data.get("evidence", {"enough": 0, "families": {}})
        self._enough = {family: record.get("enough", evidence["enough"]) for family, record in evidence["families"].items()}
        self._speaks: dict[str, list[str]] = {}
        self._counts = {family: record.get("counts", PHRASE) for family, record in evidence["families"].items()}
        for family, record in evidence["families"].items():
            for sign in (*record["phrases"], *record["skills"]):
                self._speaks.setdefault(sign, []).append(family)
        self.keys = keys_of(p for record in evidence["families"].values() for p in record["phrases"])

    def family(self, title: str) -> str | None:
        """The family that a title names, None where it names none narrower than software.

        What stands before the first comma, bracket or dash decides where it names one: `Security Engineer, Blockchain`;
        but a broad family yields to a narrow one behind it: `Infrastructure Engineer, SRE`.
        What stands behind may be said the other way round: `Software Engineer, Payments` is a payments engineer.
        A `Director of Firmware` leads engineers.
        """
        named = self._named(title)
        return "engineering-manager" if named in self._engineers and LEADS.match(title) else named

    def _named(self, title: str) -> str | None:
        head, *parts = TITLE_PART.split(title)
        named = self._family(head) or (self._family(title) if parts else None)
        if named in YIELDS and (named != "systems" or phrases_in(self._wide, title)):  # a kernel engineer stays one
            return next((family for part in parts if (family := self._family(part)) in YIELDS[named]), named)
        turned = (self._families.get(f"{part.strip(' )').lower()} engineer") for part in parts)
        return named or next((family for family in turned if family in self._turned), None)

    def _family(self, title: str) -> str | None:
        phrases = _whole(self._titles, title)
        families = {self._families[p] for p in phrases if p in self._families}
        if not self._coders.isdisjoint(phrases):
            families.discard("other")
        named = min(families, key=self._order.__getitem__, default=None)
        return "fullstack" if named in BOTH and families.issuperset(BOTH) else named

    def seniority(self, title: str, family: str | None = None) -> str:
        """The level that a title names, the first of two (`Senior or Staff`) and that of its head, else ``unspecified``."""
        first = OR_ANOTHER.sub(lambda m: "" if m[1].lower() in self._levels else m[0], title)
        found: set[str] = set()
        for part in (TITLE_PART.split(first)[0], first):
            found = found or {self._levels[p] for p in _whole(self._level_scan, part) if p in self._levels}
        if family in self._not_managers:
            found.discard("manager")
        return min(found, key=self._level_order.__getitem__) if found else "unspecified"

    def called(self, text: str) -> list[str]:
        """What the first lines call the person they look for, `a Senior Backend Engineer`, and a line the role: `senior`."""
        people = (PERSON_ENDS.split(m[1], maxsplit=1)[0] for m in CALLED.finditer(text[:FIRST]))
        return [*(SPACES.sub(" ", person) for person in people), *(m[1] or m[2] for m in LEVELLED.finditer(text))]

    def scores(self, signs: Iterable[str], skills: Iterable[tuple[str, str]]) -> Counter[str]:
        """How much a text speaks for each family: by its phrases, and by the concepts it names, each with its category."""
        scores: Counter[str] = Counter()
        for phrase, times in Counter(signs).items():
            for family in self._speaks[phrase]:
                scores[family] += self._counts[family] * min(times, TIMES)
        for pair in set(skills):
            for family in {f for sign in pair for f in self._speaks.get(sign, ())}:
                scores[family] += 1
        weaker, stronger = sorted(scores[family] for family in BOTH)
        if 2 * weaker >= stronger:
            scores["fullstack"] += weaker + stronger
        return scores

    def evident(self, scores: Counter[str]) -> str:
        """The family that most speaks for, ``software`` where nothing says enough or another comes near."""
        if not scores:
            return "software"
        best = max(scores, key=lambda f: (scores[f], f))
        others = max((scores[family] for family in scores if family != best), default=0)
        return best if scores[best] >= max(self._enough[best], AHEAD * others) else "software"

    def read(self, title: str | None, text: str, signs: Iterable[str], skills: Iterable[tuple[str, str]]) -> tuple[str, str]:
        """Role and seniority of a posting.

        Parameters
        ----------
        title : str or None
            The job title, None where it is not known.
        text : str
            The view.
        signs : iterable of str
            The phrases of `keys` that stand in it, each as often as it does.
        skills : iterable of (concept, category)
            What is named in the posting.
        """
        family = self.family(title) if title else None
        level = self.seniority(title, family) if title else "unspecified"
        if not family or level == "unspecified":
            candidates = ([title] if title else []) + self.called(text)
            family = family or next((f for c in candidates if (f := self.family(c))), None)
            level = next((s for c in candidates if (s := self.seniority(c, family)) != "unspecified"), "unspecified")
        if not family and level in LEADS_ALL:
            family = "engineering-manager"
        elif family == "engineering-manager" and level not in LEADS_ALL and level != "lead":
            level = "manager"
        if family and not (family in ("systems", "network") and title and phrases_in(self._wide, title)):
            return family, level
        scores = self.scores(signs, skills)
        meant = max(("solutions", "it"), key=scores.__getitem__)
        if family:
            return meant if scores[meant] >= max(MEANT, scores[family]) else family, level
        return self.evident(scores), level


def _whole(scan: Scan, title: str) -> set[str]:
    """The phrases that stand in a title, without those inside another: a help desk analyst is no analyst."""
    whole: set[str] = set()
    reach = 0
    for _, end, phrase in sorted(scan.find(fold(title))[0], key=lambda hit: (hit[0], -hit[1])):
        if end > reach:
            whole.add(phrase)
            reach = end
    return whole
