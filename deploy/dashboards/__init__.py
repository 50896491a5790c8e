"""The Grafana dashboards as Python. ``python -m deploy.dashboards`` renders them to JSON under ``deploy/grafana/``."""
