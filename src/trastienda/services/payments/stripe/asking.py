"""One question to Stripe, and what came of it."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import stripe
import structlog

from trastienda.database.models.payments.payment import PaymentUnclear

log = structlog.get_logger()
T = TypeVar("T")
DEADLINE = 10.0  # seconds for each call: two of them are shorter than the lease of a payment
NO = (stripe.CardError, stripe.InvalidRequestError)
"""Stripe's own no."""
_OURS = (stripe.AuthenticationError, stripe.PermissionError, stripe.IdempotencyError)
"""Errors that are the merchant's or the shop's to mend; what became of the call is not known."""


class Asking:
    """Asks for one account."""

    def __init__(self, name: str) -> None:
        """Take what the shop calls the account, for the log."""
        self._name = name

    async def __call__(self, call: Awaitable[T]) -> T:
        """Wait for an answer. Raise one of NO, or PaymentUnclear: what came of it is not known."""
        try:
            async with asyncio.timeout(DEADLINE):
                return await call
        except NO:
            raise
        except _OURS as ours:
            kind = type(ours).__name__
            log.error("Stripe refuses the shop", provider=self._name, reason=kind)  # noqa: TRY400 - nothing of ours went wrong
            raise PaymentUnclear from ours
        except (stripe.StripeError, TimeoutError) as silence:
            kind = type(silence).__name__
            log.warning("no answer of Stripe", provider=self._name, reason=kind)
            raise PaymentUnclear from silence


def refused(unclear: PaymentUnclear) -> bool:
    """Say whether Stripe refused the shop itself: its key, its rights, or its idempotency key."""
    return isinstance(unclear.__cause__, _OURS)
