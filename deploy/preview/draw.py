"""Draws a dashboard as Grafana lays it out: each panel in its place, from the data that Prometheus has for it."""

from collections.abc import Callable
from pathlib import Path
from time import localtime, strftime
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from deploy.preview.panels import Board, Panel
from deploy.preview.prometheus import Prometheus
from deploy.preview.units import written
from shared.events import PIPELINE, STAGES

_BACKGROUND, _PANEL, _TEXT, _FAINT = "#111217", "#181b1f", "#d8d9da", "#6e7077"
_NAMED = {"green": "#73BF69", "yellow": "#F2CC0C", "red": "#F2495C", "blue": "#5794F2"}
_OTHERS = ("#5794F2", "#73BF69", "#F2CC0C", "#FF780A", "#B877D9", "#8AB8FF", "#96D98D", "#FFB357", "#CA95E5", "#FF7383")
_CELL_WIDTH, _CELL_HEIGHT, _GAP = 0.75, 0.42, 0.1
"""Inches of a cell of Grafana's grid, and between panels."""
_STEPS = 240


class Span(NamedTuple):
    """The time a dashboard shows: from ``start`` to ``end``, Unix seconds."""

    start: float
    end: float

    @property
    def step(self) -> float:
        """Seconds from one point to the next."""
        return max(1.0, (self.end - self.start) / _STEPS)


class _Margin(NamedTuple):
    """Inches left free around the drawing, for title, axes and legend."""

    left: float
    top: float
    bottom: float


_MARGINS = {
    "stat": _Margin(0.15, 0.3, 0.1),
    "timeseries": _Margin(0.62, 0.36, 0.62),
    "heatmap": _Margin(0.62, 0.36, 0.32),
    "bargauge": _Margin(0.15, 0.36, 0.15),
}


class Series(NamedTuple):
    """A named course: times in seconds since the start, and values (NaN where there is none)."""

    name: str
    times: "np.ndarray[Any, Any]"
    values: "np.ndarray[Any, Any]"


def draw(board: Board, prometheus: Prometheus, span: Span, path: Path) -> None:
    """Writes the PNG of ``board`` to ``path``."""
    mpl.rcParams.update({"font.family": "DejaVu Sans", "text.color": _TEXT, "font.size": 8, "axes.edgecolor": _FAINT})
    rows = max(panel.raw["gridPos"]["y"] + panel.raw["gridPos"]["h"] for panel in board.panels)
    width, height = 24 * _CELL_WIDTH, (rows + 1) * _CELL_HEIGHT
    figure = Figure(figsize=(width, height), facecolor=_BACKGROUND, dpi=100)
    figure.text(0.008, 1 - 0.6 * _CELL_HEIGHT / height, board.title, fontsize=12, weight="bold", va="center")
    for panel in board.panels:
        _draw_panel(figure, panel, prometheus, span, width, height)
    figure.savefig(path, facecolor=_BACKGROUND)


def _draw_panel(figure: Figure, panel: Panel, prometheus: Prometheus, span: Span, width: float, height: float) -> None:
    at = panel.raw["gridPos"]
    left, top = at["x"] * _CELL_WIDTH + _GAP / 2, (at["y"] + 1) * _CELL_HEIGHT + _GAP / 2
    wide, high = at["w"] * _CELL_WIDTH - _GAP, at["h"] * _CELL_HEIGHT - _GAP
    frame = figure.add_axes((left / width, 1 - (top + high) / height, wide / width, high / height), facecolor=_PANEL)
    frame.set(xticks=[], yticks=[])
    frame.spines[:].set_color("#2c2f36")
    frame.text(0.1 / wide, 1 - 0.16 / high, panel.title, fontsize=9, weight="bold", va="center")
    margin = _MARGINS[panel.type]
    inside = (left + margin.left, top + margin.top, wide - margin.left - 0.15, high - margin.top - margin.bottom)
    axes = figure.add_axes(
        (inside[0] / width, 1 - (inside[1] + inside[3]) / height, inside[2] / width, inside[3] / height),
        facecolor=_PANEL,
    )
    _DRAWERS[panel.type](axes, panel, prometheus, span)


