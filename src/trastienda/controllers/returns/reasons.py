"""How staff create, change and delete reasons for returns."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.returns.reason import ReturnReason
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.returns.reason import (
    ReturnReasonDraft,
    ReturnReasonPatch,
    ReturnReasonView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.returns import reasons
from trastienda.services.shared import translations
from trastienda.services.shared.records import given, rewrite


@use_case
async def create(draft: ReturnReasonDraft, context: Context) -> ReturnReasonView:
    """Create a reason for returns. Raise ReturnReasonCodeTaken."""
    async with transaction(context.once) as session:
        names = translations.names(draft.name, draft.translations)
        reason = ReturnReason(
            code=draft.code,
            names={locale.value: name for locale, name in names.items()},
            needs_note=draft.needs_note,
            charges_fees=draft.charges_fees,
            active=draft.active,
            position=draft.position,
        )
        await reasons.save(session, reason)
        view = reasons.view(reason)
        return await events.record(session, event_types.RETURN_REASON.created, view, context)


@use_case
async def change(reason_id: UUID, patch: ReturnReasonPatch, context: Context) -> ReturnReasonView:
    """Change a reason; returns that have it keep what they were told of fees.

    Raise ReturnReasonNotFound or ReturnReasonChanged.
    """
    async with transaction(context.once) as session:
        reason = await reasons.claim(session, reason_id, context.seen)
        fields = given(patch)
        before = reasons.view(reason).names
        names = translations.renamed(
            before,
            Locale(channels.current().locale),
            fields.pop("name", UNSET),
            fields.pop("translations", UNSET),
        )
        fields["names"] = {locale.value: name for locale, name in names.items()}
        rewrite(reason, fields)
        await reasons.save(session, reason)
        view = reasons.view(reason)
        return await events.record(session, event_types.RETURN_REASON.changed, view, context)


@use_case
async def remove(reason_id: UUID, context: Context) -> None:
    """Delete a reason that no return has.

    Raise ReturnReasonNotFound, ReturnReasonChanged or ReturnReasonInUse.
    """
    async with transaction(context.once) as session:
        await reasons.remove(session, await reasons.claim(session, reason_id, context.seen))
        await events.record_deletion(session, event_types.RETURN_REASON.deleted, reason_id, context)
