"""Exchange rates, as staff write them."""

from datetime import datetime
from decimal import Decimal
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.price_list import ExchangeRate
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.exchange_rate import ExchangeRateDraft, ExchangeRateView
from trastienda.services import currencies, sales
from trastienda.services.pricing.rounding import plain

_TOUCHED = prepared("""
    SELECT DISTINCT variants.product_id
    FROM prices JOIN variants ON variants.id = prices.variant_id
    WHERE prices.currency = %(base)s AND NOT prices.converted
        OR prices.currency = %(currency)s AND prices.converted
    ORDER BY variants.product_id
""")


def aggregate(currency: str) -> UUID:
    """Give the id under which events tell of the rate into a currency, which has no other."""
    return uuid5(NAMESPACE_OID, f"exchange-rate:{currency}")


async def every(session: Reading) -> list[ExchangeRateView]:
    """Return all of them by currency: there are no more than currencies."""
    query = select(ExchangeRate).order_by(ExchangeRate.currency)
    return [view(rate) for rate in await session.orm.scalars(query)]


async def by_currency(session: Reading, currency: str) -> ExchangeRateView:
    """Return the one into a currency. Raise NoSuchExchangeRate."""
    if rate := await session.orm.get(ExchangeRate, currency):
        return view(rate)
    raise NoSuchExchangeRate


async def claim(session: Session, currency: str, seen: int | None) -> ExchangeRate | None:
    """Lock one for a change. Raise ExchangeRateChanged, also when what was seen is gone."""
    rate = await session.orm.get(ExchangeRate, currency, with_for_update=True)
    if seen is not None and (rate is None or rate.version != seen):
        raise ExchangeRateChanged(**({"version": rate.version} if rate else {}))
    return rate


def expect(currency: str, draft: ExchangeRateDraft) -> None:
    """Raise NoSuchCurrency or RateIntoItself."""
    if currency not in currencies.KNOWN:
        raise currencies.NoSuchCurrency(currency=currency)
    currencies.check(draft.base_currency, "/base_currency")
    if draft.base_currency == currency:
        raise RateIntoItself(pointer="/base_currency")


def written(
    known: ExchangeRate | None, currency: str, draft: ExchangeRateDraft, now: datetime
) -> ExchangeRate:
    """Write a draft into the rate that is known, or into a new one."""
    base, rate = draft.base_currency, Decimal(draft.rate)
    if known is None:
        return ExchangeRate(
            currency=currency, base_currency=base, rate=rate, ending=draft.ending, updated_at=now
        )
    known.base_currency, known.rate, known.ending = base, rate, draft.ending
    known.updated_at = now
    known.version += 1
    return known


async def renew(session: Session, rate: ExchangeRate, now: datetime) -> None:
    """Let all that a rate makes or made a price of show what follows from its change."""
    rows = await _TOUCHED.rows(session, currency=rate.currency, base=rate.base_currency)
    await sales.reprice(session, [product_id for (product_id,) in rows], now)


def view(rate: ExchangeRate) -> ExchangeRateView:
    return ExchangeRateView(
        currency=rate.currency,
        base_currency=rate.base_currency,
        rate=plain(rate.rate),
        ending=rate.ending,
        updated_at=rate.updated_at,
        version=rate.version,
    )


class NoSuchExchangeRate(NotFound):
    """There is no exchange rate into this currency."""


class RateIntoItself(Invalid):
    """A rate is between two currencies."""


class ExchangeRateChanged(Stale):
    """The exchange rate has changed since you read it."""
