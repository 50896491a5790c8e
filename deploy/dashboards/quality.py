"""*Quality*: what do the reports say, and how well are they read?"""

from grafana_foundation_sdk.builders import dashboard

from deploy.dashboards.frame import framed
from deploy.dashboards.panels import Panel, Query, Steps, bars, lines, number
from shared.events import FIRST

_FAILED = '{outcome=~"rejected|dead"}'
_NOTICED = f'{{stage="{FIRST}",outcome!="retried"}}'


def quality() -> dashboard.Dashboard:
    """The dashboard of whoever answers for the figures."""
    board = framed(
        "gouji-quality",
        "gouji / Quality",
        "What was found in the reports stored in the time shown. A change here without a change in the sources is a "
        "change in the reading: compare with the version deployed.",
    )
    board.time("now-6h", "now")
    for panel in (*_figures(), *_over_time(), *_kinds()):
        board.with_panel(panel)
    return board


def _increase(counter: str, by: str = "", where: str = "") -> str:
    over = f" by ({by})" if by else ""
    return f"sum{over} (increase({counter}{where}[$__range]))"


def _share(counter: str, where: str) -> str:
    return f"{_increase(counter, where=where)} / ({_increase(counter)} > 0)"


def _figures() -> list[Panel]:
    return [
        number(
            "Reports",
            "Reports stored in the time shown. None although files arrive: look at the dashboard Pipeline.",
            "short",
            Query(_increase("gouji_verdicts_total")),
            whole=True,
        ),
        number(
            "Clean",
            "Share of them in which every relation holds and no cell is missing. A fall: which rule rose, below?",
            "percentunit",
            Query(_share("gouji_verdicts_total", '{verdict="clean"}')),
            Steps(0.7, 0.4),
        ),
        number(
            "Inconsistent",
            "Share in which a relation is broken. Published reports do contain errors, a few in a hundred; a sudden "
            "rise over many authorities is rather a defect of the reading: gouji show one of them.",
            "percentunit",
            Query(_share("gouji_verdicts_total", '{verdict="inconsistent"}')),
            Steps(0.1, 0.25),
        ),
        number(
            "Null cells",
            "Share of the cells that have no figure. Null is honest, and a loss. A rise points at a layout that is "
            "not read yet: gouji findings --rule completeness.applications.",
            "percentunit",
            Query(_share("gouji_cells_total", '{state="null"}')),
            Steps(0.02, 0.1),
        ),
        number(
            "Findings per report",
            "How many findings a report has on average. Far above its usual value: one rule is misfiring, see below.",
            "short",
            Query(
                f"({_increase('gouji_findings_total')} or 0 * {_increase('gouji_verdicts_total')}) "
                f"/ ({_increase('gouji_verdicts_total')} > 0)"
            ),
            Steps(2, 5),
        ),
        number(
            "Rejected",
            "Share of the documents that are no readable report. A rise: something else was dropped into the bucket, "
            "or a site changed its format. gouji dead list tells which.",
            "percentunit",
            Query(
                f"{_increase('gouji_messages_total', where=_FAILED)} / "
                f"({_increase('gouji_messages_total', where=_NOTICED)} > 0)"
            ),
            Steps(0.1, 0.3),
        ),
    ]


def _over_time() -> list[Panel]:
    return [
        lines(
            "Reports by verdict",
            "clean: every relation holds. incomplete: cells are missing. inconsistent: a relation is broken.",
            "ops",
            [Query("sum by (verdict) (rate(gouji_verdicts_total[$__rate_interval]))", "{{verdict}}")],
            stacked=True,
        ),
        lines(
            "Findings by rule",
            "One rule that rises alone after a deployment is a defect of that rule; all rising together with the "
            "reports is just more reports.",
            "ops",
            [Query("sum by (rule) (rate(gouji_findings_total[$__rate_interval]))", "{{rule}}")],
            stacked=True,
        ),
    ]


def _kinds() -> list[Panel]:
    return [
        bars(
            "Findings by rule",
            "Which relations are broken most, in the time shown. gouji findings --rule RULE lists the reports.",
            "short",
            Query(f"sort_desc({_increase('gouji_findings_total', 'rule,severity')})", "{{rule}}"),
        ),
        bars(
            "Editions",
            "2021 and 2019 are the two forms; unknown are reports from before 2019, or a form that is not recognised: "
            "if their number grows, look at one.",
            "short",
            Query(_increase("gouji_reports_total", "edition"), "{{edition}}"),
            span=4,
        ),
        bars(
            "Formats",
            "What the reports were published as. A format that vanishes is one that is no longer read: look at the "
            "rejected documents.",
            "short",
            Query(_increase("gouji_reports_total", "format"), "{{format}}"),
            span=4,
        ),
        bars(
            "Why cells are null",
            "Reasons, in the time shown: what the page left blank, what cannot be told, what the page does not prove. "
            "gouji show REPORT --source tells them cell by cell.",
            "short",
            Query(f"sort_desc({_increase('gouji_doubts_total', 'code')})", "{{code}}"),
            span=5,
        ),
        lines(
            "Null cells by table",
            "Share of the cells of each table that have no figure. One table alone high: its layout changed somewhere.",
            "percentunit",
            [
                Query(
                    'sum by (table) (rate(gouji_cells_total{state="null"}[$__rate_interval])) '
                    "/ sum by (table) (rate(gouji_cells_total[$__rate_interval]))",
                    "{{table}}",
                )
            ],
            steps=Steps(0.02, 0.1),
            span=5,
        ),
    ]
