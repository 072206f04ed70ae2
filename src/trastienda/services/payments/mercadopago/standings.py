"""What Mercado Pago's record of a payment means for the shop. Pure."""

from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlsplit

import structlog

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.mercadopago.records import MercadoPayment, MercadoRefund
from trastienda.services.payments.port import (
    Charge,
    LostRefund,
    RefundStanding,
    Standing,
)
from trastienda.services.payments.remote.amounts import minor

log = structlog.get_logger()
CLOCKS_DIFFER = timedelta(minutes=5)
HELD = timedelta(days=5)
"""How long a card is held for the shop, at the least."""
CURRENCIES = {
    "AR": "ARS",
    "BR": "BRL",
    "CL": "CLP",
    "CO": "COP",
    "MX": "MXN",
    "PE": "PEN",
    "UY": "UYU",
}
"""An account has one country, and takes its currency and no other."""
DECIMALS = {"ARS": 2, "BRL": 2, "CLP": 0, "COP": 0, "MXN": 2, "PEN": 2, "UYU": 2}
"""Of its amounts: Colombian ones have no decimals, though ISO 4217 gives the peso two."""
CHALLENGE = "mercadopago_challenge"
GIVEN_BACK = "refunded"
_TAKEN = frozenset({"approved", "in_mediation", GIVEN_BACK, "charged_back"})
_STATES = {
    **dict.fromkeys(_TAKEN, PaymentState.CAPTURED),
    "authorized": PaymentState.AUTHORISED,
    "pending": PaymentState.PROCESSING,
    "in_process": PaymentState.PROCESSING,
    "rejected": PaymentState.DECLINED,
    "cancelled": PaymentState.VOIDED,
}
_REFUNDS = {
    "approved": TransferState.DONE,
    "authorized": TransferState.PENDING,
    "in_process": TransferState.PENDING,
    "pending": TransferState.PENDING,
    "rejected": TransferState.REFUSED,
    "cancelled": TransferState.REFUSED,
}
_REASONS = frozenset({PaymentState.DECLINED, PaymentState.PROCESSING})
"""States that Mercado Pago gives a reason for which says something."""


def standing(payment: MercadoPayment, charge: Charge, *, live: bool) -> Standing:
    """Say how a payment stands. Raise PaymentUnclear for what is not ours, or not understood.

    A live account has no payments without real money. Test accounts may have both.
    """
    state = _STATES.get(payment.status)
    ours = payment.external_reference == str(charge.payment_id)
    if state is None or not ours or (live and not payment.live_mode):
        log.error("a payment at mercado pago is not this one", payment=str(charge.payment_id))
        raise PaymentUnclear
    amount = minor(payment.transaction_amount, payment.currency_id)
    took = state is PaymentState.CAPTURED
    action = _challenge(payment) if payment.status == "pending" else None
    if state is PaymentState.VOIDED and payment.status_detail == "expired":
        state = PaymentState.EXPIRED
    return Standing(
        PaymentState.REQUIRES_ACTION if action else state,
        str(payment.id),
        captured=amount if took else 0,
        reason=payment.status_detail if state in _REASONS and not action else None,
        next_action=action,
        capture_before=_deadline(payment) if state is PaymentState.AUTHORISED else None,
        # a capture of a part has changed it: then it is no longer what was asked for
        amount=None if took and not charge.capture else amount,
        currency=payment.currency_id,
    )


def newest(found: list[MercadoPayment]) -> MercadoPayment | None:
    """Return the one of several payments of ours that counts: one that took money, or the last."""
    return max(
        found, key=lambda it: (it.status in _TAKEN, it.status == "authorized", it.id), default=None
    )


def paid_first(found: list[MercadoPayment], charge: Charge) -> MercadoPayment | None:
    """Return the payment on a page that counts: the first that took all of the money, or some."""
    taken = [it for it in found if it.status in _TAKEN or it.status == "authorized"]
    return min(taken, key=lambda it: (not _whole(it, charge), it.id), default=None)


def paid_again(
    found: list[MercadoPayment], counts: MercadoPayment, charge: Charge
) -> list[MercadoPayment]:
    """Return the payments beside the one that counts, whether their money was given back or not.

    Parts, such as those of two cards, are none: who pays in parts has not paid twice.
    """
    if not _whole(counts, charge):
        return []
    took = {"approved", GIVEN_BACK}
    others = [it for it in found if it.status in took and it.id != counts.id]
    return [it for it in others if _whole(it, charge)]


def undecided(found: list[MercadoPayment]) -> list[MercadoPayment]:
    """Return the payments about which the buyer's bank has not decided."""
    return [it for it in found if it.status in {"pending", "in_process"}]


def refund_standing(refund: MercadoRefund) -> RefundStanding:
    """Say how a refund stands. Raise PaymentUnclear if it is not understood."""
    state = _REFUNDS.get(refund.status or "")
    if state is None:
        raise PaymentUnclear
    reason = refund.status if state is TransferState.REFUSED else None
    return RefundStanding(state, str(refund.id), reason)


def lost_refund(
    listed: list[MercadoRefund], value: Decimal, lost: LostRefund
) -> MercadoRefund | None:
    """Find a refund of this amount whose answer was lost among all those of its payment.

    It carries nothing of ours: it is one that no other refund of the shop's is. None where there
    are fewer of these than refunds that wait for an answer: then it may not have been paid.
    """
    began = lost.since - CLOCKS_DIFFER
    mine = [
        refund
        for refund in listed
        if str(refund.id) not in lost.known
        and refund.amount == value
        and _REFUNDS.get(refund.status or "") is not TransferState.REFUSED
        and (refund.date_created is None or refund.date_created >= began)
    ]
    enough = len(mine) >= lost.unanswered
    return min(mine, key=lambda refund: refund.id, default=None) if enough else None


def _whole(payment: MercadoPayment, charge: Charge) -> bool:
    return minor(payment.transaction_amount, payment.currency_id) == charge.amount


def _challenge(payment: MercadoPayment) -> dict[str, object] | None:
    """Say what the buyer has to do for 3-D Secure."""
    info = payment.three_ds_info
    if payment.status_detail != "pending_challenge" or info is None:
        return None
    url = info.external_resource_url
    if url is None or urlsplit(url).scheme != "https":
        return None
    return {"type": CHALLENGE, "url": url, "data": {"creq": info.creq or ""}}


def _deadline(payment: MercadoPayment) -> datetime | None:
    if payment.date_created is None:
        return payment.date_of_expiration
    until = payment.date_created + HELD
    return min(until, payment.date_of_expiration or until)
