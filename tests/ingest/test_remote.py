"""An object store is the same bucket as a folder; here obstore's store in memory stands for it."""

import obstore
import pytest
from obstore.store import MemoryStore, S3Store

from services.ingest import remote
from services.ingest.remote import Remote
from shared.errors import Rejected, Unavailable


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Remote:
    store = MemoryStore()
    obstore.put(store, "天津/年报 2024.txt", b"12345")
    obstore.put(store, "天津/.hidden", b"1")
    obstore.put(store, "年报.docx.part", b"1")
    monkeypatch.setattr(remote, "from_url", lambda _: store)
    return Remote("memory:///")


def test_objects_are_listed_headed_and_fetched_by_their_keys(bucket: Remote) -> None:
    [found] = bucket.objects()
    fetched = bucket.fetch(found.key, 5)

    assert (found.key, found.size) == ("天津/年报 2024.txt", 5)
    assert bucket.head(found.key) == found
    assert fetched and (fetched.origin, fetched.data) == (found, b"12345")


def test_an_object_that_vanished_is_no_error(bucket: Remote) -> None:
    assert bucket.head("gone.txt") is None
    assert bucket.fetch("gone.txt", 5) is None


def test_an_object_over_the_limit_is_rejected(bucket: Remote) -> None:
    with pytest.raises(Rejected, match="too_large"):
        bucket.fetch("天津/年报 2024.txt", 4)


def test_a_store_that_does_not_answer_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = S3Store(
        "reports",
        endpoint="http://127.0.0.1:1",
        access_key_id="x",
        secret_access_key="x",
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )
    monkeypatch.setattr(remote, "from_url", lambda _: nobody)
    bucket = Remote("s3://reports")

    for access in (bucket.check, lambda: list(bucket.objects()), lambda: bucket.fetch("a.txt", 10)):
        with pytest.raises(Unavailable, match=r"^the bucket is unavailable: ") as caught:
            access()
        assert "\n" not in caught.value.why
