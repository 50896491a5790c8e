"""The shape of the pipeline is one table: a stage added to it is known to all that names stages or streams."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared.events import PIPELINE, SINKS, SOURCES, STAGES

ROOT = Path(__file__).parents[2]
ROOMS = ("shared", "services", "gouji", "cli", "deploy", "pyproject.toml")

ADDED = '    PipelineStage("review", "gouji.reviewed", Validated),\n'
"""A fifth stage, before store: it takes what validate gives, and gives it on."""

SERVICE = '''"""Review as a process: wiring only."""

from shared.events import Validated
from shared.settings import Settings
from shared.stage import Stage
from shared.process import StageApp


def review(event: Validated) -> Validated:
    """Looks, and passes on."""
    return event


app = StageApp(Stage.of("review", work=review), Settings())
'''

SEEN = """
import json
from pathlib import Path

from prometheus_client import CollectorRegistry

from cli.commands.up import _counts
from cli.dead_letters import _stage
from cli.snapshot import STREAMS
from cli.supervisor import configuration
from deploy.dashboards.__main__ import rendered
from services.review.app import app
from services.validate.app import app as validate
from services.store.app import app as store
from shared.events import STAGES, ProcessingStep
from shared.telemetry.metrics import Metrics
from shared.telemetry import streams

Metrics().start("review")
step = {"stage": "review", "outcome": "forwarded", "started": 0, "took": 0, "consumer": "", "version": ""}
ProcessingStep.model_validate(step)
print(json.dumps({
    "way": [validate.stage.sink, app.stage.source, app.stage.sink, store.stage.source],
    "snapshot": STREAMS,
    "gauges": list(streams.STREAMS),
    "scaled": _counts(["review=2"]),
    "option": _stage("review"),
    "supervised": "[program:review]" in configuration(Path("/tmp"), None, dict.fromkeys(STAGES, 1)),
    "dashboards": [name for name, text in rendered().items() if "review" in text],
}))
"""


def test_each_stage_gives_to_the_next() -> None:
    assert [SINKS[stage] for stage in STAGES] == [*(SOURCES[stage] for stage in STAGES[1:]), None]
    assert len({each.stream for each in PIPELINE}) == len(STAGES)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of gouji with a fifth stage."""
    for room in ROOMS:
        source = ROOT / room
        if source.is_dir():
            shutil.copytree(source, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "grafana"))
        else:
            shutil.copy(source, tmp_path)
    events = tmp_path / "shared" / "events.py"
    last = '    PipelineStage("store", '
    text = events.read_text(encoding="utf-8")
    assert text.count(last) == 1
    events.write_text(text.replace(last, ADDED + last), encoding="utf-8")
    (tmp_path / "services" / "review").mkdir()
    (tmp_path / "services" / "review" / "__init__.py").touch()
    (tmp_path / "services" / "review" / "app.py").write_text(SERVICE, encoding="utf-8")
    return tmp_path


def run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(copy), "GOUJI_DATA": str(copy / "data")}
    return subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)


def test_a_fifth_stage_is_known_everywhere(copy: Path) -> None:
    done = run(copy, sys.executable, "-c", SEEN)

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    streams = ["gouji.noticed", "gouji.ingested", "gouji.parsed", "gouji.reviewed", "gouji.validated"]
    assert seen["way"] == ["gouji.reviewed", "gouji.reviewed", "gouji.validated", "gouji.validated"]
    assert seen["snapshot"] == dict(zip(streams, ("ingest", "parse", "validate", "review", "store"), strict=True))
    assert seen["gauges"] == streams
    assert (seen["scaled"], seen["option"], seen["supervised"]) == ({"review": 2}, "review", True)
    assert seen["dashboards"] == ["gouji-pipeline.json"]


def test_a_fifth_stage_may_not_import_another(copy: Path) -> None:
    linter = str(Path(sys.executable).with_name("lint-imports"))
    assert run(copy, linter, "--no-cache").returncode == 0

    with (copy / "services" / "review" / "app.py").open("a", encoding="utf-8") as service:
        service.write("\nfrom services.validate.judge import judge as judge\n")

    done = run(copy, linter, "--no-cache")
    assert done.returncode != 0
    assert "services.review is not allowed to import services.validate" in done.stdout
