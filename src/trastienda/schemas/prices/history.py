"""The price history of a variant, as staff read it. Prices are in minor units."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from trastienda.schemas.shared.money import Amount, Currency

Moment = Annotated[datetime, Meta(tz=True, examples=["2026-11-27T00:00:00Z"])]


class PresentPrice(Struct):
    """The current listed price; `base` is the price before sales and price lists."""

    currency: Currency
    price: Amount
    base: Amount
    converted: Annotated[bool, Meta(examples=[False])]
    """Whether `base` was converted by an exchange rate."""
    compare_at_price: Amount | None
    reduced_at: Moment | None
    """When the current reduction began."""
    lowest_price_30_days: Amount | None


class PastPriceView(Struct):
    """The listed price until `ended_at`."""

    currency: Currency
    price: Amount
    ended_at: Moment


class PriceHistory(Struct, kw_only=True):
    present: list[PresentPrice]
    items: list[PastPriceView]
    next_cursor: str | None
