"""Surface forms: how people write what a curator typed once.

A taxonomy lists `machine learning`; postings hold `machine-learning`, `Machine Learning`, `code reviews` for `code
review`, `virtualisation` for `virtualization`. Every such variant is made here, so that no YAML file lists it.
A *key* is a form in lower case; a text matches a form where its lower-cased slice is one of the form's keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

WORD = re.compile(r"[^\W_]+")
SMALL = frozenset(("a", "and", "for", "in", "of", "on", "or", "over", "the", "to", "with"))  # often left out of abbreviations
LAST = re.compile(r"(?<![^ /-])[^ /-]*+$")
SEPARATOR = re.compile(r"[ -]")
ACRONYM_OR_PLAIN = re.compile(r"[A-Z][A-Z0-9]+|[A-Z][A-Za-z]{0,3}[A-Z]|[^\W\d_A-Z]{3,}")
NOUN = re.compile(  # at the end of a name in capitals that tells what the thing is: Tensor Processing Units
    r"Accelerator|Adapter|Agent|Array|Assistant|Block|Board|Buffer|Bus|Card|Circuit|Controller|Core|Device|Domain|Driver|Engine|Filter"
    r"|Function|Gateway|Interface|Kernel|Layer|Machine|Model|Module|Network|Node|Package|Plane|Processor|Protocol|Register|Router"
    r"|Sensor|Server|Switch|System|Table|Unit"
)
NO_PLURAL = re.compile(
    r"(?:s|S|ing|ware|ity|ship|(?:develop|manage|equip)ment|(?<!appli)ance|ence|ics|(?<!mechan)ism|js|(?<!b)ed|ly|\+|#)$"
)
COUNTED_IN_SS = re.compile(r"(?:addre|proce|cla|bypa)ss$")  # others in -ss hardly have a plural: access, wireless
SPELLINGS = (  # American, British, and what has two spellings everywhere; tried both ways
    (re.compile(r"iz(ation|ations|e|ed|er|ers|es|ing)\b"), r"is\1"),
    (re.compile(r"is(ation|ations|ing|ed)\b"), r"iz\1"),
    (re.compile(r"\b(mode|labe|tunne|channe|cance|trave|leve)l(ing|ed|er)\b"), r"\1ll\2"),
    (re.compile(r"\b(mode|labe|tunne|channe|cance|trave|leve)ll(ing|ed|er)\b"), r"\1l\2"),
    (re.compile(r"\b(behavi|col|fav)or"), r"\1our"),
    (re.compile(r"\b(behavi|col|fav)our"), r"\1or"),
    (re.compile(r"\bcenter(s?)\b"), r"centre\1"),
    (re.compile(r"\bcentre(s?)\b"), r"center\1"),
    (re.compile(r"\bcatalog(s?)\b"), r"catalogue\1"),
    (re.compile(r"\bdefense\b"), "defence"),
    (re.compile(r"\banalyz"), "analys"),
    (re.compile(r"\bI/O\b"), "IO"),
    (re.compile(r"\bIO\b"), "I/O"),
    (re.compile(r"(?<=\w) & (?=\w)"), " and "),
    (re.compile(r"(?<=\w) and (?=\w)"), " & "),
)
SPELT = re.compile(
    r"i[sz](?:a|e|i)|el(?:l?ing|l?ed|l?er)|our?\b|or\b|ent(?:er|re)|catalog|defense|analyz| & | and |behavio|colo|favo|I/?O"
)

COMPOUND = re.compile(  # the first of two words that people write as one too: realtime, real-time, real time
    r"(?<![^\W_])(back(?=[ -]?end)|boot(?=[ -]?loader)|bring(?=[ -]?up)|cyber(?=[ -]?security)|e(?=-?commerce)"
    r"|data(?=[ -]?(?:cent(?:er|re)|lake|set))|fail(?=[ -]?over)|file(?=[ -]?system)|front(?=[ -]?end)|hyper(?=[ -]?parameter)"
    r"|life(?=[ -]?cycle)|load(?=[ -]?balanc)|meta(?=[ -]?data)|micro(?=[ -]?(?:architecture|controller|service))"
    r"|multi(?=[ -]?(?:agent|cloud|core|modal|tenan|thread))|on(?=-?prem)|open(?=[ -]?source)|pen(?=[ -]?test)"
    r"|real(?=[ -]?time)|run(?=[ -]?(?:book|time))|sub(?=[ -]?system)|time(?=[ -]?series)|wi(?=-?fi))([ -]?)",
    re.I,
)


def variants(form: str) -> Iterator[str]:
    """Every way of writing a form, in the case it was typed in, the form itself first.

    Separators are exchanged (space, hyphen; closed up only where the form was typed with a hyphen or before a
    number), the last word takes a plural where it is an acronym or a common noun (in capitals only behind two others),
    British and American spellings stand for each other, and so do two words and the one that they often are (`real-time`,
    `realtime`); `.js` may be `js` or ` js`, a slash may have spaces around it, and a hyphen that has them be a dash.

    >>> sorted(variants("micro-service"))
    ['micro service', 'micro services', 'micro-service', 'micro-services', 'microservice', 'microservices']
    >>> sorted(variants("Node.js"))
    ['Node JS', 'Node-JS', 'Node.js', 'NodeJS']
    """
    made = [form]
    for step in (_spellings, _compounds, _separators, _suffixes, _plurals):
        made += [other for one in made for other in step(one)]
    yield from dict.fromkeys(made)


def _spellings(form: str) -> Iterator[str]:
    if not SPELT.search(form):
        return
    for pattern, other in SPELLINGS:
        changed = pattern.sub(other, form)
        if changed != form:
            yield changed


def _compounds(form: str) -> Iterator[str]:
    joined = COMPOUND.sub(lambda m: m[1] + ("" if m[2] else "-"), form)
    if joined != form:
        yield joined


def _separators(form: str) -> Iterator[str]:
    parts = SEPARATOR.split(form)
    if len(parts) > 1 and all(parts):
        yield " ".join(parts)
        yield "-".join(parts)
        if len(parts) == 2 and ("-" in form or (parts[1][0].isdigit() and parts[0].isalpha())):
            yield "".join(parts)
        if len(parts) in (3, 4) and all(len(part) > 1 for part in parts[1:-1]):  # object-oriented design: a hyphen at one place
            for at in range(1, len(parts)):
                yield f"{' '.join(parts[:at])}-{' '.join(parts[at:])}"
    if "/" in form.strip("/") and " " not in form:
        yield " / ".join(form.split("/"))
    if " - " in form:
        yield form.replace(" - ", " – ")


def _suffixes(form: str) -> Iterator[str]:
    if form.endswith(".js") and len(form) > 4:
        stem = form[:-3]
        yield from (f"{stem}JS", f"{stem} JS", f"{stem}-JS")


def _plurals(form: str) -> Iterator[str]:
    last = LAST.search(form)[0]  # type: ignore[index]
    if last.endswith("ysis"):  # analyses
        yield form[:-2] + "es"
    if COUNTED_IN_SS.search(last):
        yield form + "es"
    named = NOUN.fullmatch(last) and form.count(" ") + form.count("-") > 1
    if not (named or ACRONYM_OR_PLAIN.fullmatch(last)) or NO_PLURAL.search(last):
        return
    if last.endswith("y") and last[-2] not in "aeiou":
        yield form[:-1] + "ies"
    elif last.endswith(("x", "ch", "sh", "z")):
        yield form + "es"
    else:
        yield form + "s"


def with_maker(forms: Sequence[str], known: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Forms of a thing with its maker before them: what others of its forms name or leave out, or a known one in the first.

    >>> ti = ["TI", "Texas Instruments"]
    >>> list(with_maker(["NVIDIA Hopper", "Hopper", "GH100", "hopper"], {}))
    [('GH100', 'NVIDIA GH100')]
    >>> list(with_maker(["TI Sitara", "AM437x"], {"TI": ti, "Texas Instruments": ti}))
    [('AM437x', 'TI AM437x'), ('AM437x', 'Texas Instruments AM437x')]
    """
    typed = set(forms)
    split = [form.split(" ") for form in forms]
    makers = {" ".join(words[:at]) for words in split for at in (1, 2) if " ".join(words[at:]) in typed}
    makers |= {first for words in split[:1] for at in (1, 2) if (first := " ".join(words[:at])) in known}
    makers |= {name for maker in makers for name in known.get(maker, ())}
    for maker in sorted(one for one in makers if one[0].isupper()):
        for form in forms:
            named = any(form == other or form.startswith(f"{other} ") for other in makers)
            if not named and not form[0].islower() and "(" not in form and (whole := f"{maker} {form}") not in typed:
                yield form, whole


