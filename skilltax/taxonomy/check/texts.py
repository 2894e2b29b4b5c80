"""Conditions that the real matcher proves: on examples and decoys, and on every form in the contexts of postings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skilltax.errors import Problem
from skilltax.taxonomy.check.checked import Checked
from skilltax.taxonomy.lexicon import OPEN
from skilltax.taxonomy.model import Concept, Named

CONTEXTS = (
    "We use {} daily.",
    "You know {}.",
    "Skills: {}",
    "({})",
    "Python/{}/SQL",
    "{}/Linux",
    "Docker,{},Linux",
    "Docker; {}; Linux",
    "{}, Linux",
    "* {}\n* Linux",
    "**{}**",
    "{}-based systems",
    "5+ years of {}",
    "Linux\u00a0{}\u00a0Docker",
    "“{}”",
    "Linux;{}",
)
AROUND_SENTENCES = ("({})", "* {}", "**{}**", "“{}”", "- {}; and more", "Skills:\n\n{}")
BATCH = 16  # cells in one text: few enough that what is beside a form stays beside it


class Cell(NamedTuple):
    """A form in a context, and where it stands in the text that holds it."""

    concept: Concept
    form: str
    context: str
    start: int
    end: int


def examples_hit_and_decoys_miss(c: Checked) -> Iterator[Problem]:
    """Every example is tagged as its concept by the real matcher, and no decoy is."""
    for concept in c.concepts:
        for text in c.given(concept, "examples"):
            if concept.id not in c.named_in(text):
                yield c.at(concept, "examples", f"“{text}” is not tagged", "mend the gate or the example")
        for text in c.given(concept, "decoys"):
            if concept.id in c.named_in(text):
                yield c.at(concept, "decoys", f"“{text}” is tagged", "gate the form, or mend the decoy")


def decoys_try_the_gate(c: Checked) -> Iterator[Problem]:
    """A decoy holds a gated form, else it shows nothing; a form that needs a neighbour stands in one as it is written."""
    for concept in c.concepts:
        decoys = c.given(concept, "decoys")
        if not (concept.match and decoys):
            continue
        for text in decoys:
            if not any(_holds(text, form, re.IGNORECASE) for form in concept.match):
                forms = ", ".join(concept.match)
                yield c.at(
                    concept, "decoys", f"“{text}” holds no gated form ({forms})", "write one that holds it and means another"
                )
        for form, gate in concept.match.items():
            flags = 0 if gate.case == "exact" else re.IGNORECASE
            if gate.needs and not any(_holds(text, form, flags) for text in decoys):
                yield c.at(
                    concept,
                    "decoys",
                    f"“{form}” needs a neighbour and stands in no decoy",
                    "add a sentence where it means another",
                )


def always_phrases_are_tagged(c: Checked) -> Iterator[Problem]:
    """Every `always` phrase is tagged as its concept where it stands alone, else a longer name takes it and it never counts."""
    for concept in c.concepts:
        for gate in concept.match.values() if concept.matched else ():
            for phrase in gate.always:
                if concept.id not in c.named_in(phrase):
                    yield c.at(concept, "match", f"the `always` phrase “{phrase}” is not tagged", "mend the phrase, or drop it")


def _holds(text: str, form: str, flags: int) -> bool:
    """Whether a form, or its plural, stands in a text as a word, however it is joined: `one wire` for One-Wire."""
    parts = re.split(r"[\s_-]+|(?<=[a-z])(?=[A-Z])", form)
    joined = r"[\s,_-]*".join(map(re.escape, parts))
    return re.search(rf"(?<!\w){joined}(?:s|es|['’]s)?(?!\w)", text, flags) is not None


def examples_hold_in_lists_and_markup(c: Checked) -> Iterator[Problem]:
    """The examples of a gated concept name it in brackets, lists and Markdown too."""
    for concept in c.concepts:
        if not concept.match:
            continue
        for text in c.given(concept, "examples"):
            for context in (*AROUND_SENTENCES, None):
                written = context.format(text) if context else text.replace(" ", "\u00a0")
                if concept.id not in c.named_in(written) and concept.id in c.named_in(text):
                    message = f"“{text}” is not tagged any more as “{written}”"
                    yield c.at(concept, "examples", message, "mend the gate or the example")


def forms_are_found(c: Checked) -> Iterator[Problem]:
    """Every form without `needs` is found in each of 16 contexts, unless the context makes a longer name of it."""
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    open_forms = [
        (concept, form)
        for concept in c.concepts
        for form in concept.forms
        if (gate := concept.match.get(form, OPEN)).tagged and not gate.needs
    ]
    for cell in _missed(c, open_forms):
        missed[cell.concept.id, cell.form].append(cell.context)
    for (concept, form), contexts in missed.items():
        where = f"“{contexts[0].format(form)}”".replace("\n", "⏎")
        message = f"“{form}” is not found in {len(contexts)} of {len(CONTEXTS)} contexts, such as {where}"
        yield c.at(
            c.taxonomy[concept], "aliases", message, "see `skilltax explain`: drop the form, or the name that takes its place"
        )


def _missed(c: Checked, forms: Sequence[tuple[Concept, str]]) -> Iterator[Cell]:
    """The cells of the matrix of forms and contexts in which the matcher does not find the form."""
    for first in range(0, len(forms), BATCH):
        for context in CONTEXTS:
            text, cells = "", []
            for concept, form in forms[first : first + BATCH]:
                if ("*" in form and "*" in context) or (concept.kind == "soft" and context.startswith("Python/")):
                    continue  # a star beside a star is Markdown's; nobody glues a soft skill to a language
                start = len(text) + context.index("{}")
                cells.append(Cell(concept, form, context, start, start + len(form)))
                text += context.format(form) + "\n\n"
            found = sorted(c.read(text))
            yield from (cell for cell in cells if not _is_found(cell, found) and not _is_found_alone(c, cell))


def _is_found_alone(c: Checked, cell: Cell) -> bool:
    """The same with nothing around: what stood beside the form may have taken it."""
    start = cell.context.index("{}")
    alone = cell._replace(start=start, end=start + len(cell.form))
    return _is_found(alone, list(c.read(cell.context.format(cell.form))))


def _is_found(cell: Cell, found: Sequence[Named]) -> bool:
    """Whether a mention of the concept lies on the cell's form, or one of another concept reaches out of it."""
    over = [named for named in found if named.start < cell.end and cell.start < named.end]
    return any(n.concept == cell.concept.id or n.start < cell.start or n.end > cell.end for n in over)