def _draw_number(axes: Axes, panel: Panel, prometheus: Prometheus, span: Span) -> None:
    axes.axis("off")
    series = _courses(panel, prometheus, span)
    values = series[0].values if series else np.array([0.0])
    known = values[~np.isnan(values)]
    last = float(known[-1]) if known.size else 0.0
    color = _threshold_color(panel, last)
    if series and known.size > 1:
        top = float(np.nanmax(values)) or 1.0
        axes.fill_between(series[0].times, values, color=color, alpha=0.15, lw=0)
        axes.plot(series[0].times, values, color=color, alpha=0.5, lw=1)
        axes.set(xlim=(0, span.end - span.start), ylim=(0, top * 2.6))
    axes.text(0.5, 0.66, _written(panel, last), fontsize=24, weight="bold", color=color, ha="center",
              va="center", transform=axes.transAxes)  # fmt: skip


def _draw_lines(axes: Axes, panel: Panel, prometheus: Prometheus, span: Span) -> None:
    series = _courses(panel, prometheus, span)
    colors = [_series_color(panel, each.name, at) for at, each in enumerate(series)]
    if panel.raw["fieldConfig"]["defaults"]["custom"].get("stacking", {}).get("mode") == "normal" and series:
        values = np.nan_to_num(np.vstack([each.values for each in series]))
        axes.stackplot(series[0].times, values, colors=colors, alpha=0.55, labels=[each.name for each in series])
        top = float(values.sum(axis=0).max())
    else:
        for each, color in zip(series, colors, strict=True):
            axes.plot(each.times, each.values, color=color, lw=1.4, label=each.name)
        top = max((float(np.nanmax(each.values)) for each in series if not np.isnan(each.values).all()), default=0.0)
    _scale(axes, panel, span, top)
    if series:
        columns = max(2, int(panel.raw["gridPos"]["w"] * _CELL_WIDTH / 1.4))
        axes.legend(loc="upper center", bbox_to_anchor=(0.46, -0.12), ncols=columns, fontsize=7, frameon=False,
                    labelcolor=_TEXT, handlelength=1, columnspacing=1.2, labelspacing=0.2)  # fmt: skip


def _scale(axes: Axes, panel: Panel, span: Span, top: float) -> None:
    unit = _unit(panel)
    axes.set_xlim(0, span.end - span.start)
    axes.set_ylim(0, top * 1.15 or 1)
    for step in panel.raw["fieldConfig"]["defaults"].get("thresholds", {}).get("steps", [])[1:]:
        if step["value"] <= top * 1.15:
            axes.axhline(step["value"], color=_NAMED[step["color"]], lw=0.8, ls="--", alpha=0.8)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=_is_whole(panel)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: written(value, unit)))
    _style(axes, span)


def _draw_heatmap(axes: Axes, panel: Panel, prometheus: Prometheus, span: Span) -> None:
    series = sorted(_courses(panel, prometheus, span), key=lambda each: float(each.name))
    _style(axes, span)
    if len(series) < 2:
        return
    cumulated = np.nan_to_num(np.vstack([each.values for each in series]))
    counts = np.diff(cumulated, axis=0, prepend=0)
    counts = np.ma.masked_less_equal(counts, 1e-9)
    used = [at for at in range(len(series)) if counts[at].count()] or [0]
    low, high = max(0, used[0] - 1), min(len(series), used[-1] + 2)
    axes.pcolormesh(series[0].times, np.arange(low, high), counts[low:high], cmap="turbo", norm=PowerNorm(0.5),
                    shading="nearest")  # fmt: skip
    axes.set_xlim(0, span.end - span.start)
    names = [written(float(each.name), "s") if each.name != "+Inf" else "∞" for each in series[low:high]]
    axes.set_yticks(np.arange(low, high) + 0.5, names)


