"""Recalculating listed prices after a change of a product, a sale, a price list or a rate."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.promotions.promotion import Promotion, Trigger
from trastienda.services.catalogue import cards
from trastienda.services.prices import conversions, listed

BATCH = 5_000
"""Products repriced at once, so that the statements' intermediate results stay in memory."""

HANDFUL = 100
"""Products refreshed at once, by cached plans, which expect a handful of rows."""

MANY = 500
"""From this many products on, statements are planned for many rows instead of a handful."""

_AFFECTED_PRODUCTS = prepared("""
    WITH RECURSIVE subcategories AS (
        SELECT unnest(%(categories)s::uuid[]) AS id
        UNION SELECT categories.id FROM categories
        JOIN subcategories ON subcategories.id = categories.parent_id
    )
    SELECT id FROM products
    WHERE %(everything)s
        OR id = ANY (%(products)s)
        OR id IN (SELECT product_id FROM variants WHERE variants.id = ANY (%(variants)s))
        OR id IN (SELECT product_id FROM product_categories
            JOIN subcategories ON subcategories.id = product_categories.category_id)
""")


async def affected_products(session: Session, promotion: Promotion) -> list[UUID]:
    """Return the ids of the products that a sale applies to; none if it is not a sale.

    Call this before and after a change, and `reprice` the products of both results.
    """
    if promotion.trigger is not Trigger.CATALOGUE:
        return []
    await listed.lock_rules(session)
    targets = promotion.product_ids, promotion.category_ids, promotion.variant_ids
    products, categories, variants = targets
    rows = await _AFFECTED_PRODUCTS.rows(
        session,
        everything=not any(targets),
        products=products,
        categories=categories,
        variants=variants,
    )
    return [product_id for (product_id,) in rows]


async def refresh(session: Session, product_ids: Collection[UUID], now: datetime) -> None:
    """Recalculate the prices of these products at `now`, and rebuild their cards.

    For a transaction that changed products, their prices or their categories, and for prices that
    change by the clock. Pending changes of objects are flushed first. A caller that locks products
    or categories has called `listed.lock_rules_shared` before that.
    """
    if not product_ids:
        return
    await session.orm.flush()
    await listed.lock_rules_shared(session)
    products = await cards.lock_products(session, product_ids)
    for start in range(0, len(products), HANDFUL):
        batch = products[start : start + HANDFUL]
        await conversions.refresh(session, batch, now)
        await listed.refresh(session, batch, now)
        await cards.refresh(session, batch)


async def reprice(session: Session, product_ids: Collection[UUID], now: datetime) -> None:
    """Recalculate the prices of these products after a change of a sale, a price list or a rate.

    Unlike `refresh`, it changes only prices on cards. The caller has called `listed.lock_rules`, so
    nobody else writes prices. Products are locked last, and only if their prices change, because a
    checkout that sells the last unit of a product also writes its card, and would wait.
    """
    if not product_ids:
        return
    await session.orm.flush()
    if len(product_ids) > MANY:
        await listed.plan_for_many(session)
    products, changed = sorted(product_ids), set[UUID]()
    for start in range(0, len(products), BATCH):
        batch = products[start : start + BATCH]
        changed |= await conversions.refresh(session, batch, now)
        changed |= await listed.refresh(session, batch, now)
    locked = await cards.lock_products(session, changed)
    for start in range(0, len(locked), BATCH):
        await cards.reprice(session, locked[start : start + BATCH])
