"""What a shop needs before its first product: currencies, shipping options, categories."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.shipping.option import Tariff
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import staff_categories
from trastienda.services.channels import staff_channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.text import fold, sort_key
from trastienda.services.shipping import options as shipping_options

LOCK = 0x5EED
"""The advisory lock for filling a shop."""

_LOCK_PART = prepared("SELECT pg_advisory_xact_lock(%(lock)s::int, %(part)s::int)")
_EMPTY = prepared("""
    SELECT NOT EXISTS (SELECT FROM products) AND NOT EXISTS (SELECT FROM categories)
""")
_ADD_CURRENCIES = prepared("""
    UPDATE channels SET currencies = currencies || ARRAY(
        SELECT wanted FROM unnest(%(currencies)s::text[]) AS wanted
        WHERE wanted <> ALL (currencies)), version = version + 1
    WHERE slug = 'default' AND NOT currencies @> %(currencies)s::text[]
""")
_RENAME = prepared(
    "UPDATE channels SET name = %(name)s, version = version + 1 WHERE slug = 'default'"
)
_HAS_SHIPPING = prepared("SELECT 1 FROM shipping_options LIMIT 1")
_ADD_SHIPPING_OPTION = prepared("""
    WITH option AS (
        INSERT INTO shipping_options
            (id, channel_id, names, position, active, countries, version, zone_ids, tariff,
             min_weight, excluded_category_ids)
        SELECT %(id)s, id, %(names)s, %(position)s, true, '{}', 1, '{}', %(tariff)s, 0, '{}'
        FROM channels
        WHERE slug = 'default' RETURNING id
    )
    INSERT INTO shipping_prices (shipping_option_id, currency, amount, additional)
    SELECT option.id, price.currency, price.amount, 0
    FROM option, unnest(%(currencies)s::text[], %(amounts)s::bigint[]) AS price (currency, amount)
""")
_ADD_CATEGORY = prepared("""
    INSERT INTO categories (id, slug, position, parent_id, version)
    VALUES (%(id)s, %(slug)s, %(position)s, %(parent)s, 1) ON CONFLICT (id) DO NOTHING
""")
_NAME_CATEGORY = prepared("""
    INSERT INTO category_texts (category_id, locale, name, sort_key, search_text)
    VALUES (%(id)s, %(locale)s, %(name)s, %(key)s, %(search_text)s)
""")


class CategoryNames(NamedTuple):
    """A category to add; if its id exists already, it is not changed."""

    id: UUID
    slug: str
    parent_id: UUID | None
    names: Mapping[Locale, str]


class ShippingOptionDraft(NamedTuple):
    """A shipping option: its names, and its prices in minor units by currency."""

    names: Mapping[Locale, str]
    prices: Mapping[str, int]


async def lock_part(session: Session, part: int = 0) -> None:
    """Lock a part of the shop for filling it; part 0 is the common one."""
    await _LOCK_PART(session, lock=LOCK, part=part)


async def is_empty(session: Reading) -> bool:
    """Return whether the shop has neither products nor categories."""
    row = await _EMPTY.row(session)
    return row is not None and row[0]


async def rename_channel(session: Session, name: str) -> None:
    await _RENAME(session, name=name)


async def add_currencies(session: Session, currencies: list[str]) -> bool:
    """Add currencies to the channel; return False if it has all of them already."""
    return bool(await _ADD_CURRENCIES(session, currencies=currencies))


async def record_settings(session: Session, context: Context) -> None:
    """Record an event about the channel's changed settings."""
    channel = await staff_channels.claim(session, None)
    view = staff_channels.view(channel)
    await events.append(session, event_types.CHANNEL_CHANGED, channel.id, view, context)


async def has_shipping(session: Reading) -> bool:
    return await _HAS_SHIPPING.row(session) is not None


async def add_shipping_option(
    session: Session, option: ShippingOptionDraft, position: int, context: Context
) -> None:
    """Add a shipping option, and record an event about it."""
    names, prices = option
    id_ = uuid7()
    columns = {"id": id_, "names": Jsonb(dict(names)), "position": position}
    amounts = {"currencies": list(prices), "amounts": list(prices.values())}
    await _ADD_SHIPPING_OPTION(session, **columns, **amounts, tariff=Tariff.FLAT.value)
    view = await shipping_options.view(session, id_)
    await events.append(session, event_types.SHIPPING_OPTION.created, id_, view, context)


async def add_categories(
    session: Session, categories: list[CategoryNames], context: Context
) -> None:
    """Add categories in this order, parents first, and record an event for each new one."""
    for position, (id_, slug, parent, names) in enumerate(categories):
        if not await _ADD_CATEGORY(session, id=id_, slug=slug, position=position, parent=parent):
            continue
        for locale, name in names.items():
            words = {"name": name, "key": sort_key(name, locale), "search_text": fold(name)}
            await _NAME_CATEGORY(session, id=id_, locale=locale.value, **words)
        view = await staff_categories.view(session, id_)
        await events.append(session, event_types.CATEGORY.created, id_, view, context)
