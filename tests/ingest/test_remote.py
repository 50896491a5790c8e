"""An object store is the same bucket as a folder: a real S3 server (moto's) over HTTP."""

from collections.abc import Iterator

import boto3
import obstore
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import S3Store, from_url

from services.ingest import remote
from services.ingest.bucket import PassedOver, Refused
from services.ingest.remote import Remote
from shared.errors import Rejected, Unavailable
from shared.events import ObjectDiscovered


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an empty S3 bucket, its server named by the environment, as an operator would."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    boto3.client("s3").create_bucket(Bucket="reports")
    yield "s3://reports"
    server.stop()


@pytest.fixture
def bucket(s3: str) -> Remote:
    store = from_url(s3)
    obstore.put(store, "天津/年报 2024.txt", b"12345")
    obstore.put(store, "天津/.hidden", b"1")
    obstore.put(store, "年报.docx.part", b"1")
    return Remote(s3)


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
    monkeypatch.setattr(remote, "from_url", lambda _url, **_options: nobody)
    bucket = Remote("s3://reports")

    for access in (bucket.check, lambda: list(bucket.objects()), lambda: bucket.fetch("a.txt", 10)):
        with pytest.raises(Unavailable, match=r"^the bucket is unavailable: ") as caught:
            access()
        assert "\n" not in caught.value.why


STRANGE = ("a//b.txt", "a/../c.txt", "./d.txt", "tab\t.txt", "/lead.txt", "del\x7f.txt")


@pytest.mark.usefixtures("s3")
@pytest.mark.parametrize("prefix", ["", "2024/"])
def test_an_object_with_a_key_that_cannot_be_asked_for_hides_none_of_the_others(prefix: str) -> None:
    client, name = boto3.client("s3"), f"strange-{len(prefix)}"
    client.create_bucket(Bucket=name)
    good = {f"{folder}{number}.txt" for folder in ("", "a/", "tab", "年报/") for number in range(3)}
    for key in (*good, *STRANGE, "a/.hidden"):
        client.put_object(Bucket=name, Key=prefix + key, Body=b"x")
    client.put_object(Bucket=name, Key=f"{prefix}folder/", Body=b"")
    bucket = Remote(f"s3://{name}/{prefix}")

    bucket.check()
    entries = list(bucket.entries())

    objects = {entry.key: entry for entry in entries if isinstance(entry, ObjectDiscovered)}
    assert objects.keys() == good
    assert {entry.key: entry.reason for entry in entries if isinstance(entry, PassedOver)} == {
        "a/.hidden": "hidden",
        **dict.fromkeys(STRANGE, "no_key"),
    }
    for key, found in objects.items():
        assert bucket.head(key) == found
        assert bucket.fetch(key, 5)


@pytest.mark.usefixtures("s3")
def test_what_was_listed_before_a_strange_key_is_not_listed_twice() -> None:
    client, name = boto3.client("s3"), "pages"
    client.create_bucket(Bucket=name)
    for number in range(1100):  # a page of S3 has a thousand
        client.put_object(Bucket=name, Key=f"{number:04}.txt", Body=b"x")
    client.put_object(Bucket=name, Key="1050//x.txt", Body=b"x")

    keys = [found.key for found in Remote(f"s3://{name}").objects()]

    assert sorted(keys) == [f"{number:04}.txt" for number in range(1100)]


def test_a_bucket_that_is_not_there_is_told_without_xml(s3: str) -> None:
    with pytest.raises(Refused) as told:
        Remote("s3://nowhere/reports").check()

    assert told.value.why == "The specified bucket does not exist (NoSuchBucket)"


def test_a_store_that_does_not_answer_may_come_back(monkeypatch: pytest.MonkeyPatch, s3: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")

    with pytest.raises(Unavailable) as told:
        Remote(s3).check()

    assert not isinstance(told.value, Refused)
    assert "<" not in told.value.why
