"""The bucket: the same objects from a folder and from an object store, and nothing that a bad name can hide."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.ingest.bucket import open_bucket
from services.ingest.folder import Folder
from services.ingest.limits import Limits
from services.ingest.take import take
from shared.errors import Rejected, Unavailable
from shared.events import ObjectDiscovered


def keys(folder: Path) -> set[str]:
    return {found.key for found in Folder(folder).objects()}


def test_every_file_of_every_subfolder_is_an_object(tmp_path: Path) -> None:
    (tmp_path / "天津 2024" / "a").mkdir(parents=True)
    (tmp_path / "天津 2024" / "a" / "年报 #1%20.txt").write_text("x")

    [found] = Folder(tmp_path).objects()

    assert (found.key, found.size) == ("天津 2024/a/年报 #1%20.txt", 1)
    assert abs((datetime.now(UTC) - found.last_modified).total_seconds()) < 60
    assert Folder(tmp_path).head(found.key) == found


@pytest.mark.parametrize("name", ["报告.txt".encode("gbk"), b"two\nlines.txt", b"back\\slash.txt", b"\\xb1.txt"])
def test_a_strange_name_hides_neither_itself_nor_its_neighbours(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "plain.txt").write_text("1")
    (tmp_path / os.fsdecode(name)).write_text("2")
    bucket = Folder(tmp_path)

    contents = {fetched.data for found in bucket.objects() if (fetched := bucket.fetch(found.key, 10))}

    assert contents == {b"1", b"2"}
    assert all(key.encode() for key in keys(tmp_path))


@pytest.mark.parametrize(
    "key",
    [".hidden.txt", "a/.git/config", "~$年报.docx", "年报.txt~", "年报.docx.part", "x.crdownload", "X.TMP", "#a#"],
)
def test_temporary_and_hidden_names_are_no_objects(tmp_path: Path, key: str) -> None:
    (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / key).write_text("x")

    assert keys(tmp_path) == set()
    assert Folder(tmp_path).head(key) is None


def test_links_are_followed_within_the_folder_only(tmp_path: Path) -> None:
    bucket = tmp_path / "bucket"
    bucket.mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (bucket / "real.txt").write_text("x")
    (bucket / "inside.txt").symlink_to(bucket / "real.txt")
    (bucket / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (bucket / "dangling.txt").symlink_to(bucket / "nothing.txt")

    assert keys(bucket) == {"real.txt", "inside.txt"}
    assert Folder(bucket).fetch("outside.txt", 10) is None
    assert Folder(bucket).fetch("../secret.txt", 10) is None


def test_pipes_and_sockets_are_no_objects(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    assert keys(tmp_path) == set()
    assert Folder(tmp_path).fetch("pipe.txt", 10) is None


def test_a_file_is_changed_when_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1")
    before = Folder(tmp_path).head("a.txt")
    assert Folder(tmp_path).head("a.txt") == before

    path.write_text("2")
    os.utime(path, ns=(0, 1_700_000_000_000_000_000))

    after = Folder(tmp_path).head("a.txt")
    assert before and after and before.etag != after.etag


def test_a_file_over_the_limit_is_rejected_without_being_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(10**12)

    with pytest.raises(Rejected, match="too_large"):
        Folder(tmp_path).fetch("huge.txt", 1000)


def test_a_bucket_that_is_away_is_unavailable_and_its_objects_have_not_vanished(tmp_path: Path) -> None:
    bucket = Folder(tmp_path / "unmounted")

    for access in (bucket.check, lambda: list(bucket.objects()), lambda: bucket.fetch("a.txt", 10)):
        with pytest.raises(Unavailable, match="is not a folder"):
            access()


def test_an_object_that_vanished_is_no_error(tmp_path: Path) -> None:
    noticed = ObjectDiscovered(key="gone.txt", etag="1", size=1, last_modified=datetime.now(UTC))

    assert take(Folder(tmp_path), noticed, Limits(file_bytes=10)) is None


def test_what_is_rejected_after_reading_keeps_its_document_id(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    [noticed] = Folder(tmp_path).objects()

    with pytest.raises(Rejected, match="empty") as caught:
        take(Folder(tmp_path), noticed, Limits(file_bytes=10))

    assert caught.value.document_id == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_bucket_is_named_by_a_path_or_a_url(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()

    assert open_bucket(str(tmp_path)).folder == tmp_path
    assert open_bucket((tmp_path / "a b").as_uri()).folder == tmp_path / "a b"
    assert open_bucket("memory:///").folder is None
