"""Practices told by a verb and its noun: `reviewing code` is code review (taxonomy/verbs.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def verb_phrases(verbs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each verb in each of its forms with each of its nouns, an article between them or not, and the concept they name.

    Parameters
    ----------
    verbs : mapping
        As in taxonomy/verbs.yaml.

    >>> tune = {"tune": {"forms": ["tuning"], "of": {"queries": "query-optimization"}}}
    >>> [phrase for phrase, _ in verb_phrases(tune)]
    ['tune queries', 'tune the queries', 'tuning queries', 'tuning the queries', 'tuning of queries']
    """
    for verb, told in verbs.items():
        for form in (verb, *told["forms"]):
            between = ("", "the ", "of ") if form.endswith("ing") else ("", "the ")
            for noun, concept in told["of"].items():
                yield from ((f"{form} {small}{noun}", concept) for small in between)
