"""Panels in one style: each has a unit, a description that says what to do when it looks bad, and thresholds where
they mean something. Written for one screen at night: dark, few colours, the same colour for the same thing."""

import re
from collections.abc import Sequence
from itertools import cycle
from typing import NamedTuple

from grafana_foundation_sdk.builders import bargauge, common, dashboard, heatmap, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import common as models
from grafana_foundation_sdk.models import dashboard as board
from grafana_foundation_sdk.models.dashboard import (
    DataSourceRef,
    DynamicConfigValue,
    FieldColorModeId,
    Threshold,
    ThresholdsMode,
)
from grafana_foundation_sdk.models.heatmap import HeatmapColorMode, HeatmapColorScale
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from shared.events import PIPELINE

Panel = Builder[board.Panel]

DATASOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")

_BLUE, _GREEN, _YELLOW, _VIOLET, _ORANGE, _RED = "#5794F2", "#73BF69", "#F2CC0C", "#B877D9", "#FF780A", "#F2495C"

# A stage has the color of the stream it takes from; the fifth, should there be one, that of the first again.
_BY_STEP = dict(zip(PIPELINE, cycle((_BLUE, _GREEN, _YELLOW, _VIOLET)), strict=False))
COLORS = {
    "{{stage}}": {step.stage: color for step, color in _BY_STEP.items()},
    "{{stream}}": {step.stream: color for step, color in _BY_STEP.items()},
    "{{outcome}}": {"forwarded": _GREEN, "retried": _YELLOW, "rejected": _ORANGE, "dead": _RED},
    "{{verdict}}": {"clean": _GREEN, "incomplete": _YELLOW, "inconsistent": _RED},
    "p50": {"p50": _GREEN},
    "p95": {"p95": _YELLOW},
    "p99": {"p99": _ORANGE},
    "taken": {"taken": _BLUE},
    "not taken": {"not taken": _ORANGE},
}
"""The color of each series, by the legend that names it; others get one by their name."""

GREEN, YELLOW, RED = "green", "yellow", "red"


NO_DATA = "no data"
"""What a panel shows where nothing is scraped: neither 0 nor a colour of its thresholds."""


class Query(NamedTuple):
    """A PromQL expression and the name of its series (``{{label}}`` is the value of a label)."""

    expr: str
    legend: str = ""


class Steps(NamedTuple):
    """Where a value begins to be worth a look (``warn``) and to be bad; upside down where little is bad."""

    warn: float
    bad: float


def number(
    title: str, description: str, unit: str, query: Query, steps: Steps | None = None, *, whole: bool = False
) -> stat.Panel:
    """One figure, large, with its course behind it; ``whole`` where it is a count."""
    panel = (
        stat.Panel()
        .title(title)
        .description(description)
        .unit(unit)
        .datasource(DATASOURCE)
        .no_value(NO_DATA)
        .graph_mode(models.BigValueGraphMode.AREA)
        .color_mode(models.BigValueColorMode.VALUE)
        .thresholds(_thresholds(steps))
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
        .height(4)
        .span(4)
    )
    if whole:
        panel.decimals(0)
    return panel.with_target(_target(query, "A"))


def lines(
    title: str,
    description: str,
    unit: str,
    queries: Sequence[Query],
    *,
    steps: Steps | None = None,
    stacked: bool = False,
    span: int = 12,
    whole: bool = False,
) -> timeseries.Panel:
    """Figures over time. ``whole`` where they are counts, ``stacked`` where they add up to something."""
    panel = (
        timeseries.Panel()
        .title(title)
        .description(description)
        .unit(unit)
        .datasource(DATASOURCE)
        .min(0)
        .line_width(2)
        .fill_opacity(40 if stacked else 8)
        .show_points(models.VisibilityMode.NEVER)
        .span_nulls(False)
        .color_scheme(dashboard.FieldColor().mode(FieldColorModeId.PALETTE_CLASSIC_BY_NAME))
        .legend(common.VizLegendOptions().show_legend(True).calcs(["lastNotNull", "max"]).placement(_BOTTOM))
        .tooltip(common.VizTooltipOptions().mode(models.TooltipDisplayMode.MULTI).sort(models.SortOrder.DESCENDING))
        .height(7)
        .span(span)
    )
    if stacked:
        panel.stacking(common.StackingConfig().mode(models.StackingMode.NORMAL))
    if whole:
        panel.decimals(0)
    if steps:
        panel.thresholds(_thresholds(steps))
        panel.thresholds_style(common.GraphThresholdsStyleConfig().mode(models.GraphThresholdsStyleMode.DASHED))
    for ref, query in zip("ABCDEF", queries, strict=False):
        panel.with_target(_target(query, ref))
        for name, color in COLORS.get(query.legend, {}).items():
            panel.override_by_name(name, [DynamicConfigValue("color", {"mode": "fixed", "fixedColor": color})])
    return panel


def seconds_heatmap(title: str, description: str, query: Query, span: int = 8) -> heatmap.Panel:
    """How a histogram of seconds moves over time; ``query`` gives its buckets by ``le``."""
    target = _target(query._replace(legend="{{le}}"), "A").format(PromQueryFormat.HEATMAP)
    color = heatmap.HeatmapColorOptions().mode(HeatmapColorMode.SCHEME).scheme("Turbo").steps(64)
    return (
        heatmap.Panel()
        .title(title)
        .description(description)
        .unit("s")
        .datasource(DATASOURCE)
        .calculate(False)
        .color(color.scale(HeatmapColorScale.EXPONENTIAL).exponent(0.5))
        .y_axis(heatmap.YAxisConfig().unit("s"))
        .cell_values(heatmap.CellValues().unit("ops"))
        .cell_gap(1)
        .show_legend()
        .height(7)
        .span(span)
        .with_target(target)
    )


def bars(
    title: str, description: str, unit: str, query: Query, *, steps: Steps | None = None, span: int = 6
) -> bargauge.Panel:
    """One bar for each series, a count, as it is now; the longest says what there is most of."""
    return (
        bargauge.Panel()
        .title(title)
        .description(description)
        .unit(unit)
        .datasource(DATASOURCE)
        .no_value(NO_DATA)
        .min(0)
        .decimals(0)
        .orientation(models.VizOrientation.HORIZONTAL)
        .display_mode(models.BarGaugeDisplayMode.BASIC)
        .thresholds(_thresholds(steps))
        .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
        .height(7)
        .span(span)
        .with_target(_target(query, "A").instant())
    )


_BOTTOM = models.LegendPlacement.BOTTOM


def _target(query: Query, ref: str) -> prometheus.Dataquery:
    return prometheus.Dataquery().expr(_of_installation(query.expr)).legend_format(query.legend).ref_id(ref).range()


def _of_installation(expr: str) -> str:
    """``expr`` of the installation that is chosen above; each selector says so, so that no panel adds up two."""
    return _SELECTOR.sub(lambda found: f"{found[1]}{{{', '.join(filter(None, (_CHOSEN, found[2])))}}}", expr)


_CHOSEN = 'installation="$installation"'
_SELECTOR = re.compile(r"\b((?:gouji[_:]|process_|faststream_)[\w:]+)(?:\{([^}]*)\})?")


def _thresholds(steps: Steps | None) -> dashboard.ThresholdsConfig:
    if steps is None:
        found = [Threshold(None, "blue")]
    elif steps.warn <= steps.bad:
        found = [Threshold(None, GREEN), Threshold(steps.warn, YELLOW), Threshold(steps.bad, RED)]
    else:
        found = [Threshold(None, RED), Threshold(steps.bad, YELLOW), Threshold(steps.warn, GREEN)]
    return dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(found)
