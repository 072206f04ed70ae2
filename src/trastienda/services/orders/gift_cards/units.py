"""The units of a locked order that are gift cards: issued, and taken back."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from trastienda.database.db import Session
from trastienda.database.models.orders.order import Order, OrderStatus
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.ledger.booking import Booking, TaxedAmount
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.gift_card import GiftCardLine, GiftRecipient
from trastienda.services.credit import sold
from trastienda.services.credit.sold import Sale, Unit
from trastienda.services.orders.gift_cards import due


async def issue(session: Session, order: Order, context: Context) -> bool:
    """Issue the gift cards of an order, if all of it is paid; say whether there were any."""
    if order.status is OrderStatus.OPEN and order.owed > 0:
        return False
    await due.forget(session, order.id)
    units = _unissued(order) if order.status is OrderStatus.OPEN else []
    if not units:
        return False
    for line in order.lines:
        if line.gift_card is not None:
            line.fulfilled_quantity += line.unfulfilled_quantity
    order.fulfil()
    await session.orm.flush()
    country = str(order.billing_address["country"])
    sale = Sale(order.id, order.currency, country, Locale(order.locale))
    await sold.issue(session, sale, units, context)
    return True


async def take_back(
    session: Session,
    order: Order,
    refund_id: UUID,
    given: Sequence[TaxedAmount],
    context: Context,
) -> list[Booking]:
    """Take the gift cards of a refund back; return what is to be booked beside it.

    Units that were not issued will not be. Raise GiftCardUsed if others were used.
    """
    wanted = {it.line_id: it.quantity for it in given if it.gift_card}
    issued: dict[UUID, int] = {}
    for line in order.lines:
        quantity = wanted.get(line.id, 0)
        unissued = min(quantity, line.unfulfilled_quantity)
        line.removed_quantity += unissued
        if quantity > unissued:
            issued[line.id] = quantity - unissued
            line.returned_quantity += issued[line.id]
    if not wanted:
        return []
    order.count_fulfilled()
    await session.orm.flush()
    return await sold.take_back(session, order.id, refund_id, issued, context) if issued else []


async def give_back(
    session: Session, order: Order, refund_id: UUID, given: Sequence[TaxedAmount], context: Context
) -> list[Booking]:
    """Give back what a refund that is withdrawn had taken; return what is to be booked beside it.

    Units that it had kept from being issued are issued.
    """
    wanted = {it.line_id: it.quantity for it in given if it.gift_card}
    if not wanted:
        return []
    cards, booked = await sold.give_back(session, order.id, refund_id, context)
    for line in order.lines:
        line.returned_quantity -= cards[line.id]
        line.removed_quantity -= wanted.get(line.id, 0) - cards[line.id]
    order.count_fulfilled()
    await session.orm.flush()
    await issue(session, order, context)
    return booked


def _unissued(order: Order) -> list[Unit]:
    units = []
    for line in order.lines:
        if line.gift_card is None:
            continue
        about = msgspec.convert(line.gift_card, GiftCardLine)
        recipient = about.recipient or GiftRecipient(email=order.email)
        first = line.fulfilled_quantity + 1
        units += [
            Unit(line.id, number, line.unit_price, recipient)
            for number in range(first, first + line.unfulfilled_quantity)
        ]
    return units
