"""Room for the labels of a picture: dots pushed apart until each has a place for its label, and the label beside its dot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

GAP = 5.0  # pixels between a dot and its label, and between one label and another
ROUNDS = 400


class Box(NamedTuple):
    """A rectangle on the canvas, in pixels."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top

    def within(self, other: Box) -> bool:
        """Whether no part of it is outside of another one."""
        return other.left <= self.left and self.right <= other.right and other.bottom <= self.bottom and self.top <= other.top


class Dot(NamedTuple):
    """A node: its radius, and the width and height of its label, in pixels."""

    radius: float
    width: float
    height: float


def spread(points: Any, dots: Sequence[Dot], room: Box) -> Any:
    """Points moved as little as may be until no dot, with its label to the right of it, covers another.

    Every pair that overlaps is pushed apart along the axis on which it overlaps less, the two by half each, round after round,
    and what leaves the room is put back. Where the room is too small some overlaps stay.

    Parameters
    ----------
    points : numpy.ndarray of float, shape (n, 2)
        Middles of the dots, in pixels.
    dots : sequence of Dot
        One for each point.
    room : Box
        Where they must stay.

    Returns
    -------
    numpy.ndarray of float, shape (n, 2)

    Examples
    --------
    >>> moved = spread(np.array([[50.0, 50.0], [50.0, 51.0]]), [Dot(4, 30, 10)] * 2, Box(0, 0, 100, 100))
    >>> bool(abs(moved[0, 1] - moved[1, 1]) >= 10)
    True
    """
    sizes = np.array([(2 * d.radius + d.width + 2 * GAP, max(2 * d.radius, d.height) + GAP) for d in dots]).reshape(-1, 2)
    shift = sizes[:, 0] / 2 - np.array([d.radius for d in dots])  # from the dot's middle to the middle of dot and label
    middle = np.array(points, float)
    middle[:, 0] += shift
    low, high = np.array([room.left, room.bottom]) + sizes / 2, np.array([room.right, room.top]) - sizes / 2
    need = (sizes[:, None] + sizes[None]) / 2
    for _ in range(ROUNDS):
        middle = np.clip(middle, low, np.maximum(low, high))
        apart = middle[:, None] - middle[None]
        over = need - np.abs(apart)
        meets = (over > 0).all(axis=2)
        np.fill_diagonal(meets, False)
        if not meets.any():
            break
        along_x = (over[..., 0] < over[..., 1]) & meets
        order = np.sign(np.arange(len(middle))[:, None] - np.arange(len(middle))[None])  # settles what lies on one point
        way = np.where(apart != 0, np.sign(apart), order[..., None])
        push = np.stack(
            (np.where(along_x, over[..., 0] * way[..., 0], 0), np.where(meets & ~along_x, over[..., 1] * way[..., 1], 0)), -1
        )
        middle += 0.25 * push.sum(axis=1)
    middle = np.clip(middle, low, np.maximum(low, high))
    middle[:, 0] -= shift
    return middle


def beside(points: Any, dots: Sequence[Dot], room: Box) -> list[Box | None]:
    """Where each label goes: right, left, below or above its dot, the first labels first; None where there is no place.

    No label covers another one, a dot, or the edge of the room.
    """
    bodies = [Box(x - d.radius, y - d.radius, x + d.radius, y + d.radius) for (x, y), d in zip(points, dots, strict=True)]
    taken: list[Box] = []
    found: list[Box | None] = []
    for own, dot, (x, y) in zip(bodies, dots, points, strict=True):
        gap = dot.radius + GAP
        corners = (
            (x + gap, y - dot.height / 2),
            (x - gap - dot.width, y - dot.height / 2),
            (x - dot.width / 2, y - gap - dot.height),
            (x - dot.width / 2, y + gap),
        )
        boxes = (Box(left, bottom, left + dot.width, bottom + dot.height) for left, bottom in corners)
        free = (
            box
            for box in boxes
            if box.within(room) and not any(map(box.meets, taken)) and not any(b is not own and box.meets(b) for b in bodies)
        )
        place = next(free, None)
        found.append(place)
        if place:
            taken.append(place)
    return found
