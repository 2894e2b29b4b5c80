"""The way into a taxonomy: folders of YAML in, one frozen :class:`Taxonomy` out, or one error with every problem."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from skilltax import __version__
from skilltax.errors import Problem, SkilltaxError, TaxonomyError
from skilltax.taxonomy import compiled
from skilltax.taxonomy.model import RELATIONS, Concept, Excluded, Record, Retired, Taxonomy
from skilltax.taxonomy.schema import MODELINE
from skilltax.taxonomy.source import Source, dotted, head_comment, read_source, write_source

# Each also for a language: cues.de.yaml adds German ones.
RULES = ("appositions", "confidence", "cues", "headings", "roles", "sections", "tails", "verbs")
LISTS: dict[str, type[Record]] = {"excluded": Excluded, "retired": Retired}

MAX_LEVELS = 40  # of broader concepts, one above the other
MAX_FILES = 500  # of one folder

R = TypeVar("R", bound=BaseModel)


def shipped_folder() -> Path:
    """Folder of the taxonomy that comes with the package (or stands beside it, in a checkout)."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "data" / "taxonomy"
    return inside if inside.is_dir() else package.parent / "taxonomy"


def load(*folders: Path | str, overlays: Iterable[Path | str] = ()) -> Taxonomy:
    """Read a taxonomy: in its compiled form where that was made of the same YAML, else the YAML itself.

    Parameters
    ----------
    *folders : path
        The taxonomy, a folder of YAML files, or one file; of several, each on top of those before it. None: the taxonomy that
        comes with skilltax.
    overlays : iterable of path
        Folders or files of the same form on top of it: ``load_taxonomy(overlays=["mine/"])`` adds names of your own to the
        shipped ones. An overlay's record of a known concept replaces the fields it gives and adds to the lists it gives;
        `matched: false` refuses the concept, a gate with `tagged: false` one form of it.

    Returns
    -------
    Taxonomy
        The same files give the same `version`.

    Raises
    ------
    TaxonomyError
        With every problem in every file, not only the first.
    SkilltaxError
        Where a folder does not exist or holds no YAML.
    """
    lowest, *upper = [Path(folder) for folder in (*(folders or (shipped_folder(),)), *overlays)]
    digest = _digest([lowest, *upper])
    if (known := compiled.find(digest)) is not None:
        return known
    with compiled.no_garbage():
        layers = [list(read_folder(folder)) for folder in upper]
        # Rules are kept joined, so that an overlay's cannot be put on top of them.
        plain = layers and not any(is_rules(Path(source.name).stem) for layer in layers for source in layer)
        if not plain or (below := compiled.find(_digest([lowest]))) is None:
            below, layers = Taxonomy({}), [list(read_folder(lowest)), *layers]
        taxonomy = _load(below, layers, f"{__version__}+sha256:{digest}")
        compiled.keep(taxonomy, digest)
    return taxonomy


def _load(below: Taxonomy, sources: list[list[Source]], version: str) -> Taxonomy:
    """Make a taxonomy of layers of files on top of one that is known, or raise every problem."""
    problems = [p for layer in sources for source in layer for p in source.problems]
    merged: dict[str, tuple[Source, dict[str, Any]]] = {}
    lists: dict[str, list[Any]] = {name: [*getattr(below, name)] for name in LISTS}
    rules: dict[str, Any] = {}
    for layer in sources:
        seen: dict[str, Source] = {}
        for source in layer:
            stem = Path(source.name).stem
            if source.data is None:
                continue
            if is_rules(stem):
                rules[stem] = source.data
            elif stem in LISTS:
                lists[stem] += _records(source, LISTS[stem], problems)
            else:
                _merge(source, stem, below, merged, seen, problems)
    made = {i: c for i, (source, raw) in merged.items() if (c := _valid(Concept, raw, source, (i,), problems))}
    concepts = {i: made.get(i) or below[i] for i in sorted(below.concepts.keys() | made.keys())}
    problems += _dangling(concepts, {i: s for i, (s, _) in merged.items()})
    problems += _too_deep(concepts, {i: s for i, (s, _) in merged.items()})
    if problems:
        raise TaxonomyError(problems)
    joined = _of_all_languages(rules) or below.rules
    return Taxonomy(concepts, tuple(lists["excluded"]), tuple(lists["retired"]), joined, version)


