"""What staff do with exchange rates. Converted prices follow in the same transaction."""

from trastienda.database.db import transaction, use_case
from trastienda.schemas.exchange_rate import ExchangeRateDraft, ExchangeRateView
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, exchange_rates, listed_prices
from trastienda.services.exchange_rates import NoSuchExchangeRate


@use_case
async def put(currency: str, draft: ExchangeRateDraft, terms: Terms) -> ExchangeRateView:
    """Set the rate into a currency. Raise NoSuchCurrency, RateIntoItself or ExchangeRateChanged."""
    exchange_rates.expect(currency, draft)
    async with transaction(terms.once) as session:
        await listed_prices.rule(session)
        known = await exchange_rates.claim(session, currency, terms.seen)
        rate = exchange_rates.written(known, currency, draft, terms.asked_at)
        session.orm.add(rate)
        await exchange_rates.renew(session, rate, terms.asked_at)
        view = exchange_rates.view(rate)
        about = exchange_rates.aggregate(currency)
        await events.append(session, event_types.EXCHANGE_RATE_SET, about, view, terms)
        return await session.answer(view)


@use_case
async def remove(currency: str, terms: Terms) -> None:
    """Delete a rate with the prices it made. Raise NoSuchExchangeRate or ExchangeRateChanged."""
    async with transaction(terms.once) as session:
        await listed_prices.rule(session)
        rate = await exchange_rates.claim(session, currency, terms.seen)
        if rate is None:
            raise NoSuchExchangeRate
        await session.orm.delete(rate)
        await session.orm.flush()
        await exchange_rates.renew(session, rate, terms.asked_at)
        about = exchange_rates.aggregate(currency)
        await events.tell_gone(session, event_types.EXCHANGE_RATE_DELETED, about, terms)
