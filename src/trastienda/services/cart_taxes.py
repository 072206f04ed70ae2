"""How a cart is taxed. Pure, but for the expression that reading a cart asks for."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from trastienda.database.models.channel import CrossBorder, ShippingTax, TaxOutside, TaxSource
from trastienda.database.models.tax import STANDARD
from trastienda.schemas.address import Address
from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_taxes import RateRow, Taxation, TaxRow
from trastienda.services import vat_numbers
from trastienda.services.pricing.rounding import PLACES, WHOLE, half_up, rate, shared_out
from trastienda.services.zones import DESTINATION_SQL

_IN_FORCE_SQL = """
    SELECT coalesce(json_agg(json_build_object('tax_class', tax_rates.tax_class,
        'percent', tax_rates.percent::text, 'compound', tax_rates.compound)
        ORDER BY tax_rates.position, tax_rates.id) FILTER (
            WHERE (tax_rates.starts_at IS NULL OR tax_rates.starts_at <= %(now)s)
                AND (tax_rates.ends_at IS NULL OR tax_rates.ends_at > %(now)s)), '[]')
    FROM tax_rates WHERE tax_rates.zone_id = zone.zone_id
"""
_KNOWN_SQL = "EXISTS (SELECT FROM tax_rates WHERE tax_rates.zone_id = {zone}.zone_id)"
FLAT_SQL = """
    json_build_object('flat', channels.tax_rate::text, 'included', channels.prices_include_tax)
"""
FLAT_DO_SQL = "channels.tax_source = 'flat' AND NOT channels.exempts_businesses"
"""Whether `FLAT_SQL` says it all."""
SQL = f"""
    CASE WHEN {FLAT_DO_SQL} THEN {FLAT_SQL} ELSE json_build_object(
        'flat', channels.tax_rate::text, 'included', channels.prices_include_tax,
        'source', channels.tax_source, 'exempts', channels.exempts_businesses,
        'country', channels.tax_country,
        'outside', channels.tax_outside, 'cross_border', channels.cross_border,
        'shipping', channels.shipping_tax, 'shipping_class', channels.shipping_tax_class,
        'classes', CASE WHEN channels.tax_source = 'service' THEN (
            SELECT json_agg(code ORDER BY code) FROM tax_classes) END,
        'home', (SELECT ({_IN_FORCE_SQL}) FROM (
            SELECT zone_areas.zone_id FROM zone_areas
            WHERE zone_areas.country = channels.tax_country AND zone_areas.region_key IS NULL
                AND zone_areas.postal_from IS NULL AND {_KNOWN_SQL.format(zone="zone_areas")}
            ORDER BY zone_areas.zone_id LIMIT 1) AS zone),
        'there', (SELECT ({_IN_FORCE_SQL}) FROM (
            SELECT found.zone_id FROM ({DESTINATION_SQL}) AS found
            WHERE {_KNOWN_SQL.format(zone="found")}
            ORDER BY found.specificity DESC, found.zone_id LIMIT 1) AS zone)
    ) END
