"""Gift cards that expire: what is left on them is the merchant's, and booked as that."""

from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.credit.movement import MovementKind
from trastienda.schemas.shared.context import Context
from trastienda.services.credit import balances, expiry, gift_cards, telling
from trastienda.services.credit.balances import Cause
from trastienda.services.events import types as event_types
from trastienda.services.ledger import credit_bookings, ledger


async def expire_gift_cards(context: Context) -> int:
    """Book what is left on gift cards whose time is over, a batch; return how many.

    Each has a transaction of its own, which looks at it again: staff may have extended its time.
    """
    async with reading() as session:
        found = await expiry.expired(session, context.asked_at)
    for card_id in found:
        await _expire(card_id, context)
    return len(found)


@use_case
async def _expire(card_id: UUID, context: Context) -> None:
    async with transaction() as session:
        claimed = await expiry.claim(session, card_id, context.asked_at)
        if claimed is None:
            return
        currency, amount = claimed
        cause = Cause(MovementKind.EXPIRED)
        version = await balances.change(session, card_id, -amount, cause, context)
        booked = credit_bookings.expired(gift_cards.OWED, card_id, amount, version)
        await ledger.write(session, [booked], None, currency, context.asked_at)
        await telling.tell_cards(session, event_types.GIFT_CARD_EXPIRED, [card_id], context)
