"""Reads /metrics."""

from typing import Any

from httpx import ASGITransport, AsyncClient, Response
from litestar.types import ASGIApp
from prometheus_client.parser import text_string_to_metric_families
from support.people import HERE


async def asked_from(app: ASGIApp, peer: str, base: str = HERE, **headers: str) -> Response:
    asgi: Any = app  # httpx and Litestar write the types of ASGI differently
    transport = ASGITransport(app=asgi, client=(peer, 40_000))
    async with AsyncClient(transport=transport, base_url=base) as client:
        return await client.get("/metrics", headers=headers)


async def measured(shop: ASGIApp) -> dict[tuple[str, ...], float]:
    """Give all values, by name and the values of the labels in the order of their names."""
    text = (await asked_from(shop, "127.0.0.1")).text
    return {
        (sample.name, *(text for _, text in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
