"""What Stripe says of payments and refunds, in the words of the port."""

from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec
import structlog

from trastienda.database.models.payments.dispute import DisputeState
from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.port import (
    Charge,
    DisputeStanding,
    RefundStanding,
    Standing,
)
from trastienda.services.payments.stripe.amounts import from_stripe

log = structlog.get_logger()
PAYMENT = "trastienda_payment"
"""The name in the metadata under which each side finds the other's record."""
REFUND = "trastienda_refund"
_STATES = {
    "requires_payment_method": PaymentState.DECLINED,
    "requires_action": PaymentState.REQUIRES_ACTION,
    "processing": PaymentState.PROCESSING,
    "requires_capture": PaymentState.AUTHORISED,
    "succeeded": PaymentState.CAPTURED,
    "canceled": PaymentState.VOIDED,
}
_REFUNDS = {
    "pending": TransferState.PENDING,
    "requires_action": TransferState.PENDING,
    "succeeded": TransferState.DONE,
    "failed": TransferState.REFUSED,
    "canceled": TransferState.REFUSED,
}


_DISPUTES = {
    "warning_needs_response": DisputeState.INQUIRY,
    "warning_under_review": DisputeState.INQUIRY,
    "warning_closed": DisputeState.CLOSED,
    "prevented": DisputeState.CLOSED,
    "needs_response": DisputeState.NEEDS_RESPONSE,
    "under_review": DisputeState.UNDER_REVIEW,
    "won": DisputeState.WON,
    "lost": DisputeState.LOST,
}


class Failure(msgspec.Struct):
    """Why a try to pay failed."""

    code: str | None = None
    decline_code: str | None = None


class Intent(msgspec.Struct, kw_only=True):
    """A payment intent, as far as the shop reads it."""

    id: str
    status: str
    amount: int
    amount_received: int
    currency: str
    livemode: bool
    metadata: dict[str, str] = {}
    client_secret: str | None = None
    cancellation_reason: str | None = None
    next_action: dict[str, Any] | None = None
    last_payment_error: Failure | None = None
    latest_charge: str | dict[str, Any] | None = None


class Ours(Protocol):
    """What carries our id: an intent, or a session of Checkout."""

    livemode: bool
    metadata: dict[str, str]


def expect_ours(found: Ours, charge: Charge, *, live: bool) -> None:
    """Raise PaymentUnclear for what is of another payment, or of the other mode."""
    if found.metadata.get(PAYMENT) != str(charge.payment_id) or found.livemode is not live:
        log.error("an intent is of another payment or mode", payment=str(charge.payment_id))
        raise PaymentUnclear


def named(found: Any, *, live: bool) -> UUID | None:  # noqa: ANN401 - the SDK's object
    """Return our id of what an object of the SDK is about, of this mode; None if it has none."""
    facts = found.to_dict()
    try:
        ours = UUID(facts["metadata"][PAYMENT])
    except (KeyError, TypeError, ValueError):
        return None
    return ours if facts.get("livemode") is live else None


def began(charge: Charge) -> float:
    """Return when a payment began, in seconds: its id is a UUIDv7, which holds the time."""
    return (charge.payment_id.int >> 80) / 1_000


class Refund(msgspec.Struct, kw_only=True):
    """A refund, as far as the shop reads it."""

    id: str
    status: str
    metadata: dict[str, str] = {}
    failure_reason: str | None = None


def intent(found: Any) -> Intent:  # noqa: ANN401 - the SDK's object
    """Read a payment intent of the SDK. Raise PaymentUnclear for what is none."""
    try:
        return msgspec.convert(found.to_dict(), Intent)
    except msgspec.ValidationError as nonsense:
        raise PaymentUnclear from nonsense


