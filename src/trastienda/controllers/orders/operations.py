"""Asking a provider for what was decided about a payment: to capture it, or to let it go."""

import structlog

from trastienda.controllers.orders.settle import record
from trastienda.database.models.payments.payment import Operation
from trastienda.errors import Unavailable
from trastienda.schemas.payments.attempt import Attempt
from trastienda.schemas.shared.context import Context
from trastienda.services import payments
from trastienda.services.payments import Providers, Standing, attempts
from trastienda.services.payments.settlement import operations

log = structlog.get_logger()


async def carry_out(payment: Attempt, providers: Providers, context: Context) -> Standing:
    """Ask for what was decided, and settle the answer. Raise Unavailable when it is not known.

    Then it is asked again later, under the same key.
    """
    provider, charge = payments.named(providers, payment.provider), attempts.charge(payment)
    key = operations.key(payment, charge)
    if payment.operation is Operation.CAPTURE:
        standing = await provider.capture(charge, payment.operation_amount or 0, key)
    else:
        standing = await provider.void(charge, key)
    await record(payment, standing, _unkept(context), answers=True)
    return standing


async def void_all(decided: list[Attempt], providers: Providers, context: Context) -> None:
    """Let go of what was decided to be let go; what is not answered now is asked again later."""
    for payment in decided:
        try:
            await carry_out(payment, providers, context)
        except Unavailable as silence:
            log.info("void not answered", payment=str(payment.id), reason=type(silence).__name__)


def _unkept(context: Context) -> Context:
    """Keep no answer under the request's key: the use-case that asks has one of its own."""
    return Context(context.asked_at, context.locale, by=context.by)
