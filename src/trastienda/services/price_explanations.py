"""Where a unit price comes from, step by step. Pure."""

from collections.abc import Iterator

from trastienda.database.models.promotion import PromotionKind
from trastienda.schemas.explanation import HALF_UP, UnitStep
from trastienda.schemas.price_source import Conversion, PriceSource, Sale
from trastienda.schemas.pricing import LineToPrice
from trastienda.services.pricing.rounding import percent, plain

OWN = "the price of the variant"
LISTED = "the price of the price list, from min_quantity units of the line on"
CONVERTED = "base_price × rate × 10^scale"
CROSSED = "net × (100 + rate) ÷ 100, where net is before × 100 ÷ (100 + home_rate)"
NOT_FOR_SALE = "not for sale any more"
_SALES = {
    PromotionKind.ITEM_PERCENT: "before - before × percent ÷ 100",
    PromotionKind.ITEM_FIXED: "before - amount, 0 at least",
    PromotionKind.FIXED_PRICE: "amount",
}
AT_LEAST_ONE = f"{HALF_UP}, to 1 at least"
TO_ENDING = f"{AT_LEAST_ONE}; then to the nearest price above 0 with the ending, a half up"
PERCENTAGE = f"the percentage {HALF_UP}"
BOTH_TIMES = f"net {HALF_UP}, then the product {HALF_UP}"


def steps(source: PriceSource | None, line: LineToPrice) -> Iterator[UnitStep]:
    """Go from the variant's own price, or the one it is converted from, to what is paid."""
    if source is None:
        yield UnitStep(rule=NOT_FOR_SALE, input={}, unit_price=0)
        return
    amount = source.own
    yield (
        _converted(source.conversion, amount)
        if source.conversion
        else UnitStep(rule=OWN, input={"price": amount}, unit_price=amount)
    )
    if listing := source.listing:
        amount = listing.price
        facts: dict[str, int | str] = {"price": amount, "min_quantity": listing.min_quantity}
        yield UnitStep(rule=LISTED, price_list=listing.name, input=facts, unit_price=amount)
    if source.sale:
        yield _lowered(source.sale, amount, source.amount)
    if source.home_rate is not None:
        rates = {"home_rate": plain(percent(source.home_rate)), "rate": plain(percent(line.rate))}
        yield UnitStep(
            rule=CROSSED,
            input={"before": source.amount, **rates},
            rounding=BOTH_TIMES,
            unit_price=line.unit_price,
        )


def _converted(conversion: Conversion, amount: int) -> UnitStep:
    facts: dict[str, int | str] = {
        "base_price": conversion.base_price,
        "base_currency": conversion.base_currency,
        "rate": conversion.rate,
        "scale": conversion.scale,
    }
    if conversion.ending is None:
        return UnitStep(rule=CONVERTED, input=facts, rounding=AT_LEAST_ONE, unit_price=amount)
    facts["ending"] = conversion.ending
    return UnitStep(rule=CONVERTED, input=facts, rounding=TO_ENDING, unit_price=amount)


def _lowered(sale: Sale, before: int, after: int) -> UnitStep:
    facts: dict[str, int | str] = {"before": before}
    rule = _SALES[sale.kind]
    if sale.kind is PromotionKind.ITEM_PERCENT:
        facts["percent"] = sale.percent or "0"
        return UnitStep(
            rule=rule, sale=sale.name, input=facts, rounding=PERCENTAGE, unit_price=after
        )
    facts["amount"] = sale.amount or 0
    return UnitStep(rule=rule, sale=sale.name, input=facts, unit_price=after)
