"""A figure that a notebook shows. Imports matplotlib: import it where a picture is made."""

from __future__ import annotations

import io
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

DPI = 110  # of what a notebook shows


class Picture(Figure):
    """A figure of matplotlib that needs no ``pyplot``: no window opens, and a notebook shows it by itself."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        FigureCanvasAgg(self)

    def _repr_png_(self) -> bytes:
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=DPI, metadata={"Software": "skilltax"})
        return buffer.getvalue()
