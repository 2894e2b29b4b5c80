"""The employer of a posting: its name is no skill there, even where it is one in other postings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from skilltax.postings.clean import View
from skilltax.tagging.candidates import Candidate
from skilltax.tagging.lines import Line
from skilltax.taxonomy.forms import key

NAME = r"(?P<name>(?:[A-Z]|[0-9][A-Z])[\w&'’-]*(?:\.[a-z]{2,3})?(?: (?:&|of|the|[A-Z][\w&-]*))*)"
BEFORE_NAME = re.compile(
    rf"(?:Here at|At|Join|Joining|Life at|Working at|Work at|Why(?: you should| should you)?(?: join)?|Careers at|About"
    rf"|As an? [^.,\n]{{3,80}}?\s+at|\((?:dba|d/b/a)) {NAME}(?=,| we\b| you\b|[?!:)\n]|’s|'s| is\b| as\b|\s*$)"
)
BEHIND_NAME = re.compile(
    r", (?:an? (?:[\w-]+ ){0,4}(?:company|firm|leader|startup|start-up)|named an?)\b"
    r"| (?:is (?:an equal|a leading|a global|the leading|proud|committed to|looking for|seeking|hiring|on a mission"
    r"|headquartered|a (?:publicly|privately|venture|fast|rapidly|remote)"
    r"|an? (?:[\w-]+ ){0,5}(?:company|employer|startup|start-up|firm)\b)"
    r"|was founded|employs|seeks|combines our|offers (?:an? |the )?(?:competitive|comprehensive|excellent|great|opportunity)"
    r"|does not (?:compensate|discriminate|accept)|provides (?:equal|reasonable)|participates in|values diversity|celebrates"
    r"|will (?:consider|provide reasonable|never ask))\b"
)
NAME_AT_END = re.compile(rf"(?:^|[.!?,]\s+|\n){NAME}$")  # a comma: Founded in Oslo, Acme is a company
NAMED_AFTER = (" lab", " labs")  # no general ending: Grafana Labs is called so, and Grafana is what it makes
SUFFIX = re.compile(
    r"(?<![ ,])[ ,]++(?:inc|llc|ltd|limited|gmbh|ag|sa|bv|corp|corporation|co|plc|group|holdings?|company"
    r"|technolog(?:y|ies)|software|systems|solutions|global|international|ai|io)\.?$"
)
# No skill stands before these, whoever it is
FIRM_ENDS = re.compile(r" Lab(?:s\b|[’']s)|,? (?:Corp|GmbH|Inc|LLC|Ltd|PBC|Pty|plc)\b")
# What a posting says of its employer around the name: once may be said of any maker, twice is said of the employer.
AT_WORK = re.compile(
    r"\b(?:architect|analyst|career|colleague|culture|day|designer|developer|employee|engineer|engineering|everyone|here|intern"
    r"|job|journey|lead|life|manager|opportunity|opportunities|people|place|position|role|scientist|staff|start|team|us|work"
    r"|working)s? at \Z",
    re.I,
)
WELCOMED = (
    "about ", "bring to ", "considering ", "employed by ", "employment with ", "join ", "join the ", "joining ", "joining the ",
    "part of ", "welcome to ", "why ",
)  # fmt: skip
OF_ITS_OWN = re.compile(
    r"[’']s (?:approach|benefits|career|commitment|core|culture|customers|employees|engineering|equity|generous|growth"
    r"|hiring|leadership|mission|offices?|people|privacy|products?|reputation|story|success|teams?|total rewards|values|vision"
    r"|website)\b",
    re.I,
)
ITS_DEEDS = re.compile(
    r" (?:believes|celebrates|covers|does not (?:accept|discriminate)|employs|encourages|has (?:offices|raised)|hires"
    r"|is (?:an? (?:[\w-]+ ){0,6}(?:company|employer)|committed|hiring|looking for|proud|registered|seeking)"
    r"|may hire|offers|recruits|values|was founded|welcomes|will never)\b"
)
ITS_PEOPLE = re.compile(
    r" (?:careers|employees|engineering|engineers|family|interview|recruiters?|recruiting|stakeholders|team)\b"
)
ACTS = re.compile(  # so things are spoken of as well; API's are several
    r"(?<![A-Z])[’']s [a-z]"
    r"| (?:(?:also |now |currently )?(?:allows|are|brings|builds|can|combines|connects|continues|creates|delivers|develops|does"
    r"|empowers|enables|gives|has|helps|leads|makes|offers|operates|partners|powers|provides|reserves|runs|serves|strives"
    r"|supports|transforms|uses|was|will|works"
    r"|is(?! (?:an? )?(?:\w+ )?(?:advantage|bonus|desir|essential|must|nice|plus|preferred|required|used)))"
    r"|brand|business|customers?|organization|partners|products?|sales|users)\b"
)
APOSTROPHES = ("'", "’")
LONGEST_BEFORE = 24  # characters
DOMAINS = (".com", ".io", ".ai")  # GitLab.com, which GitLab runs
NOT_NAMES = frozenset(
    ["this", "the", "our", "we", "you", "a", "an", "it", "us", "team", "role", "job", "company", "what", "why", "how"]
)
LONGEST_NAME = 40
LOOK_AT = 20_000  # characters; what comes later is boilerplate


def employer_names(view: View, lines: Sequence[Line], company: str | None) -> frozenset[str]:
    """What the employer is called, as keys: the name, the name without its legal or general ending, and as an address.

    Parameters
    ----------
    view : View
        The posting.
    lines : sequence of Line
        Its lines: job boards put the employer's name in the heading below the title.
    company : str or None
        The employer where the record says it.
    """
    names = {company} if company else set()
    if len(lines) > 1 and lines[0].section == "title" and lines[1].heading and lines[1].section == "unknown":
        names.add(view.text[lines[1].start : lines[1].end])
    names.update(m["name"] for m in BEFORE_NAME.finditer(view.text, 0, LOOK_AT))
    for behind in BEHIND_NAME.finditer(view.text, 0, LOOK_AT):
        if named := NAME_AT_END.search(view.text, max(0, behind.start() - LONGEST_NAME), behind.start()):
            names.add(named["name"])
    found: set[str] = set()
    for name in names:
        one = key(name.strip(" .,:"))
        if len(one) > LONGEST_NAME or one.split(" ")[0] in NOT_NAMES:
            continue
        found.add(one)
        while (shorter := SUFFIX.sub("", one)) != one:
            one = shorter
            found.add(one)
    return frozenset(found | {f"{one}{domain}" for one in found if " " not in one for domain in DOMAINS})


def employing(text: str, mentions: Iterable[Candidate]) -> frozenset[str]:
    """Technologies that a posting speaks of as its employer, as keys: where no record and no heading says who that is.

    Parameters
    ----------
    text : str
        The view.
    mentions : iterable of Candidate
        What is named in it.
    """
    told: list[tuple[str, str]] = []
    for one in mentions:
        written, form = text[one.start : one.end], one.entry.form
        if one.kind == "technology" and (written == form or form != form.lower()):  # no common noun in capitals
            told.append((written, _as_employer(text, one.start, one.end)))
    if not any(how for _, how in told):
        return frozenset()
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for written, how in told:
        said[key(written)][how] += 1
    return frozenset(name for name, hows in said.items() if _is_employer(hows))


def _is_employer(hows: Counter[str]) -> bool:
    """Whether a name is an employer's, by how often it is spoken of in each way, and in none of them ("").

    Twice as an employer, once of it as nothing else is. A thing acts and has something too: that counts if it is a good part
    of what is said, and alone if it is half of it.
    """
    others, spoken = hows[""], hows.total() - hows[""]
    if hows["at work"] + hows["its own"] + hows["deeds"]:
        return spoken - hows["acts"] > 1 or (spoken > 1 and 3 * spoken >= others)
    return hows["acts"] > 0 and spoken > 2 and spoken >= others


def _as_employer(text: str, start: int, end: int) -> str:
    """How the words around a name speak of an employer, "" where they do not."""
    before = text[max(0, start - LONGEST_BEFORE) : start]
    if before.endswith(" at ") and AT_WORK.search(before) and not text.startswith(" scale", end):
        return "at work"
    behind = text[end : end + 1]  # most have nothing of all this
    if behind in APOSTROPHES and OF_ITS_OWN.match(text, end):
        return "its own"
    if behind == " " and ITS_DEEDS.match(text, end):
        return "deeds"
    if before.lower().endswith(WELCOMED):
        return "welcomed"
    if behind == " " and ITS_PEOPLE.match(text, end):
        return "people"
    return "acts" if (behind == " " or behind in APOSTROPHES) and ACTS.match(text, end) else ""
