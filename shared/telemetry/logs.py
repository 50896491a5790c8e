"""Structured logs: one event a line, JSON in production and coloured text in a terminal.

Every line of a document carries ``document_id`` (and ``trace_id`` where traces are on), bound with :func:`about`.
Lines of what goes well are written for a share of the documents only, always the same ones in all services; warnings
and errors always.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.settings import Settings

# user:password@ in a URL, as in redis:// and postgresql:// addresses.
_PASSWORD = re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+@")


def configure(settings: Settings, stage: str) -> None:
    """Sends the lines of this process, and of the libraries in it, to standard error in one form.

    ``settings.log_format`` is ``json``, ``text``, or ``auto`` (text where standard error is a terminal).
    """
    as_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_stage(stage),
        structlog.processors.format_exc_info,
        hide_passwords,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(settings.log_level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    render: Processor = (
        structlog.dev.ConsoleRenderer(repr_native_str=True)
        if as_text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render], foreign_pre_chain=shared
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level, force=True)
    # Every scrape and probe is a request: its line says nothing.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)


@contextmanager
def about(document_id: str, **more: str) -> Iterator[None]:
    """Binds ``document_id`` and ``more`` to every line written within."""
    with bound_contextvars(document_id=document_id, **more):
        yield


def is_sampled(document_id: str, share: float) -> bool:
    """Whether the routine lines of the document are written, when they are for a ``share`` (0 to 1) of all.

    ``document_id`` is a hexadecimal digest, so its first digits are as good as a die that every service throws alike.
    What has no id (an object that vanished) is not among them.
    """
    return bool(document_id) and int(document_id[:8], 16) < share * 0x1_0000_0000


def hide_passwords(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replaces the password of any URL in the line."""
    for key, value in event.items():
        if isinstance(value, str) and "://" in value:
            event[key] = _PASSWORD.sub(r"\1:***@", value)
    return event


def _name_stage(stage: str) -> Processor:
    def add(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event.setdefault("stage", stage)
        return event

    return add
