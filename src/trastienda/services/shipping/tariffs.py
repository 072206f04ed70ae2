"""The price of sending a parcel, for listed and chosen shipping options alike. Pure."""

from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.shipping.of_carts import Parcel, ShippingRow


def quote(option: ShippingRow, parcel: Parcel) -> int | None:
    """Return the price in minor units; None if the option is not available for this parcel."""
    if option.price is None or not accepts(option, parcel):
        return None
    price = _by_tariff(option, option.price, parcel)
    if price is None:
        return None
    if option.free_from is not None and parcel.subtotal >= option.free_from:
        return 0
    return price if price <= LARGEST_AMOUNT else None


def accepts(option: ShippingRow, parcel: Parcel) -> bool:
    """Return whether a parcel is within the limits of a shipping option."""
    too_heavy = option.max_weight is not None and parcel.grams > option.max_weight
    too_long = option.max_length is not None and parcel.longest > option.max_length
    excluded = not parcel.category_ids.isdisjoint(option.excluded_category_ids)
    return parcel.grams >= option.min_weight and not (too_heavy or too_long or excluded)


def _by_tariff(option: ShippingRow, price: int, parcel: Parcel) -> int | None:
    match option.tariff:
        case Tariff.FLAT:
            return price
        case Tariff.WEIGHT:
            return _tier(option, parcel.grams)
        case Tariff.SUBTOTAL:
            return _tier(option, parcel.subtotal)
        case Tariff.PER_ITEM:
            return price * parcel.units
        case Tariff.FIRST_ADDITIONAL:
            return price + (option.additional or 0) * max(parcel.units - 1, 0)
        case Tariff.COURIER:
            quoted = option.quote.price if option.quote else None
            return None if quoted is None else quoted + price  # without a quote, not available


def _tier(option: ShippingRow, measure: int) -> int | None:
    reached = [tier for tier in option.tiers or [] if tier.start <= measure]
    return max(reached, key=lambda tier: tier.start).price if reached else None
