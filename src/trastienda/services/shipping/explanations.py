"""The source of the price of shipping, for explanations. Pure."""

from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.pricing.source import ShippingSource
from trastienda.schemas.shipping.of_carts import Parcel, ShippingRow

FREE = "0, because subtotal ≥ free_from"
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
    """Return what `amount` was computed from: the price in minor units before foreign tax."""
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