def is_rules(stem: str) -> bool:
    """Whether a file of this name holds rules, not concepts: ``cues``, or those of a language, ``cues.de``."""
    return stem.partition(".")[0] in RULES


def _of_all_languages(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of each kind with those of every language: a posting often mixes two, so all are known at once."""
    joined: dict[str, Any] = {}
    for stem in sorted(rules):  # the kind itself, English, stands before its languages
        kind = stem.partition(".")[0]
        joined[kind] = _joined(joined[kind], rules[stem]) if kind in joined else rules[stem]
    return joined


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, list) and isinstance(other, list):
        return list(dict.fromkeys([*one, *other]))
    if isinstance(one, dict) and isinstance(other, dict):
        return {**one, **{key: _joined(one[key], value) if key in one else value for key, value in other.items()}}
    return other


def _digest(layers: list[Path]) -> str:
    """A hash of the code's version and every source file of every layer."""
    made = hashlib.sha256(__version__.encode())
    for folder in layers:
        for path in _yaml_files(folder):
            made.update(b"\0" + path.name.encode() + b"\0" + path.read_bytes())
    return made.hexdigest()[:16]


def read_folder(folder: Path) -> Iterator[Source]:
    """Each YAML file of a folder as read, in the order of their names; of a file, that file."""
    return (read_source(path, path.name if path == folder else f"{folder.name}/{path.name}") for path in _yaml_files(folder))


def _yaml_files(folder: Path) -> list[Path]:
    if folder.suffix == ".yaml" and folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise SkilltaxError(f"{folder}: no such folder; give a folder of taxonomy YAML files")
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise SkilltaxError(f"{folder}: holds no .yaml file; give a folder of taxonomy YAML files")
    if len(paths) > MAX_FILES:
        raise SkilltaxError(f"{folder}: holds more than {MAX_FILES} .yaml files; is it a folder of taxonomy files?")
    return paths


def _merge(
    source: Source,
    category: str,
    below: Taxonomy,
    merged: dict[str, tuple[Source, dict[str, Any]]],
    seen: dict[str, Source],
    problems: list[Problem],
) -> None:
    """Add a category file's records to those merged so far; within one layer an id stands once."""
    for key, raw in source.data.items():
        if not isinstance(raw, dict):
            problems.append(Problem(source.name, source.line((key,)), key, "is no record", "give it label and description"))
            continue
        if key in seen:
            where = f"{seen[key].name}:{seen[key].line((key,))}"
            problems.append(Problem(source.name, source.line((key,)), key, f"is also in {where}", "keep one of them"))
            continue
        seen[key] = source
        for name in {"id", "category"} & raw.keys():
            where = f"{key}.{name}"
            problems.append(Problem(source.name, source.line((key, name)), where, "follows from the file", "leave it out"))
        if key in merged:
            lines, old = merged[key][0].lines, merged[key][1]
        elif key in below:
            lines, old = {}, below[key].model_dump(mode="json", exclude_defaults=True)
        else:
            merged[key] = source, {**raw, "id": key, "category": category}
            continue
        joined = dict(old)
        for name, value in raw.items():
            both = old.get(name)
            if isinstance(value, list) and isinstance(both, list):
                joined[name] = [*both, *(v for v in value if v not in both)]
            elif isinstance(value, dict) and isinstance(both, dict):
                joined[name] = {**both, **value}
            else:
                joined[name] = value
        merged[key] = source._replace(lines={**lines, **source.lines}), joined


def _records(source: Source, model: type[R], problems: list[Problem]) -> list[R]:
    """Records of excluded.yaml and retired.yaml: a mapping of name to record."""
    key_field = next(iter(model.model_fields))
    return [
        record
        for key, raw in source.data.items()
        if (record := _valid(model, {key_field: key, **raw} if isinstance(raw, dict) else {}, source, (key,), problems))
    ]


def _valid(model: type[R], raw: Mapping[str, Any], source: Source, where: tuple[str], problems: list[Problem]) -> R | None:
    """The record as a value, or None with its problems added."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for found in error.errors():
            path = (*where, *found["loc"])
            known = ", ".join(sorted(model.model_fields.keys() - {"id", "category"}))
            remedy = {
                "extra_forbidden": f"known fields: {known}",
                "missing": "add it",
                "string_pattern_mismatch": "ids are lower-case words joined by '-'; homepages begin with https://",
            }.get(found["type"], "see taxonomy/README.md")
            problems.append(Problem(source.name, source.line(path), dotted(path), found["msg"], remedy))
        return None


def _dangling(concepts: Mapping[str, Concept], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """References to concepts that are not there, and gates for forms that the concept does not have."""
    targets = concepts.keys() | {c.category for c in concepts.values()}
    for concept in map(concepts.__getitem__, sorted(sources.keys() & concepts.keys())):
        source = sources[concept.id]

        def report(
            path: tuple[str | int, ...], message: str, remedy: str, source: Source = source, concept: Concept = concept
        ) -> Problem:
            path = (concept.id, *path)
            return Problem(source.name, source.line(path), dotted(path), message, remedy)

        for relation in RELATIONS:
            for target in getattr(concept, relation):
                if target not in concepts:
                    yield report((relation,), f"no concept {target}", "add that concept or mend the id")
        if concept.replaced_by and concept.replaced_by not in concepts:
            yield report(("replaced_by",), f"no concept {concept.replaced_by}", "mend the id")
        for form, gate in concept.match.items():
            if form not in concept.written:
                yield report(("match", form), "is no form of this concept", "add it to label, aliases or hidden, as typed here")
            for target in gate.needs:
                if target not in targets:
                    yield report(("match", form, "needs"), f"no concept or category {target}", "mend the id")


def _too_deep(concepts: Mapping[str, Concept], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """A concept with more than a few levels above it: a mistake, and a danger to whatever walks up."""
    for concept in map(concepts.__getitem__, sorted(sources.keys() & concepts.keys())):
        level, depth = set(concept.broader), 0
        while level and depth <= MAX_LEVELS:
            level = {above for one in level if one in concepts for above in concepts[one].broader}
            depth += 1
        if level and not _in_ring(concept.id, concepts):
            source, path = sources[concept.id], (concept.id, "broader")
            message = f"more than {MAX_LEVELS} levels above it"
            yield Problem(source.name, source.line(path), dotted(path), message, "name something more general")
            return


def _in_ring(start: str, concepts: Mapping[str, Concept]) -> bool:
    """Whether what stands above a concept holds a ring, which `skilltax taxonomy check` reports as such."""
    seen: set[str] = set()
    level = {start}
    while level:
        seen |= level
        level = {above for one in level if one in concepts for above in concepts[one].broader} - seen
    graph = {one: set(concepts[one].broader) & seen for one in seen if one in concepts}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


FIELDS = [name for name in Concept.model_fields if name not in ("id", "category")]
UNSORTED = {"examples", "decoys"}


def canonical(source: Source) -> str:
    """A file as ``skilltax taxonomy format`` writes it: records by id, fields in the order of the schema, lists sorted."""
    stem = Path(source.name).stem
    if is_rules(stem):
        return source.text
    head = head_comment(source.text)
    if stem not in LISTS and not head.startswith(MODELINE):
        head = MODELINE + (head or "\n")
    return write_source({key: _canonical_record(source.data[key]) for key in sorted(source.data)}, head)


def _canonical_record(raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    order = [*[f for f in FIELDS if f in raw], *[f for f in raw if f not in FIELDS]]
    return {name: _canonical_value(name, raw[name]) for name in order if raw[name] not in ([], {}, "")}


def _canonical_value(name: str, value: Any) -> Any:
    if isinstance(value, list) and name not in UNSORTED:
        return sorted(dict.fromkeys(value), key=_order)
    if isinstance(value, dict):
        return {k: _canonical_value(k, _canonical_record(v)) for k, v in sorted(value.items(), key=lambda kv: _order(kv[0]))}
    return value


def _order(item: Any) -> tuple[str, str]:
    return str(item).casefold(), str(item)
