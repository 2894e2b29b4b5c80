"""Checking a taxonomy in several processes: what the matcher proves of a file's concepts needs no other file's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from skilltax.errors import Problem
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.check import CONDITIONS, Condition, check, records, texts
from skilltax.taxonomy.load import load
from skilltax.taxonomy.model import Taxonomy
from skilltax.taxonomy.source import Source

BY_FILE: frozenset[Condition] = frozenset(
    {
        records.canonical_files,
        texts.examples_hit_and_decoys_miss,
        texts.decoys_try_the_gate,
        texts.examples_hold_in_lists_and_markup,
        texts.forms_are_found,
    }
)


def checked(
    taxonomy: Taxonomy,
    layers: Sequence[Path],
    sources: Sequence[Source],
    released: frozenset[str] = frozenset(),
    conditions: Iterable[Condition] = CONDITIONS,
    workers: int = 1,
) -> list[Problem]:
    """Every problem of a taxonomy, in the order of files and lines.

    Parameters
    ----------
    taxonomy : Taxonomy
        As loaded.
    layers : sequence of path
        The folders that it was loaded from, for the workers.
    sources : sequence of Source
        The files to examine.
    released : frozenset of str
        Ids of released versions.
    conditions : iterable of callable
        Those to try.
    workers : int
        Processes beside this one that try what can be tried file by file; 1 is this one alone.
    """
    tagger = Tagger(taxonomy)  # its lexicon is kept compiled by now, which the workers read
    conditions = tuple(conditions)
    by_file = tuple(one for one in conditions if one in BY_FILE)
    rest = [one for one in conditions if one not in BY_FILE]
    largest_first = sorted(sources, key=lambda source: -len(source.text))
    with ProcessPoolExecutor(workers, get_context("spawn")) if workers > 1 else nullcontext() as pool:
        of_files = (
            pool.map(partial(_in_worker, tuple(layers), by_file), largest_first)
            if pool
            else map(partial(_of_file, tagger, by_file), largest_first)
        )
        found = check(taxonomy, tuple(sources), tagger.named, released, rest)
        return sorted([*found, *(problem for problems in of_files for problem in problems)])


def _of_file(tagger: Tagger, conditions: tuple[Condition, ...], source: Source) -> list[Problem]:
    return check(tagger.taxonomy, (source,), tagger.named, conditions=conditions)


def _in_worker(layers: tuple[Path, ...], conditions: tuple[Condition, ...], source: Source) -> list[Problem]:
    return _of_file(_tagger(layers), conditions, source)


@cache
def _tagger(layers: tuple[Path, ...]) -> Tagger:
    """A worker's own, made once in its short life."""
    return Tagger(load(*layers))
