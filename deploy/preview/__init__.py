"""Dashboards without Grafana: every panel of the rendered JSON is evaluated against a real Prometheus and drawn.

``python -m deploy.preview`` runs a pipeline and a Prometheus of its own and writes one PNG a dashboard. The tests use
the same parts to evaluate every query.
"""
