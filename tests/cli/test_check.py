"""gouji check: an office checks its own draft before it publishes."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.commands.check import app
from shared.form.catalogue import rules

SAMPLES = Path(__file__).parents[2] / "samples" / "bucket"
CLEAN, WRONG, GAPS, OTHER = (
    SAMPLES / name for name in ("02-一格一行.txt", "07-合计有误.txt", "09-空白单元格.docx", "10-不是年报.txt")
)


def check(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((CLEAN,), 0),
        ((GAPS,), 0),
        ((GAPS, "--strict"), 1),
        ((CLEAN, WRONG), 1),
        ((OTHER,), 2),
        ((WRONG, OTHER), 2),
        ((SAMPLES / "没有这个文件.txt",), 2),
        (("/dev/zero",), 2),
        ((), 2),
        ((CLEAN, "--format", "yaml"), 2),
    ],
)
def test_the_exit_code_says_clean_found_or_unreadable(arguments: tuple[object, ...], code: int) -> None:
    assert check(*arguments)[0] == code


def test_a_person_is_told_the_verdict_the_slip_and_its_place() -> None:
    _, said = check(WRONG)
    said = "".join(line.strip() for line in said.splitlines())

    assert "不一致 inconsistent  错误3条，提示0条" in said
    assert "诊断：表三“（七）总计”一行“总计”一列疑一位数字有误：13应为12。" in said
    assert "改正后，各行总计、第（七）项与平衡关系3处均成立。  L59C8" in said
    assert "✗ applications.row_total concluded  12 ≠ 13  L59C8" in said


def test_verbose_lists_the_claims_that_agree() -> None:
    assert "narrative" not in check(CLEAN)[1]
    assert "✓ narrative.applications" in check(CLEAN, "--verbose")[1]


def test_json_gives_one_judgement_a_line() -> None:
    lines = [json.loads(line) for line in check(WRONG, OTHER, "--format", "json")[1].splitlines()]

    wrong, other = lines
    assert wrong["judgement"]["verdict"] == "inconsistent"
    assert wrong["judgement"]["tables"]["applications"]["broken"] == 3
    assert wrong["judgement"]["findings"][0]["suspect"] == {
        "cell": "applications.concluded.total",
        "stated": 13,
        "expected": 12,
    }
    assert (other["outcome"], other["rejection"]["code"], other["judgement"]) == ("rejected", "not_a_report", None)


def test_a_draft_is_held_against_last_years_report() -> None:
    last, this = SAMPLES / "01-一行一条.txt", SAMPLES / "02-一格一行.txt"

    code, said = check(this, "--last-year", last, "--strict")
    assert code == 1
    assert "continuity.carried_over total" in said
    assert said.count("continuity.carried_over") == 1
    assert check(last, "--last-year", this, "--strict")[0] == 0  # the wrong way round: not compared
    assert check(this, "--last-year", OTHER)[0] == 2


def test_a_folder_is_checked_file_by_file() -> None:
    lines = check(SAMPLES, "--format", "json")[1].splitlines()

    assert [json.loads(line)["source"] for line in lines] == [str(file) for file in sorted(SAMPLES.iterdir())]


def test_sarif_names_rule_line_and_cell() -> None:
    log: dict[str, Any] = json.loads(check(WRONG, OTHER, "--format", "sarif")[1])

    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"diagnosis", *rules()}
    slip, first, *_ = run["results"]
    assert (slip["ruleId"], slip["properties"]["resolves"]) == ("diagnosis", [0, 1, 2])
    assert slip["locations"] == first["locations"]
    assert (first["ruleId"], first["level"]) == ("applications.row_total", "error")
    (place,) = first["locations"]
    assert place["physicalLocation"]["region"]["startLine"] == 59
    assert place["logicalLocations"] == [{"fullyQualifiedName": "applications.concluded.total"}]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert "not_a_report" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_a_folder_without_files_is_no_success(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(tmp_path)])

    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing was checked" in result.stderr


def test_in_a_pipe_no_line_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)

    code, said = check(WRONG)

    assert code == 1
    assert any("填报" in line and "勾稽关系" in line and line.count("；") == 2 for line in said.splitlines())
    assert not [line for line in said.splitlines() if line != line.rstrip()]
