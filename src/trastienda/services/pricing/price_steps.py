"""The steps that explain the price of a unit, or of shipping."""

from collections.abc import Iterator

from msgspec import UNSET, UnsetType

from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.schemas.pricing.explanation import HALF_UP, ExplainedStep
from trastienda.schemas.pricing.pricing import LineToPrice, ShippingToPrice
from trastienda.schemas.pricing.source import Conversion, PriceSource, Sale, ShippingSource
from trastienda.services.pricing.rounding import percent, plain

Facts = dict[str, int | str]

OWN = "the price of the variant"
LISTED = "the price of the price list, from min_quantity units of the line on"
CONVERTED = "base_price × rate × 10^scale"
TAX_EXCHANGED = "net × (100 + rate) ÷ 100, where net is before × 100 ÷ (100 + home_rate)"
NOT_FOR_SALE = "not for sale any more"
PARTS = "shared out by the lines' subtotals; each part as the prices of its lines"
_SALES = {
    PromotionKind.ITEM_PERCENT: "before - before × percent ÷ 100",
    PromotionKind.ITEM_FIXED: "before - amount, 0 at least",
    PromotionKind.FIXED_PRICE: "amount",
}
AT_LEAST_ONE = f"{HALF_UP}, to 1 at least"
TO_ENDING = f"{AT_LEAST_ONE}; then to the nearest price above 0 with the ending, a half up"
PERCENTAGE = f"the percentage {HALF_UP}"
ROUNDED_TWICE = f"net {HALF_UP}, then the product {HALF_UP}"


def of_unit(
    source: PriceSource | None, line: LineToPrice, *, lists_named: bool
) -> Iterator[ExplainedStep]:
    """Yield the steps from the variant's own or converted price to the unit price of a line."""
    if source is None:
        yield _unit(NOT_FOR_SALE, {}, 0)
        return
    amount = source.own
    if source.conversion:
        yield _converted(source.conversion, amount)
    else:
        yield _unit(OWN, {"price": amount}, amount)
    if listing := source.listing:
        amount = listing.price
        facts: Facts = {"price": amount, "min_quantity": listing.min_quantity}
        yield _unit(LISTED, facts, amount, name=listing.name if lists_named else UNSET)
    if source.sale:
        yield _reduced(source.sale, amount, source.amount)
    if source.home_rate is not None:
        facts = _tax_exchange(source.amount, source.home_rate, line.rate)
        yield _unit(TAX_EXCHANGED, facts, line.unit_price, ROUNDED_TWICE)


def of_shipping(source: ShippingSource, shipping: ShippingToPrice) -> Iterator[ExplainedStep]:
    """Yield the steps from the tariff to the price of shipping before promotions."""
    yield _shipping(source, source.rule, dict(source.facts), source.amount)
    if source.home_rate is not None:
        facts = _tax_exchange(source.amount, source.home_rate, shipping.rate)
        yield _shipping(source, TAX_EXCHANGED, facts, shipping.price, ROUNDED_TWICE)
    elif source.amount != shipping.price:
        yield _shipping(source, PARTS, {"before": source.amount}, shipping.price)


def _converted(conversion: Conversion, amount: int) -> ExplainedStep:
    facts: Facts = {
        "base_price": conversion.base_price,
        "base_currency": conversion.base_currency,
        "rate": conversion.rate,
        "scale": conversion.scale,
    }
    if conversion.ending is None:
        return _unit(CONVERTED, facts, amount, AT_LEAST_ONE)
    return _unit(CONVERTED, facts | {"ending": conversion.ending}, amount, TO_ENDING)


def _reduced(sale: Sale, before: int, after: int) -> ExplainedStep:
    rule, facts = _SALES[sale.kind], Facts(before=before)
    if sale.kind is PromotionKind.ITEM_PERCENT:
        facts["percent"] = sale.percent or "0"
        return _unit(rule, facts, after, PERCENTAGE, name=sale.name)
    facts["amount"] = sale.amount or 0
    return _unit(rule, facts, after, name=sale.name)


def _tax_exchange(before: int, home_rate: int, rate: int) -> Facts:
    rates = {"home_rate": plain(percent(home_rate)), "rate": plain(percent(rate))}
    return {"before": before, **rates}


def _unit(
    rule: str,
    facts: Facts,
    unit_price: int,
    rounding: str | UnsetType = UNSET,
    name: str | UnsetType = UNSET,
) -> ExplainedStep:
    return ExplainedStep(
        step="unit_price",
        name=name,
        rule=rule,
        input=facts,
        rounding=rounding,
        amount=0,
        unit_price=unit_price,
    )


def _shipping(
    source: ShippingSource,
    rule: str,
    facts: Facts,
    price: int,
    rounding: str | UnsetType = UNSET,
) -> ExplainedStep:
    return ExplainedStep(
        step="shipping_price",
        shipping=True,
        name=source.name,
        rule=rule,
        input=facts,
        rounding=rounding,
        amount=0,
        unit_price=price,
    )
