"""What PayPal's record of a payment means for the shop. Pure."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.paypal.records import (
    Authorization,
    Capture,
    Order,
    Payments,
    Refund,
)
from trastienda.services.payments.port import Charge, RefundStanding, Standing
from trastienda.services.payments.remote.amounts import minor

log = structlog.get_logger()
HONOURED = timedelta(days=3)
"""How long PayPal vouches for what is held; afterwards it is authorised anew, under another id."""
_TWO = "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD"
_NONE = "HUF JPY TWD"
DECIMALS = dict.fromkeys(_TWO.split(), 2) | dict.fromkeys(_NONE.split(), 0)
"""The currencies that PayPal documents, each with its decimals: some have fewer than ISO 4217."""
APPROVED = "APPROVED"
"""The buyer has said yes, and nothing has been taken yet."""
_WAITING = frozenset({"CREATED", "SAVED", "PAYER_ACTION_REQUIRED", APPROVED})
TAKEN = frozenset({"COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"})
_HELD, PENDING = "CREATED", "PENDING"
_LOST = {
    "VOIDED": PaymentState.VOIDED,
    "EXPIRED": PaymentState.EXPIRED,
    "DENIED": PaymentState.DECLINED,
}
_REFUNDS = {
    "COMPLETED": TransferState.DONE,
    "PENDING": TransferState.PENDING,
    "FAILED": TransferState.REFUSED,
    "CANCELLED": TransferState.REFUSED,
}


def standing(order: Order, charge: Charge) -> Standing:
    """Say how a payment stands. Raise PaymentUnclear for what is not ours, or not understood."""
    unit = order.purchase_units[0] if order.purchase_units else None
    if unit is None or unit.custom_id != str(charge.payment_id):
        log.error("an order at paypal is not the payment's", payment=str(charge.payment_id))
        raise PaymentUnclear
    found = _of_captures(order) or _of_authorizations(order) or _of_order(order)
    return found._replace(
        reference=order.id,
        amount=minor(unit.amount.value, unit.amount.currency_code),
        currency=unit.amount.currency_code,
    )


def held(order: Order) -> Authorization | None:
    """Return what holds the money now: the newest, if it was authorised anew."""
    living = [it for it in order.payments.authorizations if it.status == _HELD]
    return max(living, key=lambda it: _seconds(it.create_time), default=None)


def honoured_until(authorization: Authorization) -> datetime | None:
    """Say until when PayPal vouches for what is held."""
    if authorization.create_time is None:
        return authorization.expiration_time
    until = authorization.create_time + HONOURED
    return min(until, authorization.expiration_time or until)


def nothing_yet(order: Order) -> bool:
    """Say whether neither the buyer's yes nor anything else has moved money."""
    return order.status in _WAITING and order.payments == Payments()


def taken(order: Order) -> list[Capture]:
    """Return the captures that have come."""
    return [it for it in order.payments.captures if it.status in TAKEN]


def pending(order: Order) -> Capture | None:
    """Return a capture about which PayPal has not decided yet."""
    return next((it for it in order.payments.captures if it.status == PENDING), None)


def refund_standing(refund: Refund) -> RefundStanding:
    """Say how a refund stands."""
    state = _REFUNDS.get(refund.status)
    if state is None:
        raise PaymentUnclear
    refused = state is TransferState.REFUSED
    reason = (refund.status_details.reason or refund.status) if refused else None
    return RefundStanding(state, refund.id, reason)


def _of_captures(order: Order) -> Standing | None:
    if came := taken(order):
        captured = sum(minor(it.amount.value, it.amount.currency_code) for it in came)
        return Standing(PaymentState.CAPTURED, captured=captured)
    if waits := pending(order):
        return Standing(PaymentState.PROCESSING, reason=waits.status_details.reason)
    if order.payments.captures and not order.payments.authorizations:
        last = order.payments.captures[-1]
        reason = last.status_details.reason or last.status
        return Standing(PaymentState.DECLINED, reason=reason)
    return None


def _of_authorizations(order: Order) -> Standing | None:
    if holds := held(order):
        return Standing(PaymentState.AUTHORISED, capture_before=honoured_until(holds))
    if not order.payments.authorizations:
        return None
    last = max(order.payments.authorizations, key=lambda it: _seconds(it.create_time))
    state = _LOST.get(last.status)
    if state is None and last.status != PENDING:  # captured, and the capture is not shown yet
        raise PaymentUnclear
    reason = last.status_details.reason
    return Standing(state or PaymentState.PROCESSING, reason=reason)


def _of_order(order: Order) -> Standing:
    if order.status == APPROVED:  # there is no page for the buyer any more
        return Standing(PaymentState.PROCESSING)
    if order.status in _WAITING:
        url = next((it.href for it in order.links if it.rel in {"payer-action", "approve"}), None)
        if url is None or urlsplit(url).scheme != "https":
            raise PaymentUnclear
        action = {"type": "redirect", "url": url, "data": {"order_id": order.id}}
        return Standing(PaymentState.REQUIRES_ACTION, next_action=action)
    if order.status == "VOIDED":
        return Standing(PaymentState.VOIDED)
    raise PaymentUnclear


def _seconds(at: datetime | None) -> float:
    return at.timestamp() if at else 0.0
