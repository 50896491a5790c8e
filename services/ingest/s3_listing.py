"""A listing of an S3 bucket that takes whatever is in it.

obstore ends its whole listing at the first key that is none in its eyes (an empty part, as in ``a//b``; a part that is
``.`` or ``..``; a control character), with all others of the same page. From there on botocore lists.
"""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from shared.errors import Unavailable

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Listed(NamedTuple):
    """An object as S3 lists it."""

    key: str
    etag: str
    size: int
    last_modified: datetime

    @property
    def can_be_asked_for(self) -> bool:
        """Whether obstore can fetch it by its key."""
        parts = self.key.split("/")
        return not _CONTROL.search(self.key) and not {"", ".", ".."}.intersection(parts)

    @property
    def stands_for_a_folder(self) -> bool:
        """Whether it is the empty object by which consoles make a folder."""
        return self.key.endswith("/") and self.size == 0


def listed_after(url: str, last: str) -> Iterator[Listed]:
    """The objects under ``url`` (``s3://name/prefix``) whose keys come after ``last`` (empty: all of them). The same
    environment variables count as for obstore. Raises Unavailable where the bucket cannot be reached."""
    from botocore.exceptions import BotoCoreError, ClientError  # a fifth of a second, and seldom needed

    address = urlsplit(url)
    prefix = f"{folder}/" if (folder := address.path.strip("/")) else ""
    try:
        pages = _client().get_paginator("list_objects_v2")
        after = {"StartAfter": prefix + last} if last else {}
        for page in pages.paginate(Bucket=address.netloc, Prefix=prefix, **after):
            for found in page.get("Contents", ()):
                key = found["Key"].removeprefix(prefix)
                yield Listed(key, found["ETag"], found["Size"], found["LastModified"])
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("the bucket", str(error)) from error


def _client() -> Any:
    from botocore import UNSIGNED
    from botocore.config import Config
    from botocore.session import get_session

    def setting(*names: str) -> str | None:
        return next((value for name in names if (value := os.environ.get(name))), None)

    hosted = setting("AWS_VIRTUAL_HOSTED_STYLE_REQUEST") == "true"
    config = Config(
        s3={"addressing_style": "virtual" if hosted else "path"},
        signature_version=UNSIGNED if setting("AWS_SKIP_SIGNATURE") == "true" else None,
    )
    return get_session().create_client(
        "s3",
        region_name=setting("AWS_REGION", "AWS_DEFAULT_REGION") or "us-east-1",
        endpoint_url=setting("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"),
        config=config,
    )
