"""Build hook: a built package holds the taxonomy in its compiled form too, so that no YAML is parsed on the way to a tag."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTaxonomy(BuildHookInterface):  # type: ignore[misc]
    """Compiles taxonomy/ into skilltax/data/compiled/ of a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before a wheel is put together."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from skilltax.taxonomy import compiled
        from skilltax.taxonomy.lexicon import lexicon
        from skilltax.taxonomy.load import load

        taxonomy = load(Path(self.root) / "taxonomy")
        documents = {"taxonomy": compiled.dump(taxonomy), "lexicon": lexicon(taxonomy).dump()}
        folder = Path(self.directory) / "compiled"
        folder.mkdir(parents=True, exist_ok=True)
        for document, content in documents.items():
            name = compiled.name(document, compiled.digest(taxonomy))
            (folder / name).write_bytes(content)
            build_data["force_include"][str(folder / name)] = f"skilltax/data/compiled/{name}"
