"""Payments that are compared with what providers say, their webhooks, refunds, and the ledger."""

from trastienda.controllers import orders, payments
from trastienda.controllers.payments import providers
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.payments import Providers, notices
from trastienda.services.payments.settlement import due


async def send_refunds(known: Providers) -> bool:
    """Take one batch; say whether there may be more."""
    return await payments.send_refunds(known, Context(utcnow())) > 0


async def know_providers(known: Providers) -> bool:
    """Read the payment providers again if they have changed."""
    await providers.refresh(known)
    return False


async def catch_up() -> bool:
    """Take one batch of orders that are not in the ledger; say whether there may be more."""
    return await orders.catch_up_books(Context(utcnow())) > 0


async def compare(known: Providers) -> bool:
    """Compare one batch of payments with what providers say; say whether there may be more."""
    return await orders.check_payments(known, Context(utcnow())) == due.BATCH


async def work_off(known: Providers) -> bool:
    """Work off one batch of webhooks; say whether there may be more."""
    return await orders.work_off_notices(known, Context(utcnow())) == notices.BATCH
