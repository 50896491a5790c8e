"""What every dashboard has: the datasource to choose, links to its neighbours and the runbook, its refresh."""

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.models.dashboard import (
    DashboardCursorSync,
    DashboardLinkType,
    VariableRefresh,
    VariableSort,
)

from deploy.dashboards.panels import DATASOURCE

TAG = "gouji"


def framed(uid: str, title: str, description: str) -> dashboard.Dashboard:
    """An empty dashboard of the last hour, refreshed every ten seconds. ``uid`` names its file and its address."""
    neighbours = dashboard.DashboardLink("gouji").type(DashboardLinkType.DASHBOARDS).tags([TAG]).keep_time(True)
    return (
        dashboard.Dashboard(title)
        .uid(uid)
        .description(description)
        .tags([TAG])
        .timezone("browser")
        .readonly()
        .refresh("10s")
        .time("now-1h", "now")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .link(neighbours)
        .with_variable(dashboard.DatasourceVariable("datasource").label("Prometheus").type("prometheus"))
        .with_variable(choice("installation", "gouji_build_info"))
    )


def choice(label: str, series: str) -> dashboard.QueryVariable:
    """A variable: one of the values that ``label`` has in ``series``."""
    return (
        dashboard.QueryVariable(label)
        .label(label)
        .datasource(DATASOURCE)
        .query(f"label_values({series}, {label})")
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(VariableSort.ALPHABETICAL_ASC)
    )
