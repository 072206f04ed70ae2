"""Generated orders on their way into the database. Each step can be repeated."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.types.json import Jsonb
from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared, reading, transaction, use_case, utcnow
from trastienda.database.models.shared.text import Locale
from trastienda.demo import basics
from trastienda.demo.generated.products import ProductGenerator
from trastienda.demo.orders.draws import CURRENCY, SHIPPING, Ware, booked, sale
from trastienda.demo.orders.rows import TABLES, Table, Whole, as_json
from trastienda.errors import Conflict

WARES = 5_000
"""Variants that orders are drawn from: the first of the catalogue."""
PART = 1 << 30
"""Where the advisory locks of chunks begin, beside those of products."""
SETTLED = (
    "orders, order_lines, order_history, payment_attempts, refunds, refund_items, refund_transfers",
    "order_search, ledger_transactions, ledger_entries",
)
"""Tables that orders fill, in two parts that take about the same time."""
_WARES = prepared("""
    SELECT variants.id, variants.sku, variant_texts.name, products.slug, prices.amount
    FROM variants JOIN products ON products.id = variants.product_id
        JOIN variant_texts ON variant_texts.variant_id = variants.id AND locale = %(locale)s
        JOIN prices ON prices.variant_id = variants.id AND prices.currency = %(currency)s
    WHERE prices.amount > 0 ORDER BY variants.id LIMIT %(most)s
""")
_CHANNEL = prepared("SELECT id FROM channels WHERE slug = 'default'")
_OPTION = prepared("SELECT id FROM shipping_options ORDER BY position, id LIMIT 1")
_PRESENT = prepared("SELECT id FROM orders WHERE id = ANY (%(ids)s)")
_TYPES = prepared("""
    SELECT attname, atttypid::bigint FROM pg_attribute
    WHERE attrelid = to_regclass(%(table)s) AND attnum > 0 AND NOT attisdropped
""")
_NUMBERS = prepared("SELECT nextval('order_numbers') FROM generate_series(1, %(count)s)")


async def wares() -> list[Ware]:
    """Return what can be ordered. Raise NothingToOrder."""
    async with reading() as session:
        rows = await _WARES.rows(
            session, currency=CURRENCY, locale=Locale.ENGLISH.value, most=WARES
        )
    if not rows:
        raise NothingToOrder
    return [Ware(*row) for row in rows]


@use_case
async def add(
    generator: ProductGenerator, numbers: range, goods: Sequence[Ware], newest: datetime, most: int
) -> int:
    """Write the orders of these numbers, of `most`; return how many were not there yet."""
    async with transaction() as session:
        await basics.lock_part(session, PART + numbers.start)
        sales = [sale(generator, number, goods, newest, most) for number in numbers]
        present = {row[0] for row in await _PRESENT.rows(session, ids=[it.id for it in sales])}
        wanted = [it for it in sales if it.id not in present]
        channel_id, option = await _surroundings(session)
        now = utcnow()
        drawn = await _NUMBERS.rows(session, count=len(wanted))
        wholes = [
            Whole(it, row[0], channel_id, option, now, [(uuid7(), what) for what in booked(it)])
            for it, row in zip(wanted, drawn, strict=True)
        ]
        for table in TABLES if wholes else []:
            await _write(session, table, wholes)
    return len(wanted)


async def _write(session: Session, table: Table, wholes: Sequence[Whole]) -> None:
    """Write the rows of a table by a binary COPY: no value becomes text, to be read again."""
    types: dict[str, int] = dict(await _TYPES.rows(session, table=table.name))
    columns = [it.strip() for it in table.columns.split(",")]
    statement = f"COPY {table.name} ({table.columns}) FROM STDIN (FORMAT BINARY)"
    async with session.driver.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([types[column] for column in columns])
        for whole in wholes:
            for row in table.rows(whole):
                await copy.write_row(row)


async def _surroundings(session: Session) -> tuple[UUID, Jsonb]:
    """Return the channel, and a way of shipping as orders keep it."""
    channel, option = await _CHANNEL.row(session), await _OPTION.row(session)
    assert channel is not None  # noqa: S101 - the first revision makes it
    shipped = {"id": option[0] if option else uuid7(), "name": "Estándar", "price": SHIPPING}
    return channel[0], as_json(shipped)


async def settle() -> None:
    """Let the planner know how much there is now."""
    await asyncio.gather(*(_settle(tables) for tables in SETTLED))


async def _settle(tables: str) -> None:
    """Vacuum and analyse; that runs in no transaction."""
    async with reading() as session:
        await session.driver.execute(f"VACUUM (ANALYZE) {tables}")


class NothingToOrder(Conflict):
    """The shop sells nothing yet that could be ordered; generate products first."""
