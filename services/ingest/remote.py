"""An object store as a bucket, through obstore: S3 and what speaks like it, Google Cloud Storage, Azure."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from obstore.exceptions import BaseError
from obstore.store import from_url

from services.ingest.bucket import Fetched, is_temporary
from shared.errors import Rejected, Unavailable
from shared.events import Noticed

if TYPE_CHECKING:
    from obstore import ObjectMeta


class Remote:
    """The objects under ``url`` (``s3://name/prefix``). Credentials, region and endpoint come from the environment
    variables that obstore documents for the store (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL`` and so on)."""

    folder: Path | None = None

    def __init__(self, url: str) -> None:
        self._store = from_url(url)

    def check(self) -> None:
        with _world_failures():
            next(iter(self._store.list(chunk_size=1)), None)

    def objects(self) -> Iterator[Noticed]:
        with _world_failures():
            for chunk in self._store.list(chunk_size=1000):
                yield from (_noticed(meta) for meta in chunk if not is_temporary(meta["path"]))

    def head(self, key: str) -> Noticed | None:
        if is_temporary(key):
            return None
        try:
            with _world_failures():
                return _noticed(self._store.head(key))
        except FileNotFoundError:
            return None

    def fetch(self, key: str, limit: int) -> Fetched | None:
        try:
            with _world_failures():
                found = self._store.get(key)
                if found.meta["size"] > limit:
                    raise Rejected("too_large", f"larger than {limit} bytes (GOUJI_MAX_OBJECT_BYTES)")
                return Fetched(_noticed(found.meta), bytes(found.bytes()))
        except FileNotFoundError:
            return None


def _noticed(meta: "ObjectMeta") -> Noticed:
    etag = meta["e_tag"] or f"{meta['last_modified'].timestamp():f}-{meta['size']:x}"
    return Noticed(key=meta["path"], etag=etag, size=meta["size"], last_modified=meta["last_modified"])


@contextmanager
def _world_failures() -> Iterator[None]:
    try:
        yield
    except (BaseError, PermissionError) as error:
        # obstore's messages go on with many lines of its own innards.
        raise Unavailable("the bucket", str(error).partition("\n")[0]) from error
