"""The dashboards without Grafana: their queries are evaluated against a real Prometheus, in the tests, and one of them
is drawn for the README (``python -m deploy.preview``)."""
