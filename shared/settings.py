"""Settings of every service, read from ``GOUJI_…`` environment variables."""

from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.limits import MAX_OBJECT_BYTES


def _in_data_folder(fields: dict[str, Any]) -> str:
    return f"sqlite:///{fields['data'].absolute() / 'gouji.sqlite'}"


_SHAPES_REPLIES = {"protocol": "2", "decode_responses": "False", "legacy_responses": "True"}
"""Options of a Redis URL that change the form of replies, and the only value each may have."""


def _name_of_data_folder(fields: dict[str, Any]) -> str:
    return str(fields["data"].absolute().name)


class Settings(BaseSettings):
    """One class for all: a service reads what concerns it. Each field is the variable ``GOUJI_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="GOUJI_", frozen=True)

    bucket: str = Field("bucket", description="The watched bucket: a folder, or a URL such as s3://name/prefix.")
    data: Path = Field(Path("data"), description="The folder that keeps all state of an embedded installation.")
    installation: str = Field(
        default_factory=_name_of_data_folder,
        description="What metrics call this installation (a label); by default the name of the data folder.",
    )
    redis_url: str = Field(
        "redis://127.0.0.1:6379/0",
        pattern="^(rediss?|unix)://",
        description="The broker: Redis 6.2+ or Valkey. Where it is set, `gouji up` starts none of its own.",
    )
    database_url: str = Field(
        default_factory=_in_data_folder,
        pattern=r"^[a-z0-9+]+://",
        description="The database, as SQLAlchemy names it: postgresql+pg8000://… (the extra `postgresql`); by default "
        "SQLite, `gouji.sqlite` in the data folder.",
    )
    host: str = Field("127.0.0.1", description="The address /metrics, /healthz and /readyz listen on.")
    port: int = Field(0, ge=0, le=65535, description="Their port; 0 picks a free one.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="What is logged.")
    log_format: Literal["auto", "json", "text"] = Field("auto", description="auto: text in a terminal, else JSON.")
    log_sample: float = Field(0.01, ge=0, le=1, description="The share of documents whose routine lines are logged.")
    otlp_endpoint: str = Field("", description="Where traces are sent (OTLP over HTTP); empty: none are made.")
    trace_sample: float = Field(0.1, ge=0, le=1, description="The share of documents that are traced.")

    batch_messages: int = Field(100, ge=1, description="How many messages a stage takes at a time.")
    high_water: int = Field(1000, ge=1, description="Every stage pauses while its next stream is longer.")
    max_attempts: int = Field(5, ge=1, description="How often a message is tried when the fault is ours.")
    retry_seconds: float = Field(2, gt=0, description="Until a second try; then three times that, and so on.")
    reclaim_seconds: float = Field(30, gt=0, description="After how long a dead consumer's messages are taken over.")
    work_seconds: float = Field(120, gt=0, description="What a stage takes longer for, over one document, is given up.")
    stuck_seconds: float = Field(
        300, gt=0, description="A process in the same work for longer is not healthy; above GOUJI_WORK_SECONDS."
    )
    poll_seconds: float = Field(5, gt=0, description="How often the bucket is listed, beside its notifications.")
    reconcile_seconds: float = Field(600, gt=0, description="How often ingest compares bucket, broker and database.")
    settle_seconds: float = Field(0.4, ge=0, description="A file is read once it has not changed for this long.")
    max_object_bytes: int = Field(MAX_OBJECT_BYTES, ge=1, description="Larger objects are rejected as too_large.")
    extract_seconds: int = Field(4, ge=1, description="Processor time that a PDF, Word, Excel or HTML file may take.")
    extract_megabytes: int = Field(384, ge=64, description="Memory that such a file may take, in its own process.")

    @field_validator("redis_url")
    @classmethod
    def _can_be_opened(cls, url: str) -> str:
        """What redis-py itself says of an option of the URL; and that its replies keep the form that is read here."""
        from redis import ConnectionPool  # here, since who only reads settings needs no broker

        for option, value in parse_qsl(urlsplit(url).query):
            if option in _SHAPES_REPLIES and value != _SHAPES_REPLIES[option]:
                raise ValueError(f"{option}={value} would give replies another form than gouji reads; leave it out")
        try:
            ConnectionPool.from_url(url).make_connection()  # opens nothing yet
        except Exception as error:  # redis-py raises TypeError, ValueError and errors of its own
            raise ValueError(str(error).partition("() got an ")[2] or str(error)) from error
        return url


def cannot_be_used(error: ValidationError) -> str:
    """A sentence for what is wrong with the settings. It does not repeat the values: they may hold a password."""
    return "; ".join(
        f"GOUJI_{str(each['loc'][0]).upper()} cannot be used: {each['msg'].removeprefix('Value error, ')}"
        for each in error.errors()
    )
