"""The taxonomy for other programs: as one JSON document, which can be read back, and as rows of a table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from skilltax.errors import SkilltaxError
from skilltax.taxonomy import LICENCE
from skilltax.taxonomy.model import Concept, Excluded, Record, Retired, Taxonomy

SCHEMES = ("wikidata", "stackoverflow", "onet", "esco")
COLUMNS = (
    *("id", "label", "kind", "category", "status", "replaced_by", "matched", "aliases", "hidden", "gated"),
    *("broader", "part_of", "implies", "certifies", "related", "distinct_from"),
    *("description", "homepage", *SCHEMES),
)
BETWEEN = "|"  # the values of one cell


def to_document(taxonomy: Taxonomy) -> dict[str, Any]:
    """The whole taxonomy as plain values.

    Keys: ``version``, ``licence``, and lists of records ``concepts``, ``retired`` and ``excluded``. A record has the fields of
    the YAML, and its `id` and `category`; fields that have nothing in them are left out.
    """
    lists: dict[str, Iterable[Record]] = {"concepts": taxonomy, "retired": taxonomy.retired, "excluded": taxonomy.excluded}
    plain = {name: [one.model_dump(mode="json", exclude_defaults=True) for one in records] for name, records in lists.items()}
    return {"version": taxonomy.version, "licence": LICENCE, **plain}


def read_document(path: Path) -> Taxonomy:
    """The taxonomy that was exported as JSON; without the rules for headings, cues and roles.

    Raises
    ------
    SkilltaxError
        Where the file is no such document.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
        concepts = {record["id"]: Concept.model_validate(record) for record in raw["concepts"]}
        retired, excluded = map(Retired.model_validate, raw["retired"]), map(Excluded.model_validate, raw["excluded"])
        return Taxonomy(concepts, tuple(excluded), tuple(retired), {}, raw["version"])
    except OSError as error:
        raise SkilltaxError(f"{path}: cannot be read; give a folder of YAML files or a file of `taxonomy export`") from error
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise SkilltaxError(f"{path}: is no taxonomy; give what `skilltax taxonomy export --format json` wrote") from error


def to_rows(taxonomy: Taxonomy) -> Iterator[dict[str, str]]:
    r"""One row a concept, with :data:`COLUMNS`; several values in one cell stand between ``|``, one of their own is ``\|``."""
    for concept in taxonomy:
        record = concept.model_dump(mode="json")
        record |= dict.fromkeys(SCHEMES) | record["ids"]
        record["gated"] = [form for form, gate in concept.match.items() if gate.tagged]
        yield {column: _cell(record[column]) for column in COLUMNS}


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return BETWEEN.join(one.replace(BETWEEN, f"\\{BETWEEN}") for one in value)
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
