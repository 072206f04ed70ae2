"""What staff do with a product. The shop's cards follow in the same transaction."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.database.models.text import Locale
from trastienda.schemas.product_draft import ProductDraft, ProductPatch, StaffProductView
from trastienda.schemas.terms import Terms
from trastienda.services import (
    channels,
    event_types,
    events,
    listed_prices,
    product_texts,
    sales,
    staff_products,
)
from trastienda.services.product_writing import compose, draft_of, patched, rewrite
from trastienda.services.staff_product_view import shelves, view
from trastienda.services.staff_products import SlugTaken


@use_case
async def create(draft: ProductDraft, terms: Terms) -> StaffProductView:
    """Put a product on sale. Without a slug it gets one of its name, made unique if need be."""
    slug = draft.slug or product_texts.slug_of(draft.name)
    try:
        return await _create(draft, slug, terms)
    except SlugTaken:
        if draft.slug:
            raise
    return await _create(draft, f"{slug}-{terms.asked_at:%y%m%d%H%M%S%f}", terms)


async def _create(draft: ProductDraft, slug: str, terms: Terms) -> StaffProductView:
    async with transaction(terms.once) as session:
        await listed_prices.follow(session)
        product = compose(draft, slug, terms.asked_at)
        await staff_products.save(session, product)
        await staff_products.shelve(session, product, draft.categories)
        await staff_products.stock_up(session, product, draft.variants, terms)
        await sales.renew(session, [product.id], terms.asked_at)
        seen = await view(session, product)
        return await events.tell(session, event_types.PRODUCT.created, seen, terms)


@use_case
async def change(product_id: UUID, patch: ProductPatch, terms: Terms) -> StaffProductView:
    """Change what the patch names. Raise ProductChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        await listed_prices.follow(session)
        product = await staff_products.claim(session, product_id, terms.seen)
        known = {variant.sku for variant in product.variants}
        base = Locale(channels.current().locale)
        draft = patched(draft_of(product, await shelves(session, product), base), patch)
        product.slug = draft.slug or product.slug
        rewrite(product, draft)
        product.touch(terms.asked_at)
        await staff_products.save(session, product)
        await staff_products.shelve(session, product, draft.categories)
        added = [variant for variant in draft.variants if variant.sku not in known]
        await staff_products.stock_up(session, product, added, terms)
        await sales.renew(session, [product.id], terms.asked_at)
        seen = await view(session, product)
        return await events.tell(session, event_types.PRODUCT.changed, seen, terms)


@use_case
async def remove(product_id: UUID, terms: Terms) -> None:
    """Take a product out of the shop for good. Raise StockPromised while buyers wait for it."""
    async with transaction(terms.once) as session:
        await listed_prices.follow(session)
        product = await staff_products.claim(session, product_id, terms.seen)
        await staff_products.remove(session, product, terms)
        await events.tell_gone(session, event_types.PRODUCT.deleted, product_id, terms)
