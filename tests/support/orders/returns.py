"""Orders that were sent, and what comes back of them."""

from typing import Any

from httpx import AsyncClient, Response
from support.orders.parcels import packed
from support.products import an_order

WHY = {"reason": "does_not_fit"}


async def a_sent_order(
    staff: AsyncClient,
    buyer: AsyncClient,
    provider: str = "test",
    **facts: Any,  # noqa: ANN401
) -> dict[str, Any]:
    """Order two of one thing, 12.50 each, and shipping of 4.90; send both."""
    order = await an_order(staff, buyer, provider, **facts)
    await packed(staff, order)
    return order


def units(order: dict[str, Any], *quantities: int) -> list[dict[str, Any]]:
    """Name so many units of each line of an order."""
    pairs = zip(order["lines"], quantities, strict=True)
    return [{"line_id": line["id"], "quantity": it} for line, it in pairs if it]


def key_to(order: dict[str, Any]) -> dict[str, str]:
    return {"X-Order-Token": order["access_token"]}


async def ask_for(
    buyer: AsyncClient, order: dict[str, Any], *quantities: int, **facts: object
) -> Response:
    """Ask for a return of so many units of each line, with the order's token."""
    draft = {"lines": units(order, *quantities), **WHY, **facts}
    return await buyer.post(f"/v1/orders/{order['id']}/returns", json=draft, headers=key_to(order))


async def asked(
    buyer: AsyncClient, order: dict[str, Any], *quantities: int, **facts: object
) -> dict[str, Any]:
    """Ask for a return that is not refused at once."""
    return good(await ask_for(buyer, order, *quantities, **facts), 201)


async def step(staff: AsyncClient, of: dict[str, Any], what: str, **draft: object) -> Response:
    """Do `approve`, `refuse`, `receipts` or `close`."""
    return await staff.post(f"/v1/admin/returns/{of['id']}/{what}", json=draft)


async def approved(
    staff: AsyncClient, buyer: AsyncClient, order: dict[str, Any], *quantities: int, **facts: object
) -> dict[str, Any]:
    return good(await step(staff, await asked(buyer, order, *quantities, **facts), "approve"))


def arrived(order: dict[str, Any], *quantities: int, **facts: object) -> list[dict[str, Any]]:
    return [{**line, **facts} for line in units(order, *quantities)]


async def received(
    staff: AsyncClient, buyer: AsyncClient, order: dict[str, Any], *quantities: int, **facts: object
) -> dict[str, Any]:
    """Let so many units of each line come back, to be sold again."""
    of = await approved(staff, buyer, order, *quantities, **facts)
    return good(await step(staff, of, "receipts", lines=arrived(order, *quantities)), 201)


async def return_now(staff: AsyncClient, of: dict[str, Any]) -> dict[str, Any]:
    return good(await staff.get(f"/v1/admin/returns/{of['id']}"))


def good(answer: Response, status: int = 200) -> dict[str, Any]:
    """Return what was answered, which is no refusal."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body
