"""Loads the editions of the form from their data files: a file under ``editions/`` is an edition."""

import tomllib
from functools import cache
from importlib.resources import files

from shared.form.model import Edition, Form

_FOLDER = files("shared.form").joinpath("editions")


@cache
def load_form(edition: Edition) -> Form:
    """The form of ``edition``, validated; raises pydantic.ValidationError where its file is inconsistent."""
    return Form.model_validate(tomllib.loads(_FOLDER.joinpath(f"{edition}.toml").read_text(encoding="utf-8")))


def _newest_first() -> tuple[Edition, ...]:
    names = (file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(names, key=lambda name: load_form(name).first_year, reverse=True))


EDITIONS: tuple[Edition, ...] = _newest_first()
"""All editions, the newest first."""

UNKNOWN: Edition = "unknown"
"""The edition of a page that shows none; it has no form."""


def edition_of(year: int) -> Edition | None:
    """The edition that reports on ``year`` are known to use; None for a year of which that is not known."""
    return next((name for name in EDITIONS if load_form(name).first_year <= year <= load_form(name).last_year), None)
