"""What shipping costs a cart. Pure, but for the expressions that reading a cart asks for."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.models.shipping_option import ShippingOptionNotFound
from trastienda.schemas.cart import CartRow, ShippingOptionView
from trastienda.schemas.cart_shipping import Parcel, ShippingRow
from trastienda.services import tariffs
from trastienda.services.zones import MATCHING_SQL

_TIERS_SQL = """
    CASE WHEN shipping_options.tariff IN ('weight', 'subtotal') THEN (
        SELECT json_agg(json_build_object('from', threshold, 'price', amount) ORDER BY threshold)
        FROM shipping_tiers
        WHERE shipping_tiers.shipping_option_id = shipping_options.id
            AND shipping_tiers.currency = carts.currency) END
"""
_IN_ZONE_SQL = f"""
    CASE WHEN shipping_options.zone_ids <> '{{}}' AND carts.shipping_address IS NOT NULL THEN
        EXISTS (SELECT FROM ({MATCHING_SQL}) AS found
                WHERE found.zone_id = ANY (shipping_options.zone_ids))
    ELSE true END
"""
_CATEGORIES_SQL = """
    CASE WHEN shipping_options.excluded_category_ids <> '{}' THEN coalesce((
        SELECT json_agg(DISTINCT category.id) FROM cart_lines
        JOIN variants ON variants.id = cart_lines.variant_id
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
        'pickup_address', nullif(shipping_options.pickup_address, 'null') - 'region_key'"""
OPTION_SQL = f"""
    json_build_object({_SIMPLE_SQL}, 'tiers', {_TIERS_SQL}, 'in_zone', {_IN_ZONE_SQL},
        'category_ids', {_CATEGORIES_SQL})
"""
"""One way of shipping for one cart: a `ShippingRow`."""
SQL = f"CASE WHEN shipping_options.id IS NOT NULL THEN {OPTION_SQL} END"
"""The chosen way of shipping: a `ShippingRow`, or null."""
FLAT_SQL = f"""
    CASE WHEN shipping_options.id IS NOT NULL THEN
        json_build_object({_SIMPLE_SQL}, 'tiers', NULL, 'in_zone', true, 'category_ids', NULL) END
"""
FLAT_DO_SQL = """
    NOT EXISTS (
        SELECT FROM shipping_options AS other
        WHERE other.tariff IN ('weight', 'subtotal') OR other.zone_ids <> '{}'
            OR other.excluded_category_ids <> '{}')
"""
"""Whether no way of shipping asks for more than `FLAT_SQL` says."""


def price(cart: CartRow) -> int | None:
    """Return what the chosen way costs in minor units, with the tax at home if prices have it.

    None when it cannot be had for this cart, or none is chosen.
    """
    option = cart.shipping
    if option is None or not _reaches(cart, option):
        return None
    return tariffs.quote(option, parcel(cart, option))


def expect(cart: CartRow, option_id: UUID | None) -> None:
    """Raise ShippingOptionNotFound when this was chosen and is not to be had."""
    if option_id is not None and price(cart) is None:
        raise ShippingOptionNotFound(shipping_option=option_id)


def shown(option: ShippingRow, price: int) -> ShippingOptionView:
    return ShippingOptionView(
        id=option.id,
        name=option.name,
        price=price,
        min_days=UNSET if option.min_days is None else option.min_days,
        max_days=UNSET if option.max_days is None else option.max_days,
        pickup_address=option.pickup_address or UNSET,
    )


def parcel(cart: CartRow, option: ShippingRow) -> Parcel:
    """Measure what is in the cart; what is not known of a unit counts nothing.

    The subtotal is that before discounts: a coupon never takes free shipping away.
    """
    return Parcel(
        grams=sum(line.quantity * (line.weight_grams or 0) for line in cart.lines),
        subtotal=sum(line.quantity * (line.unit_price or 0) for line in cart.lines),
        units=sum(line.quantity for line in cart.lines),
        longest=max((line.longest_mm or 0 for line in cart.lines), default=0),
        category_ids=frozenset(option.category_ids or ()),
    )


def _reaches(cart: CartRow, option: ShippingRow) -> bool:
    """Say whether it goes there; as long as there is no address, nothing speaks against it."""
    address = cart.shipping_address
    if address is None:
        return True
    served = not option.countries or address.country in option.countries
    return served and option.in_zone
