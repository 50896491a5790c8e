"""What gouji reads from the corpus, as far as it fits into seconds; ``make corpus`` does the same on thousands."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ingest.read import read_document
from services.parse.recognise import recognise
from shared.blocks import Block
from shared.errors import Rejected
from tests.corpus.encodings import ENCODING_STYLES, EncodingStyle
from tests.corpus.sample import PLACES, damaged, undamaged
from tests.corpus.score import score
from tests.corpus.scripts import SCRIPT_STYLES, ScriptStyle
from tests.corpus.spec import Format, Spec, render
from tests.corpus.strangers import STRANGERS, Stranger

QUICK = settings(max_examples=40, derandomize=True, deadline=None, database=None)


def drawn(sample: Callable[[int, int], object]) -> st.SearchStrategy[Spec]:
    return st.integers(0, 10_000).map(lambda seed: next(iter(sample(1, seed))))  # type: ignore[call-overload]


@pytest.mark.parametrize(("form", "layout"), PLACES)
def test_every_layout_of_every_format_is_read_whole(form: Format, layout: str) -> None:
    scored = score(render(Spec(seed=11, format=form, layout=layout)))

    assert not scored.wrong
    assert not scored.missing
