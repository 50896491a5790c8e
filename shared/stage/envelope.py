"""A message in FastStream's own format, for who has a client of the broker but no FastStream broker."""

from collections.abc import Mapping

from faststream.message import gen_cor_id
from faststream.redis.parser import BinaryMessageFormatV1

CONTENT_TYPE = {"content-type": "application/json"}


async def envelope(body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a stream entry with ``body`` (an event as JSON) and ``headers``; without a correlation id among
    them it gets a new one."""
    return await BinaryMessageFormatV1.encode(
        message=body,
        reply_to=None,
        headers={**(headers or {}), **CONTENT_TYPE},
        correlation_id=gen_cor_id(),
    )
