"""Where the price of shipping comes from, step by step. Pure."""

from collections.abc import Iterator

from trastienda.database.models.shipping_option import Tariff
from trastienda.schemas.cart_shipping import Parcel, ShippingRow
from trastienda.schemas.explanation import UnitStep
from trastienda.schemas.price_source import ShippingSource
from trastienda.schemas.pricing import ShippingToPrice
from trastienda.services.price_explanations import BOTH_TIMES, CROSSED
from trastienda.services.pricing.rounding import percent, plain

FREE = "0, because subtotal ≥ free_from"
PARTS = "shared out by the lines' subtotals; each part as the prices of its lines"
_TARIFFS = {
    Tariff.FLAT: ("price", ("price",)),
    Tariff.WEIGHT: ("the tier that grams reach", ("grams",)),
    Tariff.SUBTOTAL: ("the tier that subtotal reaches", ("subtotal",)),
    Tariff.PER_ITEM: ("price × units", ("price", "units")),
    Tariff.FIRST_ADDITIONAL: (
        "price + additional × (units - 1)",
        ("price", "additional", "units"),
    ),
    Tariff.COURIER: ("quoted + price", ("quoted", "price")),
}


def source(
    option: ShippingRow, parcel: Parcel, amount: int, home_rate: int | None
) -> ShippingSource:
    """Keep what `amount`, the price before another country's tax, was computed from."""
    free = option.free_from is not None and parcel.subtotal >= option.free_from
    rule, names = (FREE, ("subtotal", "free_from")) if free else _TARIFFS[option.tariff]
    facts = {
        "price": option.price,
        "additional": option.additional,
        "free_from": option.free_from,
        "quoted": option.quote.price if option.quote else None,
        "grams": parcel.grams,
        "subtotal": parcel.subtotal,
        "units": parcel.units,
    }
    used = {name: facts[name] or 0 for name in names}
    return ShippingSource(
        name=option.name, rule=rule, facts=used, amount=amount, home_rate=home_rate
    )


def steps(source: ShippingSource, shipping: ShippingToPrice) -> Iterator[UnitStep]:
    """Go from the tariff to what is paid, before promotions."""
    yield UnitStep(rule=source.rule, input=dict(source.facts), unit_price=source.amount)
    if source.home_rate is not None:
        rates = {
            "home_rate": plain(percent(source.home_rate)),
            "rate": plain(percent(shipping.rate)),
        }
        yield UnitStep(
            rule=CROSSED,
            input={"before": source.amount, **rates},
            rounding=BOTH_TIMES,
            unit_price=shipping.price,
        )
    elif source.amount != shipping.price:
        yield UnitStep(rule=PARTS, input={"before": source.amount}, unit_price=shipping.price)
