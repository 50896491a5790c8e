"""An object store as a bucket, through obstore: S3 and what speaks like it, Google Cloud Storage, Azure."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from obstore.exceptions import BaseError, InvalidPathError
from obstore.store import from_url

from services.ingest.bucket import Bucket, Entry, Fetched, PassedOver, Refused, discovered
from services.ingest.s3_listing import listed_after
from services.ingest.unwanted import unwanted
from shared.errors import Rejected, Unavailable
from shared.events import ObjectDiscovered

if TYPE_CHECKING:
    from obstore import ObjectMeta


_S3 = ("s3", "s3a")
_RETRIES = timedelta(seconds=30)
"""How long one request is tried again before the bucket counts as away: well within ``GOUJI_WORK_SECONDS``, since a
store that does not answer is no fault of the document's (obstore's default is three minutes)."""


class Remote(Bucket):
    """The objects under ``url`` (``s3://name/prefix``). Credentials, region and endpoint come from the environment
    variables that obstore documents for the store (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL`` and so on)."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._store = from_url(url, retry_config={"max_retries": 5, "retry_timeout": _RETRIES})

    def check(self) -> None:
        with suppress(_StrangeKey), _world_failures():
            next(iter(self._store.list(chunk_size=1)), None)

    def entries(self) -> Iterator[Entry]:
        last = ""
        try:
            with _world_failures():
                for chunk in self._store.list(chunk_size=1000):
                    for meta in chunk:
                        last = meta["path"]
                        yield _entry(_discovered(meta))
        except _StrangeKey as strange:
            if urlsplit(self._url).scheme not in _S3:
                raise Unavailable("the bucket", f"{strange}; it can be listed when that object is gone") from strange
            for found in listed_after(self._url, last):
                if found.can_be_asked_for:
                    yield _entry(discovered(*found))
                elif not found.stands_for_a_folder:
                    yield PassedOver(found.key, "no_key")

    def head(self, key: str) -> ObjectDiscovered | None:
        if unwanted(key):
            return None
        try:
            with _world_failures():
                return _discovered(self._store.head(key))
        except FileNotFoundError:
            return None

    def fetch(self, key: str, limit: int) -> Fetched | None:
        try:
            with _world_failures():
                found = self._store.get(key)
                if found.meta["size"] > limit:
                    raise Rejected("too_large", f"larger than {limit} bytes (GOUJI_MAX_OBJECT_BYTES)")
                return Fetched(_discovered(found.meta), bytes(found.bytes()))
        except FileNotFoundError:
            return None


class _StrangeKey(Exception):
    """The bucket has an object whose key obstore cannot take."""


def _entry(found: ObjectDiscovered) -> Entry:
    reason = unwanted(found.key)
    return PassedOver(found.key, reason) if reason else found


def _discovered(meta: "ObjectMeta") -> ObjectDiscovered:
    etag = meta["e_tag"] or f"{meta['last_modified'].timestamp():f}-{meta['size']:x}"
    return discovered(meta["path"], etag, meta["size"], meta["last_modified"])


@contextmanager
def _world_failures() -> Iterator[None]:
    try:
        yield
    except InvalidPathError as error:
        raise _StrangeKey(_said(str(error))) from error
    except (BaseError, PermissionError) as error:
        kind = Refused if _ANSWERED.search(str(error)) else Unavailable
        raise kind("the bucket", _said(str(error))) from error


_ANSWERED = re.compile(r"non-2xx status code: (?:3|40[0-7])\d*")
"""The store has answered: not 408, 429 or 5xx, which pass, but that there is no such bucket, or not for these
credentials."""
_REASON = re.compile(r"<Code>(?P<code>[^<]+)</Code>(?:\s*<Message>(?P<message>[^<]+)</Message>)?")


def _said(error: str) -> str:
    """What obstore's ``error`` says, without the store's XML and the many lines of obstore's own innards."""
    if reason := _REASON.search(error):
        return f"{(reason['message'] or 'the store refuses').rstrip('.')} ({reason['code']})"
    return re.split(r":?\s*[\n<]", error)[0]
