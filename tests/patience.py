"""Waiting for what happens elsewhere, without a fixed sleep."""

import time
from collections.abc import Callable

import pytest

_SECONDS = 60


def until(happened: Callable[[], bool], seconds: float = _SECONDS) -> None:
    """Returns as soon as ``happened`` says so; fails the test after so many ``seconds``, a minute where nothing was
    promised."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"did not happen within {seconds:g} seconds")
        time.sleep(0.05)
