"""The taxes of a cart. Pure, apart from the SQL expressions for reading a cart."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from trastienda.database.models.channels.channel import (
    CrossBorder,
    ShippingTax,
    TaxOutside,
    TaxSource,
)
from trastienda.database.models.taxes.tax import STANDARD
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.shared.address import Address
from trastienda.schemas.taxes.of_carts import RateRow, Taxation, TaxRow
from trastienda.services.pricing.rounding import PLACES, WHOLE, half_up, rate, shared_out
from trastienda.services.shared.periods import in_force_sql
from trastienda.services.taxes import vat_numbers
from trastienda.services.taxes.zones import DESTINATION_SQL

_IN_FORCE_SQL = f"""
    SELECT coalesce(json_agg(json_build_object('tax_class', tax_rates.tax_class,
        'percent', tax_rates.percent::text, 'compound', tax_rates.compound)
        ORDER BY tax_rates.position, tax_rates.id) FILTER (
            WHERE {in_force_sql("tax_rates")}), '[]')
    FROM tax_rates WHERE tax_rates.zone_id = zone.zone_id
"""
_KNOWN_SQL = "EXISTS (SELECT FROM tax_rates WHERE tax_rates.zone_id = {zone}.zone_id)"
FLAT_SQL = """
    json_build_object('flat', channels.tax_rate::text, 'included', channels.prices_include_tax,
        'country', channels.tax_country)
"""
FLAT_DO_SQL = f"channels.tax_source = '{TaxSource.FLAT}' AND NOT channels.exempts_businesses"
"""Whether `FLAT_SQL` is sufficient for the channel."""
SQL = f"""
    CASE WHEN {FLAT_DO_SQL} THEN {FLAT_SQL} ELSE json_build_object(
        'flat', channels.tax_rate::text, 'included', channels.prices_include_tax,
        'source', channels.tax_source, 'exempts', channels.exempts_businesses,
        'country', channels.tax_country,
        'outside', channels.tax_outside, 'cross_border', channels.cross_border,
        'shipping', channels.shipping_tax, 'shipping_class', channels.shipping_tax_class,
        'classes', CASE WHEN channels.tax_source = '{TaxSource.SERVICE}' THEN (
            SELECT json_agg(code ORDER BY code) FROM tax_classes) END,
        'home', (SELECT ({_IN_FORCE_SQL}) FROM (
            SELECT zone_areas.zone_id FROM zone_areas
            WHERE zone_areas.country = channels.tax_country AND zone_areas.region_key IS NULL
                AND zone_areas.postal_from IS NULL AND {_KNOWN_SQL.format(zone="zone_areas")}
            ORDER BY zone_areas.zone_id LIMIT 1) AS zone),
        'there', (SELECT ({_IN_FORCE_SQL}) FROM (
            SELECT matching.zone_id FROM ({DESTINATION_SQL}) AS matching
            WHERE {_KNOWN_SQL.format(zone="matching")}
            ORDER BY matching.specificity DESC, matching.zone_id LIMIT 1) AS zone)
    ) END
