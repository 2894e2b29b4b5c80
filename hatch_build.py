"""Build hook: a built package holds the taxonomy in its compiled form too, so that no YAML is parsed on the way to a tag."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTaxonomy(BuildHookInterface):  # type: ignore[misc]
    """Compiles taxonomy/ into skilltax/data/taxonomy.json of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is put together."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from skilltax.taxonomy.compiled import dump
        from skilltax.taxonomy.load import load

        compiled = Path(self.directory) / "taxonomy.json"
        compiled.parent.mkdir(parents=True, exist_ok=True)
        compiled.write_bytes(dump(load(Path(self.root) / "taxonomy")))
        build_data["force_include"][str(compiled)] = "skilltax/data/taxonomy.json"
