"""A message that cannot be read is a dead letter, whatever is wrong with it, and its neighbours pass."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest
from faststream.redis.message import DATA_KEY
from faststream.redis.parser import BinaryMessageFormatV1
from hypothesis import given
from hypothesis import strategies as st

from shared.events import DEAD, INGESTED, NOTICED, Ingested, ObjectDiscovered
from shared.process import StageApp
from shared.stage.dead import DeadLetters
from shared.stage.decode import Subject, decode
from shared.stage.delivery import Delivery, Malformed
from shared.stage.envelope import envelope
from shared.stage.in_flight import in_flight
from shared.stage.keys import in_work
from shared.stage.replay import replay
from tests.stage.pipeline import Ledger, noticed, running, settings, stage

_BODY = noticed("odd").model_dump_json().encode()
_EVENT = json.loads(_BODY)


def with_headers(**headers: str) -> bytes:
    return asyncio.run(envelope(_BODY, {name.replace("_", "-"): value for name, value in headers.items()}))


def as_json(headers: Any) -> bytes:
    """FastStream's older envelope."""
    return json.dumps({"data": _BODY.decode(), "headers": headers}).encode()


_IDENTITY = BinaryMessageFormatV1.IDENTITY_HEADER

ODD = {
    "a count that is a word": (with_headers(gouji_attempts="abc"), "gouji-attempts is 'abc', which is no count"),
    "a count below zero": (with_headers(gouji_deaths="-1"), "gouji-deaths is '-1'"),
    "a count in other digits": (as_json({"gouji-replays": "٣"}), "headers"),
    "a count of a thousand digits": (with_headers(gouji_replays="9" * 999), "gouji-replays"),
    "a time that is none": (with_headers(gouji_first_failure="yesterday"), "which is no time"),
    "a time without a zone": (with_headers(gouji_first_failure="2026-01-01T00:00:00"), "no time with a time zone"),
    "a header that is no ASCII": (as_json({"correlation_id": "编号"}), "headers"),
    "a header that is no text": (as_json({"correlation_id": 7}), "headers"),
    "headers that are a list": (as_json(["gouji-attempts"]), "headers"),
    "an envelope of another version": (_IDENTITY + b"\0\2" + _BODY, "the first at the start"),
    "an envelope cut short": (with_headers()[:20], "the first at the start"),
    "a body of another version": (json.dumps(_EVENT | {"etag": {"strong": "1"}}).encode(), "the first at etag"),
    "an unknown field": (json.dumps(_EVENT | {"colour": "red"}).encode(), "the first at colour: Extra inputs"),
    "a missing field": (json.dumps({"key": "odd", "etag": "1"}).encode(), "the first at size: Field required"),
    "half a character": (_BODY.replace(b"odd", b"\xe7\xbb"), "the first at the start"),
    "nesting without end": (b"[" * 100_000, "the first at the start"),
}


def forward(event: ObjectDiscovered) -> ObjectDiscovered:
    return event


@pytest.mark.parametrize("odd", ODD)
def test_one_odd_message_is_a_dead_letter_and_its_neighbours_pass(redis_url: str, odd: str) -> None:
    message, why = ODD[odd]

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("before")
        await ledger.client.xadd(NOTICED, {DATA_KEY: message})
        await ledger.deliver("after")
        async with running(StageApp(stage(forward), settings(redis_url))):
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["before", "after"]
        (letter,) = await ledger.letters()
        assert letter.code == "malformed"
        assert why in letter.message

    asyncio.run(scenario())


def test_a_message_with_an_odd_header_is_found_by_its_object_and_replayed_without_the_header(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.client.xadd(NOTICED, {DATA_KEY: await envelope(_BODY, {"gouji-attempts": "abc"})})
        async with running(StageApp(stage(forward), settings(redis_url))):
            await ledger.settled()
            ((id_, letter),) = [pair async for pair in DeadLetters(ledger.client).find()]
            assert (letter.key, letter.etag) == ("odd", "1")
            assert await replay(ledger.client, id_, letter)
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["odd"]

    asyncio.run(scenario())


def test_an_odd_message_that_a_dead_worker_held_is_a_dead_letter(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.create_group()
        id_ = await ledger.client.xadd(NOTICED, {DATA_KEY: await envelope(_BODY, {"gouji-deaths": "many"})})
        await ledger.client.xreadgroup("ingest", "dead@elsewhere", {NOTICED: ">"})
        await ledger.client.hset(in_work("ingest"), "dead@elsewhere", id_)
        async with running(StageApp(stage(forward), settings(redis_url, reclaim_seconds=0.3))):
            await ledger.settled()
        assert [letter.code for letter in await ledger.letters()] == ["malformed"]

    asyncio.run(scenario())


def test_whoever_looks_at_what_is_in_flight_or_dead_sees_past_the_odd(redis_url: str) -> None:
    async def scenario() -> None:
        ledger = Ledger(redis_url)
        for message, _ in ODD.values():
            await ledger.client.xadd(NOTICED, {DATA_KEY: message})
        await ledger.client.xadd(DEAD, {"letter": "from a later version"})
        await ledger.client.xadd(DEAD, {"note": "no letter"})
        await ledger.deliver("good")
        assert "good" in [found.key async for found in in_flight(ledger.client)]
        assert [letter async for letter in DeadLetters(ledger.client).find()] == []

    asyncio.run(scenario())


def test_an_error_that_quotes_a_name_which_is_no_unicode_fails_this_message_alone(redis_url: str) -> None:
    def fail(event: ObjectDiscovered) -> ObjectDiscovered:
        if event.key == "odd":
            raise FileNotFoundError(b"\xff.txt".decode(errors="surrogateescape"))
        return event

    async def scenario() -> None:
        ledger = Ledger(redis_url)
        await ledger.deliver("before", "odd", "after")
        async with running(StageApp(stage(fail), settings(redis_url, max_attempts=2))):
            await ledger.settled()
        assert await ledger.keys(INGESTED) == ["before", "after"]
        (letter,) = await ledger.letters()
        assert letter.message == "FileNotFoundError: \\udcff.txt"

    asyncio.run(scenario())


def test_an_event_of_the_version_before_is_understood() -> None:
    """One that does not know of steps yet, written before they were added."""
    body = json.dumps({name: value for name, value in _EVENT.items() if name != "passages"}).encode()
    assert decode(Delivery.of(b"1-0", {b"__data__": body}), ObjectDiscovered) == noticed("odd")


entries = st.dictionaries(
    st.sampled_from([b"__data__", b"other"]), st.binary() | st.sampled_from([m for m, _ in ODD.values()])
)


@given(entries)
def test_whatever_an_entry_holds_it_is_read_or_malformed(entry: Mapping[bytes, bytes]) -> None:
    delivery = Delivery.of(b"1-0", entry)
    Subject.of(delivery.body)
    for takes in (ObjectDiscovered, Ingested):
        try:
            decode(delivery, takes)
        except Malformed as malformed:
            assert str(malformed)
