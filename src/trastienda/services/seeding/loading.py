"""Generated products on their way into the database."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from psycopg.errors import UniqueViolation

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Conflict
from trastienda.schemas.terms import Terms
from trastienda.services import events, furnishing, stock_events
from trastienda.services.event_types import PRODUCT
from trastienda.services.seeding.goods import Good, Lottery
from trastienda.services.seeding.rows import Table, tables
from trastienda.services.seeding.views import view

_LOCATION = prepared("SELECT id FROM locations WHERE code = 'main'")
_PRESENT = prepared("SELECT id FROM products WHERE id = ANY (%(ids)s)")
_SLUGS = prepared("SELECT id, slug FROM categories WHERE id = ANY (%(ids)s)")
_CONVERTED = prepared("""
    SELECT variant_id, currency, amount FROM prices
    WHERE variant_id = ANY (%(ids)s) AND converted
""")


async def shelve(session: Session, lottery: Lottery, terms: Terms) -> None:
    """Put up the categories. Raise SeedTaken."""
    try:
        await furnishing.shelve(session, lottery.shelves(), terms)
    except UniqueViolation as clash:  # uq_categories_slug
        raise SeedTaken from clash


async def missing(session: Reading, goods: Sequence[Good]) -> list[Good]:
    """Leave out those that are in the shop already."""
    rows = await _PRESENT.rows(session, ids=[good.id for good in goods])
    present = {id_ for (id_,) in rows}
    return [good for good in goods if good.id not in present]


async def store(session: Session, goods: Sequence[Good], terms: Terms) -> None:
    """Write the rows of products that are new. Raise SeedTaken."""
    row = await _LOCATION.row(session)
    assert row is not None  # noqa: S101 - the first revision makes it
    try:
        for table in tables(row[0]):
            await _copy(session, table, goods)
    except UniqueViolation as clash:
        raise SeedTaken from clash
    await stock_events.tell_new(session, [id_ for good in goods for id_ in good.stock], terms)


async def tell(session: Session, goods: Sequence[Good], terms: Terms) -> None:
    """Tell of products that are new and whose prices are settled, as if staff had written them."""
    shelves = {shelf for good in goods for shelf in good.shelves}
    slugs: dict[UUID, str] = dict(await _SLUGS.rows(session, ids=list(shelves)))
    converted: dict[UUID, dict[str, int]] = {}
    variants = [id_ for good in goods for id_ in good.variants]
    for id_, currency, amount in await _CONVERTED.rows(session, ids=variants):
        converted.setdefault(id_, {})[currency] = amount
    views = (view(good, slugs, converted) for good in goods)
    await events.tell_new(session, PRODUCT.created, views, terms)


async def _copy(session: Session, table: Table, goods: Iterable[Good]) -> None:
    statement = f"COPY {table.name} ({table.columns}) FROM STDIN"
    async with session.driver.cursor() as cursor, cursor.copy(statement) as copy:
        for good in goods:
            for row in table.rows(good):
                await copy.write_row(row)


async def settle(session: Reading) -> None:
    """Let the planner know how much there is now, and the search index finish what is pending.

    VACUUM runs in no transaction, hence a reading.
    """
    await session.driver.execute(
        "VACUUM (ANALYZE) products, product_texts, product_categories, variants, variant_texts,"
        " prices, stock, cards"
    )


class SeedTaken(Conflict):
    """The names of generated products are taken: by your own, or by those of another seed."""
