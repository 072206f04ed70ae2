"""What a variant costs and has cost, as staff read it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from trastienda.schemas.money import Amount, Currency

Moment = Annotated[datetime, Meta(tz=True, examples=["2026-11-27T00:00:00Z"])]


class PresentPrice(Struct):
    """What everybody sees now; `base` is the price before sales and price lists."""

    currency: Currency
    price: Amount
    base: Amount
    converted: Annotated[bool, Meta(examples=[False])]
    """Whether an exchange rate makes `base`."""
    compare_at_price: Amount | None
    reduced_at: Moment | None
    """Since when the present reduction is on."""
    lowest_price_30_days: Amount | None


class PastPriceView(Struct):
    """What everybody saw until then."""

    currency: Currency
    price: Amount
    ended_at: Moment


class PriceHistory(Struct, kw_only=True):
    present: list[PresentPrice]
    items: list[PastPriceView]
    next_cursor: str | None
