"""Edits of orders, and what each leaves in the events: see `use_cases.py`."""

from support.events.use_cases import Act, World, leaves
from support.people import an_address
from support.products import an_order


async def an_edit(world: World, provider: str, quantity: int) -> Act:
    order = await an_order(world.staff, world.buyer, provider, email=an_address())
    lines = [{"line": order["lines"][0]["id"], "quantity": quantity}]
    draft = {"reason": "The buyer called", "lines": lines}
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/edits", json=draft)


@leaves("order_edits.edit._edit", "order.edited by key", "stock.changed by key")
async def an_edit_that_costs_more(world: World) -> Act:
    return await an_edit(world, "manual", 3)


@leaves(
    "order_edits.edit._edit",
    "order.edited by key",
    "refund.created by key",
    "stock.changed by key",
)
async def an_edit_that_costs_less(world: World) -> Act:
    return await an_edit(world, "test", 1)
