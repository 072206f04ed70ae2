"""Draft orders whose time has come: buyers are told, stock is given back, and they expire.

Each has a transaction of its own, which locks it and looks at it again: its buyer may be ordering
it, and another node may be at the same work.
"""

from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.schemas.shared.context import Context
from trastienda.services.draft_orders import assessing, drafts, due, holding
from trastienda.services.draft_orders.due import Due
from trastienda.services.events import events
from trastienda.services.events import types as event_types

_TOLD = {
    Due.EXPIRES: event_types.DRAFT_ORDER_EXPIRED,
    Due.LETS_GO: event_types.DRAFT_ORDER_STOCK_RELEASED,
    Due.REMINDS: event_types.DRAFT_ORDER_REMINDED,
}


async def find_due(context: Context) -> list[UUID]:
    """List draft orders of which something is due, a batch."""
    async with reading() as session:
        return await due.find(session, context.asked_at)


@use_case
async def settle_due(draft_id: UUID, context: Context) -> bool:
    """Do what is due with a draft order; say whether anything was. Raise QuotesWanted."""
    now = context.asked_at
    async with transaction() as session:
        what = await due.claim(session, draft_id, now)
        if what is None:
            return False
        row = await drafts.claim(session, draft_id, None)
        if what is Due.REMINDS:
            row.remind(now)
        else:
            await holding.release(session, row, context)
            if what is Due.EXPIRES:
                row.expire(now)
            else:
                row.let_go()
        await session.orm.flush()
        view = assessing.view(row, await assessing.assess(session, row, context))
        await events.append(session, _TOLD[what], draft_id, view, context)
    return True
