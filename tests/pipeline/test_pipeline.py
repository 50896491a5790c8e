"""The whole of gouji: a real broker and four real processes, as ``gouji up`` starts them."""

import asyncio
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from cli.errors import UserError
from cli.pipeline import Pipeline, running
from cli.snapshot import take
from shared.database import queries
from shared.database.connect import connect, reading
from shared.form import load_form
from shared.stage.dead import DeadLetter, DeadLetters
from shared.stage.replay import replay
from tests.corpus.spec import Spec, render
from tests.parse.pages import figures_of, page
from tests.patience import until

SAMPLES = Path(__file__).parents[2] / "samples" / "bucket"


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    folder = tmp_path_factory.mktemp("pipeline")
    data = folder / "[a] ;b #c" / "%(here)s 1% *"  # whatever it is called
    with running(str(folder / "bucket"), data, {"parse": 2}) as running_pipeline:
        yield running_pipeline
        snapshot = take(running_pipeline.settings)
        pids = [each.pid for each in snapshot.processes] + [snapshot.broker or 0]
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]  # nothing is left running


@pytest.fixture
def drop(pipeline: Pipeline) -> Callable[[str, bytes], None]:
    bucket = Path(pipeline.settings.bucket)

    def into_bucket(key: str, data: bytes) -> None:
        (bucket / key).parent.mkdir(exist_ok=True)
        (bucket / key).write_bytes(data)

    return into_bucket


def stored(pipeline: Pipeline) -> dict[str, queries.Summary]:
    """The report that each file was stored as."""
    with reading(connect(pipeline.settings.database_url)) as connection:
        return {key: report for key, (report,) in queries.reports_by_key(connection).items()}


def test_files_dropped_into_the_bucket_end_as_rows_or_as_dead_letters(pipeline: Pipeline) -> None:
    shutil.copytree(SAMPLES, pipeline.settings.bucket, dirs_exist_ok=True)

    until(lambda: len(stored(pipeline)) == 10 and take(pipeline.settings).as_json()["dead_letters"] == 1)

    found = stored(pipeline)
    assert found["01-一行一条.txt"].document_id == found["11-重复的01.txt"].document_id
    assert (found["07-合计有误.txt"].verdict, found["07-合计有误.txt"].errors) == ("inconsistent", 3)
    assert take(pipeline.settings).waiting.backlog == 0  # type: ignore[union-attr]


def test_the_four_services_and_the_broker_are_processes_of_their_own(pipeline: Pipeline) -> None:
    status = json.loads(json.dumps(take(pipeline.settings).as_json()))

    pids = [pid for each in status["processes"].values() for pid in each]
    assert {stage: len(each) for stage, each in status["processes"].items()} == {
        "broker": 1,
        "ingest": 1,
        "parse": 2,
        "validate": 1,
        "store": 1,
    }
    assert len(set(pids)) == len(pids) == 6
    assert status["ready"]
    assert len(status["metrics"]) == 5


def test_what_a_killed_process_held_is_stored_exactly_once(
    pipeline: Pipeline, drop: Callable[[str, bytes], None]
) -> None:
    before = {each.pid for each in take(pipeline.settings).processes if each.stage == "parse"}
    documents = {f"killed/{seed}.txt": render(Spec(seed=seed)).data for seed in range(200)}

    for number, (key, data) in enumerate(documents.items()):
        drop(key, data)
        if number == 100:
            for pid in before:
                os.kill(pid, signal.SIGKILL)

    until(lambda: documents.keys() <= stored(pipeline).keys())
    with reading(connect(pipeline.settings.database_url)) as connection:
        counts = queries.counts(connection)
    assert counts.reports == len({each.document_id for each in stored(pipeline).values()})
    until(lambda: len({e.pid for e in take(pipeline.settings).processes if e.stage == "parse"} - before) == 2)


