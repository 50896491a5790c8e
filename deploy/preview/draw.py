"""Draws a dashboard for the README: row by row, in matplotlib's own dark style."""

from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import EngFormatter, FuncFormatter, MaxNLocator

from deploy.preview.panels import Board, Panel
from deploy.preview.prometheus import Prometheus

_COLORS = {"green": "#73BF69", "yellow": "#F2CC0C", "red": "#F2495C", "blue": "#5794F2"}
"""The colours of thresholds, as Grafana shows them."""
_FORMATS = {
    "percentunit": FuncFormatter(lambda value, _: f"{100 * value:.3g} %"),
    "s": EngFormatter("s"),
    "ops": EngFormatter("/s", sep=""),
    "short": EngFormatter(),
}
"""How the units of the dashboards are written."""
_STYLE = {"font.size": 8, "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.facecolor": "#181b1f"}


class Span(NamedTuple):
    """The time a dashboard shows: from ``start`` to ``end``, whole Unix seconds."""

    start: int
    end: int


class Series(NamedTuple):
    """A named course: a value for each second of a span, NaN where there is none."""

    name: str
    values: "np.ndarray[Any, Any]"


def draw(board: Board, prometheus: Prometheus, span: Span, path: Path) -> None:
    """Writes the PNG of ``board`` to ``path``."""
    rows = [list(row) for _, row in groupby(board.panels, key=lambda panel: panel.raw["gridPos"]["y"])]
    heights = [row[0].raw["gridPos"]["h"] for row in rows]
    with plt.style.context(["dark_background", _STYLE]):
        figure = plt.figure(figsize=(18, sum(heights) * 0.42), dpi=100, layout="constrained")
        figure.suptitle(f"{board.title}: seconds since the start", weight="bold")
        for part, row in zip(figure.subfigures(len(rows), 1, height_ratios=heights), rows, strict=True):
            places = part.subplots(1, len(row), width_ratios=[panel.raw["gridPos"]["w"] for panel in row])
            for axes, panel in zip(places, row, strict=True):
                axes.set_title(panel.title)
                if courses := _courses(panel, prometheus, span):
                    _DRAWERS[panel.type](axes, panel, courses)
        figure.savefig(path)


def _draw_number(axes: Axes, panel: Panel, courses: list[Series]) -> None:
    values = courses[0].values
    last = float(values[~np.isnan(values)][-1])
    color = _threshold_color(panel, last)
    axes.axis("off")
    axes.fill_between(range(values.size), values, color=color, alpha=0.3)
    axes.set_ylim(0, 3 * (float(np.nanmax(values)) or 1.0))
    axes.text(
        0.5, 0.65, _written(panel, last), fontsize=24, color=color, ha="center", va="center", transform=axes.transAxes
    )


def _draw_lines(axes: Axes, panel: Panel, courses: list[Series]) -> None:
    names, colors = [each.name for each in courses], _series_colors(panel)
    if panel.raw["fieldConfig"]["defaults"]["custom"].get("stacking", {}).get("mode") == "normal":
        stack = np.nan_to_num(np.vstack([each.values for each in courses]))
        axes.stackplot(range(stack.shape[1]), stack, labels=names, colors=[colors[name] for name in names])
    else:
        for each in courses:
            axes.plot(each.values, label=each.name, color=colors.get(each.name))
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=panel.raw["fieldConfig"]["defaults"].get("decimals") == 0))
    axes.yaxis.set_major_formatter(_FORMATS[panel.raw["fieldConfig"]["defaults"]["unit"]])
    axes.grid(alpha=0.2)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=4, frameon=False)


def _draw_heatmap(axes: Axes, panel: Panel, courses: list[Series]) -> None:
    buckets = sorted(courses, key=lambda each: float(each.name))
    counts = np.diff(np.nan_to_num(np.vstack([each.values for each in buckets])), axis=0, prepend=0)
    used = counts.max(axis=1) > 0
    axes.pcolormesh(np.ma.masked_less_equal(counts[used], 0), cmap="turbo", norm="log")
    axes.set_yticks(
        np.arange(used.sum()) + 0.5,
        [f"≤ {each.name} s" for each, is_used in zip(buckets, used, strict=True) if is_used],
    )


def _draw_bars(axes: Axes, panel: Panel, courses: list[Series]) -> None:
    bars = sorted((float(each.values[~np.isnan(each.values)][-1]), each.name) for each in courses)[-9:]
    drawn = axes.barh(
        [name for _, name in bars],
        [value for value, _ in bars],
        color=[_threshold_color(panel, value) for value, _ in bars],
    )
    axes.bar_label(drawn, padding=3)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])


_DRAWERS = {"stat": _draw_number, "timeseries": _draw_lines, "heatmap": _draw_heatmap, "bargauge": _draw_bars}


def _courses(panel: Panel, prometheus: Prometheus, span: Span) -> list[Series]:
    """The series of all queries of ``panel`` that have a value, in the order of its colours."""
    found = []
    for target in panel.targets:
        for series in prometheus.over(target.expr, span.start, span.end - 1, 1):
            known = dict(series["values"])
            values = np.array([float(known.get(second, "nan")) for second in range(*span)])
            if not np.isnan(values).all():
                found.append(Series(target.named(series["metric"]), values))
    order = list(_series_colors(panel))
    return sorted(found, key=lambda each: (order.index(each.name) if each.name in order else len(order), each.name))


def _series_colors(panel: Panel) -> dict[str, str]:
    overrides = panel.raw["fieldConfig"].get("overrides", [])
    return {each["matcher"]["options"]: each["properties"][0]["value"]["fixedColor"] for each in overrides}


def _threshold_color(panel: Panel, value: float) -> str:
    steps = panel.raw["fieldConfig"]["defaults"]["thresholds"]["steps"]
    reached = [step["color"] for step in steps if step["value"] is None or value >= step["value"]]
    return _COLORS[reached[-1]]


def _written(panel: Panel, value: float) -> str:
    written: str = _FORMATS[panel.raw["fieldConfig"]["defaults"]["unit"]](float(f"{value:.3g}"))
    return written
