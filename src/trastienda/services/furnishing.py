"""What a shop needs before its first product: currencies, ways of shipping, shelves."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.text import Locale
from trastienda.schemas.terms import Terms
from trastienda.services import (
    event_types,
    events,
    shipping_options,
    staff_categories,
    staff_channels,
)
from trastienda.services.text import sort_key

LOCK = 0x5EED
"""The advisory lock of those who fill shops."""

_TURN = prepared("SELECT pg_advisory_xact_lock(%(lock)s::int, %(part)s::int)")
_EMPTY = prepared("""
    SELECT NOT EXISTS (SELECT FROM products) AND NOT EXISTS (SELECT FROM categories)
""")
_TAKE = prepared("""
    UPDATE channels SET currencies = currencies || ARRAY(
        SELECT wanted FROM unnest(%(currencies)s::text[]) AS wanted
        WHERE wanted <> ALL (currencies)), version = version + 1
    WHERE slug = 'default' AND NOT currencies @> %(currencies)s::text[]
""")
_RENAME = prepared(
    "UPDATE channels SET name = %(name)s, version = version + 1 WHERE slug = 'default'"
)
_SHIPS = prepared("SELECT 1 FROM shipping_options LIMIT 1")
_SHIP = prepared("""
    WITH option AS (
        INSERT INTO shipping_options
            (id, channel_id, names, position, active, countries, version, zone_ids, tariff,
             min_weight, excluded_category_ids)
        SELECT %(id)s, id, %(names)s, %(position)s, true, '{}', 1, '{}', 'flat', 0, '{}'
        FROM channels
        WHERE slug = 'default' RETURNING id
    )
    INSERT INTO shipping_prices (shipping_option_id, currency, amount, additional)
    SELECT option.id, price.currency, price.amount, 0
    FROM option, unnest(%(currencies)s::text[], %(amounts)s::bigint[]) AS price (currency, amount)
""")
_SHELVE = prepared("""
    INSERT INTO categories (id, slug, position, parent_id, version)
    VALUES (%(id)s, %(slug)s, %(position)s, %(parent)s, 1) ON CONFLICT (id) DO NOTHING
""")
_NAME_SHELF = prepared("""
    INSERT INTO category_texts (category_id, locale, name, sort_key)
    VALUES (%(id)s, %(locale)s, %(name)s, %(key)s)
""")


class Shelf(NamedTuple):
    """A category; one with an id that is known already stays as it is."""

    id: UUID
    slug: str
    parent_id: UUID | None
    names: Mapping[Locale, str]


class Way(NamedTuple):
    """A way of shipping: its names, and a price in minor units for each currency."""

    names: Mapping[Locale, str]
    prices: Mapping[str, int]


async def turn(session: Session, part: int = 0) -> None:
    """Wait until nobody else fills this part of the shop; part 0 is what all need."""
    await _TURN(session, lock=LOCK, part=part)


async def empty(session: Reading) -> bool:
    """Say whether there is neither a product nor a category."""
    row = await _EMPTY.row(session)
    return row is not None and row[0]


async def rename(session: Session, name: str) -> None:
    await _RENAME(session, name=name)


async def take(session: Session, currencies: list[str]) -> bool:
    """Take these currencies as well; return False if all of them were taken before."""
    return bool(await _TAKE(session, currencies=currencies))


async def tell_settings(session: Session, terms: Terms) -> None:
    """Tell of the channel's settings, which were changed here."""
    channel = await staff_channels.claim(session, None)
    view = staff_channels.view(channel)
    await events.append(session, event_types.CHANNEL_CHANGED, channel.id, view, terms)


async def ships(session: Reading) -> bool:
    return await _SHIPS.row(session) is not None


async def ship(session: Session, way: Way, position: int, terms: Terms) -> None:
    """Offer one more way of shipping, and tell."""
    names, prices = way
    id_ = uuid7()
    what = {"id": id_, "names": Jsonb(dict(names)), "position": position}
    currencies, amounts = list(prices), list(prices.values())
    await _SHIP(session, **what, currencies=currencies, amounts=amounts)
    view = await shipping_options.view(session, id_)
    await events.append(session, event_types.SHIPPING_OPTION.created, id_, view, terms)


async def shelve(session: Session, shelves: list[Shelf], terms: Terms) -> None:
    """Put up shelves in this order, parents first, and tell of those that are new."""
    for position, (id_, slug, parent, names) in enumerate(shelves):
        if not await _SHELVE(session, id=id_, slug=slug, position=position, parent=parent):
            continue
        for locale, name in names.items():
            key = sort_key(name, locale)
            await _NAME_SHELF(session, id=id_, locale=locale.value, name=name, key=key)
        view = await staff_categories.view(session, id_)
        await events.append(session, event_types.CATEGORY.created, id_, view, terms)
