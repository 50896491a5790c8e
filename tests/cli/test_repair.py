"""The operator's commands on a real broker and database: dead, replay, reconcile, trace, reprocess."""

import asyncio
import hashlib
import json
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from typer.testing import CliRunner, Result

from cli.errors import UserError
from services.ingest.bucket import open_bucket
from services.ingest.read import read_document
from services.parse.recognise import recognise
from services.store.persist import persist
from services.validate.judge import judge
from shared.database.connect import connect
from shared.database.schema import create_tables
from shared.errors import Unavailable
from shared.events import DEAD, INGESTED, NOTICED, Ingested, ObjectDiscovered, ProcessingStep, Validated
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.decode import decode
from shared.stage.delivery import Delivery
from shared.stage.keys import NOTICED_ETAGS
from tests.stage.pipeline import Ledger
from tests.stage.test_dead import dead_letter, dead_letter_of_parse

SAMPLE = Path(__file__).parents[2] / "samples" / "bucket" / "01-一行一条.txt"


@pytest.fixture
def installation(redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bucket with one sample, an empty broker, a database with its tables; returns the bucket."""
    bucket = tmp_path / "bucket"
    bucket.mkdir()
    (bucket / "a.txt").write_bytes(SAMPLE.read_bytes())
    for name, value in {"BUCKET": bucket, "DATA": tmp_path, "REDIS_URL": redis_url}.items():
        monkeypatch.setenv(f"GOUJI_{name}", str(value))
    create_tables(connect(f"sqlite:///{tmp_path / 'gouji.sqlite'}"))
    return bucket


def gouji(command: str, *arguments: str) -> Result:
    """Runs ``gouji COMMAND ARGUMENT…`` as the command line does."""
    return CliRunner().invoke(import_module(f"cli.commands.{command}").app, list(arguments), env={"COLUMNS": "200"})


def said(command: str, *arguments: str) -> str:
    """What the command said; it must have succeeded."""
    result = gouji(command, *arguments)
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def store(bucket: Path) -> Validated:
    """Stores the sample as the pipeline would; returns its event."""
    (origin,) = open_bucket(str(bucket)).objects()
    report = recognise(read_document((bucket / "a.txt").read_bytes(), "a.txt"))
    judgement = judge(report)
    event = Validated(
        origin=origin,
        document_id=hashlib.sha256((bucket / "a.txt").read_bytes()).hexdigest(),
        report=report,
        findings=judgement.findings,
        verdict=judgement.verdict,
    )
    assert persist(connect(f"sqlite:///{bucket.parent / 'gouji.sqlite'}"), [event], "tester") == [None]
    return event


def test_what_is_read_as_before_is_noted_as_read_by_the_present_version(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("services.store.persist.VERSION", "0.0.1")
        store(installation)

    assert "1 read again, 0 changed" in said("reprocess", "--version", "0.0.1")
    assert "1 read again, 0 changed" in said("reprocess", "--version", "0.0.1", "--apply")
    assert "0 read again" in said("reprocess", "--version", "0.0.1")


def test_what_is_stored_is_traced_while_the_broker_is_stopped(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = store(installation)
    monkeypatch.setenv("GOUJI_REDIS_URL", "redis://127.0.0.1:1/0")

    shown = said("trace", event.document_id[:8])

    assert f"stored: {event.document_id}" in shown
    assert "not known: the broker is unavailable" in shown


def test_dead_letters_are_listed_shown_and_exported(redis_url: str, installation: Path) -> None:
    asyncio.run(dead_letter(redis_url, "bug.txt", "notice.txt"))

    listed = lines(said("dead", "list", "--json"))
    assert [(each["key"], each["code"]) for each in listed] == [("bug.txt", "failed"), ("notice.txt", "not_a_report")]
    assert [each["key"] for each in lines(said("dead", "list", "--json", "--text", "通知"))] == ["notice.txt"]
    assert lines(said("dead", "list", "--json", "--until", "1h")) == []
    assert "notice.txt 是通知" in said("dead", "list")
    shown = said("dead", "show", listed[0]["id"])
    assert "ZeroDivisionError: 出错" in shown
    assert "Traceback" in shown
    exported = lines(said("dead", "export", "--code", "failed"))
    assert exported[0]["event"]["key"] == "bug.txt"


def test_dead_letters_that_were_superseded_are_listed_apart(redis_url: str, installation: Path) -> None:
    async def supersede() -> None:
        ((id_, letter),) = await dead_letter(redis_url, "bug.txt")
        assert await DeadLetters(Ledger(redis_url).client).supersede(id_, letter, "b" * 64)

    asyncio.run(supersede())

    assert said("dead", "list").strip() == "no dead letters"
    assert f"superseded by the document {'b' * 64}" in said("dead", "list", "--superseded")
    (listed,) = lines(said("dead", "list", "--superseded", "--json"))
    assert (listed["key"], listed["superseded_by"]) == ("bug.txt", "b" * 64)


def test_replay_says_what_it_would_do_then_does_it_once(redis_url: str, installation: Path) -> None:
    asyncio.run(dead_letter(redis_url, "bug.txt", "notice.txt"))
    for name in ("bug.txt", "notice.txt"):
        (installation / name).write_text("改正了")

    assert "2 would be replayed" in said("replay", "--all", "--dry-run")
    assert "1 replayed" in said("replay", "--code", "failed")
    assert "1 replayed" in said("replay", "--all")
    assert "0 replayed" in said("replay", "--all")
    with Redis.from_url(redis_url) as client:
        assert (client.xlen(DEAD), client.xlen(NOTICED)) == (0, 2)


def test_replay_reads_the_object_as_it_is_now_and_says_when_it_is_gone_or_unchanged(
    redis_url: str, installation: Path
) -> None:
    (unchanged,) = open_bucket(str(installation)).objects()
    asyncio.run(dead_letter(redis_url, unchanged, "bug.txt", "notice.txt"))
    (installation / "bug.txt").write_text("改正了")

    shown = said("replay", "--all")

    assert "2 replayed (1 whose object is unchanged, 1 whose object has changed); 1 not" in shown
    assert "gone from the bucket: notice.txt" in shown
    with Redis.from_url(redis_url) as client:
        noticed = [decode(Delivery.of(*entry), ObjectDiscovered) for entry in client.xrange(NOTICED)]
        assert client.xlen(DEAD) == 1
    assert {each.key: each.etag for each in noticed} == {
        each.key: each.etag for each in open_bucket(str(installation)).objects()
    }
    assert [step.outcome for step in noticed[0].passages] == ["rejected", "replayed"]


def test_what_parse_could_not_read_is_read_again_from_the_bucket(redis_url: str, installation: Path) -> None:
    """What ingest made of it may be the reason."""
    origin = next(iter(open_bucket(str(installation)).objects()))
    document = read_document((installation / "a.txt").read_bytes(), "a.txt")
    asyncio.run(dead_letter_of_parse(redis_url, Ingested(origin=origin, document_id="a" * 64, document=document)))

    assert "1 replayed (1 whose object is unchanged)" in said("replay", "--stage", "parse")
    with Redis.from_url(redis_url) as client:
        assert (client.xlen(NOTICED), client.xlen(INGESTED), client.xlen(DEAD)) == (1, 0, 0)


def test_nothing_is_gone_from_a_bucket_that_is_not_there(redis_url: str, installation: Path) -> None:
    asyncio.run(dead_letter(redis_url, "notice.txt"))
    installation.rename(installation.with_suffix(".away"))

    assert isinstance(gouji("replay", "--all").exception, Unavailable)
    with Redis.from_url(redis_url) as client:
        assert client.xlen(DEAD) == 1


def test_replay_and_discard_do_nothing_unless_told_which(redis_url: str, installation: Path) -> None:
    for command in (("replay",), ("dead", "discard"), ("replay", "1-1", "--all"), ("replay", "1-1")):
        result = gouji(*command)
        assert isinstance(result.exception, UserError), command


def test_discard_asks_first(redis_url: str, installation: Path) -> None:
    asyncio.run(dead_letter(redis_url, "bug.txt"))

    assert gouji("dead", "discard", "--all").exit_code == 1
    assert "1 discarded" in said("dead", "discard", "--all", "--yes")
    assert said("dead", "list").strip() == "no dead letters"


def test_reconcile_finds_and_notices_again_what_is_missing(redis_url: str, installation: Path) -> None:
    (origin,) = open_bucket(str(installation)).objects()
    with Redis.from_url(redis_url) as client:
        client.hset(NOTICED_ETAGS, origin.key, origin.etag)

        assert json.loads(said("reconcile", "--dry-run", "--json"))["missing"] == ["a.txt"]
        assert client.xlen(NOTICED) == 0
        assert "1 noticed again" in said("reconcile")
        assert client.xlen(NOTICED) == 1
        assert "nothing is missing" in said("reconcile")


def test_trace_tells_where_a_document_is_and_what_happened_to_it(redis_url: str, installation: Path) -> None:
    event = store(installation)
    for name in (event.document_id[:8], "a.txt"):
        traced = json.loads(said("trace", name, "--json"))
        assert traced["places"][0].startswith(f"stored: {event.document_id}")
        assert [each["stage"] for each in traced["passages"]] == ["store"]

    asyncio.run(dead_letter(redis_url, "bug.txt"))
    traced = json.loads(said("trace", "bug.txt", "--json"))
    assert [ProcessingStep.model_validate(each).outcome for each in traced["passages"]] == ["dead"]
    assert isinstance(gouji("trace", "nowhere.txt").exception, UserError)


def test_reprocess_shows_every_changed_cell_and_stores_only_when_told(redis_url: str, installation: Path) -> None:
    event = store(installation)
    assert "0 changed" in said("reprocess", "--all")
    applications = {row: dict(figures) for row, figures in (event.report.applications or {}).items()}
    applications["granted"]["total"] = 77
    earlier = event.model_copy(update={"report": event.report.model_copy(update={"applications": applications})})
    assert persist(connect(f"sqlite:///{installation.parent / 'gouji.sqlite'}"), [earlier], "tester") == [None]

    (line,) = lines(gouji("reprocess", "--all", "--json").stdout)
    (difference,) = line["differences"]
    assert (difference["what"], difference["before"]) == ("applications.granted.total", 77)
    assert "1 would change" in said("reprocess", "--all")
    assert "1 stored" in said("reprocess", "--all", "--apply")
    assert "0 changed" in said("reprocess", "--all")


def test_dead_letters_written_today_are_read_tomorrow() -> None:
    """The fields that an earlier version did not write have defaults."""
    oldest = {
        "stage": "parse",
        "code": "failed",
        "message": "",
        "attempts": 5,
        "first_failure": "2026-01-01T00:00:00Z",
        "last_failure": "2026-01-01T00:00:00Z",
        "event": "{}",
    }
    assert DeadLetter.model_validate(oldest).replays == 0


def test_a_database_of_an_older_version_says_what_to_do_and_migrate_does_it(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_REDIS_URL", redis_url)
    monkeypatch.setenv("GOUJI_DATA", str(tmp_path))
    older = Path(__file__).parents[1] / "database" / "gouji-0.1.0.sql"
    with closing(sqlite3.connect(tmp_path / "gouji.sqlite")) as connection:
        connection.executescript(older.read_text(encoding="utf-8"))

    with pytest.raises(Unavailable, match="`gouji migrate`"):
        raise gouji("show", "柳林镇", "2023").exception or AssertionError
    assert "in state 0001; this gouji needs" in said("migrate", "--dry-run")
    assert "they were in state 0001" in said("migrate")
    assert "as they should be" in said("migrate")
    assert "青石县柳林镇人民政府2023年" in said("show", "柳林镇", "2023")
