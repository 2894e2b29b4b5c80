"""Charts of answers: what stands in the answer is drawn, in its order."""

from __future__ import annotations

import pytest

from skilltax.errors import SkilltaxError
from skilltax.export.charts import draw_answer
from skilltax.export.colours import GROUPS, REST
from skilltax.export.pictures import picture
from skilltax.graph.answers import Answer
from skilltax.graph.gap import Lacking
from skilltax.graph.related import Related
from skilltax.graph.roles import Contrast, Near, Typical
from skilltax.graph.trends import Trend

pytest.importorskip("matplotlib", reason="charts need matplotlib: pip install 'skilltax[plot]'")

TYPICAL = Answer(
    "What sre asks for",
    40,
    (Typical("go", "Go", "languages", 20, 0.5, 0.4, 0.6, 2.0), Typical("c", "$C", "languages", 4, 0.1, 0.05, 0.2, 1.5)),
    about=("sre",),
)
CONTRAST = Answer("sre against qa", 80, (Contrast("go", "Go", "languages", 0.5, 0.1, 2.0, 4.0),), about=("sre", "qa"))
TREND = Answer(
    "before and after",
    900,
    (
        Trend("go", "Go", "languages", 10, 30, 0.1, 0.3, 0.2, 0.1, 0.3, 0.001),
        Trend("c", "C", "languages", 30, 10, 0.3, 0.1, -0.2, -0.3, -0.1, 0.01),
        Trend("d", "D", "languages", 5, 4, 0.05, 0.04, -0.01, -0.04, 0.02, 0.6),
    ),
)


def colours(figure) -> list[str]:
    from matplotlib.colors import to_hex

    return [to_hex(dots.get_facecolor()[0]) for dots in figure.axes[0].collections]


def places(figure) -> list[float]:
    return [x for dots in figure.axes[0].collections for x, _ in dots.get_offsets().tolist()]


def test_a_profile_shows_shares_the_most_typical_on_top() -> None:
    figure = draw_answer(TYPICAL)
    axes = figure.axes[0]
    assert [t.get_text() for t in axes.get_yticklabels()] == [r"\$C", "Go"]
    assert places(figure) == pytest.approx([10, 50])
    assert [
        line.get_xdata().tolist() if hasattr(line.get_xdata(), "tolist") else list(line.get_xdata()) for line in axes.lines
    ] == [
        pytest.approx([5, 20]),
        pytest.approx([40, 60]),
    ]
    assert "What sre asks for (rests on 40 postings)" in figure.get_suptitle()


def test_a_contrast_shows_both_shares() -> None:
    figure = draw_answer(CONTRAST, title="Mine")
    assert places(figure) == pytest.approx([50, 10])
    assert colours(figure) == [GROUPS[0], GROUPS[1]]
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == ["sre", "qa"]
    assert figure.get_suptitle() == "Mine"


def test_periods_show_changes_grey_where_they_may_be_chance() -> None:
    figure = draw_answer(TREND)
    assert places(figure) == pytest.approx([-1, -20, 20])
    assert colours(figure) == [REST, GROUPS[1], GROUPS[0]]


RELATED = Answer(
    "What stands with CUDA", 20, (Related("go", "Go", "languages", 10, 0.5, 0.3, 0.7, 2.0, 0.2, 9.0, 0.01),), about=("$CUDA",)
)
LACKING = Answer("What is lacking", 40, (Lacking("go", "Go", "languages", 20, 0.5, 0.4, 0.6, 2.0, ()),), about=("sre",))


@pytest.mark.parametrize(
    ("answer", "axis"),
    [
        (TYPICAL, "% of sre postings"),
        (LACKING, "% of sre postings"),
        (RELATED, r"% of the postings with \$CUDA"),
        (TREND, "change of the share"),
        (CONTRAST, "% of the role's postings"),
    ],
    ids=["profile", "gap", "related", "trends", "contrast"],
)
def test_the_axis_says_what_is_counted(answer, axis) -> None:
    assert draw_answer(answer).axes[0].get_xlabel().startswith(axis)


@pytest.mark.parametrize("answer", [TYPICAL, CONTRAST, TREND], ids=["profile", "contrast", "trends"])
def test_a_chart_becomes_a_file_without_a_warning(answer, recwarn) -> None:
    assert picture(draw_answer(answer), "png").startswith(b"\x89PNG")
    assert b"<svg" in picture(draw_answer(answer), "svg")
    assert [str(w.message) for w in recwarn] == []


def test_what_has_no_chart_is_said() -> None:
    with pytest.raises(SkilltaxError, match="nothing to draw"):
        draw_answer(Answer("empty", 0, ()))
    with pytest.raises(SkilltaxError, match="no chart for it"):
        draw_answer(Answer("roles near sre", 1, (Near("devops", 40, 0.2),)))
