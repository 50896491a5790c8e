"""What every dashboard has: the datasource to choose, links to its neighbours and the runbook, its refresh."""

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.models.dashboard import DashboardCursorSync, DashboardLinkType

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
    )
