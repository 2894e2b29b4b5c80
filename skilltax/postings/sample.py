"""The sample postings that come with the package, in our own words and in the forms that real ones have."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files

from skilltax.postings.model import Posting
from skilltax.postings.read import read_postings


def sample_postings() -> Iterator[Posting]:
    """Read the sample postings that come with the package: about 65, in our own words.

    Yields
    ------
    Posting
        In the order of their files.
    """
    with as_file(files("skilltax").joinpath("data/sample")) as folder:
        yield from read_postings(folder)
