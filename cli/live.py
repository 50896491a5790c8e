"""The dashboard *Pipeline* in the terminal: the same figures, from the same metrics, without Prometheus."""

import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from cli.processes import Process, processes
from cli.scrape import Sample, scrape, since
from cli.snapshot import STREAMS
from cli.terminal import quoted
from shared.events import STAGES
from shared.settings import Settings

_BLOCKS = " ▁▂▃▄▅▆▇█"
_WIDTH = 40  # looks, chosen: a line of that many characters fits beside the figures in 80 columns
_WINDOW = 10
"""Rates are over so many looks, as Prometheus' are over an interval: one look alone jumps."""
_DASH = "–"


class Live:
    """Looks at the installation of ``settings`` again and again, and keeps the rates of the last minute."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._samples: deque[Sample] = deque(maxlen=_WINDOW)
        self._courses: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_WIDTH))

    def look(self) -> RenderableType:
        """The picture now."""
        found = processes(self._settings)
        now = scrape(found)
        before = self._samples[0] if self._samples else now
        self._samples.append(now)
        rates = since(before, now)
        flow = rates.settled()
        for stage in STAGES:
            self._courses[stage].append(flow.get(stage, 0.0))
        return Group(self._head(now, rates, flow), self._stages(found, now, rates, flow), _failed(now))

    def _head(self, now: Sample, rates: Sample, flow: Mapping[str, float]) -> RenderableType:
        waiting = sum(now.total("gouji_stream_messages", "stream").values())
        figures = Table.grid(padding=(0, 4))
        figures.add_row(
            Text.assemble((f"{flow.get('store', 0):.1f}", "bold"), "/s stored"),
            Text.assemble((f"{waiting:.0f}", "bold"), " waiting"),
            Text.assemble("end to end", *_end_to_end(rates)),
            time.strftime("%H:%M:%S"),
        )
        return Panel(figures, title="gouji", title_align="left")

    def _stages(self, found: list[Process], now: Sample, rates: Sample, flow: Mapping[str, float]) -> RenderableType:
        table = Table(expand=False)
        for name in ("stage", "processes", "ready", "documents/s", "waiting", "oldest", "busy", "retries/s", ""):
            table.add_column(name, justify="left" if name in ("stage", "") else "right")
        ready, waiting = now.total("gouji_ready", "stage"), now.total("gouji_stream_messages", "stream")
        oldest, busy = (
            now.total("gouji_oldest_message_seconds", "stream"),
            rates.total("gouji_stage_seconds_sum", "stage"),
        )
        retries = rates.outcomes("retried")
        for stream, stage in STREAMS.items():
            count = sum(process.stage == stage for process in found)
            table.add_row(
                stage,
                Text(str(count), style="" if count else "bold red"),
                _ready(int(ready.get(stage, 0)), count),
                f"{flow.get(stage, 0):.1f}",
                f"{waiting[stream]:.0f}" if stream in waiting else _DASH,
                _seconds(oldest.get(stream)),
                _share(busy.get(stage, 0.0) / count) if count else _DASH,
                f"{retries[stage]:.2f}" if retries.get(stage) else "0",
                Text(_course(self._courses[stage]), style="cyan"),
            )
        return table


def _percentiles(rates: Sample) -> list[tuple[str, float | None]]:
    """p50, p95 and p99 of the way end to end: the upper bound of the bucket each falls into."""
    buckets = sorted((float(le), rate) for le, rate in rates.total("gouji_end_to_end_seconds_bucket", "le").items())
    total = buckets[-1][1] if buckets else 0.0
    found: list[tuple[str, float | None]] = []
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        reached = [le for le, rate in buckets if total and rate >= share * total]
        found.append((name, reached[0] if reached else None))
    return found


def _end_to_end(rates: Sample) -> Iterator[str | tuple[str, str]]:
    for name, value in _percentiles(rates):
        yield f" {name} "
        yield _seconds(value), "bold"


def _failed(now: Sample) -> RenderableType:
    letters: dict[str, float] = {
        f"{dict(labels)['stage']} {dict(labels)['code']}": value
        for (_, name, labels), value in now.figures.items()
        if name == "gouji_dead_letters" and value
    }
    if not now.figures:
        return Text("nothing answers: is it running? (gouji up)", style="bold red")
    if not letters:
        return Text("no dead letters", style="green")
    listed = ", ".join(f"{name}: {value:.0f}" for name, value in sorted(letters.items(), key=lambda each: -each[1]))
    return quoted(f"dead letters  {listed}  (gouji dead list)", "yellow")


def _ready(ready: int, count: int) -> Text:
    return Text(str(ready), style="green" if ready == count and count else "bold red")


def _share(share: float) -> Text:
    return Text(f"{share:.0%}", style="red" if share > 0.9 else "yellow" if share > 0.75 else "green")


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return _DASH
    if seconds < 60:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.3g} min" if seconds < 3600 else f"{seconds / 3600:.3g} h"


def _course(rates: deque[float]) -> str:
    top = max(rates, default=0.0) or 1.0
    return "".join(_BLOCKS[round(rate / top * (len(_BLOCKS) - 1))] for rate in rates)
