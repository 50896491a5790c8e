"""*One stage*: what its processes do, one by one."""

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.models.dashboard import VariableOption

from deploy.dashboards.frame import choice, framed
from deploy.dashboards.panels import Panel, Query, Steps, lines, number, seconds_heatmap

_HERE = 'stage="$stage",instance=~"$instance"'
_PROCESS = f"* on (instance) group_left () max by (instance) (gouji_build_info{{{_HERE}}})"
_SECONDS = f"sum by (le) (rate(gouji_stage_seconds_bucket{{{_HERE}}}[$__rate_interval]))"
_BATCH = "faststream_received_processed_messages_duration_seconds"
_APP = '{app_name="$stage",instance=~"$instance"}'


def one_stage() -> dashboard.Dashboard:
    """The dashboard one opens after *Pipeline* has named a stage."""
    board = framed(
        "gouji-stage",
        "gouji / One stage",
        "One stage and its processes. Choose the stage above; a process that differs from its neighbours is the one "
        "to look at.",
    )
    here = 'installation="$installation"'
    parse = VariableOption(text="parse", value="parse")
    board.with_variable(choice("stage", f"gouji_build_info{{{here}}}").current(parse))
    board.with_variable(
        choice("instance", f'gouji_build_info{{{here},stage="$stage"}}')
        .current(VariableOption(text="All", value="$__all"))
        .multi(True)
        .include_all(True)
    )
    for panel in (*_figures(), *_work(), *_process()):
        board.with_panel(panel)
    return board


def _figures() -> list[Panel]:
    return [
        number(
            "Processes",
            "How many processes of this stage answer. Fewer than were started: one is dying, see Restarts.",
            "short",
            Query(f"count(gouji_build_info{{{_HERE}}})"),
            Steps(1, 0.5),
        ),
        number(
            "Ready",
            "How many of them reach all they need. /readyz of the others says what is missing.",
            "short",
            Query(f"sum(gouji_ready{{{_HERE}}})"),
            Steps(1, 0.5),
        ),
        number(
            "Settled",
            "Messages settled each second.",
            "ops",
            Query(f'sum(rate(gouji_messages_total{{{_HERE},outcome!="retried"}}[$__rate_interval]))'),
        ),
        number(
            "Failed",
            "Share of the messages that were rejected, retried or given up. Rejected ones are the documents' fault, "
            "the others ours: gouji dead list --stage.",
            "percentunit",
            Query(
                f'sum(rate(gouji_messages_total{{{_HERE},outcome!="forwarded"}}[$__rate_interval])) '
                f"/ (sum(rate(gouji_messages_total{{{_HERE}}}[$__rate_interval])) > 0)"
            ),
            Steps(0.1, 0.3),
        ),
        number(
            "Slowest",
            "95 of 100 messages take at most this long. For parse and validate milliseconds; seconds are normal for "
            "PDF in ingest only.",
            "s",
            Query(f"histogram_quantile(0.95, {_SECONDS})"),
            Steps(1, 5),
        ),
        number(
            "Saturation",
            "Share of the time its processes are at work. Over 90 %: add processes.",
            "percentunit",
            Query('gouji:stage_saturation:ratio_rate1m{stage="$stage"}'),
            Steps(0.75, 0.9),
        ),
    ]


def _work() -> list[Panel]:
    return [
        lines(
            "Messages by outcome",
            "forwarded: done. rejected: the document's fault. retried and dead: ours, look into the log.",
            "ops",
            [Query(f"sum by (outcome) (rate(gouji_messages_total{{{_HERE}}}[$__rate_interval]))", "{{outcome}}")],
            stacked=True,
            span=8,
        ),
        seconds_heatmap(
            "Seconds per message",
            "How long the work on one message takes. A second band far above the first is a kind of document that "
            "needs a look.",
            Query(_SECONDS),
        ),
        lines(
            "Messages per batch",
            "How many messages a process takes at a time, on average. 1 is an idle pipeline; the limit "
            "(GOUJI_BATCH_MESSAGES) is a backlog being worked off.",
            "short",
            [
                Query(
                    f"sum by (instance) (rate(gouji_batch_messages_sum{{{_HERE}}}[$__rate_interval])) / "
                    f"sum by (instance) (rate(gouji_batch_messages_count{{{_HERE}}}[$__rate_interval]))",
                    "{{instance}}",
                )
            ],
            span=8,
        ),
        lines(
            "In front of it",
            "Messages of its stream: those that a process holds, and those that nobody has taken. Many not taken: the "
            "stage is too slow or stands still. Many taken and nothing settled: a process is stuck.",
            "short",
            [
                Query('gouji:backlog:messages{stage="$stage"} - gouji:backlog:lag{stage="$stage"}', "taken"),
                Query('gouji:backlog:lag{stage="$stage"}', "not taken"),
            ],
            stacked=True,
            whole=True,
            span=8,
        ),
        lines(
            "By process",
            "Messages settled by each process. They share one stream, so the lines should lie together.",
            "ops",
            [Query(f"sum by (instance) (rate(gouji_messages_total{{{_HERE}}}[$__rate_interval]))", "{{instance}}")],
            span=8,
        ),
        lines(
            "Seconds per batch",
            "From a batch taken to the batch settled, on average, as FastStream measures it. Far above messages per "
            "batch times seconds per message: the stage waits for the broker, the database or room in the next stream.",
            "s",
            [
                Query(
                    f"sum(rate({_BATCH}_sum{_APP}[$__rate_interval])) "
                    f"/ sum(rate({_BATCH}_count{_APP}[$__rate_interval]))",
                    "$stage",
                )
            ],
            span=8,
        ),
    ]


def _process() -> list[Panel]:
    return [
        lines(
            "Processor",
            "Cores used by each process. One core is the most a process can use for its work; add processes.",
            "short",
            [Query(f"rate(process_cpu_seconds_total[$__rate_interval]) {_PROCESS}", "{{instance}}")],
            steps=Steps(0.9, 1.5),
            span=8,
        ),
        lines(
            "Memory",
            "Resident memory of each process; about 100 MB is normal, ingest may need more for a PDF. A line that "
            "only climbs is a leak: restart the process, keep the document, tell us.",
            "bytes",
            [Query(f"process_resident_memory_bytes {_PROCESS}", "{{instance}}")],
            steps=Steps(400e6, 800e6),
            span=8,
        ),
        lines(
            "Open files",
            "File descriptors of each process. A line that only climbs ends at the limit of the system.",
            "short",
            [Query(f"process_open_fds {_PROCESS}", "{{instance}}")],
            steps=Steps(500, 900),
            whole=True,
            span=8,
        ),
    ]
