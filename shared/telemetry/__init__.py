"""How one sees gouji run: metrics, logs, traces and health, the same in every service.

``process`` puts together what one process shows: ``metrics`` (every Prometheus metric, declared once), ``streams``
(the gauges of the installation, exported by one process), ``logs`` (structured), ``traces`` (and ``otlp``, imported
only where an endpoint is set), ``health`` and ``probes`` (what /healthz and /readyz answer), ``pages`` (the pages).
"""
