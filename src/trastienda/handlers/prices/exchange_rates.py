"""Exchange rates, as staff see and write them."""

from typing import Annotated

from litestar import Response, delete, get, put
from litestar.params import JSONBody, PathParameter

from trastienda.controllers.prices import exchange_rates
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.prices.exchange_rate import (
    ExchangeRateDraft,
    ExchangeRates,
    ExchangeRateView,
)
from trastienda.services.prices import exchange_rates as rates_on_record

Code = Annotated[str, PathParameter(pattern=r"\A[A-Z]{3}\Z", description="ISO 4217")]


@get()
async def list_exchange_rates() -> ExchangeRates:
    """List all exchange rates by the currency that they convert into."""
    async with reading() as session:
        return ExchangeRates(await rates_on_record.every(session))


@get()
async def get_exchange_rate(currency: Code) -> Response[ExchangeRateView]:
    """Read the exchange rate into a currency."""
    async with reading() as session:
        return versioned(await rates_on_record.by_currency(session, currency))


@put()
async def set_exchange_rate(
    context: RequestContext, currency: Code, data: JSONBody[ExchangeRateDraft]
) -> Response[ExchangeRateView]:
    """Set the rate into a currency; variants without a price of their own in it get one at once."""
    return versioned(await exchange_rates.put(currency, data, context))


@delete()
async def delete_exchange_rate(context: RequestContext, currency: Code) -> None:
    """Delete a rate with the prices that it converted; orders keep their prices."""
    await exchange_rates.remove(currency, context)
