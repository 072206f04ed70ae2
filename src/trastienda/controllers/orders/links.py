"""A new link to an order, by mail to the address it was placed with."""

from trastienda.database.db import transaction, use_case
from trastienda.schemas.orders.order import OrderLinkDraft, OrderLinkView
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import throttles
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.orders import access, orders
from trastienda.services.shared import email_addresses as mailboxes


@use_case
async def ask_for_link(
    wanted: OrderLinkDraft, client: str | None, context: Context
) -> OrderLinkView:
    """Record a request for a link; neither the answer nor its timing shows if there is an order.

    `client` is the network address to count, or None where limits are off. Raise SlowDown or
    AddressUnusable.
    """
    mailboxes.parse(wanted.email)
    limits, now = throttles.for_order_link(wanted.email, client), context.asked_at
    async with transaction(context.once) as session:
        await throttles.refuse(session, limits, now)
        await throttles.record(session, limits, now)
        await access.request_link(session, wanted.number, wanted.email, now)
        return await session.answer(OrderLinkView(email=wanted.email))


@use_case
async def send_links(context: Context) -> int:
    """Tell of the orders that somebody wants a link to, a batch; return how many were looked at."""
    async with transaction() as session:
        looked_at, found = await access.take_link_requests(session)
        for order_id in found:
            order = await orders.claim(session, order_id, None)
            data = orders.snapshot(await orders.by_id(session, order_id), order.locale)
            await events.append(session, event_types.ORDER_LINK_WANTED, order_id, data, context)
    return looked_at