def standing(found: Intent) -> Standing:
    """Say how a payment stands. Raise PaymentUnclear for a state that is not known here."""
    currency = found.currency.upper()
    try:
        amount = from_stripe(found.amount, currency)
        captured = from_stripe(found.amount_received, currency)
        state = _STATES[found.status]
    except (KeyError, ValueError) as unknown:
        raise PaymentUnclear from unknown
    failure = found.last_payment_error or Failure()
    declined = state is PaymentState.DECLINED
    return Standing(
        _expired(found) if state is PaymentState.VOIDED else state,
        found.id,
        captured=captured,
        reason=(failure.decline_code or failure.code) if declined else found.cancellation_reason,
        next_action=_next_action(found) if state is PaymentState.REQUIRES_ACTION else None,
        capture_before=_capture_before(found) if state is PaymentState.AUTHORISED else None,
        amount=amount,
        currency=currency,
    )


def refund(found: Any) -> Refund:  # noqa: ANN401 - the SDK's object
    """Read a refund of the SDK. Raise PaymentUnclear for what is none."""
    try:
        return msgspec.convert(found.to_dict(), Refund)
    except msgspec.ValidationError as nonsense:
        raise PaymentUnclear from nonsense


def refund_standing(found: Refund) -> RefundStanding:
    """Say how a refund stands. Raise PaymentUnclear for a state that is not known here."""
    if found.status not in _REFUNDS:
        raise PaymentUnclear
    return RefundStanding(_REFUNDS[found.status], found.id, found.failure_reason)


class _Moved(msgspec.Struct):
    """What a dispute moved on the account's balance."""

    amount: int


class _Evidence(msgspec.Struct):
    due_by: int | None = None


class Dispute(msgspec.Struct, kw_only=True):
    """A dispute, as far as the shop reads it."""

    id: str
    status: str
    amount: int
    currency: str
    reason: str
    livemode: bool
    payment_intent: str | None = None
    balance_transactions: list[_Moved] = []
    evidence_details: _Evidence = msgspec.field(default_factory=_Evidence)


def dispute(found: Any) -> Dispute:  # noqa: ANN401 - the SDK's object
    """Read a dispute of the SDK. Raise PaymentUnclear for what is none."""
    try:
        return msgspec.convert(found.to_dict(), Dispute)
    except msgspec.ValidationError as nonsense:
        raise PaymentUnclear from nonsense


def dispute_standing(found: Dispute) -> DisputeStanding:
    """Say how a dispute stands. Raise PaymentUnclear for a state that is not known here.

    What it moved may be in the account's own currency; withdrawn is always all of it.
    """
    if found.status not in _DISPUTES:
        raise PaymentUnclear
    try:
        amount = from_stripe(found.amount, found.currency.upper())
    except ValueError as unknown:
        raise PaymentUnclear from unknown
    gone, due_by = sum(it.amount for it in found.balance_transactions) < 0, found.evidence_details
    return DisputeStanding(
        found.id,
        _DISPUTES[found.status],
        amount,
        amount if gone else 0,
        found.reason,
        datetime.fromtimestamp(due_by.due_by, UTC) if due_by.due_by else None,
    )


def _expired(found: Intent) -> PaymentState:
    """Tell an authorisation that ran out from one that was let go."""
    ran_out = found.cancellation_reason in {"automatic", "expired"}
    return PaymentState.EXPIRED if ran_out else PaymentState.VOIDED


def _next_action(found: Intent) -> dict[str, Any]:
    """Say what the buyer does next: a page to go to, or what Stripe.js goes on with."""
    action = found.next_action or {}
    kind = str(action.get("type", ""))
    details = action.get(kind)
    url = details.get("url") if isinstance(details, dict) else None
    if kind == "redirect_to_url" and isinstance(url, str):
        return {"type": "redirect", "url": url}
    return {"type": kind or "use_stripe_sdk", "data": {"client_secret": found.client_secret}}


def _capture_before(found: Intent) -> datetime | None:
    """Return when the card's bank lets go of what is held, by the charge: no number of days."""
    seconds: Any = found.latest_charge
    for name in ("payment_method_details", "card", "capture_before"):
        seconds = seconds.get(name) if isinstance(seconds, dict) else None
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
