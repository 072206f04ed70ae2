"""What staff do with tax classes."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.tax import TaxClass
from trastienda.schemas.tax import TaxClassDraft, TaxClassPatch, TaxClassView
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, tax_classes


@use_case
async def create(draft: TaxClassDraft, terms: Terms) -> TaxClassView:
    """Raise TaxClassCodeTaken."""
    tax_class = TaxClass(code=draft.code, name=draft.name)
    async with transaction(terms.once) as session:
        await tax_classes.save(session, tax_class)
        view = tax_classes.view(tax_class)
        return await events.tell(session, event_types.TAX_CLASS.created, view, terms)


@use_case
async def change(class_id: UUID, patch: TaxClassPatch, terms: Terms) -> TaxClassView:
    """Change its name. Raise TaxClassChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        tax_class = await tax_classes.claim(session, class_id, terms.seen)
        tax_class.name = tax_class.name if patch.name is UNSET else patch.name
        tax_class.version += 1
        await tax_classes.save(session, tax_class)
        view = tax_classes.view(tax_class)
        return await events.tell(session, event_types.TAX_CLASS.changed, view, terms)


@use_case
async def remove(class_id: UUID, terms: Terms) -> None:
    """Delete a class that nothing is in. Raise TaxClassInUse or StandardClassNeeded."""
    async with transaction(terms.once) as session:
        tax_class = await tax_classes.claim(session, class_id, terms.seen)
        await tax_classes.remove(session, tax_class)
        await events.tell_gone(session, event_types.TAX_CLASS.deleted, class_id, terms)