FLAT = bytes(
    ord(c.lower()) if (c := chr(i)).isalnum() and len(c.lower()) == 1 and ord(c.lower()) < 256 else 32 for i in range(256)
)
CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
FOREIGN_LETTER = re.compile(rf"[^\W_\x00-\xff{CJK}]")  # counts as a letter, whatever the alphabet; CJK has no word gaps


def flat(text: str) -> bytes:
    """A text as one byte a character: letters and digits in lower case, all else a space.

    >>> flat("CI/CD, C++")
    b'ci cd  c  '
    """
    plain = text if text.isascii() else FOREIGN_LETTER.sub("ÿ", text)
    return plain.encode("latin-1", "replace").translate(FLAT)


def key(text: str) -> str:
    """What a form is looked up by: lower case, one space for any white space.

    Lower-casing keeps the length, whatever the letters, so that offsets hold.

    >>> key("İstanbul  DB")
    'İstanbul db'
    """
    return straight(lower(" ".join(text.split())))


def spells(short: str, name: str) -> bool:
    """Whether an abbreviation is the first letters of a name's words; small words may be left out.

    >>> spells("IDS", "intrusion detection system"), spells("IDS", "intrusion detection")
    (True, False)
    """
    words = [word.lower() for word in WORD.findall(name)]
    firsts = ("".join(w[0] for w in some) for some in (words, [w for w in words if w not in SMALL]))
    return short.lower() in firsts


def straight(text: str) -> str:
    """A text with the apostrophe of a typewriter, as keys and cues have it.

    >>> straight("isn’t")
    "isn't"
    """
    return text.replace("’", "'")


def lower(text: str) -> str:
    """Lower case, character by character: a letter whose lower case is two characters stays as it is.

    >>> len(lower("İ")), lower("NVMe")
    (1, 'nvme')
    """
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)
