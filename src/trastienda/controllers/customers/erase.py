from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.customers.customer import Erased
from trastienda.schemas.shared.context import Context
from trastienda.services.customers import erasure
from trastienda.services.events import events
from trastienda.services.events import types as event_types


@use_case
async def erase(user_id: UUID, context: Context) -> None:
    """Delete what names a customer, except what the law obliges the merchant to keep.

    Raise CustomerNotFound, CustomerIsStaff or CustomerHasOpenOrders.
    """
    async with transaction(context.once) as session:
        await erasure.erase(session, user_id)
        await events.append(session, event_types.USER_ERASED, user_id, Erased(user_id), context)
        await session.answer(None)
