"""One odd object never stops the others: each ends as an object, or as passed over with a reason."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.bucket import PassedOver
from services.ingest.folder import Folder
from services.ingest.unwanted import REASONS, Reason, unwanted
from shared.events import ObjectDiscovered
from tests.ingest import odd

NOBODY = 65534


@pytest.fixture
def bucket() -> Iterator[Path]:
    """A folder where the system keeps every change time (tmpfs), with a good file in it."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        pytest.skip("needs a tmpfs at /dev/shm: other file systems do not keep years beyond 9999")
    folder = Path(tempfile.mkdtemp(dir=memory))
    (folder / "bucket").mkdir()
    (folder / "bucket" / "good.txt").write_text("good")
    yield folder / "bucket"
    shutil.rmtree(folder)


def passed_over(bucket: Path) -> dict[str, str]:
    found = [entry for entry in Folder(bucket).entries() if isinstance(entry, PassedOver)]
    assert len(found) == len({each.key for each in found})
    return {each.key: each.reason for each in found}


def test_every_odd_object_is_taken_in_under_a_key_of_its_own(bucket: Path) -> None:
    endings = odd.drop_objects(bucket, b"x")
    folder = Folder(bucket)

    objects = {found.key: found for found in folder.objects()}

    assert objects.keys() == {"good.txt", *endings}
    for key, ending in endings.items():
        head, fetched = folder.head(key), folder.fetch(key, 100)
        assert head and fetched and head.etag == fetched.origin.etag == objects[key].etag
        assert fetched.data.decode().split() == ["x", ending]


def test_everything_else_is_passed_over_with_its_reason(bucket: Path) -> None:
    reasons = odd.drop_passed_over(bucket)

    assert passed_over(bucket) == reasons
    assert [found.key for found in Folder(bucket).objects()] == ["good.txt"]
    for key in reasons:
        assert Folder(bucket).head(key) is None
        assert key.endswith("/") or Folder(bucket).fetch(key, 10) is None or unwanted(key)


@contextmanager
def as_nobody() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_read_hides_only_itself(bucket: Path) -> None:
    (bucket / "closed").mkdir()
    (bucket / "closed" / "a.txt").write_text("a")
    (bucket / "closed").chmod(0)
    for folder in (bucket, bucket.parent):
        folder.chmod(0o755)

    with as_nobody():
        assert passed_over(bucket) == {"closed/": "unreadable"}
        assert [found.key for found in Folder(bucket).objects()] == ["good.txt"]
        assert Folder(bucket).head("closed/a.txt") is None
    (bucket / "closed").chmod(0o700)


def test_a_change_time_in_the_future_counts_as_when_the_file_came(bucket: Path) -> None:
    before = datetime.now(UTC)
    odd.drop_objects(bucket, b"x")

    objects = {found.key: found for found in Folder(bucket).objects()}

    for key in ("far-future.txt", "tomorrow.txt"):
        assert objects[key].ahead
        assert before - timedelta(seconds=1) < objects[key].last_modified <= datetime.now(UTC)
        assert Folder(bucket).head(key) == objects[key]
    assert not objects["before-1970.txt"].ahead
    assert objects["before-1970.txt"].last_modified == datetime.fromtimestamp(-1_000_000_000, UTC)
    assert objects["far-future.txt"].etag != objects["tomorrow.txt"].etag


@pytest.mark.parametrize("seconds", [-(2**62), -62_135_596_801, 253_402_300_800, 2**62])
def test_no_change_time_stops_the_listing(bucket: Path, seconds: int) -> None:
    odd.set_changed(bucket / "good.txt", seconds)

    [found] = Folder(bucket).objects()

    assert ObjectDiscovered.model_validate_json(found.model_dump_json()) == found
    assert found.last_modified.astimezone() <= datetime.now(UTC)


_HALVES = st.sampled_from([b"\\", b"x", b"5", b"c", b"f", b"e", b"8", b"\xff", b"\xe5", b"\x8a", "年".encode(), b"n"])
_NAMES = st.lists(_HALVES, min_size=1, max_size=8).map(b"".join)


@given(first=_NAMES, second=_NAMES)
def test_two_names_never_share_a_key(first: bytes, second: bytes) -> None:
    folder = Folder(Path("/bucket"))
    one, other = (folder.key_of(os.fsdecode(b"/bucket/" + name)) for name in (first, second))

    assert (one == other) == (first == second)


@given(_NAMES)
def test_a_key_leads_back_to_its_file(name: bytes) -> None:
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / os.fsdecode(name)).write_bytes(name)
        [found] = Folder(Path(made)).objects()
        fetched = Folder(Path(made)).fetch(found.key, 100)

        assert fetched and fetched.data == name
        assert found.key.encode().decode() == found.key


def test_a_name_that_is_no_report_s_is_known_in_any_folder_and_any_case() -> None:
    assert {key: unwanted(key) for key in odd.NAMES} == odd.NAMES
    assert {unwanted(f"2024/{key.upper()}") for key in odd.NAMES} == set(odd.NAMES.values())


@pytest.mark.parametrize(
    "key",
    ["年报.txt", "#1 年报.txt", "~年报.docx", "x.part/年报.txt", "part", "a.temperature.txt"],
)
def test_a_name_that_may_be_a_report_s_is_wanted(key: str) -> None:
    assert unwanted(key) is None


def test_every_reason_is_said_in_words() -> None:
    assert REASONS.keys() == set(get_args(Reason))


def test_an_object_noticed_by_an_earlier_version_is_read() -> None:
    text = '{"key": "a.txt", "etag": "1", "size": 1, "last_modified": "2024-01-01T00:00:00Z", "passages": []}'

    assert not ObjectDiscovered.model_validate_json(text).ahead
