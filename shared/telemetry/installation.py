"""The label ``installation`` on everything that a process exports, so that two installations are never added up."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.registry import Collector


class _Named(Collector):
    def __init__(self, registry: CollectorRegistry, installation: str) -> None:
        self._registry = registry
        self._label = {"installation": installation}

    def collect(self) -> Iterator[Metric]:
        for family in self._registry.collect():
            named = Metric(family.name, family.documentation, family.type, family.unit)
            named.samples = [sample._replace(labels=self._label | sample.labels) for sample in family.samples]
            yield named


def named(registry: CollectorRegistry, installation: str) -> CollectorRegistry:
    """What ``registry`` holds, each of its series with the label ``installation``."""
    outer = CollectorRegistry()
    outer.register(_Named(registry, installation))
    return outer
