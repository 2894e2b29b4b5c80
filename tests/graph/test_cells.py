"""Counts as a table of cells, which other engines add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.graph.cells import Cells, cells_of, counts_of_cells
from skilltax.graph.counting import count
from skilltax.graph.counts import Counts
from skilltax.tagging.model import Mention, TaggedPosting

CONCEPTS = ("c", "go", "kvm", "linux", "xen")
POSTINGS = st.builds(
    TaggedPosting,
    id=st.text(max_size=3),
    text=st.just(""),
    mentions=st.lists(
        st.builds(
            lambda concept, strength: Mention(
                0, 0, "", concept, concept.upper(), "languages", "technology", strength, "unknown"
            ),
            st.sampled_from(CONCEPTS),
            st.sampled_from(["required", "preferred", "other", "negated"]),
        ),
        max_size=5,
    ).map(tuple),
    posted=st.sampled_from([None, "2024-10-03", "2025-01"]),
    role=st.sampled_from(["sre", "systems"]),
)


def same(one: Counts, other: Counts) -> bool:
    return (
        one.concepts == other.concepts
        and one.strata == other.strata
        and np.array_equal(one.postings, other.postings)
        and all((one.held[s] != other.held[s]).nnz == 0 for s in one.held)
        and (one.pairs != other.pairs).nnz == 0
    )


def joined(*tables: Cells) -> Cells:
    return Cells(*(np.concatenate(columns) for columns in zip(*tables, strict=True)))


@given(st.lists(POSTINGS, max_size=12), st.integers(0, 12), st.randoms())
def test_the_cells_of_parts_in_any_order_give_the_counts_of_the_whole(postings, cut, random) -> None:  # type: ignore[no-untyped-def]
    whole = count(postings, keep_duplicates=True)
    table = joined(*(cells_of(count(part, keep_duplicates=True)) for part in (postings[:cut], postings[cut:])))
    order = list(range(len(table.n)))
    random.shuffle(order)
    assert same(counts_of_cells(Cells(*(column[order] for column in table))), whole)


def test_no_posting_gives_no_cell() -> None:
    assert not len(cells_of(count([])).n)
    assert same(counts_of_cells(cells_of(Counts())), Counts())


@pytest.mark.parametrize("column", Cells._fields[:-1])
def test_every_cell_is_a_text(column: str) -> None:
    mention = Mention(0, 0, "", "go", "Go", "languages", "technology", "other", "unknown")
    cells = cells_of(count([TaggedPosting("1", "", (mention,))]))
    assert all(isinstance(value, str) for value in getattr(cells, column))
