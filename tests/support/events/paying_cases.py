"""Orders that are paid later, and what each way leaves in the events: see `use_cases.py`."""

from collections.abc import Sequence
from uuid import UUID

from httpx import Response
from support.events.use_cases import Act, World, leaves
from support.payments.books import channel
from support.people import an_address
from support.products import an_order

from trastienda.controllers.orders.notices import settle_dispute
from trastienda.database.db import reading, utcnow
from trastienda.database.models.payments.dispute import DisputeState
from trastienda.schemas.shared.context import Context
from trastienda.services.payments.port import DisputeStanding
from trastienda.services.payments.settlement import of_orders


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


@leaves("orders.settle._record", "payment.expired by guest")
async def an_order_whose_buyer_gives_up(world: World) -> Act:
    order = await an_order(world.staff, world.buyer)
    await pay(world, order, "challenge")
    headers = {"X-Order-Token": order["access_token"]}
    return lambda: world.buyer.delete(f"/v1/orders/{order['id']}/payment", headers=headers)


@leaves("orders.paying.request.request_payment", "order.payment_requested by key")
async def a_payment_link(world: World) -> Act:
    order = await an_order(world.staff, world.buyer, email=an_address())
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/payment-link")


async def disputed(world: World, *states: DisputeState) -> Sequence[Act]:
    """Prepare what a provider says of a dispute of a payment, one after the other."""
    order = await an_order(world.staff, world.buyer, "test")
    async with reading() as session:
        payment = await of_orders.newest(session, UUID(order["id"]))
    assert payment is not None
    amount = payment.amount

    def say(state: DisputeState) -> Act:
        standing = DisputeStanding("dp_1", state, amount, amount, "fraudulent")
        return lambda: settle_dispute(payment, standing, Context(utcnow()))

    return [say(state) for state in states]


@leaves("orders.notices.settle_dispute", "payment.disputed by system")
async def a_disputed_payment(world: World) -> Act:
    (opened,) = await disputed(world, DisputeState.NEEDS_RESPONSE)
    return opened


@leaves("orders.notices.settle_dispute", "payment.dispute_changed by system")
async def a_dispute_that_goes_on(world: World) -> Act:
    opened, goes_on = await disputed(world, DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW)
    await opened()
    return goes_on


@leaves("orders.notices.settle_dispute", "payment.dispute_closed by system")
async def a_lost_dispute(world: World) -> Act:
    opened, lost = await disputed(world, DisputeState.NEEDS_RESPONSE, DisputeState.LOST)
    await opened()
    return lost
