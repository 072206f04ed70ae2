"""Generated products on their way into the database."""

from collections.abc import Iterable, Sequence

from psycopg.errors import UniqueViolation

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Conflict
from trastienda.schemas.terms import Terms
from trastienda.services import furnishing, stock_events
from trastienda.services.seeding.goods import Good, Lottery
from trastienda.services.seeding.rows import Table, tables

_LOCATION = prepared("SELECT id FROM locations WHERE code = 'main'")
_PRESENT = prepared("SELECT id FROM products WHERE id = ANY (%(ids)s)")


async def shelve(session: Session, lottery: Lottery) -> None:
    """Put up the categories. Raise SeedTaken."""
    try:
        await furnishing.shelve(session, lottery.shelves())
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
