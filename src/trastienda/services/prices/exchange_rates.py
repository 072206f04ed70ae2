"""Exchange rates, as staff write them."""

from datetime import datetime
from decimal import Decimal
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.prices.price_list import ExchangeRate
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.prices.exchange_rate import ExchangeRateDraft, ExchangeRateView
from trastienda.services.prices import sales
from trastienda.services.pricing.rounding import plain
from trastienda.services.shared import currencies
from trastienda.services.shared.records import shown

_AFFECTED_PRODUCTS = prepared("""
    SELECT DISTINCT variants.product_id
    FROM prices JOIN variants ON variants.id = prices.variant_id
    WHERE prices.currency = %(base)s AND NOT prices.converted
        OR prices.currency = %(currency)s AND prices.converted
    ORDER BY variants.product_id
""")


def aggregate(currency: str) -> UUID:
    """Return the aggregate id for events about the rate into a currency; the row has no id."""
    return uuid5(NAMESPACE_OID, f"exchange-rate:{currency}")


async def every(session: Reading) -> list[ExchangeRateView]:
    """Return all exchange rates, sorted by currency."""
    query = select(ExchangeRate).order_by(ExchangeRate.currency)
    return [view(rate) for rate in await session.orm.scalars(query)]


async def by_currency(session: Reading, currency: str) -> ExchangeRateView:
    """Return the rate into a currency. Raise NoSuchExchangeRate."""
    if rate := await session.orm.get(ExchangeRate, currency):
        return view(rate)
    raise NoSuchExchangeRate


async def claim(session: Session, currency: str, seen: int | None) -> ExchangeRate | None:
    """Lock the rate into a currency for a change and return it; None if there is none.

    Raise ExchangeRateChanged if it is no longer of the version `seen`, or was deleted.
    """
    rate = await session.orm.get(ExchangeRate, currency, with_for_update=True)
    if seen is not None and (rate is None or rate.version != seen):
        raise ExchangeRateChanged(**({"version": rate.version} if rate else {}))
    return rate


def check(currency: str, draft: ExchangeRateDraft) -> None:
    """Check the currencies of a rate. Raise NoSuchCurrency or RateIntoItself."""
    if currency not in currencies.KNOWN:
        raise currencies.NoSuchCurrency(currency=currency)
    currencies.check(draft.base_currency, "/base_currency")
    if draft.base_currency == currency:
        raise RateIntoItself(pointer="/base_currency")


def apply_draft(
    known: ExchangeRate | None, currency: str, draft: ExchangeRateDraft, now: datetime
) -> ExchangeRate:
    """Apply a draft to the known rate, or to a new one if it is None; return the rate."""
    base, rate = draft.base_currency, Decimal(draft.rate)
    if known is None:
        return ExchangeRate(
            currency=currency, base_currency=base, rate=rate, ending=draft.ending, updated_at=now
        )
    known.base_currency, known.rate, known.ending = base, rate, draft.ending
    known.updated_at = now
    known.version += 1
    return known


async def reprice(session: Session, rate: ExchangeRate, now: datetime) -> None:
    """Reprice the products whose prices a changed or deleted rate converts or has converted."""
    rows = await _AFFECTED_PRODUCTS.rows(session, currency=rate.currency, base=rate.base_currency)
    await sales.reprice(session, [product_id for (product_id,) in rows], now)


def view(rate: ExchangeRate) -> ExchangeRateView:
    """Return an exchange rate as staff see it."""
    return shown(rate, ExchangeRateView, rate=plain(rate.rate))


class NoSuchExchangeRate(NotFound):
    """There is no exchange rate into this currency."""


class RateIntoItself(Invalid):
    """A rate is between two currencies."""


class ExchangeRateChanged(Stale):
    """The exchange rate has changed since you read it."""
