"""What a return pays back when it is closed: the worth of what arrived, less what policy says."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from msgspec import convert

from trastienda.database.db import Reading
from trastienda.database.models.orders.order import Order
from trastienda.database.models.returns.order_return import OrderReturn, ReturnExchanged
from trastienda.database.models.returns.policy import ReturnPolicy, ShippingRefund
from trastienda.schemas.carts.cart import LineDraft
from trastienda.schemas.ledger.booking import TaxedAmount
from trastienda.schemas.returns.order_return import ReturnClosing, Settlement
from trastienda.services.orders import orders
from trastienda.services.payments import refundable, refunds
from trastienda.services.pricing.rounding import WHOLE, half_up, rate
from trastienda.services.returns import policies, returns


class Worth(NamedTuple):
    """What a return pays back."""

    given: list[TaxedAmount]
    """By line and tax rate, after the deduction; at most what was captured and is not promised."""
    goods: int
    shipping: int
    deduction: int


def wanted(settled: OrderReturn, closing: ReturnClosing) -> list[LineDraft]:
    """Return what a return is exchanged for: what staff say, or else what the customer wants.

    Where staff pay nothing back, nothing is exchanged either, unless they say what. Raise
    ReturnExchanged where that is ordered already.
    """
    if settled.exchange_order_id is not None:
        if closing.exchange:
            raise ReturnExchanged
        return []
    if closing.exchange is not None:
        return closing.exchange
    return convert(settled.exchange, list[LineDraft]) if closing.refund else []


def total(found: Worth) -> int:
    """Return what a return pays back in all, in minor units."""
    return _sum(found.given)


async def worth(
    session: Reading, order: Order, settled: OrderReturn, closing: ReturnClosing
) -> Worth:
    """Say what a return of an order pays back, of what has arrived and is not refunded yet."""
    if not closing.refund:
        return Worth([], 0, 0, 0)
    policy = await policies.of_channel(session, order.channel_id)
    rest = await refunds.left(session, await orders.by_id(session, order.id))
    arrived = Counter({line.line_id: line.received_quantity for line in settled.lines})
    goods = refundable.units(rest, arrived)
    whole = _sum(goods)
    deduction = min(whole, _deduction(policy, settled, closing, (order.currency, whole)))
    kept = refundable.less(goods, deduction)
    freight = _freight(rest, arrived, policy, (closing, order.currency))
    given = [*kept, *freight]
    over = max(0, _sum(given) - order.refundable)
    paid_back = refundable.less(given, over)
    return Worth(paid_back, whole, _sum(freight), deduction if order.refundable else 0)


async def preview(session: Reading, return_id: UUID, closing: ReturnClosing) -> Settlement:
    """Say what closing a return would pay back now. Raise ReturnNotFound."""
    settled = await returns.read(session, return_id)
    order = await session.orm.get_one(Order, settled.order_id)
    found = await worth(session, order, settled, closing)
    return Settlement(
        return_id=settled.id,
        currency=order.currency,
        goods=found.goods,
        shipping=found.shipping,
        deduction=found.deduction,
        refund=_sum(found.given),
    )


def _deduction(
    policy: ReturnPolicy, settled: OrderReturn, closing: ReturnClosing, of: tuple[str, int]
) -> int:
    """Say what the merchant keeps of goods of this worth: staff's word counts before the policy."""
    currency, worth_of_goods = of
    usual = settled.charges_fees
    fee = int(policy.return_fees.get(currency, 0)) if usual else 0
    percent = policy.restocking_percent if usual else Decimal(0)
    if closing.return_fee is not None:
        fee = closing.return_fee
    if closing.restocking_percent is not None:
        percent = Decimal(closing.restocking_percent)
    return fee + half_up(worth_of_goods * rate(percent), WHOLE)


def _freight(
    rest: Sequence[TaxedAmount],
    arrived: Counter[UUID],
    policy: ReturnPolicy,
    of: tuple[ReturnClosing, str],
) -> list[TaxedAmount]:
    """Return what is paid back of the outward shipping."""
    closing, currency = of
    freight = [taxed for taxed in rest if taxed.line_id is None and taxed.amount]
    if closing.shipping is not None:
        return freight if closing.shipping == "all" else []
    stays = any(
        taxed.quantity > arrived[taxed.line_id] for taxed in rest if taxed.line_id is not None
    )
    if stays or policy.shipping_refund is ShippingRefund.NEVER:
        return []
    most = policy.standard_shipping.get(currency)
    over = 0 if most is None else max(0, _sum(freight) - int(most))
    return refundable.less(freight, over)


def _sum(amounts: Sequence[TaxedAmount]) -> int:
    return sum(taxed.amount for taxed in amounts)
