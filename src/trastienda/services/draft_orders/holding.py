"""Stock that a draft order holds, because staff said until when: reserved under its own id.

The caller has locked the draft order: nobody else changes what is reserved for it.
"""

from collections import Counter
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.draft_orders.draft_order import DraftOrder
from trastienda.schemas.shared.context import Context
from trastienda.services.draft_orders import lines
from trastienda.services.orders import reservations


async def settle(session: Session, draft: DraftOrder, context: Context) -> None:
    """Reserve what a draft order is to hold now, and release what it holds beyond that.

    Raise OutOfStock; then nothing may be kept.
    """
    wanted = lines.units(draft) if draft.holds(context.asked_at) else Counter[UUID]()
    await reservations.hold(session, draft.id, wanted, context)


async def release(session: Session, draft: DraftOrder, context: Context) -> None:
    """Release all that a draft order holds."""
    await reservations.hold(session, draft.id, Counter(), context)