def _draw_bars(axes: Axes, panel: Panel, prometheus: Prometheus, span: Span) -> None:
    bars = [
        (_name(target.legend, series["metric"]), float(series["value"][1]))
        for target in panel.targets
        for series in prometheus.get("query", query=target.expr, time=span.end)["result"]
    ]
    bars = sorted(bars, key=lambda bar: -bar[1])[:9]
    axes.axis("off")
    if not bars:
        axes.text(0.46, 0.5, "none", fontsize=14, color=_FAINT, ha="center", transform=axes.transAxes)
        return
    top = max(value for _, value in bars) or 1.0
    axes.set(xlim=(-1.05 * top, 1.25 * top), ylim=(max(len(bars), 6) - 0.4, -0.6))
    for at, (name, value) in enumerate(bars):
        color = _threshold_color(panel, value)
        axes.barh(at, value, color=color, alpha=0.75, height=0.62)
        axes.text(-0.03 * top, at, name, ha="right", va="center", fontsize=7)
        axes.text(value + 0.03 * top, at, _written(panel, value), va="center", fontsize=8, color=color)


_DRAWERS: dict[str, Callable[[Axes, Panel, Prometheus, Span], None]] = {
    "stat": _draw_number,
    "timeseries": _draw_lines,
    "heatmap": _draw_heatmap,
    "bargauge": _draw_bars,
}


def _courses(panel: Panel, prometheus: Prometheus, span: Span) -> list[Series]:
    """The series of all queries of ``panel``, on one common axis of times."""
    points = np.arange(span.start, span.end, span.step)
    found = []
    for target in panel.targets:
        for series in prometheus.over(target.expr, span.start, span.end, span.step):
            values = np.full(points.size, np.nan)
            for time, value in series["values"]:
                at = round((time - span.start) / span.step)
                if at < points.size:
                    values[at] = float(value)
            found.append(Series(_name(target.legend, series["metric"]), points - span.start, values))
    return sorted(found, key=_order)


_ORDER = (*STAGES, *(step.stream.rpartition(".")[2] for step in PIPELINE))


def _order(series: Series) -> tuple[int, str]:
    """Stages and streams in the order of the pipeline, others by name."""
    word = series.name.rpartition(".")[2]
    return (_ORDER.index(word) if word in _ORDER else len(_ORDER)), series.name


def _name(legend: str, labels: dict[str, str]) -> str:
    for label, value in labels.items():
        legend = legend.replace("{{" + label + "}}", value)
    return legend or ", ".join(labels.values())


def _written(panel: Panel, value: float) -> str:
    return written(round(value) if _is_whole(panel) else value, _unit(panel))


def _is_whole(panel: Panel) -> bool:
    return bool(panel.raw["fieldConfig"]["defaults"].get("decimals") == 0)


def _unit(panel: Panel) -> str:
    unit: str = panel.raw["fieldConfig"]["defaults"]["unit"]
    return unit


def _threshold_color(panel: Panel, value: float) -> str:
    steps = panel.raw["fieldConfig"]["defaults"]["thresholds"]["steps"]
    reached = [step["color"] for step in steps if step["value"] is None or value >= step["value"]]
    return _NAMED[reached[-1]]


def _series_color(panel: Panel, name: str, at: int) -> str:
    for override in panel.raw["fieldConfig"].get("overrides", []):
        if override["matcher"]["options"] == name:
            color: str = override["properties"][0]["value"]["fixedColor"]
            return color
    return _OTHERS[at % len(_OTHERS)]


def _style(axes: Axes, span: Span) -> None:
    axes.tick_params(colors=_FAINT, labelsize=7, length=0)
    axes.grid(color="#2c2f36", lw=0.6)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda since, _: strftime("%H:%M:%S", localtime(span.start + since))))
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 3, 6]))
