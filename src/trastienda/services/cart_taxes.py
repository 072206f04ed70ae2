"""How a cart is taxed. Pure, but for the expression that reading a cart asks for."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from trastienda.database.models.channel import CrossBorder, ShippingTax, TaxOutside, TaxSource
from trastienda.database.models.tax import STANDARD
from trastienda.schemas.cart import CartRow
from trastienda.schemas.cart_taxes import RateRow, Taxation, TaxRow
from trastienda.services import vat_numbers
from trastienda.services.pricing.rounding import PLACES, WHOLE, half_up, rate
from trastienda.services.zones import MATCHING_SQL

_IN_FORCE_SQL = """
    SELECT coalesce(json_agg(json_build_object('tax_class', tax_rates.tax_class,
        'percent', tax_rates.percent::text, 'compound', tax_rates.compound)
        ORDER BY tax_rates.position, tax_rates.id) FILTER (
            WHERE (tax_rates.starts_at IS NULL OR tax_rates.starts_at <= %(now)s)
                AND (tax_rates.ends_at IS NULL OR tax_rates.ends_at > %(now)s)), '[]')
    FROM tax_rates WHERE tax_rates.zone_id = zone.zone_id
"""
_KNOWN_SQL = "EXISTS (SELECT FROM tax_rates WHERE tax_rates.zone_id = {zone}.zone_id)"
SQL = f"""
    CASE WHEN channels.tax_source = 'flat' AND NOT channels.exempts_businesses
    THEN json_build_object(
        'flat', channels.tax_rate::text, 'included', channels.prices_include_tax)
    ELSE json_build_object(
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
            SELECT found.zone_id FROM ({MATCHING_SQL}) AS found
            WHERE {_KNOWN_SQL.format(zone="found")}
            ORDER BY found.specificity DESC, found.zone_id LIMIT 1) AS zone)
    ) END
"""
"""What the decision needs: a `TaxRow`."""


def decide(cart: CartRow) -> Taxation:
    """Say the rate of each line and of shipping, and what each unit costs under it."""
    row = cart.taxation
    prices = [line.unit_price or 0 for line in cart.lines]
    if exempt(cart):
        return _without_tax(cart, prices)
    if row.source is TaxSource.FLAT:
        flat = rate(row.flat)
        rates = [flat for _ in prices]
        return Taxation(rates=rates, unit_prices=prices, shipping_rate=flat, included=row.included)
    country = cart.shipping_address.country if cart.shipping_address else None
    here = [_there(row, country, line.tax_class) for line in cart.lines]
    home = [_home(row, line.tax_class) for line in cart.lines]
    if row.source is TaxSource.SERVICE and country is not None:
        return _said_outside(row, prices, (here, here if country == row.country else home))
    shipping = _there(row, country, row.shipping_class)
    return Taxation(
        rates=[it or 0 for it in here],
        unit_prices=[
            _crossing(row, price, at_home, there)
            for price, at_home, there in zip(prices, home, here, strict=True)
        ],
        shipping_rate=shipping or 0,
        included=row.included,
        shares_shipping=row.shipping is ShippingTax.SHARED,
        undecided=None in here or (cart.shipping is not None and shipping is None),
    )


def _said_outside(
    row: TaxRow, prices: Sequence[int], rates: tuple[list[int | None], list[int | None]]
) -> Taxation:
    """Tax by the rates of a service outside.

    Without its answer the flat rate is shown, never none, and the cart cannot be ordered.
    """
    here, home = rates
    flat, quote = rate(row.flat), row.quote
    return Taxation(
        rates=[flat if it is None else it for it in here],
        unit_prices=[
            _crossing(row, price, at_home, there)
            for price, at_home, there in zip(prices, home, here, strict=True)
        ],
        shipping_rate=rate(Decimal(quote.shipping)) if quote else flat,
        included=row.included,
        shares_shipping=row.shipping is ShippingTax.SHARED,
        unavailable=quote is None or None in here,
    )


def exempt(cart: CartRow) -> bool:
    """Say whether a business buys from another country of the EU and pays the tax there itself.

    Council Directive 2006/112/EC, article 138: goods sent to a taxable person in another member
    state are exempt.
    """
    row, number, address = cart.taxation, cart.vat_number, cart.shipping_address
    if not row.exempts or number is None or address is None:
        return False
    abroad = vat_numbers.COUNTRIES - {row.country}
    return address.country in abroad and vat_numbers.country(number) in abroad


def _without_tax(cart: CartRow, prices: Sequence[int]) -> Taxation:
    """Leave out the tax at home that is in the prices."""
    row = cart.taxation
    nets = [
        _net(price, _home(row, line.tax_class) or 0) if row.included else price
        for price, line in zip(prices, cart.lines, strict=True)
    ]
    rates = [0 for _ in prices]
    return Taxation(rates=rates, unit_prices=nets, shipping_rate=0, included=row.included)


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
    if row.there is not None:
        return combined(row.there, tax_class)
    abroad = country != row.country
    return 0 if abroad and row.outside is TaxOutside.EXPORT else rate(row.flat)


def _crossing(row: TaxRow, price: int, home: int | None, there: int | None) -> int:
    """Change a price that includes the tax at home into one that includes another."""
    if not row.included or home is None or there is None or home == there:
        return price
    export = row.there is None and there == 0 and row.source is TaxSource.ZONES
    if row.cross_border is CrossBorder.SAME_GROSS and not export:
        return price
    return half_up(_net(price, home) * (WHOLE + there), WHOLE)


def _net(price: int, included: int) -> int:
    """Return a price without the tax that it includes."""
    return half_up(price * WHOLE, WHOLE + included)
