"""Stripe Checkout: a page of Stripe's own on which the buyer pays, without a widget in ours.

A session has no payment intent until the buyer has gone on; the intent then carries our id too.
"""

from typing import Any
from urllib.parse import urlsplit

import msgspec
import structlog
from stripe.checkout import SessionService

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.services.payments import return_urls
from trastienda.services.payments.port import Charge, Standing
from trastienda.services.payments.stripe import asking, reading
from trastienda.services.payments.stripe.amounts import from_stripe
from trastienda.services.payments.stripe.asking import NO, Asking
from trastienda.services.payments.stripe.reading import PAYMENT, Intent

log = structlog.get_logger()
OPEN_FOR = 3_600
"""Seconds after the payment began: Stripe closes the page then, if the shop has not before.

Stripe allows for 30 minutes at least, counted from its own clock and the last try to ask for it.
"""
EXPAND = ["payment_intent.latest_charge"]
ENDABLE = frozenset(
    {PaymentState.REQUIRES_ACTION, PaymentState.PROCESSING, PaymentState.AUTHORISED}
)
"""States in which the intent of a session that is complete may still be cancelled."""
_PREFIX = "cs_"
_TAKEN = frozenset({"succeeded", "requires_capture"})
_LOCALES = frozenset({"en", "es"})


class Session(msgspec.Struct, kw_only=True):
    """A session of Checkout, as far as the shop reads it."""

    id: str
    status: str
    amount_total: int
    currency: str
    livemode: bool
    metadata: dict[str, str] = {}
    url: str | None = None
    payment_intent: str | Intent | None = None


class Sessions:
    """The sessions of an account."""

    def __init__(self, service: SessionService, ask: Asking, *, live: bool) -> None:
        self._service, self._ask, self._live = service, ask, live

    async def open_(self, charge: Charge, units: int, usage: dict[str, str]) -> Standing:
        """Ask for a page. No money moves with it, so each clear no of Stripe's is one here."""
        key, params = charge.key("authorise"), _params(charge, units, usage)
        try:
            made = await self._ask(self._service.create_async(params, {"idempotency_key": key}))
        except NO as no:
            log.warning("Stripe refuses a page", payment=str(charge.payment_id), code=no.code)
            return Standing(PaymentState.DECLINED, reason=no.code or "refused")
        except PaymentUnclear as unclear:
            if asking.refused(unclear):
                return Standing(PaymentState.DECLINED, reason="refused")
            raise
        return self._standing(charge, made)

    async def read(self, charge: Charge, reference: str) -> Standing | None:
        """Say how a session stands, or the payment that was made in it; None: there is none."""
        params: Any = {"expand": EXPAND}
        try:
            found = await self._ask(self._service.retrieve_async(reference, params))
        except NO:
            return None
        return self._standing(charge, found)

    async def close(self, charge: Charge, reference: str, key: str) -> Standing:
        """Let nobody pay in a session any more; say how it stands then, if it was paid before."""
        params: Any = {"expand": EXPAND}
        asked = self._service.expire_async(reference, params, {"idempotency_key": key})
        try:
            return self._standing(charge, await self._ask(asked))
        except NO as no:
            log.info("Stripe does not close a page", payment=str(charge.payment_id), code=no.code)
        standing = await self.read(charge, reference)
        if standing is None or standing.reference == reference:
            raise PaymentUnclear
        return standing

    def _standing(self, charge: Charge, made: Any) -> Standing:  # noqa: ANN401 - the SDK's object
        try:
            found = msgspec.convert(made.to_dict(), Session)
        except msgspec.ValidationError as nonsense:
            raise PaymentUnclear from nonsense
        reading.expect_ours(found, charge, live=self._live)
        return standing(found)


def is_page(reference: str) -> bool:
    """Say whether an id is a session's, rather than an intent's."""
    return reference.startswith(_PREFIX)


def standing(found: Session) -> Standing:
    """Say how a session stands. Raise PaymentUnclear for a state that is not known here.

    Who is declined on the page may try again there: only what has come of it decides.
    """
    paid = found.payment_intent if isinstance(found.payment_intent, Intent) else None
    if paid is not None and (found.status == "complete" or paid.status in _TAKEN):
        return reading.standing(paid)._replace(page=found.id)
    currency = found.currency.upper()
    try:
        amount = from_stripe(found.amount_total, currency)
    except ValueError as unknown:
        raise PaymentUnclear from unknown
    facts: dict[str, Any] = {"page": found.id, "amount": amount, "currency": currency}
    if found.status == "expired":
        return Standing(PaymentState.EXPIRED, found.id, **facts)
    if found.status != "open" or urlsplit(found.url or "").scheme != "https":
        raise PaymentUnclear
    action = {"type": "redirect", "url": found.url}
    return Standing(PaymentState.REQUIRES_ACTION, found.id, next_action=action, **facts)


def _params(charge: Charge, units: int, usage: dict[str, str]) -> Any:  # noqa: ANN401 - the SDK's
    """Say what to ask for: the same each time, since the key is the same."""
    back, name = charge.return_url or "", {PAYMENT: str(charge.payment_id)}
    kept = {it: usage[it] for it in ("setup_future_usage",) if it in usage}
    price = {
        "currency": charge.currency.lower(),
        "unit_amount": units,
        "product_data": {"name": charge.shop or "Order"},
    }
    params: dict[str, Any] = {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "payment_intent_data": {
            "capture_method": "automatic" if charge.capture else "manual",
            "metadata": name,
            **kept,
        },
        "metadata": name,
        "success_url": back,
        "cancel_url": return_urls.after_cancelling(back),
        "expires_at": int(reading.began(charge)) + OPEN_FOR,
        "locale": charge.locale if charge.locale in _LOCALES else "auto",
        # the buyer is charged what the order says, in its currency
        "adaptive_pricing": {"enabled": False},
        "expand": EXPAND,
    }
    if "customer" in usage:
        params["customer"] = usage["customer"]
    elif charge.email and charge.email.isascii():
        params["customer_email"] = charge.email
    return params
