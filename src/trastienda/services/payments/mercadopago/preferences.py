"""Checkout Pro: a page of Mercado Pago's own on which the buyer pays, without a widget in ours.

A preference describes what is paid. The payments that are made on its page carry our id, too, and
there may be several: whoever is refused tries again, and two tabs may both pay.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid5

import structlog

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.services.payments import return_urls
from trastienda.services.payments.mercadopago.api import Api, Refused
from trastienda.services.payments.mercadopago.records import Preference
from trastienda.services.payments.port import Charge, Standing

log = structlog.get_logger()
PREFERENCES = "/checkout/preferences"
OPEN_FOR = timedelta(hours=1)
"""After the payment began: Mercado Pago closes the page then, if the shop has not before."""
_SLOW = ("atm", "bank_transfer", "ticket")
"""Kinds of payments that come days later: stock is not held for days."""


class Preferences:
    """The preferences of an account."""

    def __init__(self, api: Api, currency: str) -> None:
        self._api, self._currency = api, currency

    async def open_(self, charge: Charge, value: Decimal) -> Standing:
        """Ask for a page. No money moves with it, so each clear no is one here."""
        once = uuid5(charge.payment_id, charge.key("authorise"))
        asked = _asked(charge, value, self._currency)
        try:
            made = await self._api.ask("POST", PREFERENCES, Preference, asked, once)
        except Refused as no:
            return Standing(PaymentState.DECLINED, reason=no.word)
        return _standing(made, charge, now=None)

    async def read(self, charge: Charge, reference: str) -> Standing | None:
        """Say whether a page is still open; None: Mercado Pago knows none of that id."""
        try:
            found = await self._api.ask("GET", f"{PREFERENCES}/{reference}", Preference)
        except Refused as no:
            if no.unknown:
                return None
            raise PaymentUnclear from no
        return _standing(found, charge, now=datetime.now(UTC))

    async def close(self, charge: Charge, reference: str, key: str) -> None:
        """Let nobody begin to pay on a page any more.

        If Mercado Pago refuses to, who pays there is paid back, or has the order: late money.
        """
        began = _began(charge)
        asked = {"expires": True, "expiration_date_from": began, "expiration_date_to": began}
        once = uuid5(charge.payment_id, key)
        try:
            await self._api.ask("PUT", f"{PREFERENCES}/{reference}", Preference, asked, once)
        except Refused as no:
            log.warning("a page stays open", payment=str(charge.payment_id), word=no.word)


def is_page(reference: str) -> bool:
    """Say whether an id is a preference's, rather than a payment's, which is a number."""
    return not reference.isdecimal()


def _standing(found: Preference, charge: Charge, now: datetime | None) -> Standing:
    """Say how a page stands that nobody has paid on; `now` is left out if it was made just now."""
    if found.external_reference != str(charge.payment_id):
        log.error("a page at mercado pago is not the payment's", payment=str(charge.payment_id))
        raise PaymentUnclear
    ends = found.expiration_date_to if found.expires else None
    if now is not None and ends is not None and ends <= now:
        return Standing(PaymentState.EXPIRED, found.id, page=found.id)
    if urlsplit(found.init_point).scheme != "https":
        raise PaymentUnclear
    action = {"type": "redirect", "url": found.init_point}
    return Standing(PaymentState.REQUIRES_ACTION, found.id, next_action=action, page=found.id)


def _asked(charge: Charge, value: Decimal, currency: str) -> dict[str, Any]:
    """Say what to ask for: the same each time, since the key is the same."""
    back = charge.return_url or ""
    item = {
        "title": charge.shop or "Order",
        "quantity": 1,
        "currency_id": currency,
        "unit_price": value,
    }
    asked: dict[str, Any] = {
        "items": [item],
        "external_reference": str(charge.payment_id),
        "back_urls": {
            "success": back,
            "pending": back,
            "failure": return_urls.after_cancelling(back),
        },
        "auto_return": "approved",
        "expires": True,
        "expiration_date_to": _written(_at(charge) + OPEN_FOR),
        "binary_mode": True,
        "payment_methods": {"excluded_payment_types": [{"id": kind} for kind in _SLOW]},
    }
    if charge.email:
        asked["payer"] = {"email": charge.email}
    return asked


def _began(charge: Charge) -> str:
    return _written(_at(charge))


def _at(charge: Charge) -> datetime:
    """Return when a payment began: its id is a UUIDv7, which holds the time."""
    return datetime.fromtimestamp((charge.payment_id.int >> 80) / 1_000, UTC)


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
