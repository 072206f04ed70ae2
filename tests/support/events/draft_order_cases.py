"""Draft orders, and what each step leaves in the events: see `use_cases.py`."""

from typing import Any

from support.events.use_cases import Act, World, leaves
from support.people import an_address
from support.products import ADDRESS, a_shipping_option, a_sku_for_sale

ALL = "/v1/admin/draft-orders"


async def a_wish(world: World) -> dict[str, Any]:
    return {
        "email": an_address(),
        "lines": [{"sku": await a_sku_for_sale(world.staff), "quantity": 1}],
        "shipping_address": ADDRESS,
        "shipping_option": await a_shipping_option(),
    }


async def a_draft(world: World) -> str:
    made = await world.staff.post(ALL, json=await a_wish(world))
    assert made.status_code == 201, made.text
    return f"{ALL}/{made.json()['id']}"


@leaves("draft_orders.write.create", "draft_order.created by key")
async def a_draft_order(world: World) -> Act:
    wish = await a_wish(world)
    return lambda: world.staff.post(ALL, json=wish)


@leaves("draft_orders.write.change", "draft_order.changed by key")
async def a_changed_draft_order(world: World) -> Act:
    where = await a_draft(world)
    return lambda: world.staff.patch(where, json={"note": "Call first"})


@leaves("draft_orders.write.remove", "draft_order.deleted by key")
async def a_deleted_draft_order(world: World) -> Act:
    where = await a_draft(world)
    return lambda: world.staff.delete(where)


@leaves("draft_orders.send.send", "draft_order.sent by key")
async def a_sent_draft_order(world: World) -> Act:
    where = await a_draft(world)
    return lambda: world.staff.post(f"{where}/send")


@leaves(
    "draft_orders.order.complete",
    "draft_order.completed by key",
    "order.placed by key",
    "order.paid by key",
    "stock.changed by key",
)
async def a_completed_draft_order(world: World) -> Act:
    where = await a_draft(world)
    return lambda: world.staff.post(f"{where}/complete", json={"paid": True})


@leaves(
    "draft_orders.order.accept",
    "draft_order.completed by guest",
    "order.placed by guest",
    "stock.changed by guest",
)
async def an_accepted_draft_order(world: World) -> Act:
    where = await a_draft(world)
    url = (await world.staff.post(f"{where}/send")).json()["url"]
    headers = {"X-Draft-Order-Token": url.rpartition("access_token=")[2]}
    order = f"{where.replace('/admin', '')}/order"
    return lambda: world.buyer.post(order, headers=headers)
