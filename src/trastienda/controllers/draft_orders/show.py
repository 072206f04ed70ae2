"""Reading a draft order at the prices of now: in a transaction, because it is priced as a cart."""

from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.draft_orders.draft_order import DraftOrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.draft_orders import assessing, drafts, links


@use_case
async def show(draft_id: UUID, context: Context) -> DraftOrderView:
    """Show a draft order to staff. Raise DraftOrderNotFound or QuotesWanted."""
    async with transaction() as session:
        row = await drafts.claim(session, draft_id, None)
        return assessing.view(row, await assessing.assess(session, row, context))


@use_case
async def show_to_buyer(
    draft_id: UUID, user_id: UUID | None, token: str | None, context: Context
) -> DraftOrderView:
    """Show a draft order that was sent to who has its link, or to its customer.

    Raise DraftOrderNotFound, DraftOrderExpired once its time or that of the link is over, or
    QuotesWanted.
    """
    opened = links.opens(token, draft_id, context.asked_at)
    async with transaction() as session:
        row = await drafts.claim(session, draft_id, None)
        drafts.expect_readable(row, user_id, opened=opened)
        if row.order_id is None:
            row.expect_in_time(context.asked_at)
        shown = assessing.view(row, await assessing.assess(session, row, context))
        return assessing.for_buyer(shown)
