"""Exchanges: a new order of what the customer wants instead, which the returned goods pay.

The money goes from one order to the other without a provider: a transfer of the refund by
`exchange`, and a payment by `exchange`. So both orders balance, and it never holds any cash.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from msgspec import convert

from trastienda.database.db import Session, prepared
from trastienda.database.models.carts.cart import SkuUnknown
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.orders.order import Order, PaymentStatus
from trastienda.database.models.payments.payment import Payment, PaymentState
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict
from trastienda.schemas.carts.cart import Contact, LineDraft
from trastienda.schemas.orders.order import Checkout, OrderDraft, OrderPayment, PaymentChoice
from trastienda.schemas.outside.outside import VatCheck
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.filling import filling
from trastienda.services.invoices import moments
from trastienda.services.orders import placing, reservations
from trastienda.services.orders.drafts import freeze
from trastienda.services.payments import EXCHANGE, MANUAL

_KNOWN = prepared("SELECT sku FROM variants WHERE sku = ANY (%(skus)s)")


class Exchanged(NamedTuple):
    """The new order of an exchange."""

    draft: OrderDraft
    credit: int
    """What the returned goods pay of it, in minor units."""


async def expect_known(session: Session, wanted: Sequence[LineDraft]) -> None:
    """Raise SkuUnknown for what the shop has never sold; whether it is in stock shows later."""
    skus = [line.sku for line in wanted]
    known = {row[0] for row in await _KNOWN.rows(session, skus=skus)}
    for index, sku in enumerate(skus):
        if sku not in known:
            raise SkuUnknown(sku=sku, pointer=f"/exchange/{index}/sku")


async def draft(
    session: Session,
    order: Order,
    wanted: Sequence[LineDraft],
    shipping_option: UUID | None,
    context: Context,
) -> OrderDraft:
    """Price what is wanted as a checkout of today would, for the buyer of a locked order.

    Its stock is reserved. It is sent to the same address, in the way that is named or else as
    before. Raise SkuUnknown, QuantityTooLarge, ShippingOptionNotFound, ExchangeNotShippable,
    CartNotReady or OutOfStock.
    """
    chosen = shipping_option or _as_before(order)
    buyer = Visitor(user_id=order.customer_id)
    asked = Context(context.asked_at, Locale(order.locale), by=context.by)
    cart = await filling.create(session, buyer, wanted, order.currency, asked)
    contact = Contact(
        email=order.email,
        shipping_address=convert(order.shipping_address, Address),
        billing_address=convert(order.billing_address, Address),
        shipping_option=chosen,
        vat_number=order.vat_number,
    )
    check = convert(order.vat_check, VatCheck) if order.vat_check else None
    filled = await carts.set_contact(session, buyer, cart.id, carts.Buyer(contact, check), asked)
    frozen = freeze(assess(filled, asked), Checkout(PaymentChoice(MANUAL)), asked)
    await reservations.reserve(session, frozen, asked)
    return frozen


async def place(session: Session, exchanged: Exchanged, context: Context) -> None:
    """Write the new order, with what the returned goods pay of it; the buyer owes the rest."""
    frozen, credit = exchanged
    if not credit:
        await placing.place(session, frozen, None, context)
        await moments.came(session, frozen.id, InvoiceMoment.PLACED)
        return
    payment = Payment(
        cart_id=None,
        provider=EXCHANGE,
        token=None,
        once=None,
        once_digest=None,
        amount=credit,
        currency=frozen.currency,
        snapshot=None,
        leased_until=None,
        created_at=context.asked_at,
        state=PaymentState.CAPTURED,
        order_id=frozen.id,
        captured=credit,
    )
    whole = credit >= frozen.totals.total
    paid = OrderPayment(
        payment_id=payment.id,
        provider=EXCHANGE,
        status=PaymentStatus.PAID if whole else PaymentStatus.PARTIALLY_PAID,
        captured=credit,
    )
    await placing.place(session, frozen, paid, context)
    session.orm.add(payment)
    await session.orm.flush()
    await moments.came(session, frozen.id, InvoiceMoment.PLACED)
    if whole:
        await moments.came(session, frozen.id, InvoiceMoment.PAID)


def _as_before(order: Order) -> UUID:
    """Return the shipping option that the order was sent with. Raise ExchangeNotShippable."""
    before = order.shipping_option.get("id")
    if before is None:
        raise ExchangeNotShippable
    return UUID(str(before))


class ExchangeNotShippable(Conflict):
    """Say how the new order is to be sent: the way of the old one is not there any more."""
