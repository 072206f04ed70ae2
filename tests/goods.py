"""Builders of what is sold, through the staff's own API."""

from itertools import count
from typing import Any
from uuid import uuid4

from httpx import AsyncClient

ADDRESS = {"name": "Ada Lovelace", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}
_numbers = count(1)


def a_sku() -> str:
    return f"SKU-{next(_numbers)}-{uuid4().hex[:12]}"


async def a_product(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Put a product on sale; `price` and `stock` are those of its only variant, unless named."""
    price, stock = facts.pop("price", 1_250), facts.pop("stock", 10)
    variant = {"sku": a_sku(), "prices": {"EUR": price}, "stock": stock}
    draft = {"name": "Mug", "slug": f"mug-{uuid4().hex}", "variants": [variant], **facts}
    answer = await staff.post("/v1/admin/products", json=draft)
    assert answer.status_code == 201, answer.text
    product: dict[str, Any] = answer.json()
    return product


async def a_sku_for_sale(staff: AsyncClient, **facts: Any) -> str:  # noqa: ANN401
    sku: str = (await a_product(staff, **facts))["variants"][0]["sku"]
    return sku
