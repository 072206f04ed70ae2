"""Draft orders as staff put them together, and the links that they send."""

from typing import Any

from httpx import AsyncClient
from support.people import an_address
from support.products import ADDRESS, a_shipping_option, a_sku_for_sale

ALL = "/v1/admin/draft-orders"


async def a_draft(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Put two mugs together for somebody; a unit costs 1,000 instead of 1,250."""
    sku = facts.pop("sku", None) or await a_sku_for_sale(staff, stock=5)
    line = {"sku": sku, "quantity": 2, "unit_price": 1_000, "reason": "Agreed by phone"}
    draft = {
        "email": an_address(),
        "lines": [line],
        "shipping_address": ADDRESS,
        "shipping_option": await a_shipping_option(490),
        "shipping_price": 300,
        **facts,
    }
    answer = await staff.post(ALL, json=draft)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def token_of(staff: AsyncClient, draft: dict[str, Any]) -> str:
    sent = await staff.post(f"{ALL}/{draft['id']}/send")
    assert sent.status_code == 200, sent.text
    url: str = sent.json()["url"]
    return url.rpartition("access_token=")[2]


async def completed(
    staff: AsyncClient, draft: dict[str, Any], *, paid: bool = False
) -> dict[str, Any]:
    """Turn a draft order into an order."""
    answer = await staff.post(f"{ALL}/{draft['id']}/complete", json={"paid": paid})
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()
    return order
