"""A figure that a notebook shows. Imports matplotlib: import it where a picture is made."""

from __future__ import annotations

import io
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

DPI = 110  # of what a notebook shows
COLOURS = 256  # a palette makes the picture that a notebook keeps four times smaller


class Picture(Figure):
    """A figure of matplotlib that needs no ``pyplot``: no window opens, and a notebook shows it by itself."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._canvas = FigureCanvasAgg(self)

    def _repr_png_(self) -> bytes:
        self.savefig(drawn := io.BytesIO(), format="png", dpi=DPI)
        with Image.open(drawn) as image:
            image.convert("RGB").quantize(COLOURS, kmeans=1).save(kept := io.BytesIO(), format="png", optimize=True)
        return kept.getvalue()
