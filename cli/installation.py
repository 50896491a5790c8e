"""An embedded installation: the data folder of ``gouji up``, and the record in it by which other commands find its
broker, database and bucket."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from cli.errors import UserError
from shared.settings import Settings, cannot_be_used

RECORD = "gouji.json"
_SQLITE = "sqlite:///"

DataOption = Annotated[Path | None, typer.Option("--data", help="The data folder of `gouji up`.", show_default="data")]
"""The option ``--data`` of every command that looks at an installation."""


def settings_of(data: Path | None) -> Settings:
    """The settings of the installation in ``data`` (default: ``GOUJI_DATA``, else ``data``).

    What ``gouji up`` recorded there is read first; ``GOUJI_…`` variables win over it. Raises :class:`UserError` where
    there is neither a record nor a ``GOUJI_REDIS_URL``.
    """
    folder = data or Path(os.environ.get("GOUJI_DATA", "data"))
    record = folder / RECORD
    if record.exists():
        recorded = _recorded(record)
    elif "GOUJI_REDIS_URL" in os.environ:
        recorded = {}
    else:
        raise UserError(
            f"nothing is installed in {folder}. Start with `gouji up --data {folder}`, name the folder with --data, "
            "or set GOUJI_REDIS_URL and GOUJI_DATABASE_URL."
        )
    named = {name: value for name, value in recorded.items() if f"GOUJI_{name.upper()}" not in os.environ}
    return settings_with(**named, data=folder)


def _recorded(record: Path) -> dict[str, str]:
    try:
        recorded: dict[str, str] = json.loads(record.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UserError(f"{record} is damaged; `gouji up` writes it again") from error
    return _moved(recorded, record.parent.absolute())


def _moved(recorded: dict[str, str], now: Path) -> dict[str, str]:
    """What was ``recorded``, where the data folder, or the folder that it lies in together with the bucket, has been
    moved or copied: paths in it are those of the folder as it is ``now``."""
    database, bucket = recorded["database_url"], recorded["bucket"]
    before = Path(recorded.pop("data", "") or Path(database.removeprefix(_SQLITE)).parent)
    if database.startswith(_SQLITE):
        recorded["database_url"] = _SQLITE + _followed(database.removeprefix(_SQLITE), before, now)
    if "://" not in bucket:
        recorded["bucket"] = _followed(bucket, before, now)
    return recorded


def _followed(path: str, before: Path, now: Path) -> str:
    """``path``, which was recorded when the data folder was ``before``."""
    followed = Path(os.path.normpath(now / os.path.relpath(path, before)))
    inside = Path(path).is_relative_to(before)
    return str(followed) if inside or (not Path(path).exists() and followed.exists()) else path


def settings_with(**named: Any) -> Settings:
    """The settings: what is ``named``, else ``GOUJI_…`` variables, else the defaults. Raises :class:`UserError` that
    says which variable cannot be used."""
    try:
        return Settings(**named)
    except ValidationError as error:
        raise UserError(cannot_be_used(error)) from error


def record_settings(settings: Settings) -> None:
    """Writes what other commands need to find this installation; only its owner may read it, since the broker's
    password is in it."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = {name: str(getattr(settings, name)) for name in ("data", "bucket", "redis_url", "database_url")}
    record = settings.data / RECORD
    record.touch(mode=0o600)
    record.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
