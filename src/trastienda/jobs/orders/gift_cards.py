"""Gift cards whose time is over."""

from trastienda.controllers.credit.expire import expire_gift_cards
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.credit.expiry import BATCH


async def expire() -> bool:
    """Expire one batch; say whether there may be more."""
    return await expire_gift_cards(Context(utcnow())) == BATCH
