"""Reports: what the ledger says of a time, by day, week or month. Amounts in minor units."""

from datetime import date
from typing import Literal

from msgspec import Struct

from trastienda.schemas.shared.money import Currency

Period = Literal["day", "week", "month"]
"""By what a report is divided; a week begins on Monday (ISO 8601)."""
SalesBy = Literal["all", "product", "category", "country"]
"""By what sales are divided, beside the period and the currency."""


class SalesRow(Struct, kw_only=True):
    period: date
    """Its first day, in the channel's time zone."""
    currency: Currency
    group: str | None
    """The slug of the product or category, or the country; null where there is none."""
    orders: int
    """That were placed."""
    gross: int
    """Goods at their prices, without tax."""
    discounts: int
    shipping: int
    refunds: int
    """Goods and shipping that were paid back, without tax."""
    net: int
    """`gross - discounts + shipping - refunds`."""
    tax: int
    """After what refunds took back."""
    total: int
    """`net + tax`."""


class TaxRow(Struct, kw_only=True):
    period: date
    currency: Currency
    country: str | None
    """Where it is owed (ISO 3166-1 alpha-2); null where the channel has not said."""
    rate: str
    """Per cent."""
    taxable: int
    """After discounts and refunds, without tax: the base of a return to the tax office."""
    tax: int
    """After what refunds took back."""
    refunded_taxable: int
    """What refunds took back of the base."""
    refunded_tax: int


class PaymentsRow(Struct, kw_only=True):
    period: date
    currency: Currency
    provider: str
    captured: int
    refunded: int
    """What providers have paid back."""
    disputed: int
    """What providers took back because of disputes, less what they returned."""
    net: int
    """`captured - refunded - disputed`."""


class GiftCardsRow(Struct, kw_only=True):
    """What became of gift cards: money that is owed, and no sale before it is used."""

    period: date
    currency: Currency
    sold: int
    """Less those of orders that were cancelled unpaid."""
    granted: int
    """That staff gave away, less what they took from balances."""
    spent: int
    """That orders were paid with."""
    returned: int
    """Of refunds of such orders: put on cards again."""
    refunded: int
    """Of what was sold: paid back, while nothing had been paid with it."""
    expired: int
    """Less what was reinstated."""
    change: int
    """`sold + granted - spent + returned - refunded - expired`."""
    owed: int
    """At the end of the period, or of the last day: what can still be paid with gift cards."""


class StockRow(Struct, kw_only=True):
    period: date
    sku: str
    location: str
    received: int
    sold: int
    """Units that were sent."""
    returned: int
    adjusted: int
    """Damaged, lost, recounted, corrected."""
    change: int
    """Of what is on hand, in all."""


class SalesReport(Struct):
    items: list[SalesRow]


class TaxReport(Struct):
    items: list[TaxRow]


class PaymentsReport(Struct):
    items: list[PaymentsRow]


class GiftCardsReport(Struct):
    items: list[GiftCardsRow]


class StockReport(Struct):
    items: list[StockRow]


class ReportWanted(Struct, frozen=True, kw_only=True):
    """Which days, and by what they are divided."""

    first: date
    last: date
    """The last day, itself included."""
    by: Period = "day"
