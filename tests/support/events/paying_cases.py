"""Orders that are paid later, and what each way leaves in the events: see `use_cases.py`."""

from httpx import Response
from support.events.use_cases import Act, World, leaves
from support.payments.books import channel
from support.people import an_address
from support.products import an_order


async def pay(world: World, order: dict[str, str], token: str) -> Response:
    draft = {"payment": {"provider": "test", "token": token}}
    headers = {"X-Order-Token": order["access_token"]}
    return await world.buyer.post(f"/v1/orders/{order['id']}/payments", json=draft, headers=headers)


@leaves("orders.settle._record", "payment.captured by guest", "order.paid by guest")
async def an_order_paid_later(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    return lambda: pay(world, order, "ok")


@leaves("orders.settle._record", "payment.declined by guest")
async def an_order_that_is_not_paid(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    return lambda: pay(world, order, "decline")


@leaves(
    "orders.settle._record",
    "channel.changed by key",
    "channel.changed by key",
    "payment.authorised by guest",
    "order.authorised by guest",
)
async def an_order_authorised_later(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)

    async def act() -> object:
        async with channel(world.staff, capture="manual"):
            return await pay(world, order, "ok")

    return act


@leaves("orders.paying.request.request_payment", "order.payment_requested by key")
async def a_payment_link(world: World) -> Act:
    order = await an_order(world.staff, world.buyer, email=an_address())
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/payment-link")
