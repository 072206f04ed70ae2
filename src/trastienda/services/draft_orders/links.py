"""Links to draft orders: a signature, so that nothing is stored, and an end."""

from datetime import UTC, datetime
from uuid import UUID

from trastienda.database.models.draft_orders.draft_order import DraftOrderExpired
from trastienda.services.orders.access import LIFETIME
from trastienda.services.shared import tokens

PURPOSE = "draft order"


def token_for(draft_id: UUID, since: datetime) -> str:
    """Return a token that opens a draft order, good from `since` on for `LIFETIME`."""
    ends = str(int((since + LIFETIME).timestamp()))
    return f"{ends}.{tokens.sign(PURPOSE, f'{draft_id} until {ends}')}"


def opens(token: str | None, draft_id: UUID, now: datetime) -> bool:
    """Say whether a token is one of this draft order. Raise DraftOrderExpired for an old one."""
    ends, _, signature = (token or "").partition(".")
    if not tokens.verify(PURPOSE, f"{draft_id} until {ends}", signature):
        return False
    if datetime.fromtimestamp(int(ends), UTC) <= now:
        raise DraftOrderExpired
    return True
