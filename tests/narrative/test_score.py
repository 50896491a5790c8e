"""Precision first: at most one false alarm in a hundred passages, and most of what is false is found."""

from collections.abc import Callable, Iterator

import pytest

from tests.narrative.score import LEAST_RECALL, MOST_ALARMS, Passage, blind, score, written


@pytest.mark.parametrize("passages", [written, blind])
def test_hardly_a_false_alarm_and_most_of_what_is_false(passages: Callable[[], Iterator[Passage]]) -> None:
    scored = score(passages())
    assert scored.alarm_rate <= MOST_ALARMS, [passage.text for passage in scored.alarms]
    assert scored.recall >= LEAST_RECALL


def test_lines_that_extraction_wrapped_lose_nothing() -> None:
    long = [passage for passage in (*written(), *blind()) if "\n" not in passage.text and passage.false]
    wrapped = [Passage(_wrapped(passage.text), passage.false, passage.kind, passage.authority) for passage in long]
    assert score(wrapped).recall == pytest.approx(score(long).recall, abs=0.02)


def _wrapped(text: str, width: int = 38) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))
