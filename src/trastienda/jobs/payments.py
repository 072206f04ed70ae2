"""Payments that are compared with what providers say, their webhooks, refunds, and the ledger."""

from trastienda.controllers import orders, payments
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.payments import Providers, notices
from trastienda.services.payments.settlement import due


async def send_refunds(providers: Providers) -> bool:
    """Take one batch; say whether there may be more."""
    return await payments.send_refunds(providers, Context(utcnow())) > 0


async def catch_up() -> bool:
    """Take one batch of orders that are not in the ledger; say whether there may be more."""
    return await orders.catch_up_books(Context(utcnow())) > 0


async def compare(providers: Providers) -> bool:
    """Compare one batch of payments with what providers say; say whether there may be more."""
    return await orders.check_payments(providers, Context(utcnow())) == due.BATCH


async def work_off(providers: Providers) -> bool:
    """Work off one batch of webhooks; say whether there may be more."""
    return await orders.work_off_notices(providers, Context(utcnow())) == notices.BATCH