"""
"""The facts for the decision, as a `TaxRow`; `shipping_options` is the chosen option."""


def decide(cart: CartRow, listed: int | None) -> Taxation:
    """Decide the tax rates of a cart's lines and shipping, and their prices under these rates.

    `listed` is the result of `cart_shipping.price`, in minor units. Gift cards are taxed when they
    are used, not when they are sold (multi-purpose vouchers, Council Directive 2006/112/EC,
    article 30b).
    """
    row = cart.taxation
    prices = [line.unit_price or 0 for line in cart.lines]
    untaxed = exempt(cart)
    if row.source is TaxSource.FLAT and not untaxed:
        flat = rate(row.flat)
        return Taxation(
            rates=[0 if line.gift_card else flat for line in cart.lines],
            unit_prices=prices,
            home_rates=[None for _ in prices],
            shipping_rate=flat,
            shipping_price=listed or 0,
            included=row.included,
        )
    lines, shipping = _price_taxations(cart, exempted=untaxed)
    outside = row.source is TaxSource.SERVICE
    unknown = rate(row.flat) if outside else 0  # only shown: such a cart cannot be ordered
    ships = cart.shipping is not None and cart.ships
    known = [line.there for line in lines] + ([shipping.there] if ships else [])
    return Taxation(
        rates=[unknown if line.there is None else line.there for line in lines],
        unit_prices=[line.price(price) for line, price in zip(lines, prices, strict=True)],
        home_rates=[line.taken_out for line in lines],
        shipping_rate=unknown if shipping.there is None else shipping.there,
        shipping_price=_shipping_price(cart, listed or 0, lines, shipping),
        shipping_home_rate=None if row.shipping is ShippingTax.SHARED else shipping.taken_out,
        included=row.included,
        shares_shipping=row.shipping is ShippingTax.SHARED,
        undecided=None in known and not outside,
        unavailable=None in known and outside,
    )


class _PriceTaxation(NamedTuple):
    """The home rate, which a price was set for, and the rate that applies; None if unknown."""

    home: int | None
    there: int | None
    keeps_net: bool

    @property
    def taken_out(self) -> int | None:
        """The home rate to take out of the price; None if the price stays the same."""
        unchanged = not self.keeps_net or self.there is None or self.home == self.there
        return None if unchanged else self.home

    def price(self, price: int) -> int:
        """Return a price with the home tax replaced by the one that applies, each half up."""
        if self.taken_out is None:
            return price
        net = half_up(price * WHOLE, WHOLE + self.taken_out)
        return half_up(net * (WHOLE + (self.there or 0)), WHOLE)


_VOUCHER = _PriceTaxation(0, 0, keeps_net=False)


def _price_taxations(
    cart: CartRow, *, exempted: bool
) -> tuple[list[_PriceTaxation], _PriceTaxation]:
    """Return the rates for the price of each line, and for that of shipping."""
    row, address = cart.taxation, destination(cart)
    country = address.country if address else None
    untaxed = exempted or _exported(row, country)
    keeps_net = row.included and (untaxed or row.cross_border is CrossBorder.SAME_NET)

    def taxation_of(tax_class: str, there: int | None) -> _PriceTaxation:
        quoted_at_home = row.source is TaxSource.SERVICE and country == row.country
        home = there if quoted_at_home else _home_rate(row, tax_class)
        return _PriceTaxation(home, 0 if untaxed else there, keeps_net)

    lines = [
        _VOUCHER
        if line.gift_card
        else taxation_of(line.tax_class, _destination_rate(row, country, line.tax_class))
        for line in cart.lines
    ]
    return lines, taxation_of(row.shipping_class, _shipping_destination_rate(row, country))


def _shipping_price(
    cart: CartRow, price: int, lines: Sequence[_PriceTaxation], shipping: _PriceTaxation
) -> int:
    """Return the price of shipping with the home tax replaced by the one that applies.

    If it is taxed at the lines' rates, it is allocated to these rates in proportion to the lines'
    subtotals before discounts, and each part is treated like the lines of its rate.
    """
    weights: dict[_PriceTaxation, int] = defaultdict(int)
    if cart.taxation.shipping is ShippingTax.SHARED:
        for taxation, line in zip(lines, cart.lines, strict=True):
            if line.gift_card is None:
                weights[taxation] += (line.unit_price or 0) * line.quantity
    whole = sum(weights.values())
    if not whole:
        return shipping.price(price)
    shares = shared_out([price * weight for weight in weights.values()], whole, price)
    return sum(taxation.price(share) for taxation, share in zip(weights, shares, strict=True))


def country(cart: CartRow) -> str | None:
    """Return where the tax is owed: at home under a flat rate, else where the goods go."""
    row, address = cart.taxation, destination(cart)
    if address is None or (row.source is TaxSource.FLAT and not exempt(cart)):
        return row.country
    return address.country


def destination(cart: CartRow) -> Address | None:
    """Return the address of delivery: that of the pick-up point, if one was chosen."""
    pickup = cart.shipping.pickup_address if cart.shipping else None
    return pickup or cart.shipping_address


def exempt(cart: CartRow) -> bool:
    """Return whether a business in another EU country buys and accounts for the tax itself.

    Council Directive 2006/112/EC, article 138: goods sent to a taxable person in another member
    state are exempt. Goods picked up in the home country are not.
    """
    row, number, address = cart.taxation, cart.vat_number, destination(cart)
    if not row.exempts or number is None or address is None:
        return False
    abroad = vat_numbers.COUNTRIES - {row.country}
    return address.country in abroad and vat_numbers.country(number) in abroad


def combined(rates: Sequence[RateRow], tax_class: str) -> int | None:
    """Return the combined rate of a class, or of `standard` if the class has none.

    Return None if there are no rates, or if they exceed 100 %.
    """
    known = [row for row in rates if row.tax_class == tax_class]
    known = known or [row for row in rates if row.tax_class == STANDARD]
    total = Decimal(0)
    for row in known:
        total += row.percent * (100 + total) / 100 if row.compound else row.percent
    exact = total.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    return rate(exact) if known and exact <= Decimal(100) else None


def _home_rate(row: TaxRow, tax_class: str) -> int | None:
    if row.source is TaxSource.FLAT or row.home is None:
        return rate(row.flat)
    return combined(row.home, tax_class)


def _destination_rate(row: TaxRow, country: str | None, tax_class: str) -> int | None:
    """Return the rate at the destination; the home rate while there is no address."""
    if country is None:
        return _home_rate(row, tax_class)
    if row.source is TaxSource.SERVICE:
        percent = row.quote.rates.get(tax_class) if row.quote else None
        return None if percent is None else rate(Decimal(percent))
    return rate(row.flat) if row.there is None else combined(row.there, tax_class)


def _shipping_destination_rate(row: TaxRow, country: str | None) -> int | None:
    if row.source is not TaxSource.SERVICE or country is None:
        return _destination_rate(row, country, row.shipping_class)
    return rate(Decimal(row.quote.shipping)) if row.quote else None


def _exported(row: TaxRow, country: str | None) -> bool:
    """Return whether the goods go to a country outside all zones and exports are untaxed."""
    untaxed = row.source is TaxSource.ZONES and row.outside is TaxOutside.EXPORT
    abroad = country is not None and country != row.country
    return untaxed and row.there is None and abroad
