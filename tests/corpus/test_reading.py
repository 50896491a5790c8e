"""What gouji reads from the corpus, as far as it fits into seconds; ``make corpus`` does the same on thousands."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.ingest.read import read_document
from shared.blocks import Block
from tests.corpus.ancient import LAYOUTS_OF_THE_TIME, render_ancient
from tests.corpus.encodings import ENCODING_STYLES, EncodingStyle
from tests.corpus.formats import can_conceal
from tests.corpus.sample import PLACES, combined, traceable
from tests.corpus.score import score
from tests.corpus.scripts import SCRIPT_STYLES, ScriptStyle
from tests.corpus.spec import Format, Spec, render
from tests.corpus.strangers import STRANGERS, Stranger, misjudged
from tests.corpus.unseen import UNSEEN_KINDS, Unseen

QUICK = settings(max_examples=60, derandomize=True, deadline=None, database=None)
CONCEALING = [
    (form, layout, kind) for form, layout in PLACES for kind in UNSEEN_KINDS if can_conceal(form, layout, kind)
]
TEXT_PLACES = [place for place in PLACES if place[0] == "text"]


def specs(choices: dict[str, tuple[Any, ...]], places: list[tuple[Format, str]]) -> st.SearchStrategy[Spec]:
    """Any spec of ``places`` that takes its other choices from ``choices``; shrinks towards the plainest."""
    drawn = {name: st.sampled_from(values) for name, values in choices.items()}
    return st.builds(combined, st.integers(0, 9999), st.sampled_from(places), st.fixed_dictionaries(drawn))


@pytest.mark.parametrize(("form", "layout"), PLACES)
def test_every_layout_of_every_format_is_read_whole(form: Format, layout: str) -> None:
    scored = score(render(Spec(seed=11, format=form, layout=layout)))

    assert not scored.wrong
    assert not scored.missing


@pytest.mark.parametrize(("form", "layout", "unseen"), CONCEALING)
def test_what_nobody_sees_is_not_read(form: Format, layout: str, unseen: Unseen) -> None:
    scored = score(render(Spec(seed=12, format=form, layout=layout, unseen=unseen)))

    assert not scored.wrong
    assert not scored.missing


@QUICK
@given(specs(traceable(undamaged=True), TEXT_PLACES))
def test_no_figure_of_an_undamaged_text_is_wrong_or_missing(spec: Spec) -> None:
    scored = score(render(spec))

    assert not scored.wrong
    assert not scored.missing


@QUICK
@given(specs(traceable(undamaged=False), TEXT_PLACES))
def test_no_figure_of_a_damaged_text_is_wrong_and_every_gap_is_flagged(spec: Spec) -> None:
    assert not score(render(spec)).wrong


@pytest.mark.parametrize("script", SCRIPT_STYLES)
@pytest.mark.parametrize("encoding", ENCODING_STYLES)
def test_script_and_encoding_change_nothing_that_is_read(script: ScriptStyle, encoding: EncodingStyle) -> None:
    plain = Spec(seed=5, layout="tabs", contents="noted")

    assert _blocks(replace(plain, script=script, encoding=encoding)) == _blocks(plain)


def _blocks(spec: Spec) -> list[Block]:
    rendered = render(spec)
    return [block._replace(source="") for block in read_document(rendered.data, rendered.name).blocks]


@pytest.mark.parametrize("layout", LAYOUTS_OF_THE_TIME)
def test_the_figures_of_an_older_form_are_not_taken_for_those_of_todays(layout: str) -> None:
    assert not score(render_ancient(1, layout)).wrong


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda stranger: stranger.name)
def test_what_is_no_report_is_rejected_with_its_code(stranger: Stranger) -> None:
    assert misjudged(stranger) is None
