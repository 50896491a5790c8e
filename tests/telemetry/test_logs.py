import json
import subprocess
import sys
from functools import cache

import pytest

from shared.settings import Settings
from shared.telemetry import logs

SCRIPT = """
import logging, structlog
from shared.settings import Settings
from shared.telemetry import logs
logs.configure(Settings(), "parse")
log = structlog.get_logger()
with logs.about("ab12", trace_id="cd34"):
    log.info("document.forwarded", seconds=0.25)
    logging.getLogger("sqlalchemy").warning("cannot reach postgresql://gouji:hunter2@db/gouji")
log.debug("not.wanted")
try:
    raise OSError("redis://:hunter2@broker refused")
except OSError:
    log.exception("failed")
"""


@cache
def lines_of(**environment: str) -> list[str]:
    """What a process that logs writes to standard error."""
    variables = {f"GOUJI_{name.upper()}": value for name, value in environment.items()}
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=variables)
    return run.stderr.splitlines()


def test_a_line_is_one_json_object_with_document_trace_stage_level_and_time() -> None:
    ours = json.loads(lines_of()[0])
    assert ours.pop("timestamp").endswith("Z")
    assert ours == {
        "event": "document.forwarded",
        "document_id": "ab12",
        "trace_id": "cd34",
        "stage": "parse",
        "level": "info",
        "seconds": 0.25,
    }


def test_lines_of_the_libraries_take_the_same_form_and_show_no_password() -> None:
    theirs = json.loads(lines_of()[1])
    assert theirs["event"] == "cannot reach postgresql://gouji:***@db/gouji"
    assert theirs["document_id"] == "ab12"


@pytest.mark.parametrize("form", ["json", "text"])
def test_no_password_is_shown_in_a_traceback_either(form: str) -> None:
    written = "\n".join(lines_of(log_format=form))
    assert "refused" in written
    assert "hunter2" not in written


def test_the_level_decides_what_is_written() -> None:
    assert len(lines_of(log_level="DEBUG")) == 4
    assert len(lines_of(log_level="WARNING")) == 2


def test_text_is_for_reading_not_for_machines() -> None:
    first = lines_of(log_format="text")[0]
    assert "document.forwarded" in first
    with pytest.raises(json.JSONDecodeError):
        json.loads(first)


@pytest.mark.parametrize(("share", "written"), [(0, 0), (0.25, 64), (1, 256)])
def test_routine_lines_are_written_for_a_share_of_the_documents(share: float, written: int) -> None:
    assert not logs.is_sampled("", share)
    documents = [f"{n:02x}" + "0" * 62 for n in range(256)]
    assert sum(logs.is_sampled(document, share) for document in documents) == written


def test_the_default_writes_routine_lines_for_one_document_in_a_hundred() -> None:
    assert Settings().log_sample == 0.01