def test_of_a_file_with_two_reports_the_one_that_cannot_be_read_is_a_dead_letter_and_replayed_alone(
    pipeline: Pipeline, drop: Callable[[str, bytes], None]
) -> None:
    report = page("2021", figures_of(load_form("2021")), a_row_a_line=True)
    blank = [
        [line[0], *("" for _ in line[1:])]
        for line in report[1:]
        if len(line) > 1 or (line[0][1:2] == "、" and "2023" not in line[0])
    ]
    key = "parts/two.txt"
    drop(key, "\n".join(" | ".join(line) for line in [*report, ["附件：年度报告格式"], *blank]).encode())

    until(lambda: len(letters(pipeline, key)) == 1)
    until(lambda: key in stored(pipeline))
    ((id_, letter),) = letters(pipeline, key)
    assert (letter.stage, letter.code, letter.part, letter.parts) == ("parse", "not_a_report", 2, 2)
    first = stored(pipeline)[key]
    assert (first.part, first.parts, first.document_id) == (1, 2, letter.document_id)

    assert asyncio.run(replayed(pipeline, id_))
    until(lambda: [each.replays for _, each in letters(pipeline, key)] == [1])
    ((_, again),) = letters(pipeline, key)
    with reading(connect(pipeline.settings.database_url)) as connection:
        passages = queries.steps_of(connection, first.document_id)
    assert (again.part, again.parts) == (2, 2)
    assert [(each.stage, each.part) for each in passages] == [
        ("ingest", None),
        ("parse", 1),
        ("validate", 1),
        ("store", 1),
    ]


def letters(pipeline: Pipeline, key: str) -> list[tuple[str, DeadLetter]]:
    """The dead letters of the object called ``key``, with their ids."""

    async def found() -> list[tuple[str, DeadLetter]]:
        async with Redis.from_url(pipeline.settings.redis_url) as client:
            return [(id_, letter) async for id_, letter in DeadLetters(client).find() if letter.key == key]

    return asyncio.run(found())


async def replayed(pipeline: Pipeline, id_: str) -> bool:
    """Replays a dead letter as ``gouji replay`` does."""
    async with Redis.from_url(pipeline.settings.redis_url) as client:
        letter = await DeadLetters(client).get(id_)
        return letter is not None and bool(await replay(client, id_, letter))


def test_a_second_pipeline_on_the_same_folder_says_so(pipeline: Pipeline) -> None:
    with pytest.raises(UserError, match=r"runs on .* already"), running("bucket", pipeline.settings.data, {}):
        pass


def test_only_the_owner_can_read_the_brokers_password(pipeline: Pipeline) -> None:
    data = pipeline.settings.data

    assert {(data / name).stat().st_mode & 0o077 for name in ("gouji.json", "valkey.conf", ".")} == {0}


def test_a_process_that_hangs_is_told_from_a_dead_one_and_started_again(
    pipeline: Pipeline, drop: Callable[[str, bytes], None]
) -> None:
    (hung,) = (process.pid for process in take(pipeline.settings).processes if process.stage == "validate")
    os.kill(hung, signal.SIGSTOP)
    drop("while it hangs.txt", render(Spec(seed=77)).data)

    until(lambda: take(pipeline.settings).as_json()["hung"] == [hung])

    until(lambda: "while it hangs.txt" in stored(pipeline) and bool(take(pipeline.settings).as_json()["ready"]))
    status = take(pipeline.settings).as_json()
    assert status["hung"] == []
    assert hung not in status["processes"]["validate"]  # type: ignore[index]


def test_a_broker_that_hangs_is_told_from_one_that_is_away_and_started_again(
    pipeline: Pipeline, drop: Callable[[str, bytes], None]
) -> None:
    hung = take(pipeline.settings).broker
    assert hung
    os.kill(hung, signal.SIGSTOP)
    drop("while the broker hangs.txt", render(Spec(seed=78)).data)

    until(lambda: take(pipeline.settings).as_json()["hung"] == [hung])

    until(lambda: "while the broker hangs.txt" in stored(pipeline) and bool(take(pipeline.settings).as_json()["ready"]))
    assert take(pipeline.settings).broker not in (None, hung)
