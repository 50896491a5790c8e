"""gouji parse: one JSON object a line, in the order of the arguments, whatever the files are."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.commands.parse import app
from services.parse.recognise import Recognised, recognise_all
from shared.blocks import Document
from shared.limits import MAX_OBJECT_BYTES

SAMPLES = Path(__file__).parents[2] / "samples" / "bucket"


def parse(*files: Path) -> tuple[Any, list[dict[str, Any]]]:
    result = CliRunner().invoke(app, [str(file) for file in files])
    return result, [json.loads(line) for line in result.stdout.splitlines()]


def test_every_file_has_its_line_in_the_order_of_the_arguments() -> None:
    files = sorted(SAMPLES.iterdir(), reverse=True)

    result, lines = parse(*files)

    assert result.exit_code == 0
    assert [line["source"] for line in lines] == [str(file) for file in files]
    assert [line["sha256"] for line in lines] == [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]


def test_a_line_has_the_shape_of_the_contract() -> None:
    _, [line] = parse(SAMPLES / "07-合计有误.txt")

    assert line.keys() >= {"source", "sha256", "outcome", "rejection", "report", "findings"}
    assert (line["outcome"], line["rejection"]) == ("parsed", None)
    report = line["report"]
    assert (report["authority"], report["year"], report["edition"]) == ("望海区卫生健康委员会", 2024, "2021")
    assert [section["number"] for section in report["sections"]] == [1, 2, 3, 4, 5, 6]
    assert report["applications"]["concluded"]["total"] == 13
    assert report["disclosure"]["regulations.issued"] == 0
    assert report["disputes"]["reconsideration"].keys() == {"upheld", "corrected", "other", "pending", "total"}
    finding = line["findings"][0]
    assert (finding["rule"], finding["at"], finding["severity"]) == ("applications.row_total", "concluded", "error")
    assert (finding["expected"], finding["actual"]) == (12, 13)


def test_a_file_that_is_no_report_is_rejected_with_its_code() -> None:
    result, [line] = parse(SAMPLES / "10-不是年报.txt")

    assert result.exit_code == 0
    assert (line["outcome"], line["rejection"]["code"], line["report"]) == ("rejected", "not_a_report", None)


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(MAX_OBJECT_BYTES * 100)

    _, [line] = parse(tmp_path / "huge.txt")

    assert (line["rejection"]["code"], line["sha256"]) == ("too_large", None)


def test_a_file_that_is_not_there_costs_the_others_nothing(tmp_path: Path) -> None:
    result, lines = parse(tmp_path / "nothing.txt", SAMPLES / "01-一行一条.txt")

    assert result.exit_code == 1
    assert "nothing.txt is no file" in result.stderr
    assert [line["outcome"] for line in lines] == ["parsed"]


def test_a_fault_of_ours_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(document: Document) -> list[Recognised]:
        if document.format == "html":
            raise ZeroDivisionError("our fault")
        return recognise_all(document)

    monkeypatch.setattr("gouji.reading.recognise_all", stumble)
    result, lines = parse(SAMPLES / "08-网页.html", SAMPLES / "01-一行一条.txt")

    assert result.exit_code == 0
    assert [line["outcome"] for line in lines] == ["rejected", "parsed"]
    assert "fault of gouji" in lines[0]["rejection"]["detail"]
    assert "ZeroDivisionError: our fault" in result.stderr


def test_a_path_that_is_no_unicode_is_still_json(tmp_path: Path) -> None:
    name = tmp_path / os.fsdecode("报告.txt".encode("gbk"))
    name.write_bytes((SAMPLES / "01-一行一条.txt").read_bytes())
    done = subprocess.run([sys.executable, "-m", "cli.main", "parse", name], capture_output=True, check=True)

    assert json.loads(done.stdout)["source"] == str(name)


def test_a_dash_is_the_standard_input() -> None:
    data = (SAMPLES / "07-合计有误.txt").read_bytes()

    result = CliRunner().invoke(app, ["-"], input=data)

    line = json.loads(result.stdout)
    assert (line["source"], line["sha256"]) == ("-", hashlib.sha256(data).hexdigest())
    assert line["report"]["year"] == 2024


def test_a_file_of_several_reports_gets_a_line_for_each(tmp_path: Path) -> None:
    file = tmp_path / "两年.txt"
    text = (SAMPLES / "01-一行一条.txt").read_text(encoding="utf-8")
    file.write_text(f"{text}\n{text.replace('2023', '2022').replace('| 18', '| 19')}", encoding="utf-8")

    result, lines = parse(file)

    assert result.exit_code == 0
    assert [(line["part"], line["report"]["part"], line["report"]["year"]) for line in lines] == [
        (1, 1, 2023),
        (2, 2, 2022),
    ]
    assert [line["verdict"] for line in lines] == ["clean", "inconsistent"]
    assert len({line["sha256"] for line in lines}) == 1
