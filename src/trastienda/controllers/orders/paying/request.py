"""Staff ask the buyer of an order to pay it."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.payments.payment import PaymentLink
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.mail.facts.payments import payment_page
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.orders import access, books, orders
from trastienda.services.payments.settlement import of_orders


@use_case
async def request_payment(
    order_id: UUID, mail_settings: MailSettings, context: Context
) -> PaymentLink:
    """Mail the buyer of an order the link where they pay it, and return it.

    Raise OrderNotFound, OrderChanged, OrderClosed or OrderAlreadyPaid.
    """
    async with transaction(context.once) as session:
        order = await orders.claim(session, order_id, context.seen)
        await books.catch_up(session, order, context.asked_at)
        amount = await of_orders.owed(session, order)
        view = await orders.by_id(session, order_id)
        data = {**orders.snapshot(view, order.locale), "amount": amount}
        await events.append(session, event_types.ORDER_PAYMENT_REQUESTED, order_id, data, context)
        return await session.answer(_link(view, amount, mail_settings, context.asked_at))


def _link(view: OrderView, amount: int, mail_settings: MailSettings, now: datetime) -> PaymentLink:
    return PaymentLink(
        order_id=view.id,
        email=view.email,
        amount=amount,
        currency=view.currency,
        url=payment_page(mail_settings, view.id, now),
        expires_at=now + access.LIFETIME,
    )
