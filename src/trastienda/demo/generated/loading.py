"""Loading of generated products into the database."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from psycopg.errors import UniqueViolation

from trastienda.database.db import Reading, Session, prepared
from trastienda.demo import basics
from trastienda.demo.generated.products import GeneratedProduct, ProductGenerator
from trastienda.demo.generated.rows import Table, tables
from trastienda.demo.generated.views import view
from trastienda.errors import Conflict
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import PRODUCT
from trastienda.services.stock import events as stock_events

_LOCATION = prepared("SELECT id FROM locations WHERE code = 'main'")
_PRESENT = prepared("SELECT id FROM products WHERE id = ANY (%(ids)s)")
_SLUGS = prepared("SELECT id, slug FROM categories WHERE id = ANY (%(ids)s)")
_CONVERTED = prepared("""
    SELECT variant_id, currency, amount FROM prices
    WHERE variant_id = ANY (%(ids)s) AND converted
""")


async def add_categories(session: Session, generator: ProductGenerator, context: Context) -> None:
    """Add the categories of generated products. Raise SeedTaken."""
    try:
        await basics.add_categories(session, generator.categories(), context)
    except UniqueViolation as clash:  # uq_categories_slug
        raise SeedTaken from clash


async def missing(session: Reading, products: Sequence[GeneratedProduct]) -> list[GeneratedProduct]:
    """Return the products that are not in the shop yet."""
    rows = await _PRESENT.rows(session, ids=[product.id for product in products])
    present = {id_ for (id_,) in rows}
    return [product for product in products if product.id not in present]


async def insert(session: Session, products: Sequence[GeneratedProduct], context: Context) -> None:
    """Insert the rows of new products. Raise SeedTaken."""
    row = await _LOCATION.row(session)
    assert row is not None  # noqa: S101 - the first migration creates it
    try:
        for table in tables(row[0]):
            await _copy(session, table, products)
    except UniqueViolation as clash:
        raise SeedTaken from clash
    await stock_events.record_created(
        session, [id_ for product in products for id_ in product.stock], context
    )


async def record_events(
    session: Session, products: Sequence[GeneratedProduct], context: Context
) -> None:
    """Record the events of new products with settled prices, as if staff had created them."""
    category_ids = {category_id for product in products for category_id in product.category_ids}
    slugs: dict[UUID, str] = dict(await _SLUGS.rows(session, ids=list(category_ids)))
    converted: dict[UUID, dict[str, int]] = {}
    variants = [id_ for product in products for id_ in product.variants]
    for id_, currency, amount in await _CONVERTED.rows(session, ids=variants):
        converted.setdefault(id_, {})[currency] = amount
    views = (view(product, slugs, converted) for product in products)
    await events.record_created(session, PRODUCT.created, views, context)


async def _copy(session: Session, table: Table, products: Iterable[GeneratedProduct]) -> None:
    statement = f"COPY {table.name} ({table.columns}) FROM STDIN"
    async with session.driver.cursor() as cursor, cursor.copy(statement) as copy:
        for product in products:
            for row in table.rows(product):
                await copy.write_row(row)


async def update_statistics(session: Reading) -> None:
    """Update the planner's statistics, and flush the pending entries of the search index.

    VACUUM cannot run in a transaction, hence a `Reading`.
    """
    await session.driver.execute(
        "VACUUM (ANALYZE) products, product_texts, product_categories, variants, variant_texts,"
        " prices, stock, cards"
    )


class SeedTaken(Conflict):
    """The names of generated products are taken: by your own, or by those of another seed."""
