from cli.live import Live
from cli.scrape import Sample, since
from shared.settings import Settings
from tests.telemetry.rendered import rendered


def sample(at: float, **outcomes: float) -> Sample:
    """What a parse process counted by outcome, at ``at`` seconds."""
    labels = {outcome: frozenset({("stage", "parse"), ("outcome", outcome)}) for outcome in outcomes}
    return Sample(at, {("u", "gouji_messages_total", labels[name]): value for name, value in outcomes.items()})


def test_a_rate_is_what_a_counter_grew_by_each_second() -> None:
    rates = since(sample(0, forwarded=10, dead=1), sample(2, forwarded=30, dead=1))
    assert rates.total("gouji_messages_total", "outcome") == {"forwarded": 10, "dead": 0}


def test_a_counter_that_is_new_or_began_again_grew_by_what_it_shows() -> None:
    rates = since(sample(0, forwarded=10), sample(1, forwarded=4, dead=3))
    assert rates.total("gouji_messages_total", "outcome") == {"forwarded": 4, "dead": 3}


def test_an_installation_that_is_down_is_shown_as_such() -> None:
    text = rendered(Live(Settings(redis_url="redis://127.0.0.1:1/0")).look())
    assert "no dead letters" not in text
    assert "nothing answers" in text
