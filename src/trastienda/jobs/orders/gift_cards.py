"""Gift cards that are issued because their order is paid, and those whose time is over."""

from trastienda.controllers import orders
from trastienda.controllers.credit.expire import expire_gift_cards
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.credit.expiry import BATCH
from trastienda.services.orders.gift_cards import due


async def issue() -> bool:
    """Issue the gift cards of one batch of orders; say whether there may be more."""
    return await orders.issue_gift_cards(Context(utcnow())) == due.BATCH


async def expire() -> bool:
    """Expire one batch; say whether there may be more."""
    return await expire_gift_cards(Context(utcnow())) == BATCH
