"""The compiled taxonomy: one JSON document that loads in milliseconds and travels with pipelines and workers.

It is keyed by a hash of its sources. A built package holds that of the shipped taxonomy; others (a checkout's, one with
overlays) are kept in the user's cache folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson
import platformdirs

from skilltax.taxonomy.model import Concept, Excluded, Retired, Taxonomy

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "taxonomy.json"
KEPT = 8  # documents in the cache folder
WORTH_IT = 500  # concepts; fewer are read from YAML as fast


def dump(taxonomy: Taxonomy) -> bytes:
    """A taxonomy as JSON."""

    def plain(records: Any) -> list[dict[str, Any]]:
        return [record.model_dump(mode="json", exclude_defaults=True) for record in records]

    return orjson.dumps(
        {
            "version": taxonomy.version,
            "concepts": plain(taxonomy),
            "excluded": plain(taxonomy.excluded),
            "retired": plain(taxonomy.retired),
            "rules": taxonomy.rules,
        }
    )


def parse(data: bytes) -> Taxonomy:
    """The taxonomy that :func:`dump` wrote."""
    raw = orjson.loads(data)
    return Taxonomy(
        {record["id"]: Concept.model_validate(record) for record in raw["concepts"]},
        tuple(map(Excluded.model_validate, raw["excluded"])),
        tuple(map(Retired.model_validate, raw["retired"])),
        raw["rules"],
        raw["version"],
    )


def find(digest: str) -> Taxonomy | None:
    """The taxonomy that was made of the sources with this hash, if it was kept."""
    for path in (SHIPPED, _cached(digest)):
        try:
            data = path.read_bytes()
            if digest.encode() in data[:100]:  # the version stands first
                return parse(data)
        except (OSError, ValueError, KeyError, TypeError):  # not there, or broken: the YAML is read instead
            continue
    return None


def keep(taxonomy: Taxonomy, digest: str) -> None:
    """Keep a taxonomy for the next time. Where that cannot be, nothing is lost but time."""
    if len(taxonomy) < WORTH_IT:
        return
    path = _cached(digest)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.glob("*.json"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_bytes(dump(taxonomy))
        partial.replace(path)
    except OSError:
        return


def _cached(digest: str) -> Path:
    return Path(platformdirs.user_cache_dir("skilltax")) / f"{digest}.json"
