"""What staff write down about customers, for each other."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.customers.customer import (
    CustomerNoted,
    CustomerNoteDraft,
    CustomerNoteView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.customers import notes
from trastienda.services.events import events
from trastienda.services.events import types as event_types


@use_case
async def add(user_id: UUID, draft: CustomerNoteDraft, context: Context) -> CustomerNoteView:
    """Add a note about a customer. Raise CustomerNotFound."""
    async with transaction(context.once) as session:
        await notes.claim(session, user_id)
        view = await notes.add(session, user_id, draft, context)
        data = CustomerNoted(note_id=view.id)
        await events.append(session, event_types.CUSTOMER_NOTED, user_id, data, context)
        return await session.answer(view)
