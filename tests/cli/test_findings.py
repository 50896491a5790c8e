"""gouji findings: what the rules found in all that is stored, listed, counted and exported."""

import csv
import json
from pathlib import Path

import pytest
from arro3.io import read_parquet
from typer.testing import CliRunner

from cli.commands.findings import app
from cli.errors import UserError
from cli.export import harmless
from services.store.persist import persist
from services.validate.judge import judge
from shared.database.connect import connect
from shared.database.schema import create_tables
from shared.report import Finding, Number
from tests.database.reports import validated
from tests.validate.reports import report

A = "applications."


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three reports: one with an error in 2023, the same authority clean in 2024, another with a hostile name."""
    url = f"sqlite:///{tmp_path}/gouji.sqlite"
    monkeypatch.setenv("GOUJI_DATABASE_URL", url)
    monkeypatch.setenv("GOUJI_REDIS_URL", "redis://127.0.0.1:1/0")
    engine = connect(url)
    create_tables(engine)
    reports: list[tuple[str, int, dict[str, Number | None]]] = [
        ("甲县石桥镇", 2023, {A + "granted.total": 1}),
        ("甲县石桥镇", 2024, {}),
        ("=1+1", 2024, {"disclosure.fees.amount": None}),
    ]
    for n, (authority, year, cells) in enumerate(reports):
        read = report(cells=cells, authority=authority, year=year)
        findings: tuple[Finding, ...] = judge(read).findings
        assert persist(engine, [validated(read, *findings, document_id=f"d{n}", key=f"{n}.txt")], "tester") == [None]
    engine.dispose()


def findings(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def listed(*arguments: object) -> list[tuple[int, str]]:
    lines = [json.loads(line) for line in findings("--json", *arguments).splitlines()]
    return [(line["year"], line["finding"]["rule"]) for line in lines]


def test_findings_are_found_by_rule_authority_and_year() -> None:
    assert listed("--year", 2023) == [(2023, "applications.row_total"), (2023, "applications.concluded")]
    assert listed("--rule", "applications.row_total") == [(2023, "applications.row_total")]
    assert listed("--rule", "completeness") == [(2024, "completeness.disclosure")]
    assert listed("--authority", "石桥") == listed("--errors") == listed("--year", 2023)
    assert listed("--authority", "石桥", "--year", 2024) == []


def test_a_rule_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(UserError, match=r"applications\.balance"):
        findings("--rule", "aplications")


def test_a_person_gets_a_list_or_counts() -> None:
    said = findings("--errors")
    assert "甲县石桥镇 2023  applications.row_total granted" in said
    assert "疑总计未随各项更新：1应为0" in said.replace("\n", "")
    assert "and more" in findings("--limit", 1)
    assert "甲县石桥镇" in findings("--by", "authority")
    assert "no findings" in findings("--year", 1999)


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    findings("--export", tmp_path / "out.csv")

    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["authority"] for row in rows] == ["'=1+1", "甲县石桥镇", "甲县石桥镇"]
    assert (rows[1]["suspect"], rows[1]["suspect_expected"]) == (A + "granted.total", "0")


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "\n=1"])
def test_text_that_a_spreadsheet_would_compute_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_figures_and_plain_text_are_exported_as_they_are() -> None:
    assert [harmless(value) for value in (-3, 1.5, None, "表三“总计”")] == [-3, 1.5, None, "表三“总计”"]


def test_parquet_holds_the_same_with_types(tmp_path: Path) -> None:
    findings("--export", tmp_path / "out.parquet")

    table = read_parquet(tmp_path / "out.parquet").read_all()
    assert table["year"].to_pylist() == [2024, 2023, 2023]
    assert table["expected"].to_pylist() == [None, 0.0, 1.0]
    assert table["authority"].to_pylist()[0] == "=1+1"


def test_an_empty_parquet_file_is_one_too(tmp_path: Path) -> None:
    assert "0 findings" in findings("--year", 1999, "--export", tmp_path / "out.parquet")
    assert read_parquet(tmp_path / "out.parquet").read_all().num_rows == 0


def test_another_format_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"something\.csv or something\.parquet"):
        findings("--export", tmp_path / "out.xlsx")
