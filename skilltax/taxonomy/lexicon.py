"""The lexicon: every key that a text may hold, with the concepts that it may name and under which conditions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, get_args

import numpy as np
import orjson

from skilltax.taxonomy.forms import flat, key, spells, variants, with_maker
from skilltax.taxonomy.model import Concept, Gate, Kind, Taxonomy
from skilltax.taxonomy.tails import Tails
from skilltax.taxonomy.verbs import verb_phrases
from skilltax.taxonomy.words import english_words

OPEN = Gate()
KINDS = get_args(Kind)
NEWLINE = ord("\n")


class Entry(NamedTuple):
    """One reading of a key.

    Attributes
    ----------
    concept : str
        Id of the concept it names, or does not name where it is a veto.
    form : str
        The form as the curator typed it.
    written : str
        The variant in the case it was typed in.
    gate : Gate
        Conditions of the form.
    inner : str
        The part of the phrase that gets tagged, where that is not the whole: the form inside an `always` phrase, the
        name before a tail that says nothing (`agile` in `agile methodologies`).
    vetoes : bool
        Whether it is a `never` phrase: inside it, the concept is not meant.
    kind : str
        Kind of the concept.
    rule, needs, inside
        What follows from the fields above: how it is decided (``veto``, ``phrase``, ``case`` or ``exact``), what it needs
        beside it, and where `inner` stands in it. :func:`reading` fills them in.
    """

    concept: str
    form: str
    written: str
    gate: Gate = OPEN
    inner: str = ""
    vetoes: bool = False
    kind: str = ""
    rule: str = "exact"
    needs: tuple[str, ...] = ()
    inside: tuple[int, int] | None = None

    @property
    def is_proper(self) -> bool:
        """Whether it is a proper name as a curator typed it, without conditions: what people mistype and mean."""
        typed = self.form != self.form.lower() and self.written == self.form
        return typed and not self.vetoes and not self.inner and not self.gate.needs and self.gate.case == "any"

    @property
    def is_phrase(self) -> bool:
        """Whether it is an `always` phrase, which means a concept without being a name of it."""
        return self.rule == "phrase"


def reading(
    concept: str, form: str, written: str, gate: Gate = OPEN, inner: str = "", vetoes: bool = False, kind: str = ""
) -> Entry:
    """An entry with what follows from its fields."""
    phrase = form == inner
    names = sorted(variants(form), key=len, reverse=True) if phrase else [inner] if inner else []  # using DAGs: a plural of DAG
    inside = next((span for name in names if (span := _stands_in(name, written))), None)
    return _with_rule(concept, form, written, gate, inner, vetoes, kind, inside)


def _with_rule(
    concept: str, form: str, written: str, gate: Gate, inner: str, vetoes: bool, kind: str, inside: tuple[int, int] | None
) -> Entry:
    """An entry with its rule, and what it needs beside it."""
    phrase = form == inner
    rule = "phrase" if phrase else "veto" if vetoes else "case" if gate.case == "exact" else "exact"
    return Entry(concept, form, written, gate, inner, vetoes, kind, rule, () if phrase else gate.needs, inside)


def _stands_in(name: str, phrase: str) -> tuple[int, int] | None:
    found = re.search(rf"(?<![^\W_]){re.escape(name)}(?![^\W_])", phrase, re.I)
    return found.span() if found else None


def _is_word(form: str) -> bool:
    return form.isalpha() and form.lower() in english_words()


def entries_of(concept: Concept, tails: Tails) -> dict[str, list[Entry]]:
    """Keys of one concept with their entries: forms with their variants, `never` and `always` phrases."""
    found: dict[str, list[Entry]] = {}

    def add(written: str, entry: Entry) -> None:
        at = found.setdefault(key(written), [])
        if not at or entry not in at:
            at.append(entry)

    tagged = [form for form in dict.fromkeys(concept.forms) if concept.match.get(form, OPEN).tagged]
    written_as = {form: list(variants(form)) for form in tagged}
    names = {variant.lower() for several in written_as.values() for variant in several}
    label = flat(concept.label)  # blue/green deployment is spelt as the label, but for a mark
    abbreviations = [form for form in tagged if form.isupper()]  # IDS: the tail of `intrusion detection system` is of the name
    for form, several in written_as.items():
        gate = concept.match.get(form, OPEN)
        is_label = label in (flat(form), flat(f"{form}s"))
        for written in several:
            if written != form and _is_word(written) and not _is_word(form):
                continue  # what is generated never makes an everyday word a name: Arize, arise
            if written != form and written in concept.match:
                continue  # it has a gate of its own: ISIS, which IS-IS may be written as
            head = "" if is_label else tails.head(written, concept.kind)
            if head and any(spells(short, written) for short in abbreviations):
                head = ""
            if not head and written == form and concept.kind == "technology":
                head = tails.unversioned(form, concept.category)
            inner = head if head.lower() in names else ""
            if not inner and not is_label and concept.kind == "technology":
                inner = _own_head(written, names, tails)
            add(written, reading(concept.id, form, written, gate, inner, False, concept.kind))
    for form, gate in concept.match.items():
        for phrase in gate.never:
            for written in variants(phrase):
                add(written, reading(concept.id, form, phrase, gate, vetoes=True, kind=concept.kind))
        for phrase in gate.always:
            for written in variants(phrase):
                add(written, reading(concept.id, form, written, OPEN, form, False, concept.kind))
    return found


def _own_head(written: str, names: Container[str], tails: Tails) -> str:
    """The longest other name of a concept that a form of it begins with before common words: `LTO` in `LTO tape`."""
    words = written.split(" ")
    for end in range(len(words) - 1, 0, -1):
        if not tails.is_common(words[end]):
            return ""
        head = " ".join(words[:end])
        if head.lower() in names and (not head.islower() or (head.isalnum() and head not in english_words())):
            return head
    return ""


def with_makers(concept: Concept, tails: Tails) -> Iterator[tuple[str, Entry]]:
    """Keys of a technology's forms with its maker before them, each with its entry: the maker says what a gate asks for.

    What is a form of its own and not tagged stays so (`Microsoft Office Suite`, of which the name is tagged).
    """
    tagged = [form for form in dict.fromkeys(concept.forms) if concept.match.get(form, OPEN).tagged]
    untagged = {key(form) for form in concept.forms if not concept.match.get(form, OPEN).tagged}
    made = list(with_maker(tagged, tails.makers)) if concept.kind == "technology" else []
    names = {form.lower() for form in (*tagged, *(whole for _, whole in made))}
    for form, whole in made:
        gate = Gate(case=concept.match.get(form, OPEN).case)
        for written in variants(whole):
            if key(written) in untagged:
                continue
            head = tails.head(written, concept.kind)
            inner = head if head.lower() in names else ""
            yield key(written), reading(concept.id, form, written, gate, inner, False, concept.kind)


def build(
    taxonomy: Taxonomy, concepts: Iterable[str] | None = None, keys: Container[str] | None = None
) -> tuple[dict[str, tuple[Entry, ...]], dict[str, list[str]]]:
    """Every key of a taxonomy with its readings, and for some the concepts whose readings others keep from counting.

    A typed form beats a generated variant of another concept's form, any form a verb's, and a form with its maker before it
    never stands beside what a form of another concept says.

    Parameters
    ----------
    taxonomy : Taxonomy
        Concepts, and the rules of tails and verbs.
    concepts, keys : optional
        Only these keys, where these are all the concepts that may have a reading of one. Every one without.
    """
    every: dict[str, list[Entry]] = {}
    tails = Tails(taxonomy.rules.get("tails", {}))
    several = [taxonomy[one] for one in sorted(taxonomy.concepts if concepts is None else concepts)]
    for concept in several:
        for one, entries in entries_of(concept, tails).items():
            if keys is None or one in keys:
                every.setdefault(one, []).extend(entries)
    for one, entry in of_verbs(taxonomy):
        if keys is None or one in keys:
            every.setdefault(one, [entry])
    made: dict[str, list[Entry]] = {}
    for concept in several:
        for one, entry in with_makers(concept, tails):
            if keys is None or one in keys:
                made.setdefault(one, []).append(entry)
    found = {one: tuple(_told_once(_typed_first(entries))) for one, entries in (made | every).items()}
    beaten = {
        one: sorted(lost)
        for one, entries in found.items()
        if (lost := {e.concept for e in (*every.get(one, ()), *made.get(one, ()))} - {e.concept for e in entries})
    }
    return found, beaten


def of_verbs(taxonomy: Taxonomy) -> Iterator[tuple[str, Entry]]:
    """Keys of the phrases of a verb and its noun, each with its entry."""
    for phrase, concept in verb_phrases(taxonomy.rules.get("verbs", {})):
        if concept in taxonomy:
            for written in variants(phrase):
                yield key(written), reading(concept, phrase, written, kind=taxonomy[concept].kind)


def _told_once(entries: list[Entry]) -> list[Entry]:
    """Entries without those that say the same of the same concept: two forms may have a variant in common."""
    if len({e.concept for e in entries}) == len(entries):
        return entries
    told = {
        (e.concept, e.gate.model_dump_json(), e.written if e.gate.case == "exact" else "", e.inner, e.vetoes): e
        for e in reversed(entries)
    }
    return [e for e in entries if e in told.values()]


def _typed_first(entries: list[Entry]) -> list[Entry]:
    if len(entries) == 1:
        return entries
    typed = {e.concept for e in entries if e.form == e.written and not e.vetoes}
    if not typed:
        return entries
    return [e for e in entries if e.concept in typed or e.vetoes]


Phrase = tuple[int, str, tuple[Entry, ...]]


class Lexicon(Mapping[str, tuple[Entry, ...]]):
    """The keys of a taxonomy, sorted by their *cores*: a key without its marks, as :func:`forms.flat` folds it.

    A run meets few of the keys, so what stands behind a core is JSON until it is asked for.

    Parameters
    ----------
    cores : list of bytes
        Folded keys, each once, sorted.
    rows : sequence of bytes, or Lines
        For each core JSON of its phrases: marks before the core, key, entries.
    gates : list of bytes
        JSON of each gate that entries have, the open one first; a row tells its number.
    names : list of str
        Keys that people mistype: single words, proper names without conditions; sorted.
    beaten : mapping of str to list of str
        Keys, and the concepts whose readings of them do not count (:func:`build`).

    Attributes
    ----------
    known : list of (tuple of phrases or None)
        What :meth:`phrases` has read so far, by the number of the core.
    """

    def __init__(
        self,
        cores: list[bytes],
        rows: Sequence[bytes | memoryview] | Lines,
        gates: list[bytes],
        names: list[str],
        beaten: Mapping[str, list[str]],
    ) -> None:
        self.cores, self.names, self.beaten, self._rows, self._gates = cores, names, beaten, rows, gates
        self._made = {0: OPEN}
        self.known: list[tuple[Phrase, ...] | None] = [None] * len(rows)

    def phrases(self, number: int) -> tuple[Phrase, ...]:
        """What a core may stand for, the longest key first: how far before the core it begins, the key, its entries."""
        found = self.known[number]
        if found is None:
            raw = orjson.loads(self._rows[number])
            found = tuple((before, key_, tuple(self._entry(key_, row) for row in rows)) for before, key_, rows in raw)
            self.known[number] = found
        return found

    def _entry(self, key_: str, row: list[Any]) -> Entry:
        concept, number, written, form, *rest = row
        written = written or key_
        form, kind = form or written, KINDS[number]
        if not rest:
            return Entry(concept, form, written, kind=kind)
        gate, inner, vetoes, inside = rest
        if gate not in self._made:
            self._made[gate] = Gate.model_validate_json(self._gates[gate])
        return _with_rule(
            concept, form, written, self._made[gate], inner, bool(vetoes), kind, tuple(inside) if inside else None
        )

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {core: number for number, core in enumerate(self.cores)}

    def __getitem__(self, one: str) -> tuple[Entry, ...]:
        number = self._numbers.get(flat(one).strip())
        for _, other, entries in self.phrases(number) if number is not None else ():
            if other == one:
                return entries
        raise KeyError(one)

    def __iter__(self) -> Iterator[str]:
        return (one for row in self._rows for _, one, _ in orjson.loads(row))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def dump(self) -> bytes:
        """The lexicon as five blocks of lines, which are cut faster than JSON is read: beaten, names, gates, cores and rows.

        A first line tells how long each is: to look for their ends would take as long as to read the document.
        """
        texts = orjson.dumps(self.beaten), "\n".join(self.names).encode()
        blocks = [*texts, *map(b"\n".join, (self._gates, self.cores, self._rows))]
        return b"".join([" ".join(str(len(block)) for block in blocks).encode(), b"\n", *blocks])

    @classmethod
    def parse(cls, data: bytes) -> Lexicon:
        """The lexicon that :meth:`dump` wrote.

        Raises
        ------
        ValueError
            Where it is not whole.
        """
        end = data.index(b"\n") + 1
        blocks: list[memoryview] = []
        for length in map(int, data[:end].split()):
            blocks.append(memoryview(data)[end : end + length])
            end += length
        *others, rows = blocks
        beaten, names, gates, cores = map(bytes, others)
        found, told = _lines(cores), Lines(rows)
        if end != len(data) or len(found) != len(told):
            raise ValueError("a lexicon that is not whole")
        return cls(found, told, _lines(gates), names.decode().split("\n") if names else [], orjson.loads(beaten))

    @classmethod
    def of(cls, entries: Mapping[str, tuple[Entry, ...]], beaten: Mapping[str, list[str]]) -> Lexicon:
        """The lexicon of what :func:`build` found."""
        return cls([], [], [_gate(OPEN)], [], {}).with_keys((), entries, beaten)

    def with_keys(
        self, gone: Iterable[str], entries: Mapping[str, tuple[Entry, ...]], beaten: Mapping[str, list[str]]
    ) -> Lexicon:
        """The same lexicon without some of its keys and with others in their place."""
        gates = {gate: number for number, gate in enumerate(self._gates)}
        numbers: dict[int, int] = {}  # by what they are: many entries have one gate, and its JSON is slow to make

        def number(gate: Gate) -> int:
            if id(gate) not in numbers:
                numbers[id(gate)] = gates.setdefault(_gate(gate), len(gates))
            return numbers[id(gate)]

        replaced = {*gone, *entries}
        cores: dict[bytes, list[list[Any]]] = {}
        for one in replaced:
            if (core := flat(one).strip()) and core not in cores:
                at = self._numbers.get(core)
                cores[core] = [] if at is None else [row for row in orjson.loads(self._rows[at]) if row[1] not in replaced]
        for one, several in entries.items():
            folded = flat(one)
            if core := folded.strip():
                before = len(folded) - len(folded.lstrip())
                cores[core].append([before, one, [_row(one, e, number(e.gate)) for e in several]])
        rows: dict[bytes, bytes | memoryview] = dict(zip(self.cores, self._rows, strict=True))
        for core, found in cores.items():
            if found:
                rows[core] = orjson.dumps(sorted(found, key=lambda row: (-len(row[1]), row[1])))
            else:
                rows.pop(core, None)
        rows = dict(sorted(rows.items()))
        names = [one for one in self.names if one not in replaced]
        names += (one for one, several in entries.items() if one.isalpha() and any(e.is_proper for e in several))
        still = {one: lost for one, lost in self.beaten.items() if one not in replaced}
        return Lexicon(list(rows), list(rows.values()), list(gates), sorted(names), still | dict(beaten))


def lexicon(taxonomy: Taxonomy) -> Lexicon:
    """The lexicon of a taxonomy, made anew."""
    return Lexicon.of(*build(taxonomy))


def renewed(old: Lexicon, before: Taxonomy, taxonomy: Taxonomy, changed: Iterable[str]) -> Lexicon:
    """The lexicon of a taxonomy from that of another, which differs in a few concepts.

    Parameters
    ----------
    old, before : Lexicon, Taxonomy
        The other; its rules of tails and verbs are the same.
    taxonomy : Taxonomy
        The one whose lexicon is wanted.
    changed : iterable of str
        Ids of all concepts that are not the same in both.
    """
    changed, tails = set(changed), Tails(taxonomy.rules.get("tails", {}))
    keys: set[str] = set()
    for one in (before, taxonomy):
        for concept in (one[i] for i in changed if i in one):
            keys.update(entries_of(concept, tails), (key_ for key_, _ in with_makers(concept, tails)))
        keys.update(key_ for key_, entry in of_verbs(one) if entry.concept in changed)
    shared = {e.concept for one in keys for e in old.get(one, ())} | {i for one in keys for i in old.beaten.get(one, ())}
    return old.with_keys(keys, *build(taxonomy, {i for i in changed | shared if i in taxonomy}, keys))


def _gate(gate: Gate) -> bytes:
    return gate.model_dump_json(exclude_defaults=True).encode()


def _row(one: str, entry: Entry, gate: int) -> list[Any]:
    """An entry of a key as JSON has it, without what other fields tell: most are written as their key, and have no gate."""
    row = [
        entry.concept, KINDS.index(entry.kind),
        "" if entry.written == one else entry.written, "" if entry.form == entry.written else entry.form,
    ]  # fmt: skip
    if not gate and not entry.inner and not entry.vetoes:
        return row
    return [*row, gate, entry.inner, int(entry.vetoes), entry.inside or 0]


def _lines(text: bytes) -> list[bytes]:
    return text.split(b"\n") if text else []


class Lines:
    """Lines of a long text, cut when they are asked for, as few of them are.

    Parameters
    ----------
    text : memoryview
        Lines, without a newline behind the last.
    """

    def __init__(self, text: memoryview) -> None:
        self._text = text
        ends = np.flatnonzero(np.frombuffer(text, np.uint8) == NEWLINE)
        self._starts = np.concatenate([[0], ends + 1, [len(text) + 1]] if text else [[0]]).astype(np.uint32)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> memoryview:
        return self._text[self._starts[number] : self._starts[number + 1] - 1]

    def __iter__(self) -> Iterator[memoryview]:
        return map(self.__getitem__, range(len(self)))