"""
"""What the decision needs, when the goods travel by `shipping_options`: a `TaxRow`."""


def decide(cart: CartRow, listed: int | None) -> Taxation:
    """Say the rates of each line and of shipping, and what units and shipping cost under them.

    `listed` is what `cart_shipping.price` says.
    """
    row = cart.taxation
    prices = [line.unit_price or 0 for line in cart.lines]
    untaxed = exempt(cart)
    if row.source is TaxSource.FLAT and not untaxed:
        flat = rate(row.flat)
        return Taxation(
            rates=[flat for _ in prices],
            unit_prices=prices,
            home_rates=[None for _ in prices],
            shipping_rate=flat,
            shipping_price=listed or 0,
            included=row.included,
        )
    lines, shipping = _crossings(cart, exempted=untaxed)
    outside = row.source is TaxSource.SERVICE
    unknown = rate(row.flat) if outside else 0  # shown, never ordered
    known = [it.there for it in lines] + ([shipping.there] if cart.shipping else [])
    return Taxation(
        rates=[unknown if it.there is None else it.there for it in lines],
        unit_prices=[it.price(price) for it, price in zip(lines, prices, strict=True)],
        home_rates=[it.taken_out for it in lines],
        shipping_rate=unknown if shipping.there is None else shipping.there,
        shipping_price=_shipping_price(cart, listed or 0, lines, shipping),
        shipping_home_rate=None if row.shipping is ShippingTax.SHARED else shipping.taken_out,
        included=row.included,
        shares_shipping=row.shipping is ShippingTax.SHARED,
        undecided=None in known and not outside,
        unavailable=None in known and outside,
    )


class _Crossing(NamedTuple):
    """The rate that a price was made for, and the one that holds; None where nobody knows one."""

    home: int | None
    there: int | None
    keeps_net: bool

    @property
    def taken_out(self) -> int | None:
        """The rate at home that leaves the price; None where the price stays."""
        stays = not self.keeps_net or self.there is None or self.home == self.there
        return None if stays else self.home

    def price(self, price: int) -> int:
        """Leave out the tax at home and include the other, each rounded half up."""
        if self.taken_out is None:
            return price
        net = half_up(price * WHOLE, WHOLE + self.taken_out)
        return half_up(net * (WHOLE + (self.there or 0)), WHOLE)


def _crossings(cart: CartRow, *, exempted: bool) -> tuple[list[_Crossing], _Crossing]:
    """Return what happens to the price of each line, and to that of shipping."""
    row, address = cart.taxation, destination(cart)
    country = address.country if address else None
    untaxed = exempted or _exported(row, country)
    keeps_net = row.included and (untaxed or row.cross_border is CrossBorder.SAME_NET)

    def crossing(tax_class: str, there: int | None) -> _Crossing:
        said_at_home = row.source is TaxSource.SERVICE and country == row.country
        home = there if said_at_home else _home(row, tax_class)
        return _Crossing(home, 0 if untaxed else there, keeps_net)

    lines = [crossing(it.tax_class, _there(row, country, it.tax_class)) for it in cart.lines]
    return lines, crossing(row.shipping_class, _shipping_there(row, country))


def _shipping_price(
    cart: CartRow, price: int, lines: Sequence[_Crossing], shipping: _Crossing
) -> int:
    """Cross the border with the price of shipping as with that of goods.

    Taxed at the lines' rates, it is shared out by their rates in proportion to their subtotals
    before discounts, and each part crosses like the lines it belongs to.
    """
    weights: dict[_Crossing, int] = defaultdict(int)
    if cart.taxation.shipping is ShippingTax.SHARED:
        for crossing, line in zip(lines, cart.lines, strict=True):
            weights[crossing] += (line.unit_price or 0) * line.quantity
    whole = sum(weights.values())
    if not whole:
        return shipping.price(price)
    shares = shared_out([price * weight for weight in weights.values()], whole, price)
    return sum(it.price(share) for it, share in zip(weights, shares, strict=True))


def destination(cart: CartRow) -> Address | None:
    """Return where the goods are handed over: at a pick-up point, if that is what was chosen."""
    pickup = cart.shipping.pickup_address if cart.shipping else None
    return pickup or cart.shipping_address


def exempt(cart: CartRow) -> bool:
    """Say whether a business buys from another country of the EU and pays the tax there itself.

    Council Directive 2006/112/EC, article 138: goods sent to a taxable person in another member
    state are exempt. What is fetched at home is not sent.
    """
    row, number, address = cart.taxation, cart.vat_number, destination(cart)
    if not row.exempts or number is None or address is None:
        return False
    abroad = vat_numbers.COUNTRIES - {row.country}
    return address.country in abroad and vat_numbers.country(number) in abroad


def combined(rates: Sequence[RateRow], tax_class: str) -> int | None:
    """Combine the rates of a class, or of `standard`; None when there are none, or above 100 %."""
    known = [it for it in rates if it.tax_class == tax_class]
    known = known or [it for it in rates if it.tax_class == STANDARD]
    total = Decimal(0)
    for it in known:
        total += it.percent * (100 + total) / 100 if it.compound else it.percent
    exact = total.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)
    return rate(exact) if known and exact <= Decimal(100) else None


def _home(row: TaxRow, tax_class: str) -> int | None:
    if row.source is TaxSource.FLAT or row.home is None:
        return rate(row.flat)
    return combined(row.home, tax_class)


def _there(row: TaxRow, country: str | None, tax_class: str) -> int | None:
    """Return the rate where it goes: at home before anybody has said where."""
    if country is None:
        return _home(row, tax_class)
    if row.source is TaxSource.SERVICE:
        said = row.quote.rates.get(tax_class) if row.quote else None
        return None if said is None else rate(Decimal(said))
    return rate(row.flat) if row.there is None else combined(row.there, tax_class)


def _shipping_there(row: TaxRow, country: str | None) -> int | None:
    if row.source is not TaxSource.SERVICE or country is None:
        return _there(row, country, row.shipping_class)
    return rate(Decimal(row.quote.shipping)) if row.quote else None


def _exported(row: TaxRow, country: str | None) -> bool:
    """Say whether it leaves for where no zone is, and the shop taxes nothing there."""
    nothing = row.source is TaxSource.ZONES and row.outside is TaxOutside.EXPORT
    abroad = country is not None and country != row.country
    return nothing and row.there is None and abroad
