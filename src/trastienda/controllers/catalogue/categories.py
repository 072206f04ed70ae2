"""How staff create, change and delete categories; product cards are updated with them."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.catalogue.category import Category
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.category_draft import (
    CategoryDraft,
    CategoryMove,
    CategoryPatch,
    StaffCategoryView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import staff_categories
from trastienda.services.catalogue.product_texts import slug_of
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.prices import listed as listed_prices
from trastienda.services.prices import sales
from trastienda.services.shared import translations


@use_case
async def create(draft: CategoryDraft, context: Context) -> StaffCategoryView:
    """Create a category. Without a slug, one is made from its name, numbered if it is taken.

    Raise CategoriesFull, ParentUnknown, CategoryTooDeep, CategorySlugTaken or SlugNeeded.
    """
    async with transaction(context.once) as session:
        tree = await staff_categories.lock_tree(session)
        tree.expect_capacity()
        parent_id = tree.find(draft.parent)
        tree.expect_valid_parent(parent_id)
        slug = draft.slug or tree.free_slug(slug_of(draft.name))
        category = Category(slug=slug, position=draft.position, parent_id=parent_id)
        names = translations.names(draft.name, draft.translations)
        await staff_categories.save(session, category, names)
        view = await staff_categories.view(session, category.id)
        return await events.record(session, event_types.CATEGORY.created, view, context)


@use_case
async def change(category_id: UUID, patch: CategoryPatch, context: Context) -> StaffCategoryView:
    """Change the fields of a category that the patch gives.

    Raise CategoryNotFound, CategoryChanged if it was changed since it was read, ParentUnknown,
    CategoryInsideItself, CategoryTooDeep or CategorySlugTaken.
    """
    async with transaction(context.once) as session:
        tree = await staff_categories.lock_tree(session)
        category = await staff_categories.claim(session, category_id, context.seen)
        before = await staff_categories.view(session, category_id)
        base = Locale(channels.current().locale)
        names = translations.renamed(before.names, base, patch.name, patch.translations)
        products: list[UUID] = []
        parent = before.parent if patch.parent is UNSET else patch.parent
        moved = parent != before.parent
        if moved or names != before.names:  # the search finds products by their category's name
            await listed_prices.lock_rules_shared(session)
            products = await staff_categories.lock_products(session, tree.below(category_id))
        if moved:
            category.parent_id = tree.find(parent)
            tree.expect_valid_parent(category.parent_id, category_id)
        category.slug = category.slug if patch.slug is UNSET else patch.slug
        category.position = category.position if patch.position is UNSET else patch.position
        category.version += 1
        await staff_categories.save(session, category, names)
        await sales.refresh(session, products, context.asked_at)
        view = await staff_categories.view(session, category_id)
        return await events.record(session, event_types.CATEGORY.changed, view, context)


@use_case
async def move(category_id: UUID, to: CategoryMove, context: Context) -> StaffCategoryView:
    """Put a category, with its subcategories, before another one or at the end of a parent.

    Its siblings get new positions where there is no room between them. Raise CategoryNotFound,
    CategoryChanged if it was changed since it was read, CategoryNotBeside, and what `change` raises
    for parents.
    """
    async with transaction(context.once) as session:
        tree = await staff_categories.lock_tree(session)
        category = await staff_categories.claim(session, category_id, context.seen)
        parent_id = tree.find(to.parent)
        products: list[UUID] = []
        if parent_id != category.parent_id:
            tree.expect_valid_parent(parent_id, category_id)
            await listed_prices.lock_rules_shared(session)
            products = await staff_categories.lock_products(session, tree.below(category_id))
        before = await staff_categories.every(session, Locale(channels.current().locale))
        placed = staff_categories.arranged(before, category_id, to)
        await staff_categories.place(session, placed, category_id, parent_id)
        await sales.refresh(session, products, context.asked_at)
        after = await staff_categories.every(session, context.locale)
        changed = [it for it in after if it.id in placed]
        await events.append_all(session, event_types.CATEGORY.changed, changed, context)
        return await session.answer(next(it for it in changed if it.id == category_id))


@use_case
async def remove(category_id: UUID, context: Context) -> None:
    """Delete a category; its products stay.

    Raise CategoryNotFound, CategoryChanged, or CategoryNotEmpty if it has subcategories.
    """
    async with transaction(context.once) as session:
        await staff_categories.lock_tree(session)
        category = await staff_categories.claim(session, category_id, context.seen)
        await listed_prices.lock_rules_shared(session)
        products = await staff_categories.lock_products(session, [category_id])
        await staff_categories.remove(session, category)
        await sales.refresh(session, products, context.asked_at)
        await events.record_deletion(session, event_types.CATEGORY.deleted, category_id, context)
