"""Edits of orders as staff make them."""

from typing import Any

from httpx import AsyncClient, Response
from support.refunds import order_now

WHY = {"reason": "The buyer called"}


async def edit(staff: AsyncClient, order: dict[str, Any], **draft: object) -> Response:
    return await staff.post(f"/v1/admin/orders/{order['id']}/edits", json={**WHY, **draft})


async def edited(staff: AsyncClient, order: dict[str, Any], **draft: object) -> dict[str, Any]:
    answer = await edit(staff, order, **draft)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def first(order: dict[str, Any], **changes: object) -> dict[str, object]:
    return {"line": order["lines"][0]["id"], **changes}


async def expect_refused(
    staff: AsyncClient, order: dict[str, Any], problem: str, **draft: object
) -> None:
    """Expect a refusal that changes nothing."""
    before = await order_now(staff, order)
    refused = await edit(staff, order, **draft)

    assert refused.json()["type"] == f"/problems/{problem}", refused.text
    assert await order_now(staff, order) == before
