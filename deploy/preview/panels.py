"""The panels of a rendered dashboard, with their queries ready to be evaluated."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent.parent / "grafana" / "dashboards"


class Target(NamedTuple):
    """A query of a panel: its expression with Grafana's variables filled in, and the legend of its series."""

    expr: str
    legend: str

    def named(self, labels: dict[str, str]) -> str:
        """The legend of the series with ``labels``; their values where the query has none."""
        name = self.legend
        for label, value in labels.items():
            name = name.replace("{{" + label + "}}", value)
        return name or ", ".join(labels.values())


class Panel(NamedTuple):
    """A panel as the JSON has it: ``raw`` is the whole of it."""

    title: str
    type: str
    targets: tuple[Target, ...]
    raw: dict[str, Any]


class Board(NamedTuple):
    """A dashboard: its uid (the name of its file), its title, its panels."""

    uid: str
    title: str
    panels: tuple[Panel, ...]


def boards(**variables: str) -> Iterator[Board]:
    """Every rendered dashboard. ``variables`` are Grafana's (``stage="parse"``, ``__range="5m"``)."""
    for path in sorted(FOLDER.glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        yield Board(raw["uid"], raw["title"], tuple(_panel(panel, variables) for panel in raw["panels"]))


def _panel(raw: dict[str, Any], variables: dict[str, str]) -> Panel:
    targets = tuple(
        Target(_filled(target["expr"], variables), _filled(target.get("legendFormat", ""), variables))
        for target in raw["targets"]
    )
    return Panel(raw["title"], raw["type"], targets, raw)


def _filled(expr: str, variables: dict[str, str]) -> str:
    for name in sorted(variables, key=len, reverse=True):
        expr = expr.replace(f"${name}", variables[name])
    return expr
