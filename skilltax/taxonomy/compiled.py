"""The compiled taxonomy: lines that load in milliseconds and travel with pipelines and workers.

Two documents, each keyed by a hash of what it was made from: the records, and the lexicon that tagging looks names up in. A
built package holds those of the shipped taxonomy; others (a checkout's, one with overlays) are kept in the user's cache folder
and made anew when a YAML file, an overlay or the code behind them changes. Inside a document each record is a line, JSON of its
own, read when it is first asked for: lines are cut faster than JSON is read.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import platformdirs

from skilltax.taxonomy import lexicon as lexicon_
from skilltax.taxonomy.lexicon import Lexicon
from skilltax.taxonomy.model import Concept, Excluded, Retired, Taxonomy

PACKAGE = Path(__file__).resolve().parents[1]
SHIPPED = PACKAGE / "data" / "compiled"
MADE_BY = (
    "taxonomy/compiled.py",
    "taxonomy/model.py",
    "taxonomy/forms.py",
    "taxonomy/lexicon.py",
    "taxonomy/tails.py",
    "taxonomy/verbs.py",
    "data/words.txt",
)
KEPT = 16  # documents in the cache folder
WORTH_IT = 500  # concepts; fewer are read from YAML as fast
A_FEW = 20  # where no more than one concept in so many differs, a lexicon is made from that of another taxonomy


class Records(Mapping[str, Concept]):
    """Concepts by id, each made when it is first asked for.

    Parameters
    ----------
    raw : mapping of str to bytes
        The JSON of each record.
    """

    def __init__(self, raw: Mapping[str, bytes]) -> None:
        self.raw = raw
        self._made: dict[str, Concept] = {}

    def __getitem__(self, concept_id: str) -> Concept:
        if concept_id not in self._made:
            self._made[concept_id] = Concept.model_validate_json(self.raw[concept_id])
        return self._made[concept_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.raw)

    def __len__(self) -> int:
        return len(self.raw)

    def __contains__(self, concept_id: object) -> bool:
        return concept_id in self.raw


def dump(taxonomy: Taxonomy) -> bytes:
    """A taxonomy as lines of JSON: all but the concepts, their ids, then a line each."""

    def plain(records: Any) -> list[dict[str, Any]]:
        return [record.model_dump(mode="json", exclude_defaults=True) for record in records]

    head = {
        "version": taxonomy.version,
        "excluded": plain(taxonomy.excluded),
        "retired": plain(taxonomy.retired),
        "rules": taxonomy.rules,
    }
    written = _written(taxonomy.concepts)
    return b"\n".join((orjson.dumps(head), orjson.dumps(list(written)), *written.values()))


def parse(data: bytes) -> Taxonomy:
    """The taxonomy that :func:`dump` wrote.

    Raises
    ------
    ValueError
        Where it is not whole.
    """
    head, ids, *records = data.split(b"\n")
    raw = orjson.loads(head)
    return Taxonomy(
        Records(dict(zip(orjson.loads(ids), records, strict=True))),
        tuple(map(Excluded.model_validate, raw["excluded"])),
        tuple(map(Retired.model_validate, raw["retired"])),
        raw["rules"],
        raw["version"],
    )


def find(digest: str) -> Taxonomy | None:
    """The taxonomy that was made of the sources with this hash, if it was kept."""
    data = _read(name("taxonomy", digest))
    try:
        return parse(data) if data else None
    except (ValueError, KeyError, TypeError):  # broken: the YAML is read instead
        return None


def keep(taxonomy: Taxonomy, digest: str) -> None:
    """Keep a taxonomy for the next time. Where that cannot be, nothing is lost but time."""
    if len(taxonomy) >= WORTH_IT:
        _write(name("taxonomy", digest), dump(taxonomy))


def lexicon(taxonomy: Taxonomy) -> Lexicon:
    """The lexicon of a taxonomy: as it was kept, else made and kept."""
    if len(taxonomy) < WORTH_IT:
        return lexicon_.lexicon(taxonomy)
    kept = name("lexicon", digest(taxonomy))
    try:
        if data := _read(kept):
            return Lexicon.parse(data)
    except (ValueError, KeyError, TypeError):  # broken: it is made anew
        pass
    with no_garbage():
        made = _from_another(taxonomy) or lexicon_.lexicon(taxonomy)
    _write(kept, made.dump())
    return made


def _from_another(taxonomy: Taxonomy) -> Lexicon | None:
    """The lexicon made from the one that was used last, or was shipped, where it differs in little: an overlay, an edit."""
    for folder in (_cache(), SHIPPED):
        last = max(folder.glob(name("lexicon", "*")), key=_used, default=None)
        before = find(last.name.split("-")[1]) if last else None
        if not last or not before or any(before.rules.get(one) != taxonomy.rules.get(one) for one in ("tails", "verbs")):
            continue
        old, new = _written(before.concepts), _written(taxonomy.concepts)
        changed = [i for i in old.keys() | new.keys() if old.get(i) != new.get(i)]
        if len(changed) * A_FEW <= len(taxonomy):
            try:
                return lexicon_.renewed(Lexicon.parse(last.read_bytes()), before, taxonomy, changed)
            except (OSError, ValueError, KeyError, TypeError):  # broken, or just thrown away
                continue
    return None


def _written(concepts: Mapping[str, Concept]) -> Mapping[str, bytes]:
    """The JSON of each record."""
    if isinstance(concepts, Records):
        return concepts.raw
    return {concept_id: concept.model_dump_json(exclude_defaults=True).encode() for concept_id, concept in concepts.items()}


@contextmanager
def no_garbage() -> Iterator[None]:
    """A block that makes much and throws nothing in a ring away: Python would look all of it through for such rings.

    Reading the shipped taxonomy's YAML takes half the time so, making its lexicon three quarters.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def pack(taxonomy: Taxonomy) -> tuple[bytes, bytes]:
    """A taxonomy and its lexicon, for other machines: 40 MB or so."""
    return dump(taxonomy), lexicon(taxonomy).dump()


def unpack(documents: tuple[bytes, bytes]) -> tuple[Taxonomy, Lexicon]:
    """What :func:`pack` packed."""
    return parse(documents[0]), Lexicon.parse(documents[1])


def digest(taxonomy: Taxonomy) -> str:
    """The hash of a taxonomy's sources."""
    return taxonomy.version.rpartition(":")[2]


def name(document: str, digest: str) -> str:
    """The file that a document is kept in: by the hash of its sources, and of the code that makes it."""
    return f"{document}-{digest}-{_code()}.json"


@cache
def _code() -> str:
    made = hashlib.sha256()
    for source in MADE_BY:
        made.update((PACKAGE / source).read_bytes())
    return made.hexdigest()[:12]


def _read(file: str) -> bytes | None:
    for folder in (SHIPPED, _cache()):
        try:
            data = (folder / file).read_bytes()
        except OSError:
            continue
        if folder != SHIPPED:
            with suppress(OSError):
                os.utime(folder / file)  # the last to be thrown away
        return data
    return None


def _write(file: str, data: bytes) -> None:
    path = _cache() / file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("*.json"), key=_used)[:-KEPT]:
            old.unlink(missing_ok=True)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_bytes(data)
        partial.replace(path)
    except OSError:
        return


def _used(path: Path) -> float:
    """When a document was used last, in seconds; long ago where another process has just thrown it away."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("skilltax"))
