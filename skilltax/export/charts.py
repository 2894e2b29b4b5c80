"""Charts of what the graph answers: shares in a role or beside a skill, two roles against each other, two periods."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skilltax.errors import SkilltaxError
from skilltax.export.colours import GROUPS, REST
from skilltax.export.files import whole
from skilltax.export.pictures import INK, blank, picture, plain_text
from skilltax.graph.answers import Answer
from skilltax.graph.gap import Lacking
from skilltax.graph.related import Related
from skilltax.graph.roles import Contrast, Typical
from skilltax.graph.trends import Trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LINE = "#c9ced4"
SURE = 0.05  # a change with a smaller q is drawn in full colour
FORMS = ("png", "svg")
WIDTH, ROW, HEAD = 8.0, 0.29, 1.5  # inches


Drawn = Answer[Typical] | Answer[Lacking] | Answer[Related] | Answer[Contrast] | Answer[Trend]


def draw_answer(answer: Drawn, *, title: str = "") -> Figure:
    """A chart of what ``role_profile``, ``gap``, ``related``, ``contrast`` or ``trends`` of :mod:`skilltax` answered.

    The first three are drawn as shares with their 95 % intervals; a contrast as two shares joined by a line; periods as changes
    with their 95 % intervals, grey where they may be chance (q of 0.05 or more).

    Parameters
    ----------
    answer : Answer
        Of one of these.
    title : str
        Stands above the chart; the question without.

    Returns
    -------
    matplotlib.figure.Figure
        ``.savefig("roles.svg")`` writes it; a notebook shows it.

    Raises
    ------
    SkilltaxError
        Where matplotlib is missing, the answer is empty, or there is no chart for its kind.
    """
    rows: list[Any] = list(answer)[::-1]  # matplotlib counts from below
    if not rows:
        raise SkilltaxError(f"{answer.question}: there is nothing to draw")
    figure = blank((WIDTH, HEAD + ROW * len(rows)))
    axes: Axes = figure.subplots()
    if isinstance(rows[0], Typical | Lacking):
        _shares(axes, rows, f"% of {answer.about[0]} postings")
    elif isinstance(rows[0], Related):
        _shares(axes, rows, f"% of the postings with {answer.about[0]}")
    elif isinstance(rows[0], Contrast):
        _contrast(axes, rows, answer.about)
    elif isinstance(rows[0], Trend):
        _trend(axes, rows)
    else:
        raise SkilltaxError(
            f"{answer.question}: no chart for it; there are charts of role_profile, gap, related, contrast and trends"
        )
    axes.set_yticks(range(len(rows)), [plain_text(row.label) for row in rows])
    axes.set_ylim(-0.7, len(rows) - 0.3)
    heading = plain_text(title or answer.head())
    figure.suptitle(heading, x=0.02, ha="left", fontsize=11, fontweight="bold", color=INK, wrap=True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(LINE)
    axes.grid(axis="x", color=LINE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelcolor=INK, labelsize=9)
    figure.tight_layout()
    return figure


def write_chart(answer: Drawn, path: str | Path) -> None:
    """Write the chart of an answer (:func:`draw_answer`) to a ``.png`` or ``.svg`` file, whole or not at all.

    Raises
    ------
    SkilltaxError
        Where the suffix is neither, or for the reasons of :func:`draw_answer`.
    """
    form = Path(path).suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise SkilltaxError(f"{path}: a chart is a picture; give a name that ends in .png or .svg")
    content = picture(draw_answer(answer), form)
    with whole(path) as file:
        file.write(content)


def _shares(axes: Axes, rows: Sequence[Typical | Lacking | Related], of: str) -> None:
    for at, row in enumerate(rows):
        axes.plot((100 * row.low, 100 * row.high), (at, at), color=GROUPS[0], alpha=0.3, linewidth=5, solid_capstyle="round")
    axes.scatter([100 * r.share for r in rows], range(len(rows)), color=GROUPS[0], s=38, zorder=3)
    axes.set_xlim(left=0)
    axes.set_xlabel(plain_text(f"{of}, with the 95 % interval"), fontsize=9, color=INK)


def _contrast(axes: Axes, rows: Sequence[Contrast], roles: Sequence[str]) -> None:
    for at, row in enumerate(rows):
        axes.plot((100 * row.share_first, 100 * row.share_second), (at, at), color=LINE, linewidth=2.5, zorder=1)
    for name, colour, shares in (
        (roles[0], GROUPS[0], [r.share_first for r in rows]),
        (roles[1], GROUPS[1], [r.share_second for r in rows]),
    ):
        axes.scatter([100 * s for s in shares], range(len(rows)), color=colour, s=42, zorder=3, label=name, clip_on=False)
    axes.set_xlim(left=0)
    axes.legend(loc="lower right", fontsize=8, frameon=False)
    axes.set_xlabel("% of the role's postings", fontsize=9, color=INK)


def _trend(axes: Axes, rows: Sequence[Trend]) -> None:
    for at, row in enumerate(rows):
        colour = REST if row.q >= SURE else GROUPS[0] if row.change > 0 else GROUPS[1]
        axes.plot((100 * row.low, 100 * row.high), (at, at), color=colour, alpha=0.35, linewidth=5, solid_capstyle="round")
        axes.scatter([100 * row.change], [at], color=colour, s=38, zorder=3)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlabel("change of the share, in points, with the 95 % interval; grey may be chance", fontsize=9, color=INK)
