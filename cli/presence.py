"""Which of the files that were read are still in the bucket: those deleted or renamed since are marked as gone."""

from functools import cached_property

from rich.text import Text

from cli.terminal import quoted
from services.ingest.bucket import Bucket, open_bucket
from shared.errors import Unavailable
from shared.settings import Settings

GONE = "deleted or renamed"

_ASKED_ONE_BY_ONE = 100
"""Of more objects than this, the bucket is listed once instead: a request to an object store takes 20 to 200 ms, and
a listing gives a thousand."""


class Presence:
    """Whether objects are still in the bucket of ``settings``. Where that cannot be told (the bucket is away, or not
    known), nothing counts as gone."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._asked: dict[str, bool] = {}

    def gone(self, key: str | None) -> bool:
        """Whether there is no object called ``key`` any more."""
        if key is None or self._bucket is None:
            return False
        try:
            return self._is_gone(self._bucket, key)
        except Unavailable:
            return False

    def marked(self, key: str) -> Text:
        """``key`` for a person, with a mark where its object is gone."""
        return quoted(key).append(f" ({GONE})", style="yellow") if self.gone(key) else quoted(key)

    def _is_gone(self, bucket: Bucket, key: str) -> bool:
        if key not in self._asked:
            if len(self._asked) < _ASKED_ONE_BY_ONE:
                self._asked[key] = bucket.head(key) is None
            else:
                return key not in self._listed
        return self._asked[key]

    @cached_property
    def _bucket(self) -> Bucket | None:
        if "bucket" not in self._settings.model_fields_set:
            return None  # only the default, which need not be what the installation watches
        try:
            bucket = open_bucket(self._settings.bucket)
            bucket.check()
        except Exception:  # whatever obstore raises for a URL that it does not know
            return None
        return bucket

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(each.key for each in self._bucket.objects()) if self._bucket else frozenset()
