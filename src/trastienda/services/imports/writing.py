"""Saving what was planned: many products by few statements, with their prices, cards and events."""

from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.catalogue.product import Product
from trastienda.schemas.catalogue.product_draft import ProductDraft
from trastienda.schemas.shared.context import Context
from trastienda.schemas.stock.listing import CountDraft
from trastienda.services.catalogue import cards, pictures, staff_product_view, staff_products
from trastienda.services.catalogue.product_writing import compose, rewrite
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.imports.planning import Plan
from trastienda.services.prices import sales
from trastienda.services.stock import counting
from trastienda.services.stock.counting import Counted


async def write(session: Session, plans: Sequence[Plan], context: Context) -> None:
    """Do what was planned in this transaction; plans with problems are left out.

    Raise what saving a product raises, if a constraint is violated all the same.
    """
    sound = [it for it in plans if not it.drafted.problems]
    new = [_new(it, context) for it in sound if it.is_changed and it.product is None]
    changed = [_changed(it, context) for it in sound if it.is_changed and it.known]
    written = [*new, *changed]
    if written:
        for it in sound:
            if it.is_changed and it.product:
                await pictures.arrange(session, it.product, _draft(it))
        session.orm.add_all(written)
        await staff_products.save(session, written[-1])
        if categories := _categories(sound):
            await staff_products.set_categories_of(session, categories)
    counts = [
        Counted(it.sku, CountDraft(counted=it.counted, location=it.location, expected=it.expected))
        for plan in sound
        for it in plan.counts
    ]
    counted = await counting.count_all(session, counts, context) if counts else []
    await sales.refresh(session, [it.id for it in written], context.asked_at)
    only_counted = {product_id for product_id, _ in counted} - {it.id for it in written}
    if only_counted:
        await cards.refresh(session, only_counted)
    for type_, products in (
        (event_types.PRODUCT.created, new),
        (event_types.PRODUCT.changed, changed),
    ):
        if products:
            views = await staff_product_view.views(session, products)
            await events.append_all(session, type_, views, context)


def _new(plan: Plan, context: Context) -> Product:
    draft = _draft(plan)
    plan.product = compose(draft, draft.slug or "", context.asked_at)
    return plan.product


def _changed(plan: Plan, context: Context) -> Product:
    assert plan.product is not None  # noqa: S101 - what is known of it was read from there
    rewrite(plan.product, _draft(plan))
    plan.product.touch(context.asked_at)
    return plan.product


def _draft(plan: Plan) -> ProductDraft:
    assert plan.drafted.draft is not None  # noqa: S101 - it has no problems
    return plan.drafted.draft


def _categories(plans: Sequence[Plan]) -> dict[UUID, list[str]]:
    """Return the categories of the products that are in others from now on, by their ids."""
    return {
        it.product.id: it.drafted.draft.categories
        for it in plans
        if it.product
        and it.drafted.draft
        and it.is_changed
        and it.drafted.draft.categories != (it.known.categories if it.known else [])
    }
