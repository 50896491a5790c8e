"""The dashboards and the rules as files: complete, consistent, and what the code renders."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from deploy.dashboards.__main__ import FOLDER, rendered
from deploy.preview.panels import Board, boards
from deploy.preview.prometheus import running as prometheus_running

DEPLOY = Path(__file__).parents[2] / "deploy"
PROMETHEUS = DEPLOY / "prometheus"
needs_promtool = pytest.mark.skipif(not shutil.which("promtool"), reason="needs Debian's package prometheus")


def test_rendering_the_dashboards_again_changes_nothing() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert written == rendered(), "run make dashboards"


def test_the_dashboards_are_of_the_schema_that_the_sdk_targets() -> None:
    for text in rendered().values():
        read = Dashboard.from_json(json.loads(text))
        assert json.loads(json.dumps(read, cls=JSONEncoder)) == json.loads(text)


@pytest.mark.parametrize("board", list(boards()), ids=lambda board: board.uid)
def test_every_panel_has_a_unit_a_description_that_helps_and_queries_with_names(board: Board) -> None:
    for panel in board.panels:
        defaults = panel.raw["fieldConfig"]["defaults"]
        assert defaults["unit"], panel.title
        assert len(panel.raw["description"]) > 15, panel.title
        assert panel.targets, panel.title
        assert len(panel.targets) == 1 or all(target.legend for target in panel.targets), panel.title
        assert panel.type not in ("stat", "bargauge") or defaults["thresholds"]["steps"], panel.title


@pytest.mark.parametrize("board", list(boards()), ids=lambda board: board.uid)
def test_a_dashboard_fits_on_one_screen_without_gaps_or_overlaps(board: Board) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in board.panels:
        at = panel.raw["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel.title
        taken |= cells
    height = max(y for _, y in taken) + 1
    assert taken == {(x, y) for x in range(24) for y in range(height)}
    assert height <= 25


def test_with_nothing_scraped_no_panel_says_0() -> None:
    for text in rendered().values():
        assert "vector(" not in text
        assert set(re.findall(r'"noValue": "([^"]*)"', text)) <= {"no data"}


@needs_promtool
def test_with_nothing_scraped_no_query_gives_a_series(tmp_path: Path) -> None:
    with prometheus_running(tmp_path, tmp_path / "nobody.json", "1s") as prometheus:
        told = [
            f"{board.title}, {panel.title}: {target.expr}"
            for board in boards(installation="x", stage="parse", instance=".*", __range="5m", __rate_interval="1m")
            for panel in board.panels
            for target in panel.targets
            if prometheus.instant(target.expr)
        ]
    assert told == []


def test_every_panel_is_of_one_installation_that_is_chosen() -> None:
    for text in rendered().values():
        board = json.loads(text)
        (variable,) = (each for each in board["templating"]["list"] if each["name"] == "installation")
        assert not variable.get("multi")
        assert not variable.get("includeAll")
        for panel in board["panels"]:
            for target in panel["targets"]:
                metrics = re.findall(r"\b(?:gouji[_:]|process_|faststream_)[\w:]+", target["expr"])
                assert len(metrics) == target["expr"].count('{installation="$installation"'), target["expr"]


def test_no_rule_adds_up_installations() -> None:
    for name in ("rules/alerts.yml", "rules/recording.yml"):
        over = re.findall(r"\b(?:sum|max|min|count|group)((?: by| without)? ?\([^)]*)", _text(name))
        assert over
        assert [each for each in over if not each.startswith((" by (installation", " without (instance, job"))] == []


def test_every_alert_has_a_severity_and_a_chapter_in_the_runbook() -> None:
    alerts = re.findall(r"- alert: (\w+)\n(.*?)(?=\n      - alert|\n\n|\Z)", _text("rules/alerts.yml"), re.DOTALL)
    chapters = set(re.findall(r"^### (\w+)$", (DEPLOY.parent / "docs" / "runbook.md").read_text("utf-8"), re.MULTILINE))
    assert len(alerts) >= 15
    for name, rule in alerts:
        assert re.search(r"severity: (page|ticket)", rule), name
        assert f"docs/runbook.md#{name.lower()}" in rule
    assert {name for name, _ in alerts} == chapters


def test_every_alert_has_a_unit_test_that_sees_it_fire() -> None:
    tested = _text("tests/alerts.test.yml")
    fired = set(re.findall(r"alertname: (\w+)\n\s+exp_alerts:\n", tested))
    assert fired == set(re.findall(r"- alert: (\w+)", _text("rules/alerts.yml")))


@needs_promtool
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "rules/alerts.yml", "rules/recording.yml"),
        ("test", "rules", "tests/alerts.test.yml"),
    ],
    ids=" ".join,
)
def test_promtool_agrees(arguments: tuple[str, ...]) -> None:
    checked = subprocess.run(["promtool", *arguments], cwd=PROMETHEUS, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def _text(name: str) -> str:
    return (PROMETHEUS / name).read_text(encoding="utf-8")
