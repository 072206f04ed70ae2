"""Metrics in the text format of Prometheus."""

from collections.abc import Iterator

from litestar import Response, get
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from trastienda.database.db import reading
from trastienda.services import metrics
from trastienda.services.metrics import Metric

KIND = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "trastienda_"


class _Measured(Collector):
    def __init__(self, measured: list[Metric]) -> None:
        self._measured = measured

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        for metric in self._measured:
            kind = CounterMetricFamily if metric.counts else GaugeMetricFamily
            family = kind(PREFIX + metric.name, metric.meaning, labels=metric.labels)
            for labels, value in metric.values:
                family.add_metric(labels, value)
            yield family


@get()
async def read_metrics() -> Response[bytes]:
    """Return the metrics of the whole shop, and of the process that answers."""
    async with reading() as session:
        measured = await metrics.collect(session)
    registry = CollectorRegistry()
    registry.register(_Measured(measured))
    ProcessCollector(registry=registry)
    return Response(generate_latest(registry), headers={"Content-Type": KIND})
