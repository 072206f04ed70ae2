from uuid import UUID

from trastienda.database.db import transaction, use_case
from trastienda.schemas.draft_orders.draft_order import DraftOrderLink
from trastienda.schemas.shared.context import Context
from trastienda.services.draft_orders import assessing, drafts
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.mail.facts.draft_orders import draft_page
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.orders import access
from trastienda.services.orders.drafts import refuse


@use_case
async def send(draft_id: UUID, mail_settings: MailSettings, context: Context) -> DraftOrderLink:
    """Mail the buyer of a draft order the link where they order it, and return it.

    Raise DraftOrderNotFound, DraftOrderChanged, DraftOrderCompleted, DraftOrderExpired,
    CartNotReady, OutOfStock or QuotesWanted.
    """
    now = context.asked_at
    async with transaction(context.once) as session:
        row = await drafts.claim(session, draft_id, context.seen)
        row.send(now)
        await session.orm.flush()
        assessed = await assessing.assess(session, row, context)
        refuse(assessed.problems, seen=True)
        view = assessing.view(row, assessed)
        await events.append(session, event_types.DRAFT_ORDER_SENT, draft_id, view, context)
        link = DraftOrderLink(
            draft_order_id=draft_id,
            email=row.email,
            total=view.totals.total,
            currency=row.currency,
            url=draft_page(mail_settings, draft_id, now),
            expires_at=min(now + access.LIFETIME, row.expires_at or now + access.LIFETIME),
        )
        return await session.answer(link)
