"""The second half of a payment: ask the provider, then keep the order or undo everything.

Anybody may do it again after a crash: the provider deduplicates by the attempt's id, and the
attempt's row says whether somebody else was faster.
"""

import structlog

from trastienda.database.db import transaction, use_case, utcnow
from trastienda.database.models.order import PaymentStatus
from trastienda.database.models.payment_attempt import AttemptState, PaymentDeclined
from trastienda.errors import ShopError
from trastienda.schemas.attempt import Attempt
from trastienda.schemas.order import Placed
from trastienda.schemas.terms import Terms
from trastienda.services import attempts, event_types, events, orders, payments, promises
from trastienda.services.order_access import with_token
from trastienda.services.payments import Outcome, Refused

log = structlog.get_logger()


async def settle(attempt: Attempt, terms: Terms) -> Placed:
    """Take the money and write the order. Raise PaymentDeclined, or Unavailable when unknown."""
    provider = payments.named(attempt.provider)
    totals = attempt.draft.totals
    outcome = await provider.pay(attempt.id, totals.total, attempt.draft.currency, attempt.token)
    placed = await _record(attempt, outcome, terms)
    if placed is None:
        raise PaymentDeclined(reason=outcome.reason if isinstance(outcome, Refused) else None)
    return placed


async def settle_abandoned() -> int:
    """Finish the payments whose process died; return how many were taken up."""
    found = await _abandoned()
    for attempt in found:
        try:
            await settle(attempt, Terms(asked_at=utcnow()))
        except ShopError as refusal:  # declined, or not known yet: the others go on
            log.info("abandoned payment", attempt=str(attempt.id), outcome=type(refusal).__name__)
    return len(found)


@use_case
async def _abandoned() -> list[Attempt]:
    async with transaction() as session:
        return await attempts.abandoned(session, utcnow())


@use_case
async def _record(attempt: Attempt, outcome: Outcome, terms: Terms) -> Placed | None:
    kept = None if isinstance(outcome, Refused) else terms.once  # a refusal is no effect
    async with transaction(kept) as session:
        current = await attempts.lock(session, attempt)
        if current.state is AttemptState.SUCCEEDED:
            order = await orders.of_cart(session, attempt.draft.cart_id)
            return Placed(await session.answer(with_token(order), again=True), again=True)
        if current.state is AttemptState.DECLINED:
            raise PaymentDeclined(reason=current.reason)
        if isinstance(outcome, Refused):
            await promises.give_back(session, attempt.draft.id, terms)
            await attempts.decline(session, attempt, outcome.reason, terms.asked_at)
            what = event_types.PAYMENT_DECLINED
            await events.append(
                session, what, attempt.id, attempts.refusal(attempt, outcome), terms
            )
            return None
        order = await orders.place(session, attempt.draft, PaymentStatus.PAID, terms)
        await attempts.succeed(session, attempt)
        return Placed(await session.answer(with_token(order)))
