"""How staff create, change and delete tax classes."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.database.models.taxes.tax import TaxClass
from trastienda.schemas.shared.context import Context
from trastienda.schemas.taxes.tax import TaxClassDraft, TaxClassPatch, TaxClassView
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import given, rewrite
from trastienda.services.taxes import classes as tax_classes


@use_case
async def create(draft: TaxClassDraft, context: Context) -> TaxClassView:
    """Create a tax class. Raise TaxClassCodeTaken."""
    tax_class = TaxClass(code=draft.code, name=draft.name)
    async with transaction(context.once) as session:
        await tax_classes.save(session, tax_class)
        view = tax_classes.view(tax_class)
        return await events.record(session, event_types.TAX_CLASS.created, view, context)


@use_case
async def change(class_id: UUID, patch: TaxClassPatch, context: Context) -> TaxClassView:
    """Change the name of a tax class.

    Raise TaxClassNotFound, or TaxClassChanged if it was changed since it was read.
    """
    async with transaction(context.once) as session:
        tax_class = await tax_classes.claim(session, class_id, context.seen)
        rewrite(tax_class, given(patch))
        await tax_classes.save(session, tax_class)
        view = tax_classes.view(tax_class)
        return await events.record(session, event_types.TAX_CLASS.changed, view, context)


@use_case
async def remove(class_id: UUID, context: Context) -> None:
    """Delete an unused tax class.

    Raise TaxClassNotFound, TaxClassChanged, TaxClassInUse or StandardClassNeeded.
    """
    async with transaction(context.once) as session:
        tax_class = await tax_classes.claim(session, class_id, context.seen)
        await tax_classes.remove(session, tax_class)
        await events.record_deletion(session, event_types.TAX_CLASS.deleted, class_id, context)
