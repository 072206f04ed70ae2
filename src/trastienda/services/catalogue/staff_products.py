"""Products as staff write them."""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import selectinload

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.catalogue.category import Category
from trastienda.database.models.catalogue.product import Product, ProductCategory
from trastienda.database.models.catalogue.variant import Variant
from trastienda.database.models.stock.location import Location
from trastienda.database.models.stock.stock import Reason, Stock, StockMovement, StockPromised
from trastienda.database.models.taxes.tax import TaxClassUnknown
from trastienda.errors import Conflict, Invalid, Stale
from trastienda.schemas.catalogue.product_draft import VariantDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue.products import ProductNotFound
from trastienda.services.shared.records import Records, Refusal, translated
from trastienda.services.stock import events as stock_events

_WHOLE = (
    selectinload(Product.texts),
    selectinload(Product.media),
    selectinload(Product.variants).selectinload(Variant.texts),
    selectinload(Product.variants).selectinload(Variant.prices),
)
_STOCK_OF = prepared("""
    SELECT id FROM stock WHERE variant_id = ANY (%(variants)s) ORDER BY id FOR UPDATE
""")

_TAKEN = prepared("""
    SELECT sku FROM variants WHERE sku = ANY (%(skus)s) AND product_id <> %(product)s
""")
_FREE_NUMBER = prepared("""
    WITH taken AS MATERIALIZED (
        SELECT slug FROM products WHERE starts_with(slug, %(slug)s || '-')
    )
    SELECT min(number) FROM generate_series(2, 2 + (SELECT count(*) FROM taken)) AS number
    WHERE %(slug)s || '-' || number NOT IN (SELECT slug FROM taken)
""")


async def free_slug(session: Reading, slug: str) -> str:
    """Return the slug with the smallest free number appended, from 2 on."""
    row = await _FREE_NUMBER.row(session, slug=slug)
    assert row is not None  # noqa: S101 - the series has one number more than there are slugs
    return f"{slug}-{row[0]}"


async def set_categories(session: Session, product: Product, slugs: list[str]) -> None:
    """Put a product into exactly these categories, in this order. Raise CategoryUnknown."""
    query = select(Category.slug, Category.id).where(Category.slug.in_(slugs))
    # Locked, so that no category is deleted or moved before the product is in it.
    locking = query.order_by(Category.id).with_for_update(read=True, key_share=True)
    ids = {row.slug: row.id for row in await session.orm.execute(locking)}
    if unknown := [slug for slug in slugs if slug not in ids]:
        raise CategoryUnknown(category=unknown[0], pointer="/categories")
    await session.orm.execute(
        delete(ProductCategory).where(ProductCategory.product_id == product.id)
    )
    rows = [
        {"product_id": product.id, "category_id": ids[slug], "position": position}
        for position, slug in enumerate(dict.fromkeys(slugs))
    ]
    if rows:
        await session.orm.execute(insert(ProductCategory), rows)


async def add_initial_stock(
    session: Session, product: Product, drafts: Iterable[VariantDraft], context: Context
) -> None:
    """Receive the first stock of new variants, in units, at the main location."""
    units_by_sku = {draft.sku: draft.stock for draft in drafts if draft.stock is not None}
    location_id = await session.orm.scalar(select(Location.id).where(Location.code == "main"))
    if not units_by_sku or location_id is None:
        return
    added: list[UUID] = []
    for variant in product.variants:
        if variant.sku in units_by_sku:
            units = units_by_sku[variant.sku]
            stock = Stock(variant_id=variant.id, location_id=location_id, on_hand=units)
            session.orm.add(stock)
            added.append(stock.id)
            if units:
                session.orm.add(
                    StockMovement(
                        stock_id=stock.id,
                        reason=Reason.RECEIVED,
                        on_hand=units,
                        created_at=context.asked_at,
                    )
                )
    await session.orm.flush()
    await stock_events.record_created(session, added, context)


async def remove(session: Session, product: Product, context: Context) -> None:
    """Delete a product with its variants, prices and stock; orders keep their copy of its data.

    Raise StockPromised if units are reserved.
    """
    await _remove_stock(session, product.variants, context)
    await _RECORDS.remove(session, product)


async def remove_variant(
    session: Session, product: Product, variant: Variant, context: Context
) -> None:
    """Delete a variant with its prices and stock; carts lose their lines of it.

    Orders keep their copy of its data. Raise StockPromised if units are reserved.
    """
    await _remove_stock(session, [variant], context)
    product.variants = [it for it in product.variants if it is not variant]
    with translated(_ON_REMOVE):
        await session.orm.flush()


async def _remove_stock(session: Session, variants: Collection[Variant], context: Context) -> None:
    """Lock the stock of variants that are about to go, and record that it goes with them."""
    rows = await _STOCK_OF.rows(session, variants=[it.id for it in variants])
    await stock_events.record_deleted(session, [id_ for (id_,) in rows], context)


class ProductChanged(Stale):
    """The product has changed since you read it."""


class SlugTaken(Conflict):
    """Another product has this slug."""


async def taken(session: Reading, skus: Collection[str], product_id: UUID) -> frozenset[str]:
    """Return those of these SKUs that other products have."""
    rows = await _TAKEN.rows(session, skus=list(skus), product=product_id)
    return frozenset(sku for (sku,) in rows)


class SkuTaken(Conflict):
    """Another variant has this SKU."""


class VariantsAlike(Invalid):
    """Two variants have the same options."""


class CategoryUnknown(Invalid):
    """There is no such category."""


_ON_REMOVE = {"fk_reservations_stock_id": Refusal(StockPromised)}
_RECORDS = Records(
    Product,
    missing=ProductNotFound,
    changed=ProductChanged,
    on_save={
        "uq_products_slug": Refusal(SlugTaken, tells="slug"),
        "uq_variants_sku": Refusal(SkuTaken, tells="slug"),
        "uq_variants_product_id_options": Refusal(VariantsAlike, tells="slug"),
        "fk_variants_tax_class": Refusal(TaxClassUnknown, tells="slug"),
    },
    on_remove=_ON_REMOVE,
    whole=_WHOLE,
)
by_id, claim, save = _RECORDS.by_id, _RECORDS.claim, _RECORDS.save
