"""The price of shipping for a cart. Pure, apart from the SQL expressions for reading a cart."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.models.shipping.option import ShippingOptionNotFound, Tariff
from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import CartRow, ShippingOptionView
from trastienda.schemas.shipping.of_carts import Parcel, ShippingRow
from trastienda.services.shipping import tariffs
from trastienda.services.taxes.zones import MATCHING_SQL

_TIERS_SQL = f"""
    CASE WHEN shipping_options.tariff IN ('{Tariff.WEIGHT}', '{Tariff.SUBTOTAL}') THEN (
        SELECT json_agg(json_build_object('from', threshold, 'price', amount) ORDER BY threshold)
        FROM shipping_tiers
        WHERE shipping_tiers.shipping_option_id = shipping_options.id
            AND shipping_tiers.currency = carts.currency) END
"""
_IN_ZONE_SQL = f"""
    CASE WHEN shipping_options.zone_ids <> '{{}}' AND carts.shipping_address IS NOT NULL THEN
        EXISTS (SELECT FROM ({MATCHING_SQL}) AS matching
                WHERE matching.zone_id = ANY (shipping_options.zone_ids))
    ELSE true END
"""
_CATEGORIES_SQL = """
    CASE WHEN shipping_options.excluded_category_ids <> '{}' THEN coalesce((
        SELECT json_agg(DISTINCT category.id) FROM cart_lines
        JOIN variants ON variants.id = cart_lines.variant_id
        JOIN products ON products.id = variants.product_id AND NOT products.gift_card
        JOIN cards ON cards.product_id = variants.product_id
            AND cards.locale = %(locale)s AND cards.currency = carts.currency
        CROSS JOIN unnest(cards.category_ids) AS category (id)
        WHERE cart_lines.cart_id = carts.id), '[]') END
"""
_SIMPLE_SQL = """
        'id', shipping_options.id, 'name', shipping_options.names ->> %(locale)s,
        'price', CASE WHEN shipping_options.active THEN shipping_prices.amount END,
        'countries', shipping_options.countries, 'tariff', shipping_options.tariff,
        'additional', shipping_prices.additional, 'free_from', shipping_prices.free_from,
        'min_weight', shipping_options.min_weight, 'max_weight', shipping_options.max_weight,
        'max_length', shipping_options.max_length,
        'excluded_category_ids', shipping_options.excluded_category_ids,
        'min_days', shipping_options.min_days, 'max_days', shipping_options.max_days,
        'pickup_address', nullif(shipping_options.pickup_address, 'null') - 'region_key',
        'courier', shipping_options.courier"""
OPTION_SQL = f"""
    json_build_object({_SIMPLE_SQL}, 'tiers', {_TIERS_SQL}, 'in_zone', {_IN_ZONE_SQL},
        'category_ids', {_CATEGORIES_SQL})
"""
"""A shipping option for one cart, as a `ShippingRow`."""
SQL = f"CASE WHEN shipping_options.id IS NOT NULL THEN {OPTION_SQL} END"
"""The chosen shipping option, as a `ShippingRow`, or null."""
FLAT_SQL = f"""
    CASE WHEN shipping_options.id IS NOT NULL THEN
        json_build_object({_SIMPLE_SQL}, 'tiers', NULL, 'in_zone', true, 'category_ids', NULL) END
"""
FLAT_DO_SQL = f"""
    NOT EXISTS (
        SELECT FROM shipping_options AS other
        WHERE other.tariff IN ('{Tariff.WEIGHT}', '{Tariff.SUBTOTAL}') OR other.zone_ids <> '{{}}'
            OR other.excluded_category_ids <> '{{}}')
"""
"""Whether `FLAT_SQL` is sufficient for all shipping options."""


def price(cart: CartRow) -> int | None:
    """Return the price of the chosen shipping option, in minor units.

    It includes the home country's tax if the shop's prices do. Return None if no option is chosen,
    or if it is not available for this cart, or if nothing is shipped.
    """
    option = cart.shipping
    if option is None or not cart.ships or not _reaches(cart, option):
        return None
    return tariffs.quote(option, parcel(cart, option))


def check_available(assessed: Assessment, option_id: UUID | None) -> None:
    """Raise ShippingOptionNotFound if this option was chosen and is not available."""
    if option_id is not None and assessed.cart.ships and assessed.shipping_price is None:
        raise ShippingOptionNotFound(shipping_option=option_id)


def view(option: ShippingRow, price: int) -> ShippingOptionView:
    """Return a shipping option as buyers see it; `price` is in minor units."""
    least, most = _days(option)
    return ShippingOptionView(
        id=option.id,
        name=option.name,
        price=price,
        min_days=UNSET if least is None else least,
        max_days=UNSET if most is None else most,
        pickup_address=option.pickup_address or UNSET,
    )


def needs_quote(cart: CartRow, option: ShippingRow) -> bool:
    """Return whether only a courier's quote is missing for an option to be available."""
    if option.tariff is not Tariff.COURIER or option.price is None or not cart.ships:
        return False
    return _reaches(cart, option) and tariffs.accepts(option, parcel(cart, option))


def _days(option: ShippingRow) -> tuple[int | None, int | None]:
    """Return the working days until delivery: the courier's, if it gives any."""
    quote = option.quote
    if quote is None or (quote.min_days is None and quote.max_days is None):
        return option.min_days, option.max_days
    return quote.min_days, quote.max_days


def parcel(cart: CartRow, option: ShippingRow) -> Parcel:
    """Return the weight, size and subtotal of the goods; unknown weights and sizes count as 0.

    The subtotal is that before discounts, so that a coupon never removes free shipping. Lines that
    need no shipping do not count.
    """
    lines = [line for line in cart.lines if line.requires_shipping]
    return Parcel(
        grams=sum(line.quantity * (line.weight_grams or 0) for line in lines),
        subtotal=sum(line.quantity * (line.unit_price or 0) for line in lines),
        units=sum(line.quantity for line in lines),
        longest=max((line.longest_mm or 0 for line in lines), default=0),
        category_ids=frozenset(option.category_ids or ()),
    )


def _reaches(cart: CartRow, option: ShippingRow) -> bool:
    """Return whether an option ships to the cart's address; true while there is no address."""
    address = cart.shipping_address
    if address is None:
        return True
    served = not option.countries or address.country in option.countries
    return served and option.in_zone
