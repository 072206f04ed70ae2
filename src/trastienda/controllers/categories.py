"""What staff do with the shop's categories. Cards of products follow in the same transaction."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.category import Category
from trastienda.database.models.text import Locale
from trastienda.schemas.category_draft import CategoryDraft, CategoryPatch, StaffCategoryView
from trastienda.schemas.terms import Terms
from trastienda.services import (
    channels,
    event_types,
    events,
    listed_prices,
    sales,
    staff_categories,
    translations,
)
from trastienda.services.product_texts import slug_of


@use_case
async def create(draft: CategoryDraft, terms: Terms) -> StaffCategoryView:
    """Put up a category. Without a slug it gets one of its name, with a number if need be."""
    async with transaction(terms.once) as session:
        tree = await staff_categories.lock_tree(session)
        tree.expect_room()
        parent_id = tree.find(draft.parent)
        tree.expect_place(parent_id)
        slug = draft.slug or tree.free_slug(slug_of(draft.name))
        category = Category(slug=slug, position=draft.position, parent_id=parent_id)
        names = translations.names(draft.name, draft.translations)
        await staff_categories.save(session, category, names)
        view = await staff_categories.view(session, category.id)
        return await events.tell(session, event_types.CATEGORY.created, view, terms)


@use_case
async def change(category_id: UUID, patch: CategoryPatch, terms: Terms) -> StaffCategoryView:
    """Change what the patch names. Raise CategoryChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        tree = await staff_categories.lock_tree(session)
        category = await staff_categories.claim(session, category_id, terms.seen)
        before = await staff_categories.view(session, category_id)
        held: list[UUID] = []
        if patch.parent is not UNSET and patch.parent != before.parent:
            await listed_prices.follow(session)
            category.parent_id = tree.find(patch.parent)
            tree.expect_place(category.parent_id, category_id)
            held = await staff_categories.hold_products(session, tree.below(category_id))
        category.slug = category.slug if patch.slug is UNSET else patch.slug
        category.position = category.position if patch.position is UNSET else patch.position
        category.version += 1
        base = Locale(channels.current().locale)
        names = translations.renamed(before.names, base, patch.name, patch.translations)
        await staff_categories.save(session, category, names)
        await sales.renew(session, held, terms.asked_at)
        view = await staff_categories.view(session, category_id)
        return await events.tell(session, event_types.CATEGORY.changed, view, terms)


@use_case
async def remove(category_id: UUID, terms: Terms) -> None:
    """Take a category down; its products stay. Raise CategoryNotEmpty while others are in it."""
    async with transaction(terms.once) as session:
        await staff_categories.lock_tree(session)
        category = await staff_categories.claim(session, category_id, terms.seen)
        await listed_prices.follow(session)
        held = await staff_categories.hold_products(session, [category_id])
        await staff_categories.remove(session, category)
        await sales.renew(session, held, terms.asked_at)
        await events.tell_gone(session, event_types.CATEGORY.deleted, category_id, terms)
