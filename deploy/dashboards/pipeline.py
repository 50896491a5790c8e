"""*Pipeline*: does it flow, and if not, where does it stand still?"""

from grafana_foundation_sdk.builders import dashboard

from deploy.dashboards.frame import framed
from deploy.dashboards.panels import Panel, Query, Steps, bars, lines, number, seconds_heatmap
from shared.events import LAST

_STORED = f'rate(gouji_messages_total{{stage="{LAST}",outcome="forwarded"}}[$__rate_interval])'
_END_TO_END = "sum by (le) (rate(gouji_end_to_end_seconds_bucket[$__rate_interval]))"


def pipeline() -> dashboard.Dashboard:
    """The dashboard that stays open."""
    board = framed(
        "gouji-pipeline",
        "gouji / Pipeline",
        "Documents on their way from the bucket to the database. Read it from the top: is it flowing, is anything "
        "waiting, how late are the reports, which stage is the narrow one.",
    )
    for panel in (*_figures(), *_flow(), *_lateness(), *_causes()):
        board.with_panel(panel)
    return board


def _figures() -> list[Panel]:
    return [
        number(
            "Stored",
            "Reports committed each second. Zero while the backlog is not: look at Saturation and at the stage before "
            "the longest stream.",
            "ops",
            Query(f"sum({_STORED})"),
        ),
        number(
            "Backlog",
            "Messages in all streams. It may be high while a large bucket is read, and must fall again. If it does "
            "not: scale the most saturated stage (gouji up --scale parse=3).",
            "short",
            Query("sum(gouji_stream_messages) + sum(gouji_waiting_messages)"),
            Steps(2000, 4000),
            whole=True,
        ),
        number(
            "Oldest message",
            "How long the message that waits longest has waited in its stream. If it grows steadily, one message is "
            "stuck or a stage stands still: runbook, GoujiOldestMessageTooOld.",
            "s",
            Query("max(gouji_oldest_message_seconds)"),
            Steps(120, 600),
        ),
        number(
            "Late reports",
            "Share of the reports of the last hour that took more than five minutes from the bucket to the database. "
            "The objective is at most 1 %. If it is more: is the backlog high, or is one stage slow?",
            "percentunit",
            Query("gouji:end_to_end_late:ratio_rate1h"),
            Steps(0.01, 0.05),
        ),
        number(
            "Dead letters",
            "Documents that wait for a person. Each has a reason: gouji dead list. Put the cause right, then gouji "
            "replay.",
            "short",
            Query("sum(gouji_dead_letters) or 0 * sum(gouji_stream_messages)"),
            Steps(1, 100),
        ),
        number(
            "Stages ready",
            "How many of the four stages have a process that reaches all it needs. If fewer than four: /readyz of the "
            "missing one says why (runbook, GoujiStageNotReady).",
            "short",
            Query("sum(max by (stage) (gouji_ready))"),
            Steps(4, 3),
        ),
    ]


def _flow() -> list[Panel]:
    return [
        lines(
            "Documents per second",
            "What each stage settles, retries left out. The lines lie on each other while all flows. A line that "
            "falls to zero above a filled stream is the stage that stands still.",
            "ops",
            [Query('sum by (stage) (rate(gouji_messages_total{outcome!="retried"}[$__rate_interval]))', "{{stage}}")],
        ),
        lines(
            "Backlog by stream",
            "Messages that wait in front of each stage. The longest stream stands before the narrowest stage: scale "
            "that one. At 1,000 (GOUJI_HIGH_WATER) the stage before it pauses, which is as it should be.",
            "short",
            [Query("sum by (stream) (gouji_stream_messages)", "{{stream}}")],
            stacked=True,
            whole=True,
        ),
    ]


def _lateness() -> list[Panel]:
    percentiles = ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
    return [
        seconds_heatmap(
            "End to end",
            "From an object's last change in the bucket to its report committed. Two bands are two kinds of document "
            "(text and PDF); a band that climbs is a backlog. Files copied with an old date show as hours.",
            Query(_END_TO_END),
        ),
        lines(
            "End to end, percentiles",
            "The same as three lines. p99 alone high: some heavy documents. All three high: a backlog, or the "
            "database is slow.",
            "s",
            [Query(f"histogram_quantile({share}, {_END_TO_END})", name) for share, name in percentiles],
            steps=Steps(60, 300),
            span=8,
        ),
        lines(
            "Age of the oldest",
            "How long the first message of each stream has been there. A line that climbs one second a second has one "
            "message that nobody settles: gouji trace shows what happened to it.",
            "s",
            [Query("max by (stream) (gouji_oldest_message_seconds)", "{{stream}}")],
            steps=Steps(120, 600),
            span=8,
        ),
    ]


def _causes() -> list[Panel]:
    return [
        lines(
            "Saturation by stage",
            "Share of the time that the processes of a stage are at work. Over 90 % with a backlog before it: add "
            "processes. Low with a backlog before it: the stage waits for the broker, the bucket or the database.",
            "percentunit",
            [Query("gouji:stage_saturation:ratio_rate1m", "{{stage}}")],
            steps=Steps(0.75, 0.9),
            span=6,
        ),
        lines(
            "Retries",
            "Tries that failed by our fault and are repeated. Any lasting rate is a defect: the stage's log names the "
            "exception and the document.",
            "ops",
            [Query('sum by (stage) (rate(gouji_messages_total{outcome="retried"}[$__rate_interval]))', "{{stage}}")],
            span=6,
        ),
        bars(
            "Dead letters by code",
            "What waits for a person, and why. not_a_report and unsupported_format are files that do not belong "
            "here; failed and poison are defects of ours: gouji dead show tells the traceback.",
            "short",
            Query("sum by (stage, code) (gouji_dead_letters) > 0", "{{stage}} {{code}}"),
            steps=Steps(1, 100),
        ),
        lines(
            "Restarts",
            "Processes started within ten minutes. One step each is a deployment; a saw is a process that dies again "
            "and again: its log, or a document that kills it (dead letters, code poison).",
            "short",
            [Query("gouji:starts:increase10m", "{{stage}}")],
            steps=Steps(2, 5),
            span=6,
            whole=True,
        ),
    ]
