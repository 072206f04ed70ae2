"""Looking at Stripe for the intent of a payment whose answer was lost."""

from typing import Any

import stripe
from stripe import PaymentIntentService

from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.services.payments.port import Charge
from trastienda.services.payments.stripe import reading
from trastienda.services.payments.stripe.asking import Asking
from trastienda.services.payments.stripe.reading import PAYMENT, Intent

PAGES = 10  # of 100 payments, that are looked through


async def find(service: PaymentIntentService, ask: Asking, charge: Charge) -> Intent | None:
    """Return the intent of a payment, if there is one. Raise PaymentUnclear.

    The search is a minute late, and not to be had everywhere; the key protects for 23 hours.
    """
    query = f"metadata['{PAYMENT}']:'{charge.payment_id}'"
    params: Any = {"query": query, "expand": ["data.latest_charge"]}
    try:
        found = await ask(service.search_async(params))
    except stripe.InvalidRequestError:
        return await _look_through(service, ask, charge)
    return reading.intent(found.data[0]) if found.data else None


async def _look_through(
    service: PaymentIntentService, ask: Asking, charge: Charge
) -> Intent | None:
    """Look through all intents since the payment began. Raise PaymentUnclear for too many."""
    since = int(reading.began(charge)) - 300
    params: Any = {"created": {"gte": since}, "limit": 100, "expand": ["data.latest_charge"]}
    for _ in range(PAGES):
        try:
            page = await ask(service.list_async(params))
        except stripe.InvalidRequestError as unusable:
            raise PaymentUnclear from unusable
        for found in map(reading.intent, page.data):
            if found.metadata.get(PAYMENT) == str(charge.payment_id):
                return found
        if not page.has_more:
            return None
        params["starting_after"] = page.data[-1].id
    raise PaymentUnclear
