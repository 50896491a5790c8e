"""Waiting for what happens elsewhere, without a fixed sleep."""

import time
from collections.abc import Callable

import pytest

_SECONDS = 60


def until(happened: Callable[[], bool]) -> None:
    """Returns as soon as ``happened`` says so; fails the test after a minute."""
    deadline = time.monotonic() + _SECONDS
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(f"did not happen within {_SECONDS} seconds")
        time.sleep(0.05)
