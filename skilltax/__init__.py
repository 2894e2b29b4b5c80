"""skilltax reads job postings, tags the technologies and practices in them, and shows which belong together.

>>> import skilltax
>>> tagged = skilltax.Tagger()("Senior SRE. You know Kubernetes and Go.")
>>> tagged.role, tagged.seniority, tagged.skills
('sre', 'senior', ('go', 'kubernetes', 'site-reliability-engineering'))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# What is public, and where it lives. Modules are imported when first asked for: `skilltax --help` needs none of them.
_HOMES = {
    "Concept": "skilltax.taxonomy.model",
    "Mention": "skilltax.tagging.model",
    "Posting": "skilltax.postings.model",
    "PostingError": "skilltax.errors",
    "SkilltaxError": "skilltax.errors",
    "TaggedPosting": "skilltax.tagging.model",
    "Tagger": "skilltax.tagging.tagger",
    "Taxonomy": "skilltax.taxonomy.model",
    "TaxonomyError": "skilltax.errors",
    "build_graph": "skilltax.graph.build",
    "contrast": "skilltax.graph.roles",
    "count": "skilltax.graph.counting",
    "coverage": "skilltax.curation.coverage",
    "discover": "skilltax.curation.discover",
    "draw_answer": "skilltax.export.charts",
    "draw_graph": "skilltax.export.pictures",
    "effect": "skilltax.curation.effect",
    "explore": "skilltax.export.explorer",
    "gap": "skilltax.graph.gap",
    "highlight": "skilltax.export.highlight",
    "load_taxonomy": "skilltax.taxonomy.load",
    "match": "skilltax.graph.gap",
    "merge_counts": "skilltax.graph.counts",
    "nearest_roles": "skilltax.graph.roles",
    "paths": "skilltax.graph.related",
    "proposer": "skilltax.curation.propose",
    "read_counts": "skilltax.export.counts",
    "read_graph": "skilltax.export.graphs",
    "read_postings": "skilltax.postings.read",
    "read_tags": "skilltax.export.tags",
    "reference_counts": "skilltax.export.reference",
    "reference_graph": "skilltax.export.reference",
    "related": "skilltax.graph.related",
    "role_graph": "skilltax.graph.roles",
    "role_profile": "skilltax.graph.roles",
    "sample_postings": "skilltax.postings.sample",
    "save_counts": "skilltax.export.counts",
    "skill_graph": "skilltax.graph.build",
    "tag_frame": "skilltax.export.tables",
    "to_frame": "skilltax.export.tables",
    "trends": "skilltax.graph.trends",
    "write_graph": "skilltax.export.graphs",
    "write_stubs": "skilltax.curation.propose",
    "write_tags": "skilltax.export.tags",
}
_NAMES = {"load_taxonomy": "load", "nearest_roles": "nearest", "role_profile": "profile"}

__all__ = ["__version__", *_HOMES]

if TYPE_CHECKING:
    from skilltax.curation.coverage import coverage
    from skilltax.curation.discover import discover
    from skilltax.curation.effect import effect
    from skilltax.curation.propose import proposer, write_stubs
    from skilltax.errors import PostingError, SkilltaxError, TaxonomyError
    from skilltax.export.charts import draw_answer
    from skilltax.export.counts import read_counts, save_counts
    from skilltax.export.explorer import explore
    from skilltax.export.graphs import read_graph, write_graph
    from skilltax.export.highlight import highlight
    from skilltax.export.pictures import draw_graph
    from skilltax.export.reference import reference_counts, reference_graph
    from skilltax.export.tables import tag_frame, to_frame
    from skilltax.export.tags import read_tags, write_tags
    from skilltax.graph.build import build_graph, skill_graph
    from skilltax.graph.counting import count
    from skilltax.graph.counts import merge_counts
    from skilltax.graph.gap import gap, match
    from skilltax.graph.related import paths, related
    from skilltax.graph.roles import contrast, role_graph
    from skilltax.graph.roles import nearest as nearest_roles
    from skilltax.graph.roles import profile as role_profile
    from skilltax.graph.trends import trends
    from skilltax.postings.model import Posting
    from skilltax.postings.read import read_postings
    from skilltax.postings.sample import sample_postings
    from skilltax.tagging.model import Mention, TaggedPosting
    from skilltax.tagging.tagger import Tagger
    from skilltax.taxonomy.load import load as load_taxonomy
    from skilltax.taxonomy.model import Concept, Taxonomy


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'skilltax' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), _NAMES.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
