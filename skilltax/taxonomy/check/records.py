"""Conditions on single records: their files, their ids, their fields."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from skilltax.errors import Problem
from skilltax.taxonomy.check.checked import Checked
from skilltax.taxonomy.ledger import NAME as LEDGER
from skilltax.taxonomy.load import canonical
from skilltax.taxonomy.model import Concept
from skilltax.taxonomy.source import dotted
from skilltax.taxonomy.words import english_words

# How ids spell what is no letter; the marks are also looked at left out.
SPELT = {"c++": " cpp ", "++": "pp", "+": " plus ", "#": "sharp", ".net": " dotnet ", "&": " and "}


def canonical_files(c: Checked) -> Iterator[Problem]:
    """Every file is as ``skilltax taxonomy format`` writes it."""
    for source in c.sources:
        if source.data is not None and canonical(source) != source.text:
            yield Problem(source.name, 1, "(file)", "is not in canonical form", "run: skilltax taxonomy format")


def ids_say_what_they_name(c: Checked) -> Iterator[Problem]:
    """Every word of an id stands in its record, as it is or as initials: no id names another thing than its label does."""
    for concept in c.concepts:
        above = (*concept.broader, *concept.part_of, *concept.certifies, *concept.implies)
        texts = (concept.label, *concept.aliases, *concept.hidden, concept.description, concept.category, concept.kind, *above)
        written = [words for text in texts for words in (_words(text), _words(_spelt(text)))]
        known = {word for words in written for word in words}
        run = " ".join("".join(words) + " " + "".join(word[0] for word in words) for words in written)
        for word in _words(concept.id):
            if not any(one in known or one in run for one in (word, word.removesuffix("s"))):
                message = f"“{word}” stands nowhere in the record of {concept.label}"
                yield c.at(concept, "id", message, "name the id after the label; ids never change once they are released")
                break


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _spelt(text: str) -> str:
    text = text.lower()
    for mark, spelt in SPELT.items():
        text = text.replace(mark, spelt)
    return text


def ids_are_permanent(c: Checked) -> Iterator[Problem]:
    """An id that a released version has had is a live concept, or stands in retired.yaml with its reason."""
    retired = {record.id for record in c.taxonomy.retired}
    for lost in sorted(c.released - retired - c.taxonomy.concepts.keys()):
        message = "was in a released version and is gone"
        yield Problem(LEDGER, 1, lost, message, "put it back, or add it to retired.yaml with reason and successor")


def retired_ids_stay_retired(c: Checked) -> Iterator[Problem]:
    """An id that was retired is never used again, and its successor is a live concept."""
    for retired in c.taxonomy.retired:
        if retired.id in c.taxonomy:
            yield c.at(c.taxonomy[retired.id], "id", "this id is retired", "choose another id")
        if retired.successor and retired.successor not in c.taxonomy:
            yield Problem("retired.yaml", 1, f"{retired.id}.successor", f"no concept {retired.successor}", "mend the id")


def kinds_of_things_are_disjoint(c: Checked) -> Iterator[Problem]:
    """SKOS S9 and S37: an id names a concept or a collection (category).

    Gates name both in one list (`needs`). So the only concept that may be called as a category is the one that the category is
    about: it stands in it, or above a concept of it. Either reading then says the same.
    """
    inside = defaultdict(list)
    for concept in c.taxonomy:
        inside[concept.category].append(concept)
    for concept in c.concepts:
        members = inside.get(concept.id)
        if not members or concept.category == concept.id:
            continue
        if not any(concept.id in c.taxonomy.ancestors[other.id] or concept.id in other.part_of for other in members):
            yield c.at(concept, "id", "is also the name of a category that is not about it", "choose another id")


def records_are_whole(c: Checked) -> Iterator[Problem]:
    """A homepage for every technology with a name of its own and every certification; a sentence for each."""
    for concept in c.concepts:
        if concept.matched and not concept.homepage:
            if concept.kind == "certification":
                yield c.at(concept, "homepage", "a certification has a homepage", "add it")
            elif concept.kind == "technology" and is_proper(concept):
                yield c.at(concept, "homepage", "a technology with a name of its own has a homepage", "add it")
        if concept.description.endswith("..") or not concept.description.endswith("."):
            yield c.at(concept, "description", "is no sentence", "end it with a full stop")
        if concept.status == "deprecated" and not concept.replaced_by:
            yield c.at(concept, "replaced_by", "deprecated without a successor", "name it, or make it legacy")


def titles_name_one_family(c: Checked) -> Iterator[Problem]:
    """No phrase of job titles stands in two families of roles.yaml, or twice in one."""
    for source in c.sources:
        if Path(source.name).stem != "roles" or source.data is None:
            continue
        home: dict[str, str] = {}
        for family, record in source.data.get("families", {}).items():
            for i, phrase in enumerate(record["titles"]):
                if phrase in home:
                    path = ("families", family, "titles", i)
                    message = f"“{phrase}” also stands in {home[phrase]}"
                    yield Problem(source.name, source.line(path), dotted(path), message, "keep it in one family")
                home.setdefault(phrase, family)


def is_proper(concept: Concept) -> bool:
    """Whether a label is a name that somebody gave, rather than a common noun.

    Common nouns are English words (`compiler`), phrases without a capitalised word (`container runtime`, `GPU server`) and
    acronyms of such phrases (`NIC`, where an alias spells it out in lower case). What is left is a name: `CUDA`, `nftables`.
    """
    label = concept.label
    if any(word not in (word.lower(), word.upper()) for word in label.split()):
        return True
    return not any(map(_is_common, (label, *concept.aliases) if label.isupper() else (label,)))


def _is_common(form: str) -> bool:
    words = form.split()
    if len(words) > 1:
        return any(word == word.lower() and word.isalpha() for word in words)
    return form.lower() == form and not {form, form.removesuffix("s")}.isdisjoint(english_words())
