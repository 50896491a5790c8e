"""How one sees gouji run: metrics, logs, traces and health, the same in every service.

``metrics``: every Prometheus metric, declared once. ``streams``: the gauges of the streams, exported by one process.
``logs``: structured logs. ``traces``: OpenTelemetry, imported only where an endpoint is set. ``health``: what /readyz
and /healthz answer. ``routes``: the three pages a service serves.
"""
