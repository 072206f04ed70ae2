"""The gift cards of an order are issued once it is paid, each unit once."""

from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.orders.order import FulfilmentStatus
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import ORDER_FULFILMENT_CHANGED
from trastienda.services.invoices import moments
from trastienda.services.orders import orders
from trastienda.services.orders.gift_cards import due, units


async def issue_gift_cards(context: Context) -> int:
    """Issue the gift cards of the orders that are paid, a batch; return how many orders.

    Each has a transaction of its own, which has its row for itself: whoever is second, or comes
    again after a crash, finds nothing to issue.
    """
    async with reading() as session:
        found = await due.paid(session)
    for order_id in found:
        await _issue(order_id, context)
    return len(found)


@use_case
async def _issue(order_id: UUID, context: Context) -> None:
    async with transaction() as session:
        order = await orders.claim(session, order_id, None)
        if not await units.issue(session, order, context):
            return
        data = orders.snapshot(await orders.by_id(session, order_id), order.locale)
        await events.append(session, ORDER_FULFILMENT_CHANGED, order_id, data, context)
        if order.fulfilment_status is FulfilmentStatus.FULFILLED:
            await moments.came(session, order_id, InvoiceMoment.FULFILLED)
