"""Sales: promotions of the whole catalogue, which change the prices that everybody sees."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.promotion import Promotion, Trigger
from trastienda.services import cards, conversions, listed_prices

BATCH = 5_000
"""Products at once: what a statement holds of them stays in memory."""

HANDFUL = 100
"""Products at once by plans that are kept, which are for a handful."""

MANY = 500
"""More products than these are joined whole; fewer are fetched one by one."""

_TOUCHED = prepared("""
    WITH RECURSIVE shelves AS (
        SELECT unnest(%(categories)s::uuid[]) AS id
        UNION SELECT categories.id FROM categories
        JOIN shelves ON shelves.id = categories.parent_id
    )
    SELECT id FROM products
    WHERE %(everything)s
        OR id = ANY (%(products)s)
        OR id IN (SELECT product_id FROM variants WHERE variants.id = ANY (%(variants)s))
        OR id IN (SELECT product_id FROM product_categories
            JOIN shelves ON shelves.id = product_categories.category_id)
""")


async def touched(session: Session, promotion: Promotion) -> list[UUID]:
    """Return the products a sale is about; none, if it is not a sale.

    Ask before and after a change, and `reprice` what either answer names.
    """
    if promotion.trigger is not Trigger.CATALOGUE:
        return []
    await listed_prices.rule(session)
    about = promotion.product_ids, promotion.category_ids, promotion.variant_ids
    products, categories, variants = about
    rows = await _TOUCHED.rows(
        session,
        everything=not any(about),
        products=products,
        categories=categories,
        variants=variants,
    )
    return [product_id for (product_id,) in rows]


async def renew(session: Session, product_ids: Collection[UUID], now: datetime) -> None:
    """Plan and settle the prices of these products, and write their cards anew.

    For whoever changed a product, its prices or its categories, in the same transaction, and for
    the clock; what was changed in objects is flushed first. Who locks products or categories before
    calls `listed_prices.follow` before that.
    """
    if not product_ids:
        return
    await session.orm.flush()
    await listed_prices.follow(session)
    products = await cards.hold(session, product_ids)
    for start in range(0, len(products), HANDFUL):
        batch = products[start : start + HANDFUL]
        await conversions.refresh(session, batch, now)
        await listed_prices.refresh(session, batch, now)
        await cards.refresh(session, batch)


async def reprice(session: Session, product_ids: Collection[UUID], now: datetime) -> None:
    """Do what `renew` does where only a sale, a price list or a rate has changed.

    The caller has called `listed_prices.rule`, so nobody else writes prices. The products are
    locked last, and only where a card changes: a buyer who takes the last unit of one writes its
    card as well, and would wait.
    """
    if not product_ids:
        return
    await session.orm.flush()
    if len(product_ids) > MANY:
        await listed_prices.plan_for_many(session)
    products, changed = sorted(product_ids), set[UUID]()
    for start in range(0, len(products), BATCH):
        batch = products[start : start + BATCH]
        changed |= await conversions.refresh(session, batch, now)
        changed |= await listed_prices.refresh(session, batch, now)
    held = await cards.hold(session, changed)
    for start in range(0, len(held), BATCH):
        await cards.reprice(session, held[start : start + BATCH])
