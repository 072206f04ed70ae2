"""Exchange rates, as staff see and write them."""

from typing import Annotated

from litestar import Response, delete, get, put
from litestar.params import JSONBody, PathParameter

from trastienda.controllers import exchange_rates
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.schemas.exchange_rate import ExchangeRateDraft, ExchangeRates, ExchangeRateView
from trastienda.services import exchange_rates as rates_on_record

Code = Annotated[str, PathParameter(pattern=r"\A[A-Z]{3}\Z", description="ISO 4217")]


@get()
async def list_exchange_rates() -> ExchangeRates:
    """List all exchange rates, by the currency that they make prices in."""
    async with reading() as session:
        return ExchangeRates(await rates_on_record.every(session))


@get()
async def get_exchange_rate(currency: Code) -> Response[ExchangeRateView]:
    """Read the exchange rate into a currency."""
    async with reading() as session:
        return versioned(await rates_on_record.by_currency(session, currency))


@put()
async def set_exchange_rate(
    terms: Asked, currency: Code, data: JSONBody[ExchangeRateDraft]
) -> Response[ExchangeRateView]:
    """Set the rate into a currency: what has no price of its own in it gets one at once."""
    return versioned(await exchange_rates.put(currency, data, terms))


@delete()
async def delete_exchange_rate(terms: Asked, currency: Code) -> None:
    """Delete a rate with the prices it made; orders keep what they say."""
    await exchange_rates.remove(currency, terms)
