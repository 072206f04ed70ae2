"""What can be done with refunds, and what each leaves in the events: see `use_cases.py`."""

from typing import Any

from support.events.use_cases import Act, World, leaves
from support.payments.books import rows
from support.products import an_order
from support.refunds import granted, send_all

from trastienda.controllers import payments
from trastienda.controllers.orders.notices import settle_refund
from trastienda.controllers.payments import simulated
from trastienda.database.db import reading, utcnow
from trastienda.database.models.payments.refund import TransferState
from trastienda.schemas.shared.context import Context
from trastienda.services.payments import Providers, transfers
from trastienda.services.payments.port import Charge, RefundStanding
from trastienda.services.payments.simulated.cards import SimulatedCards

PAID_BACK = ("order.refunded by key", "refund.created by key")


class Refusing(SimulatedCards):
    """Refuses every refund."""

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:  # noqa: ARG002 - the port's signature
        return RefundStanding(TransferState.REFUSED, reason="insufficient_funds")


def refusing() -> Providers:
    return Providers({"test": Refusing(simulated, "https://localhost:8443")})


async def a_refund(world: World) -> dict[str, Any]:
    """Grant a refund, and nothing else that waits to be sent."""
    await send_all(world.shop)
    return await granted(world.staff, await an_order(world.staff, world.buyer, "test"), amount=100)


async def a_refused_refund(world: World) -> str:
    made = await a_refund(world)
    await send_all(world.shop, refusing())
    return f"/v1/admin/refunds/{made['id']}"


@leaves("payments.refund.refund", *PAID_BACK)
async def a_granted_refund(world: World) -> Act:
    order = await an_order(world.staff, world.buyer, "test")
    return lambda: granted(world.staff, order, amount=100)


@leaves("payments.send.record", "refund.succeeded by system")
async def a_sent_refund(world: World) -> Act:
    await a_refund(world)
    return lambda: payments.send_refunds(world.shop.process.providers, Context(utcnow()))


@leaves("orders.notices.settle_refund", "refund.failed by system")
async def a_returned_refund(world: World) -> Act:
    made = await a_refund(world)
    await send_all(world.shop)
    (row,) = await rows(
        "SELECT payment_id, reference FROM refund_transfers WHERE refund_id = %s", made["id"]
    )
    async with reading() as session:
        transfer = await transfers.of_reference(session, row["payment_id"], row["reference"])
    assert transfer is not None
    returned = RefundStanding(TransferState.REFUSED, row["reference"], "account_closed")
    return lambda: settle_refund(transfer, returned, Context(utcnow()))


@leaves("payments.send.record", "refund.failed by system")
async def a_failed_refund(world: World) -> Act:
    await a_refund(world)
    return lambda: payments.send_refunds(refusing(), Context(utcnow()))


@leaves("payments.refund.withdraw", "order.refunded by key", "refund.withdrawn by key")
async def a_withdrawn_refund(world: World) -> Act:
    address = await a_refused_refund(world)
    return lambda: world.staff.post(f"{address}/withdraw")


@leaves("orders.decide._cancel", *PAID_BACK, "order.cancelled by key", "stock.changed by key")
async def a_cancelled_paid_order(world: World) -> Act:
    order = await an_order(world.staff, world.buyer, "test")
    return lambda: world.staff.post(f"/v1/admin/orders/{order['id']}/cancel")
