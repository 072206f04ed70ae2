"""Products as staff write them: objects, in the transaction that also renews their cards."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.failures import violated
from trastienda.database.models.category import Category
from trastienda.database.models.location import Location
from trastienda.database.models.product import Product, ProductCategory
from trastienda.database.models.stock import Reason, Stock, StockMovement, StockPromised
from trastienda.database.models.tax import TaxClassUnknown
from trastienda.database.models.variant import Variant
from trastienda.errors import Conflict, Invalid, Stale
from trastienda.schemas.product_draft import VariantDraft
from trastienda.schemas.terms import Terms
from trastienda.services import stock_events
from trastienda.services.products import ProductNotFound

_WHOLE = (
    selectinload(Product.texts),
    selectinload(Product.media),
    selectinload(Product.variants).selectinload(Variant.texts),
    selectinload(Product.variants).selectinload(Variant.prices),
)
_STOCK_OF = prepared("""
    SELECT stock.id FROM stock JOIN variants ON variants.id = stock.variant_id
    WHERE variants.product_id = %(product)s ORDER BY stock.id FOR UPDATE OF stock
""")


async def by_id(session: Reading, product_id: UUID) -> Product:
    """Return a product with its texts, variants and pictures. Raise ProductNotFound."""
    query = select(Product).where(Product.id == product_id).options(*_WHOLE)
    if product := await session.orm.scalar(query):
        return product
    raise ProductNotFound


async def claim(session: Session, product_id: UUID, seen: int | None) -> Product:
    """Lock a product for a change. Raise ProductNotFound or ProductChanged."""
    query = select(Product).where(Product.id == product_id).options(*_WHOLE)
    product = await session.orm.scalar(query.with_for_update(of=Product))
    if product is None:
        raise ProductNotFound
    if seen not in {None, product.version}:
        raise ProductChanged(version=product.version)
    return product


async def save(session: Session, product: Product) -> None:
    """Write it; the constraints decide.

    Raise SlugTaken, SkuTaken, VariantsAlike or TaxClassUnknown.
    """
    session.orm.add(product)
    slug = product.slug  # unreadable once a flush has failed
    try:
        await session.orm.flush()
    except IntegrityError as clash:
        raise _CLASHES[violated(clash)](slug=slug) from clash


async def shelve(session: Session, product: Product, slugs: list[str]) -> None:
    """Put it on these shelves and no others. Raise CategoryUnknown."""
    query = select(Category.slug, Category.id).where(Category.slug.in_(slugs))
    # Held, so that none is deleted or moved before the product stands in it.
    held = query.order_by(Category.id).with_for_update(read=True, key_share=True)
    found = await session.orm.execute(held)
    ids = {row.slug: row.id for row in found}
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


async def stock_up(
    session: Session, product: Product, drafts: Iterable[VariantDraft], terms: Terms
) -> None:
    """Book the first stock of new variants in, at the main location."""
    first = {draft.sku: draft.stock for draft in drafts if draft.stock is not None}
    location_id = await session.orm.scalar(select(Location.id).where(Location.code == "main"))
    if not first or location_id is None:
        return
    added: list[UUID] = []
    for variant in product.variants:
        if variant.sku in first:
            units = first[variant.sku]
            stock = Stock(variant_id=variant.id, location_id=location_id, on_hand=units)
            session.orm.add(stock)
            added.append(stock.id)
            if units:
                session.orm.add(
                    StockMovement(
                        stock_id=stock.id,
                        reason=Reason.RECEIVED,
                        on_hand=units,
                        created_at=terms.asked_at,
                    )
                )
    await session.orm.flush()
    await stock_events.tell_new(session, added, terms)


async def remove(session: Session, product: Product, terms: Terms) -> None:
    """Delete it with all that is its own; orders keep what they say. Raise StockPromised."""
    stock = [id_ for (id_,) in await _STOCK_OF.rows(session, product=product.id)]
    await stock_events.tell_gone(session, stock, terms)
    await session.orm.delete(product)
    try:
        await session.orm.flush()
    except IntegrityError as promised:  # fk_reservations_stock_id
        raise StockPromised from promised


class ProductChanged(Stale):
    """The product has changed since you read it."""


class SlugTaken(Conflict):
    """Another product has this slug."""


class SkuTaken(Conflict):
    """Another variant has this SKU."""


class VariantsAlike(Invalid):
    """Two variants have the same options."""


class CategoryUnknown(Invalid):
    """There is no such category."""


_CLASHES: dict[str, type[Conflict | Invalid]] = {
    "uq_products_slug": SlugTaken,
    "uq_variants_sku": SkuTaken,
    "uq_variants_product_id_options": VariantsAlike,
    "fk_variants_tax_class": TaxClassUnknown,
}
