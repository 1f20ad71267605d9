"""Charts beside a gate: legible in black and white, in the documents' typeface, the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from textwrap import wrap
from typing import Any, Literal

from reports.vietnamese import cell, number

Standing = Literal["carried_over", "proposed", "set_apart", ""]

TYPEFACES = ("Liberation Serif", "Times New Roman", "Tinos", "DejaVu Serif")  # matplotlib brings the last
DPI = 100
WIDE = 9.0  # inches
NAME_ROOM = 2.9
NAME_LETTERS = 38  # of a name on one line
# Shades and hatches that a black and white printer keeps apart.
BARS: dict[str, tuple[str, str, str]] = {
    "carried_over": ("#404040", "", "Chuyển tiếp"),
    "proposed": ("#8c8c8c", "", "Đề nghị mới"),
    "set_apart": ("#ffffff", "....", "Tách riêng vì thiếu số liệu"),
    "": ("#ffffff", "", "Không đề nghị"),
}
SQUARES: dict[str, tuple[str, str, str]] = {
    "met": ("#d9d9d9", "Đ", "Đạt"),
    "not_met": ("#404040", "K", "Không đạt"),
    "missing": ("#ffffff", "?", "Chưa có số liệu"),
    "not_applicable": ("#ffffff", "–", "Không phát sinh"),
}


@dataclass(frozen=True)
class ScoreChart:
    """Units by score (0 to 1), the first to propose first. `cut_after`: how many stand above the cut line, or None."""

    title: str
    names: tuple[str, ...]
    scores: tuple[Fraction | None, ...]
    standings: tuple[Standing, ...]
    cut_after: int | None = None
    cut_words: str = ""


@dataclass(frozen=True)
class WindowChart:
    """Counts in this window beside the same window of the year before; None: no figure."""

    title: str
    names: tuple[str, ...]
    now: tuple[Fraction | None, ...]
    before: tuple[Fraction | None, ...]
    now_words: str
    before_words: str
    note: str = ""


@dataclass(frozen=True)
class TargetChart:
    """Areas against targets: a row of `states` (of `rules.achievement`) an area, one a target; `counts` "7/8"."""

    title: str
    names: tuple[str, ...]
    targets: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    counts: tuple[str, ...]


Chart = ScoreChart | WindowChart | TargetChart


def draw(chart: Chart) -> bytes:
    """`chart` as a PNG in shades of grey."""
    from matplotlib import rc_context  # takes a second to import, and only this needs it

    with rc_context({"font.family": _typeface(), "font.size": 11, "hatch.linewidth": 0.6, "axes.titlesize": 13}):
        match chart:
            case ScoreChart():
                return _draw_scores(chart)
            case WindowChart():
                return _draw_windows(chart)
            case TargetChart():
                return _draw_targets(chart)


@lru_cache(maxsize=1)
def _typeface() -> str:
    """The first of `TYPEFACES` on this machine: matplotlib warns of each absent one at every word."""
    from matplotlib.font_manager import fontManager

    known = {font.name for font in fontManager.ttflist}
    return next(name for name in TYPEFACES if name in known)


def _draw_scores(chart: ScoreChart) -> bytes:
    figure, axes = _paper(chart.title, len(chart.names), 0.27)
    for place, (score, standing) in enumerate(zip(chart.scores, chart.standings, strict=True)):
        shade, hatch, _ = BARS[standing]
        width = float(score or 0) * 100
        axes.barh(place, width, 0.72, color=shade, hatch=hatch, edgecolor="black", linewidth=0.7)
        words = "chưa có số liệu" if score is None else number(score * 100, 2)
        axes.text(width + 0.8, place, words, va="center", fontsize=10)
    if chart.cut_after is not None:
        axes.axhline(chart.cut_after - 0.5, color="black", linewidth=1.4, linestyle=(0, (6, 3)))
        axes.text(100, chart.cut_after - 0.54, chart.cut_words, ha="right", va="bottom", fontsize=10, style="italic")
    axes.set_xlim(0, 100)
    axes.set_xlabel("Điểm mức độ phức tạp (thang 100)")
    _rows(axes, chart.names)
    shown = [standing for standing in BARS if standing in chart.standings]
    _legend(axes, [BARS[s] for s in shown])
    return _png(figure)


def _draw_windows(chart: WindowChart) -> bytes:
    figure, axes = _paper(chart.title, len(chart.names), 0.5)
    most = max((float(v) for v in (*chart.now, *chart.before) if v is not None), default=0) or 1
    windows = ((chart.now, -0.2, "#595959", ""), (chart.before, 0.2, "#ffffff", "////"))
    for values, shift, shade, hatch in windows:
        for place, value in enumerate(values):
            width = float(value or 0)
            axes.barh(place + shift, width, 0.36, color=shade, hatch=hatch, edgecolor="black", linewidth=0.7)
            axes.text(width + most * 0.01, place + shift, cell(value), va="center", fontsize=10)
    axes.set_xlim(0, most * 1.12)
    axes.set_xticks([])  # each bar says its number
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel(chart.note, style="italic")
    _rows(axes, chart.names)
    _legend(axes, [("#595959", "", chart.now_words), ("#ffffff", "////", chart.before_words)])
    return _png(figure)


def _draw_targets(chart: TargetChart) -> bytes:
    from matplotlib.patches import Rectangle

    figure, axes = _paper(chart.title, len(chart.names) + 1, 0.34)
    for row, states in enumerate(chart.states):
        for column, state in enumerate(states):
            shade, sign, _ = SQUARES[state]
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=shade, edgecolor="black", lw=0.7))
            ink = "white" if state == "not_met" else "black"
            axes.text(column, row, sign, ha="center", va="center", color=ink, fontsize=11)
        axes.text(len(chart.targets) - 0.35, row, chart.counts[row], va="center", fontsize=11)
    axes.set_xlim(-0.5, len(chart.targets) + 0.6)
    axes.set_xticks(range(len(chart.targets)), chart.targets)
    axes.tick_params(axis="x", length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    _rows(axes, chart.names)
    for spine in axes.spines.values():
        spine.set_visible(False)
    seen = {state for states in chart.states for state in states}
    _legend(axes, [(shade, "", f"{sign}: {words}") for s, (shade, sign, words) in SQUARES.items() if s in seen])
    return _png(figure)


def _paper(title: str, rows: int, row_height: float) -> tuple[Any, Any]:
    """A figure of its own, without pyplot: charts may be drawn in any thread."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = 1.7 + max(rows, 2) * row_height
    figure = Figure(figsize=(WIDE, height), dpi=DPI)
    FigureCanvasAgg(figure)
    below = 0.95 / height
    room = (NAME_ROOM / WIDE, below, 0.97 - NAME_ROOM / WIDE, 1 - below - 0.75 / height)
    axes = figure.add_axes(room)
    figure.text(0.5, 1 - 0.14 / height, title, ha="center", va="top", fontsize=14, weight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _rows(axes: Any, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), ["\n".join(wrap(name, NAME_LETTERS)) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def _legend(axes: Any, entries: Sequence[tuple[str, str, str]]) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(facecolor=shade, hatch=hatch, edgecolor="black", label=words) for shade, hatch, words in entries]
    axes.figure.legend(handles=patches, loc="lower center", ncols=len(patches) or 1, frameon=False, fontsize=11)


def _png(figure: Any) -> bytes:
    """Sixteen greys, and nothing in the file that tells when it was made."""
    from reports.previews import grey_png

    target = BytesIO()
    figure.savefig(target, format="png", metadata={"Software": None})
    return grey_png(target.getvalue())
