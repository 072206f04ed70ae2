"""How staff set and delete exchange rates; converted prices change in the same transaction."""

from trastienda.database.db import transaction, use_case
from trastienda.schemas.prices.exchange_rate import ExchangeRateDraft, ExchangeRateView
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.prices import exchange_rates, listed
from trastienda.services.prices.exchange_rates import NoSuchExchangeRate


@use_case
async def put(currency: str, draft: ExchangeRateDraft, context: Context) -> ExchangeRateView:
    """Set the exchange rate into a currency and reprice what it converts.

    Raise NoSuchCurrency, RateIntoItself or ExchangeRateChanged.
    """
    exchange_rates.check(currency, draft)
    async with transaction(context.once) as session:
        await listed.lock_rules(session)
        known = await exchange_rates.claim(session, currency, context.seen)
        rate = exchange_rates.apply_draft(known, currency, draft, context.asked_at)
        session.orm.add(rate)
        await exchange_rates.reprice(session, rate, context.asked_at)
        view = exchange_rates.view(rate)
        aggregate_id = exchange_rates.aggregate(currency)
        await events.append(session, event_types.EXCHANGE_RATE_SET, aggregate_id, view, context)
        return await session.answer(view)


@use_case
async def remove(currency: str, context: Context) -> None:
    """Delete an exchange rate with the prices that it converted.

    Raise NoSuchExchangeRate or ExchangeRateChanged.
    """
    async with transaction(context.once) as session:
        await listed.lock_rules(session)
        rate = await exchange_rates.claim(session, currency, context.seen)
        if rate is None:
            raise NoSuchExchangeRate
        await session.orm.delete(rate)
        await session.orm.flush()
        await exchange_rates.reprice(session, rate, context.asked_at)
        aggregate_id = exchange_rates.aggregate(currency)
        await events.record_deletion(
            session, event_types.EXCHANGE_RATE_DELETED, aggregate_id, context
        )
