"""gouji as a library: bytes in, outcomes out, never an exception for what is in a file."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gouji
from services.ingest.limits import limits_of
from shared.errors import REJECTION_CODES
from shared.settings import Settings

SAMPLES = Path(__file__).parents[2] / "samples" / "bucket"


def test_a_report_comes_with_its_judgement() -> None:
    (outcome,) = gouji.read((SAMPLES / "07-合计有误.txt").read_bytes(), "07-合计有误.txt")

    assert outcome.report is not None
    assert outcome.judgement is not None
    assert outcome.report.authority == "望海区卫生健康委员会"
    assert outcome.judgement.verdict == "inconsistent"
    assert outcome.rejection is None


def test_several_reports_are_several_outcomes() -> None:
    one, other = ((SAMPLES / name).read_bytes() for name in ("01-一行一条.txt", "04-制表缩进.txt"))

    found = gouji.read(one + b"\n" + other)

    assert [(each.part, each.parts, each.report and each.report.part) for each in found] == [(1, 2, 1), (2, 2, 2)]
    alone = [gouji.read(data)[0].report for data in (one, other)]
    assert [each.report and each.report.authority for each in found] == [each and each.authority for each in alone]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_is_in_a_file_is_an_outcome(data: bytes) -> None:
    (outcome,) = gouji.read(data)

    assert outcome.report is None
    assert outcome.rejection is not None
    assert outcome.rejection.code in REJECTION_CODES


def test_a_fault_of_ours_is_told_from_one_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_: object) -> None:
        raise ZeroDivisionError("our fault")

    monkeypatch.setattr("gouji.reading.judge", stumble)
    (outcome,) = gouji.read((SAMPLES / "01-一行一条.txt").read_bytes())

    assert isinstance(outcome.failure, ZeroDivisionError)
    assert outcome.rejection is not None
    assert "fault of gouji" in outcome.rejection.detail


def test_the_operator_s_limits_hold() -> None:
    limits = limits_of(Settings(max_object_bytes=10))

    (outcome,) = gouji.read(b"x" * 11, limits=limits)

    assert outcome.rejection is not None
    assert outcome.rejection.code == "too_large"


def test_neither_broker_nor_database_is_imported() -> None:
    code = "import sys, gouji; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"redis", "faststream", "sqlalchemy", "sqlmodel", "typer"}.isdisjoint(done.stdout.split())
