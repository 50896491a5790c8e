"""What watches over a pipeline: Prometheus, its rules, and the dashboards for Grafana."""
