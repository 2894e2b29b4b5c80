"""The JSON Schema of a taxonomy file, made from the record itself, so that editors complete and check fields."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from skilltax.taxonomy.model import Concept

NAME = "schema.json"
MODELINE = f"# yaml-language-server: $schema={NAME}\n"


def schema() -> str:
    """The schema of a category's file, as ``taxonomy/schema.json`` holds it."""
    _, made = models_json_schema([(Concept, "validation")], ref_template="#/$defs/{model}")
    concept: dict[str, Any] = made["$defs"]["Concept"]
    for name in ("id", "category"):  # they follow from the key and the file
        del concept["properties"][name]
        concept["required"].remove(name)
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "skilltax taxonomy, one category",
        "type": "object",
        "propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "additionalProperties": {"$ref": "#/$defs/Concept"},
        "$defs": made["$defs"],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
