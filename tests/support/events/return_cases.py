"""What can be done with returns, and what each leaves in the events: see `use_cases.py`."""

from typing import Any

from support.background import change
from support.events.use_cases import Act, World, leaves, some, staff_resource
from support.orders.returns import (
    a_sent_order,
    approved,
    arrived,
    asked,
    key_to,
    received,
    step,
    units,
)
from support.products import a_sku_for_sale

from trastienda.controllers.returns.expire import expire
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context

CHANGED = "order.return_changed by"

staff_resource(
    "returns.reasons",
    "return_reason",
    "return-reasons",
    some(code="r-*", name="Reason *"),
    {"name": "Another name"},
)


async def an_order(world: World) -> dict[str, Any]:
    return await a_sent_order(world.staff, world.buyer)


@leaves("returns.policy.change", "return_policy.changed by key")
async def a_policy(world: World) -> Act:
    return lambda: world.staff.patch("/v1/admin/return-policy", json={"window_days": 14})


@leaves("returns.ask.ask", "return.requested by guest", f"{CHANGED} guest")
async def a_request(world: World) -> Act:
    order = await an_order(world)
    return lambda: asked(world.buyer, order, 1)


@leaves(
    "returns.ask.make",
    "return.requested by key",
    "return.approved by key",
    f"{CHANGED} key",
    f"{CHANGED} key",
)
async def a_return_by_staff(world: World) -> Act:
    order = await an_order(world)
    draft = {"lines": units(order, 1), "reason": "changed_mind"}
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/returns", json=draft)


@leaves("returns.ask.withdraw_own", "return.withdrawn by guest", f"{CHANGED} guest")
async def a_withdrawn_request(world: World) -> Act:
    order = await an_order(world)
    of = await asked(world.buyer, order, 1)
    address = f"/v1/orders/{order['id']}/returns/{of['id']}/withdraw"
    return lambda: world.buyer.post(address, headers=key_to(order))


@leaves("returns.ask.withdraw", "return.withdrawn by key", f"{CHANGED} key")
async def a_return_withdrawn_by_staff(world: World) -> Act:
    of = await asked(world.buyer, await an_order(world), 1)
    return lambda: step(world.staff, of, "withdraw")


@leaves("returns.decide.approve", "return.approved by key", f"{CHANGED} key")
async def an_approved_return(world: World) -> Act:
    of = await asked(world.buyer, await an_order(world), 1)
    return lambda: step(world.staff, of, "approve")


@leaves("returns.decide.refuse", "return.refused by key", f"{CHANGED} key")
async def a_refused_return(world: World) -> Act:
    of = await asked(world.buyer, await an_order(world), 1)
    return lambda: step(world.staff, of, "refuse", reason="No.")


@leaves(
    "returns.settle.receive", "return.received by key", f"{CHANGED} key", "stock.changed by key"
)
async def a_received_return(world: World) -> Act:
    order = await an_order(world)
    of = await approved(world.staff, world.buyer, order, 1)
    return lambda: step(world.staff, of, "receipts", lines=arrived(order, 1))


@leaves(
    "returns.settle.close",
    "return.closed by key",
    f"{CHANGED} key",
    "order.refunded by key",
    "refund.created by key",
)
async def a_closed_return(world: World) -> Act:
    of = await received(world.staff, world.buyer, await an_order(world), 1)
    return lambda: step(world.staff, of, "close")


@leaves(
    "returns.settle.close",
    "return.closed by key",
    f"{CHANGED} key",
    f"{CHANGED} key",
    "order.refunded by key",
    "refund.created by key",
    "order.placed by key",
)
async def an_exchange(world: World) -> Act:
    sku = await a_sku_for_sale(world.staff, price=500)
    wanted = {"exchange": [{"sku": sku, "quantity": 1}]}
    of = await received(world.staff, world.buyer, await an_order(world), 1, **wanted)
    return lambda: step(world.staff, of, "close")


@leaves(
    "returns.settle.exchange",
    "return.exchanged by key",
    f"{CHANGED} key",
    f"{CHANGED} key",
    "order.placed by key",
    "stock.changed by key",
)
async def an_early_exchange(world: World) -> Act:
    sku = await a_sku_for_sale(world.staff, price=500)
    of = await approved(world.staff, world.buyer, await an_order(world), 1)
    draft = {"exchange": [{"sku": sku, "quantity": 1}]}
    return lambda: step(world.staff, of, "exchange", **draft)


@leaves("returns.expire._expire", "return.expired by system", f"{CHANGED} system")
async def an_expired_return(world: World) -> Act:
    of = await approved(world.staff, world.buyer, await an_order(world), 1)
    while await expire(Context(utcnow())):
        pass
    await change("UPDATE returns SET expires_at = now() WHERE id = %s", of["id"])
    return lambda: expire(Context(utcnow()))
