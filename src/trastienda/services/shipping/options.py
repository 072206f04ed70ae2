"""Shipping options, as staff write them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import to_builtins

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.shipping.option import ShippingOption, Tariff
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shipping.option import ShippingRules, StaffShippingOptionView
from trastienda.services.catalogue.staff_products import CategoryUnknown
from trastienda.services.shared import addresses, currencies
from trastienda.services.shared.records import Records

_OWN = "shipping_option_id = shipping_options.id"
_VIEW_SQL = f"""
    SELECT json_build_object(
        'id', id, 'names', names, 'prices', coalesce((
            SELECT json_object_agg(currency, amount ORDER BY currency)
            FROM shipping_prices WHERE {_OWN}), '{{}}'),
        'countries', countries, 'position', position, 'active', active, 'version', version,
        'tariff', tariff, 'courier', courier, 'tiers', coalesce((
            SELECT json_object_agg(currency, tiers ORDER BY currency) FROM (
                SELECT currency, json_agg(
                    json_build_object('from', threshold, 'price', amount) ORDER BY threshold)
                    AS tiers
                FROM shipping_tiers WHERE {_OWN} GROUP BY currency) AS by_currency), '{{}}'),
        'additional', coalesce((
            SELECT json_object_agg(currency, additional ORDER BY currency)
            FROM shipping_prices WHERE {_OWN} AND tariff = '{Tariff.FIRST_ADDITIONAL}'), '{{}}'),
        'free_from', coalesce((
            SELECT json_object_agg(currency, free_from ORDER BY currency)
            FROM shipping_prices WHERE {_OWN} AND free_from IS NOT NULL), '{{}}'),
        'zones', zone_ids, 'min_weight', min_weight, 'max_weight', max_weight,
        'max_length', max_length, 'excluded_categories', coalesce((
            SELECT json_agg(slug ORDER BY slug) FROM categories
            WHERE categories.id = ANY (shipping_options.excluded_category_ids)), '[]'),
        'min_days', min_days, 'max_days', max_days,
        'pickup_address', nullif(pickup_address, 'null') - 'region_key')::text
    FROM shipping_options
"""
_VIEW = prepared(f"{_VIEW_SQL} WHERE id = %(option)s")
_LIST = prepared(f"{_VIEW_SQL} ORDER BY position, id")
_SET_PRICES = prepared("""
    WITH deleted AS (
        DELETE FROM shipping_prices
        WHERE shipping_option_id = %(option)s AND currency <> ALL (%(currencies)s::text[])
    )
    INSERT INTO shipping_prices (shipping_option_id, currency, amount, additional, free_from)
    SELECT %(option)s, currency, amount, additional, free_from
    FROM unnest(%(currencies)s::text[], %(amounts)s::bigint[], %(additional)s::bigint[],
        %(free_from)s::bigint[]) AS given (currency, amount, additional, free_from)
    ON CONFLICT (shipping_option_id, currency) DO UPDATE SET amount = excluded.amount,
        additional = excluded.additional, free_from = excluded.free_from
""")
_DELETE_TIERS = prepared("DELETE FROM shipping_tiers WHERE shipping_option_id = %(option)s")
_ADD_TIERS = prepared("""
    INSERT INTO shipping_tiers (shipping_option_id, currency, threshold, amount)
    SELECT %(option)s, currency, threshold, amount
    FROM unnest(%(currencies)s::text[], %(thresholds)s::bigint[], %(amounts)s::bigint[])
        AS given (currency, threshold, amount)
""")
_ZONES = prepared("SELECT id FROM zones WHERE id = ANY (%(zones)s) ORDER BY id FOR KEY SHARE")
_CATEGORIES = prepared("SELECT slug, id FROM categories WHERE slug = ANY (%(slugs)s)")
_views = msgspec.json.Decoder(StaffShippingOptionView)


def check(prices: Collection[str], countries: Collection[str]) -> None:
    """Check that currencies and countries exist. Raise NoSuchCurrency or CountryUnknown."""
    for currency in prices:
        currencies.check(currency, f"/prices/{currency}")
    for index, country in enumerate(countries):
        addresses.check_country(country, f"/countries/{index}")


async def every(session: Reading) -> list[StaffShippingOptionView]:
    """Return all shipping options, in the order in which buyers see them."""
    return [_views.decode(option) for (option,) in await _LIST.texts(session)]


async def view(session: Reading, option_id: UUID) -> StaffShippingOptionView:
    """Return a shipping option. Raise NoSuchShippingOption."""
    if document := await _VIEW.document(session, option=option_id):
        return _views.decode(document)
    raise NoSuchShippingOption


async def lock_zones(session: Session, zones: Sequence[UUID]) -> None:
    """Lock these zones until the transaction ends. Raise ShippingZoneUnknown."""
    if not zones:
        return
    known = {id_ for (id_,) in await _ZONES.rows(session, zones=list(zones))}
    for index, zone in enumerate(zones):
        if zone not in known:
            raise ShippingZoneUnknown(zone=zone, pointer=f"/zones/{index}")


async def category_ids(session: Session, slugs: Sequence[str]) -> list[UUID]:
    """Return the ids of these categories. Raise CategoryUnknown."""
    if not slugs:
        return []
    known: dict[str, UUID] = dict(await _CATEGORIES.rows(session, slugs=list(slugs)))
    for index, slug in enumerate(slugs):
        if slug not in known:
            raise CategoryUnknown(category=slug, pointer=f"/excluded_categories/{index}")
    return list(known.values())


async def set_rules(
    session: Session, option: ShippingOption, rules: ShippingRules, prices: Mapping[str, int]
) -> None:
    """Replace the rules and prices (in minor units) of an option, but not zones and categories."""
    option.tariff, option.courier = rules.tariff, rules.courier
    option.min_weight, option.max_weight = rules.min_weight, rules.max_weight
    option.max_length = rules.max_length
    option.min_days, option.max_days = rules.min_days, rules.max_days
    option.pickup_address = _pickup(rules.pickup_address)
    await session.orm.flush()
    await _SET_PRICES(
        session,
        option=option.id,
        currencies=list(prices),
        amounts=list(prices.values()),
        additional=[rules.additional.get(currency, 0) for currency in prices],
        free_from=[rules.free_from.get(currency) for currency in prices],
    )
    tiers = [(currency, tier) for currency, tiers in rules.tiers.items() for tier in tiers]
    await _DELETE_TIERS(session, option=option.id)
    await _ADD_TIERS(
        session,
        option=option.id,
        currencies=[currency for currency, _ in tiers],
        thresholds=[tier.start for _, tier in tiers],
        amounts=[tier.price for _, tier in tiers],
    )


def _pickup(address: Address | None) -> dict[str, Any] | None:
    """Return a pick-up address with its region key, by which tax zones are found."""
    if address is None:
        return None
    key = addresses.region_key(address.region) if address.region else None
    return {**to_builtins(address), "region_key": key}


class NoSuchShippingOption(NotFound):
    """There is no such way of shipping."""


class ShippingOptionChanged(Stale):
    """The way of shipping has changed since you read it."""


class ShippingZoneUnknown(Invalid):
    """There is no such zone."""


_RECORDS = Records(ShippingOption, missing=NoSuchShippingOption, changed=ShippingOptionChanged)
claim, remove = _RECORDS.claim, _RECORDS.remove
