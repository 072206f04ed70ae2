"""Draft orders, and what each step leaves in the events: see `use_cases.py`."""

from datetime import timedelta
from typing import Any, LiteralString
from uuid import UUID

from support.background import change
from support.events.use_cases import Act, World, leaves
from support.people import an_address
from support.products import ADDRESS, a_shipping_option, a_sku_for_sale

from trastienda.controllers.draft_orders import settle_due
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context

ALL = "/v1/admin/draft-orders"
EXPIRES = "UPDATE draft_orders SET expires_at = now() WHERE id = %s"
LETS_GO = "UPDATE draft_orders SET reserve_until = now() WHERE id = %s"
REMINDS = """UPDATE draft_orders SET expires_at = now() + interval '1 hour',
    sent_at = now() - interval '3 hours' WHERE id = %s"""


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


async def it_is_late(draft: str, statement: LiteralString) -> UUID:
    draft_id = UUID(draft.rpartition("/")[2])
    await change(statement, draft_id)
    return draft_id


@leaves("draft_orders.expire.settle_due", "draft_order.expired by system")
async def an_expired_draft_order(world: World) -> Act:
    draft_id = await it_is_late(await a_draft(world), EXPIRES)
    return lambda: settle_due(draft_id, Context(utcnow()))


@leaves(
    "draft_orders.expire.settle_due",
    "draft_order.stock_released by system",
    "stock.changed by system",
)
async def a_draft_order_that_let_its_stock_go(world: World) -> Act:
    where = await a_draft(world)
    until = (utcnow() + timedelta(days=1)).isoformat()
    assert (await world.staff.patch(where, json={"reserve_until": until})).is_success
    draft_id = await it_is_late(where, LETS_GO)
    return lambda: settle_due(draft_id, Context(utcnow()))


@leaves("draft_orders.expire.settle_due", "draft_order.reminded by system")
async def a_reminder_of_a_draft_order(world: World) -> Act:
    where = await a_draft(world)
    assert (await world.staff.post(f"{where}/send")).is_success
    draft_id = UUID(where.rpartition("/")[2])
    await it_is_late(where, REMINDS)
    return lambda: settle_due(draft_id, Context(utcnow()))


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
