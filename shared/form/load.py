"""Loads an edition of the form from its data file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import get_args

from shared.form.model import Edition, Form

EDITIONS: tuple[Edition, ...] = get_args(Edition)


@cache
def load_form(edition: Edition) -> Form:
    """The form of ``edition``, validated; raises pydantic.ValidationError where its file is inconsistent."""
    data = files("shared.form").joinpath("editions", f"{edition}.toml").read_text(encoding="utf-8")
    return Form.model_validate(tomllib.loads(data))
