"""Exchange rates as staff write and read them."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from trastienda.schemas.shared.money import Currency

Rate = Annotated[
    str,
    Meta(
        pattern=r"\A(?=[0-9.]*[1-9])[0-9]{1,10}(\.[0-9]{1,10})?\Z",
        description="Whole units of `currency` for one of `base_currency`.",
        examples=["1.0825"],
    ),
]
Ending = Annotated[
    str,
    Meta(
        pattern=r"\A[0-9]{1,4}\Z",
        description="The last digits of each price, in minor units: `99` for 12.99.",
        examples=["99"],
    ),
]


class ExchangeRateDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """Without an ending, prices stay as calculated."""

    base_currency: Currency
    rate: Rate
    ending: Ending | None = None


class ExchangeRateView(Struct, kw_only=True):
    currency: Annotated[Currency, Meta(examples=["USD"])]
    base_currency: Currency
    rate: Rate
    ending: Ending | None
    updated_at: Annotated[datetime, Meta(tz=True, examples=["2026-11-27T00:00:00Z"])]
    version: int


class ExchangeRates(Struct):
    items: list[ExchangeRateView]
