"""status, findings, trace, show and dead agree with one another, and ask rather than guess."""

import asyncio
import csv
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from arro3.io import read_parquet
from redis import Redis
from typer.testing import CliRunner

from cli.commands.status import picture
from cli.dead_letters import tries
from cli.errors import UserError
from cli.installation import settings_of
from cli.snapshot import take
from services.store.persist import persist
from services.validate.judge import judge
from shared.database.connect import connect
from shared.database.schema import upgrade
from shared.events import DEAD, Validated
from shared.stage.dead import DeadLetter
from tests.database.reports import plain_report, validated
from tests.stage.test_dead import dead_letter
from tests.telemetry.rendered import rendered

FIRST, SECOND, THIRD = "aaaa1" + "0" * 59, "aaaa2" + "0" * 59, "bbbb3" + "0" * 59


@pytest.fixture
def installed(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two revisions of one report, the first with three errors, the second with one, and a clean report of another
    year; of their three files only ``new.txt`` is still there. Returns the bucket."""
    bucket = tmp_path / "bucket"
    bucket.mkdir()
    (bucket / "new.txt").touch()
    for name, value in {"BUCKET": bucket, "DATA": tmp_path, "REDIS_URL": redis_url}.items():
        monkeypatch.setenv(f"GOUJI_{name}", str(value))
    events = [
        wrong("received", FIRST, "old.txt", changed=1, year=2023),
        wrong("granted", SECOND, "new.txt", changed=2, year=2023),
        validated(plain_report(year=2024), document_id=THIRD, key="renamed.txt"),
    ]
    engine = connect(f"sqlite:///{tmp_path / 'gouji.sqlite'}")
    upgrade(engine)
    for event in events:
        assert persist(engine, [event], "tester") == [None]
    engine.dispose()
    return bucket


def wrong(row: str, document_id: str, key: str, *, changed: int, year: int) -> Validated:
    report = plain_report(year=year)
    applications = dict(report.applications or {})
    applications[row] = applications[row] | {"total": 1}
    report = report.model_copy(update={"applications": applications})
    return validated(report, *judge(report).findings, document_id=document_id, key=key, changed=changed)


def gouji(command: str, *arguments: object) -> str:
    """What ``gouji COMMAND ARGUMENT…`` says; raises what it raises."""
    result = CliRunner().invoke(import_module(f"cli.commands.{command}").app, list(map(str, arguments)))
    if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_findings_are_counted_of_current_reports_everywhere(installed: Path, tmp_path: Path) -> None:
    current = lines(gouji("findings", "--json"))
    stored = take(settings_of(tmp_path)).stored

    assert stored is not None
    assert {each["document_id"] for each in current} == {SECOND}
    assert sum(stored.findings.values()) == len(current)
    assert (stored.reports, stored.current, sum(stored.verdicts.values())) == (3, 2, 2)
    assert "findings of current" in rendered(picture(take(settings_of(tmp_path)), {}))
    assert len(lines(gouji("findings", "--json", "--revisions"))) > len(current)


def test_an_id_that_means_several_documents_is_asked_about_and_none_are_mixed(installed: Path) -> None:
    for command in ("trace", "show"):
        with pytest.raises(UserError, match="aaaa2") as asked:
            gouji(command, "aaaa")
        assert "'aaaa' means 2" in asked.value.message
        assert "aaaa1" in asked.value.message
    for unclear in ("a", ""):  # too short for an id, and no key
        with pytest.raises(UserError, match="nothing is known"):
            gouji("trace", unclear)


def test_a_document_that_is_stored_and_one_that_is_dead_are_not_mixed(redis_url: str, installed: Path) -> None:
    bury(redis_url, document_id="aaaa1f" + "0" * 58, key="x.txt")

    with pytest.raises(UserError, match="'aaaa1' means 2 documents"):
        gouji("trace", "aaaa1")
    assert "dead letter" in gouji("trace", "aaaa1f")
    assert "dead letter" not in gouji("trace", "aaaa10")


def bury(redis_url: str, *, document_id: str | None = None, key: str = "x.txt", code: str = "not_a_report") -> None:
    letter = DeadLetter(
        stage="parse",
        code=code,
        message="",
        attempts=0,
        first_failure="2026-01-01T00:00:00Z",
        last_failure="2026-01-01T00:00:00Z",
        document_id=document_id,
        key=key,
        event="{}",
    )
    with Redis.from_url(redis_url) as client:
        client.xadd(DEAD, {"letter": letter.model_dump_json()})


def test_files_that_were_deleted_or_renamed_are_marked(redis_url: str, installed: Path) -> None:
    bury(redis_url, key="vanished.txt")
    bury(redis_url, key="new.txt")

    assert "renamed.txt (deleted or renamed)" in gouji("show", "bbbb")
    assert json.loads(gouji("show", "bbbb", "--json"))["gone"] == ["renamed.txt"]
    assert "renamed.txt (deleted or renamed)" in gouji("trace", "bbbb")
    assert "deleted" not in gouji("show", "aaaa2")
    assert "vanished.txt (deleted or renamed)" in gouji("dead", "list")
    assert {each["key"]: each["gone"] for each in lines(gouji("dead", "list", "--json"))} == {
        "vanished.txt": True,
        "new.txt": False,
    }
    revisions = lines(gouji("findings", "--json", "--revisions"))
    assert {each["key"]: each["gone"] for each in revisions} == {"old.txt": True, "new.txt": False}


def test_nothing_is_marked_where_the_bucket_is_away(installed: Path) -> None:
    (installed / "new.txt").unlink()
    installed.rmdir()

    assert "deleted" not in gouji("show", "bbbb")


def test_a_report_is_shown_by_the_name_of_its_file(installed: Path) -> None:
    assert SECOND in gouji("show", "new.txt")


def test_by_and_limit_hold_for_exports_too(installed: Path, tmp_path: Path) -> None:
    counts, few, columns = tmp_path / "counts.csv", tmp_path / "few.csv", tmp_path / "counts.parquet"
    gouji("findings", "--by", "rule", "--export", counts)
    gouji("findings", "--by", "year", "--export", columns)
    gouji("findings", "--limit", 1, "--export", few)

    rows = list(csv.DictReader(counts.read_text("utf-8-sig").splitlines()))
    assert list(rows[0]) == ["rule", "errors", "warnings"]
    assert rows == [{name: str(value) for name, value in row.items()} for row in counted_by("rule")]
    assert read_parquet(columns).read_all()["year"].to_pylist() == [2023]
    assert len(list(csv.DictReader(few.read_text("utf-8-sig").splitlines()))) == 1
    assert len(lines(gouji("findings", "--limit", 1, "--json"))) == 1
    assert len(counted_by("rule", "--limit", 1)) == 1


def counted_by(what: str, *arguments: object) -> list[dict[str, Any]]:
    return lines(gouji("findings", "--by", what, "--json", *arguments))


@pytest.mark.parametrize(
    ("command", "possible"),
    [
        (("dead", "list", "--code", "not_a_raport"), "not_a_report"),
        (("dead", "export", "--code", "not_a_raport"), "poison"),
        (("dead", "discard", "--code", "not_a_raport"), "malformed"),
        (("replay", "--code", "not_a_raport"), "failed"),
        (("reprocess", "--edition", "2020"), "2021, 2019, unknown"),
        (("findings", "--rule", "aplications"), "applications.balance"),
    ],
)
def test_a_filter_that_can_match_nothing_lists_what_can(
    installed: Path, command: tuple[str, ...], possible: str
) -> None:
    with pytest.raises(UserError, match=possible):
        gouji(*command)


def test_a_dead_letter_to_show_must_be_named(installed: Path) -> None:
    with pytest.raises(UserError, match="say which dead letters"):
        gouji("dead", "show")


def test_a_dry_run_into_a_pipe_is_its_answer_and_nothing_else(redis_url: str, installed: Path) -> None:
    bury(redis_url, key="new.txt")

    assert gouji("replay", "--all", "--dry-run").splitlines() == [
        "1 of parse not_a_report",
        gouji("replay", "--all", "--dry-run").splitlines()[-1],
    ]


def test_a_stage_that_is_none_lists_those_that_are(installed: Path) -> None:
    result = CliRunner().invoke(import_module("cli.commands.dead").app, ["list", "--stage", "prase"])

    assert result.exit_code == 2
    assert all(word in result.output for word in ("'prase'", "ingest", "parse", "validate", "store"))


def test_dead_letters_are_listed_up_to_a_limit_and_discarded_only_when_meant(redis_url: str, installed: Path) -> None:
    for _ in range(3):
        bury(redis_url)

    assert len(lines(gouji("dead", "list", "--limit", 2, "--json"))) == 2
    assert "2 are listed" in gouji("dead", "list", "--limit", 2)
    assert gouji("dead", "discard", "--all", "--dry-run").splitlines() == [
        "3 of parse not_a_report",
        "3 would be discarded",
    ]
    assert len(lines(gouji("dead", "list", "--json"))) == 3


@pytest.mark.parametrize(
    "export",
    [
        lambda *arguments: gouji("findings", "--export", *arguments),
        lambda *arguments: gouji("dead", "export", *arguments),
    ],
    ids=["findings", "dead"],
)
def test_an_export_replaces_a_file_only_when_told(installed: Path, tmp_path: Path, export: Callable[..., str]) -> None:
    file = tmp_path / "out.csv"
    file.write_text("mine")

    with pytest.raises(UserError, match="--force"):
        export(file)
    assert file.read_text() == "mine"
    export(file, "--force")
    assert file.read_text() != "mine"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".out")] == []


def test_a_failed_export_leaves_the_file_as_it_was(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "letters.jsonl"
    file.write_text("mine")
    monkeypatch.setenv("GOUJI_REDIS_URL", "redis://127.0.0.1:1/0")

    with pytest.raises(Exception, match="broker"):
        gouji("dead", "export", file, "--force")
    assert file.read_text() == "mine"


def test_tries_count_from_one(redis_url: str, installed: Path) -> None:
    (_, failed), (_, rejected) = asyncio.run(dead_letter(redis_url, "bug.txt", "notice.txt"))

    assert (tries(failed), tries(rejected)) == (1, 1)
    assert tries(failed.model_copy(update={"attempts": 5})) == 5
    assert tries(rejected.model_copy(update={"attempts": 2})) == 3  # two failed by our fault, the third was the last
    assert tries(failed.model_copy(update={"code": "poison", "attempts": 0})) == 2
    assert "1 try, 0 replays" in gouji("dead", "list")
    assert {each["tries"] for each in lines(gouji("dead", "list", "--json"))} == {1}


def test_one_thing_is_not_counted_in_the_plural(redis_url: str, installed: Path, tmp_path: Path) -> None:
    bury(redis_url)

    assert gouji("dead", "list").splitlines()[-1] == "1 dead letter"
    assert "1 finding written" in gouji("findings", "--limit", 1, "--export", tmp_path / "a.csv")
    asked = CliRunner().invoke(import_module("cli.commands.dead").app, ["discard", "--all"]).output
    assert "Remove 1 dead letter for good?" in asked
