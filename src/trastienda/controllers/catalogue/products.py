"""How staff create, change and delete products; product cards are updated with them."""

from contextlib import suppress
from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.product_draft import ProductDraft, ProductPatch, StaffProductView
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import (
    pictures,
    product_texts,
    staff_products,
    variant_removal,
)
from trastienda.services.catalogue.product_writing import compose, draft_of, patched, rewrite
from trastienda.services.catalogue.staff_product_view import category_slugs, view
from trastienda.services.catalogue.staff_products import SlugTaken
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.prices import listed as listed_prices
from trastienda.services.prices import sales

RETRIES = 9
"""How many numbered slugs are tried when the name's own is taken: each may be taken meanwhile."""


@use_case
async def create(draft: ProductDraft, context: Context) -> StaffProductView:
    """Create a product with its variants, prices and first stock.

    Without a slug, one is made from its name, numbered if it is taken. Raise SlugNeeded, SlugTaken,
    SkuTaken, CategoryUnknown, VariantsAlike, TaxClassUnknown, what `pictures.arrange` raises, or an
    Invalid that names the field.
    """
    if draft.slug:
        return await _create(draft, draft.slug, context)
    slug = base_slug = product_texts.slug_of(draft.name)
    for _ in range(RETRIES):
        with suppress(SlugTaken):
            return await _create(draft, slug, context)
        async with reading() as session:
            slug = await staff_products.free_slug(session, base_slug)
    return await _create(draft, slug, context)


async def _create(draft: ProductDraft, slug: str, context: Context) -> StaffProductView:
    async with transaction(context.once) as session:
        await listed_prices.lock_rules_shared(session)
        product = compose(draft, slug, context.asked_at)
        await pictures.arrange(session, product, draft)
        await staff_products.save(session, product)
        await staff_products.set_categories(session, product, draft.categories)
        await staff_products.add_initial_stock(session, product, draft.variants, context)
        await sales.refresh(session, [product.id], context.asked_at)
        created = await view(session, product)
        return await events.record(session, event_types.PRODUCT.created, created, context)


@use_case
async def change(product_id: UUID, patch: ProductPatch, context: Context) -> StaffProductView:
    """Change the fields of a product that the patch gives; variants are matched by SKU.

    Raise ProductNotFound, ProductChanged if it was changed since it was read, and what `create`
    raises.
    """
    async with transaction(context.once) as session:
        await listed_prices.lock_rules_shared(session)
        product = await staff_products.claim(session, product_id, context.seen)
        known_skus = {variant.sku for variant in product.variants}
        base = Locale(channels.current().locale)
        draft = patched(draft_of(product, await category_slugs(session, product), base), patch)
        product.slug = draft.slug or product.slug
        rewrite(product, draft)
        await pictures.arrange(session, product, draft)
        product.touch(context.asked_at)
        await staff_products.save(session, product)
        await staff_products.set_categories(session, product, draft.categories)
        added = [variant for variant in draft.variants if variant.sku not in known_skus]
        await staff_products.add_initial_stock(session, product, added, context)
        await sales.refresh(session, [product.id], context.asked_at)
        changed = await view(session, product)
        return await events.record(session, event_types.PRODUCT.changed, changed, context)


@use_case
async def remove(product_id: UUID, context: Context) -> None:
    """Delete a product with its variants; orders keep their own copy of its data.

    Raise ProductNotFound, ProductChanged, or StockPromised if units are reserved.
    """
    async with transaction(context.once) as session:
        await listed_prices.lock_rules_shared(session)
        product = await staff_products.claim(session, product_id, context.seen)
        await staff_products.remove(session, product, context)
        await events.record_deletion(session, event_types.PRODUCT.deleted, product_id, context)


@use_case
async def remove_variant(product_id: UUID, sku: str, context: Context) -> StaffProductView:
    """Delete a variant with its prices and stock; carts lose it, orders keep their own copy.

    Values of options that no other variant has go with it. Raise ProductNotFound, VariantNotFound,
    ProductChanged, LastVariant, or StockPromised if units are reserved.
    """
    async with transaction(context.once) as session:
        await listed_prices.lock_rules_shared(session)
        product = await staff_products.claim(session, product_id, context.seen)
        variant = variant_removal.expect(product, sku)
        base = Locale(channels.current().locale)
        draft = draft_of(product, await category_slugs(session, product), base)
        await staff_products.remove_variant(session, product, variant, context)
        rewrite(product, variant_removal.without(draft, sku))
        product.touch(context.asked_at)
        await staff_products.save(session, product)
        await sales.refresh(session, [product.id], context.asked_at)
        changed = await view(session, product)
        return await events.record(session, event_types.PRODUCT.changed, changed, context)
