"""Counts as a file: a zip of arrays, with what they were made from as JSON beside them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from skilltax import __version__
from skilltax.errors import SkilltaxError
from skilltax.export.files import whole
from skilltax.graph.counts import STRENGTHS, Counts, Node, Stratum

SUFFIX = ".npz"
FORMAT = 1


def save_counts(counts: Counts, path: str | Path) -> None:
    """Write counts, to be read by :func:`read_counts`. The same counts give the same bytes.

    The file holds no text and no single posting. It is what NumPy calls ``.npz``; the array ``about`` is JSON in UTF-8.

    Parameters
    ----------
    counts : Counts
        As :func:`skilltax.count` makes them.
    path : path
        Usually ``.npz``; written whole or not at all.
    """
    about = {
        "format": FORMAT, "skilltax": __version__, "taxonomy": sorted(counts.taxonomy), "postings": counts.total,
        "duplicates": counts.duplicates, "options": counts.options, "source": counts.source, "strata": counts.strata,
        "concepts": {concept: list(node) for concept, node in counts.concepts.items()},
    }  # fmt: skip
    arrays = {"about": np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8), "postings": counts.postings}
    for name, matrix in (*counts.held.items(), ("pairs", counts.pairs)):
        arrays |= {f"{name}_{part}": array for part, array in _flat(matrix).items()}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **{name: _narrow(array) for name, array in arrays.items()})
    with whole(path) as file:
        file.write(buffer.getvalue())


def read_counts(path: str | Path) -> Counts:
    """Read what :func:`save_counts` wrote.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    Counts
        Equal to those that were saved.

    Raises
    ------
    SkilltaxError
        Where the file does not exist or holds no counts.
    """
    if not Path(path).is_file():
        raise SkilltaxError(f"{path}: no such file; `skilltax graph TAGS --save-counts FILE` writes one")
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        about = json.loads(found["about"].tobytes())
        if about["format"] != FORMAT:
            raise SkilltaxError(
                f"{path}: counts of format {about['format']}, this skilltax reads {FORMAT}; count again with it"
            )
        rows, size = len(about["strata"]), len(about["concepts"])
        return Counts(
            {concept: Node(*node) for concept, node in about["concepts"].items()},
            tuple(Stratum(*stratum) for stratum in about["strata"]),
            found["postings"].astype(np.int64),
            {strength: _matrix(found, strength, (rows, size)) for strength in STRENGTHS},
            _matrix(found, "pairs", (rows, size * size)),
            frozenset(about["taxonomy"]), about["duplicates"], about["options"], about["source"],
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise SkilltaxError(
            f"{path}: holds no counts ({error}); `skilltax graph TAGS --save-counts FILE` writes them"
        ) from None


def _flat(matrix: Any) -> dict[str, Any]:
    """A sparse matrix as entries a row, steps from each column to the next (small numbers, which pack well), and values."""
    matrix = matrix.tocsr()
    matrix.sort_indices()
    return {"rows": np.diff(matrix.indptr), "steps": np.diff(matrix.indices.astype(np.int64), prepend=0), "values": matrix.data}


def _narrow(array: Any) -> Any:
    """The same integers in the fewest bytes that hold them all."""
    if array.dtype == np.uint8 or not len(array):
        return array
    return array.astype(np.promote_types(np.min_scalar_type(array.min()), np.min_scalar_type(array.max())))


def _matrix(found: Mapping[str, Any], name: str, shape: tuple[int, int]) -> Any:
    rows, steps, values = (found[f"{name}_{part}"].astype(np.int64) for part in ("rows", "steps", "values"))
    return sparse.csr_array((values, np.cumsum(steps), np.concatenate([[0], np.cumsum(rows)])), shape=shape)
