"""Exchanges: a new order of what the customer wants instead, which the returned goods pay.

The money goes from one order to the other without a provider: a transfer of the refund by
`exchange`, and a payment by `exchange`. So both orders balance, and it never holds any cash.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from msgspec import convert, structs

from trastienda.database.db import Session, prepared
from trastienda.database.models.carts.cart import SkuUnknown
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.orders.order import Order, OrderStatus, PaymentStatus
from trastienda.database.models.orders.order_errors import OrderNotCaptured
from trastienda.database.models.payments.payment import Payment, PaymentState
from trastienda.database.models.returns.order_return import OrderReturn
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict, Invalid
from trastienda.schemas.carts.cart import CartLineRow, Contact, LineDraft
from trastienda.schemas.orders.order import Checkout, OrderDraft, OrderPayment, PaymentChoice
from trastienda.schemas.outside.outside import VatCheck
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import carts
from trastienda.services.carts.assessment import assess
from trastienda.services.carts.filling import filling
from trastienda.services.events import events
from trastienda.services.events.types import ORDER_PAID
from trastienda.services.invoices import moments
from trastienda.services.orders import orders, placing, reservations
from trastienda.services.orders.drafts import freeze
from trastienda.services.payments import EXCHANGE, MANUAL, manual
from trastienda.services.payments.settlement import of_orders
from trastienda.services.stock import reserved

_KNOWN = prepared("""
    SELECT variants.sku, variants.id, products.gift_card FROM variants
    JOIN products ON products.id = variants.product_id WHERE variants.sku = ANY (%(skus)s)
""")


class Exchanged(NamedTuple):
    """The new order of an exchange."""

    draft: OrderDraft
    credit: int
    """What the returned goods pay of it, in minor units."""


async def known(session: Session, wanted: Sequence[LineDraft]) -> Counter[UUID]:
    """Count the units of each variant that is wanted.

    Raise SkuUnknown for what nobody sells, and GiftCardNotExchanged for what only money buys.
    """
    rows = await _KNOWN.rows(session, skus=[line.sku for line in wanted])
    variants = {sku: (variant_id, gift_card) for sku, variant_id, gift_card in rows}
    units: Counter[UUID] = Counter()
    for index, line in enumerate(wanted):
        pointer = f"/exchange/{index}/sku"
        if line.sku not in variants:
            raise SkuUnknown(sku=line.sku, pointer=pointer)
        variant_id, gift_card = variants[line.sku]
        if gift_card:
            raise GiftCardNotExchanged(sku=line.sku, pointer=pointer)
        units[variant_id] += line.quantity
    return units


async def hold(
    session: Session, of: OrderReturn, wanted: Sequence[LineDraft], context: Context
) -> None:
    """Reserve what is wanted instead of a locked return, under its id, until it ends.

    Raise SkuUnknown, GiftCardNotExchanged or OutOfStock.
    """
    await reservations.hold(session, of.id, await known(session, wanted), context)


async def let_go(session: Session, of: OrderReturn, context: Context) -> None:
    """Release what was reserved for a locked return that has ended."""
    await reservations.hold(session, of.id, Counter(), context)


async def draft(
    session: Session,
    of: tuple[Order, OrderReturn],
    wanted: Sequence[LineDraft],
    shipping_option: UUID | None,
    context: Context,
) -> OrderDraft:
    """Price what is wanted as a checkout of today would, for the buyer of a locked order's return.

    It takes over what is reserved for the return, and reserves the rest. It is sent to the same
    address, in the way that is named or else as before. Raise SkuUnknown, QuantityTooLarge,
    ShippingOptionNotFound, ExchangeNotShippable, CartNotReady or OutOfStock.
    """
    order, returned = of
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
    held = await reserved.units(session, returned.id)
    filled.lines = [
        structs.replace(it, available=it.available + _of(held, it)) for it in filled.lines
    ]
    frozen = freeze(assess(filled, asked), Checkout(PaymentChoice(MANUAL)), asked)
    if held:
        await reservations.hold(session, returned.id, _units(frozen), asked)
        held = await reservations.hand_over(session, returned.id, frozen.id)
    await reservations.reserve(session, frozen, asked, held)
    return frozen


def _of(held: Counter[UUID], line: CartLineRow) -> int:
    return held[line.variant_id] if line.variant_id else 0


def _units(frozen: OrderDraft) -> Counter[UUID]:
    units: Counter[UUID] = Counter()
    for line in frozen.lines:
        if line.variant_id is not None:
            units[line.variant_id] += line.quantity
    return units


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


async def early(session: Session, of: OrderReturn) -> Order | None:
    """Lock the order that was made before a return is closed; None if there is none to be paid."""
    if of.exchange_order_id is None:
        return None
    order = await orders.claim(session, of.exchange_order_id, None)
    return order if order.status is OrderStatus.OPEN and order.owed > 0 else None


async def pay(session: Session, order: Order, credit: int, context: Context) -> None:
    """Let returned goods pay a locked order that was made before they arrived.

    Raise OrderNotCaptured or PaymentBusy while its buyer pays it, or money is held for it.
    """
    if not credit:
        return
    await of_orders.expect_none_under_way(session, order.id)
    if await of_orders.held(session, order.id):
        raise OrderNotCaptured
    order.take(credit)
    await manual.note(session, order, credit, context.asked_at, EXCHANGE)
    data = orders.snapshot(await orders.by_id(session, order.id), order.locale)
    await events.append(session, ORDER_PAID, order.id, data, context)
    if order.owed <= 0:
        await moments.came(session, order.id, InvoiceMoment.PAID)


def _as_before(order: Order) -> UUID:
    """Return the shipping option that the order was sent with. Raise ExchangeNotShippable."""
    before = (order.shipping_option or {}).get("id")
    if before is None:
        raise ExchangeNotShippable
    return UUID(str(before))


class GiftCardNotExchanged(Invalid):
    """Goods are not exchanged for gift cards."""


class NothingWanted(Conflict):
    """Say what is wanted instead: this return does not."""


class ExchangeNotShippable(Conflict):
    """Say how the new order is to be sent: the way of the old one is not there any more."""
