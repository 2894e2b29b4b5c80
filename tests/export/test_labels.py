"""Labels of a picture: dots keep their order and their distance, labels their places."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skilltax.export.labels import Box, Dot, beside, spread

SLACK = 1e-6  # pixels
ROOM = Box(0, 0, 1000, 1000)
DOTS = st.builds(Dot, st.floats(1, 20), st.floats(0, 120), st.floats(0, 20))
PLACED = st.lists(st.tuples(st.floats(-100, 1100), st.floats(-100, 1100), DOTS), max_size=25)


def body(point, dot: Dot) -> Box:
    x, y = point
    return Box(x - dot.radius, y - dot.radius, x + dot.radius, y + dot.radius)


def test_what_has_room_stays_where_it_is() -> None:
    points = np.array([[100.0, 100.0], [100.0, 200.0], [600.0, 100.0]])
    assert spread(points, [Dot(5, 50, 10)] * 3, ROOM).tolist() == points.tolist()


def test_dots_on_one_point_are_moved_apart_each_with_its_label() -> None:
    dots = [Dot(5, 50, 10)] * 12
    points = spread(np.full((12, 2), 500.0), dots, ROOM)
    boxes = [Box(x - 5, y - 5, x + 5 + 50, y + 5) for x, y in points]
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert np.abs(points - 500).max() < 150


@given(PLACED)
def test_labels_cover_no_label_no_dot_and_not_the_edge_of_the_room(placed) -> None:
    dots = [dot for _, _, dot in placed]
    points = np.array([(x, y) for x, y, _ in placed], float).reshape(-1, 2)
    found = beside(points, dots, ROOM)
    assert len(found) == len(dots)
    boxes = [box for box in found if box]
    assert all(box.within(ROOM) for box in boxes)
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert not any(
        box.meets(body(p, d))
        for i, (p, d) in enumerate(zip(points, dots, strict=True))
        for j, box in enumerate(found)
        if box and i != j
    )


@given(PLACED)
def test_every_dot_ends_inside_the_room_and_two_runs_agree(placed) -> None:
    dots = [dot for _, _, dot in placed]
    points = np.array([(x, y) for x, y, _ in placed], float).reshape(-1, 2)
    moved = spread(points, dots, ROOM)
    assert moved.shape == points.shape
    for (x, y), dot in zip(moved, dots, strict=True):
        assert x - dot.radius > -SLACK and x + dot.radius + dot.width < 1000 + SLACK
        assert y - dot.radius > -SLACK and y + dot.radius < 1000 + SLACK
    assert (moved == spread(points, dots, ROOM)).all()
