"""What somebody who has the code of a gift card may know of it."""

from trastienda.database.db import transaction, use_case
from trastienda.database.models.credit.account import GiftCardUnknown
from trastienda.schemas.credit.gift_card import GiftCardBalance
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import throttles
from trastienda.services.credit import codes, looking


@use_case
async def look(
    visitor: Visitor, code: str, client: str | None, context: Context
) -> GiftCardBalance:
    """Return what is on a gift card.

    Raise GiftCardUnknown, also for a card that is disabled, or SlowDown after too many unknown
    codes: they count together with those that are tried in carts.
    """
    now = context.asked_at
    limits = throttles.for_gift_card_holder(client, visitor.user_id)
    shared = [] if visitor.user_id or not limits else [throttles.STRANGERS_GIFT_CARDS]
    async with transaction() as session:
        await throttles.take_turns(session, limits)
        await throttles.refuse(session, [*limits, *shared], now)
        if found := await looking.balance(session, code, now):
            return found
        await throttles.record(session, limits, now)
        if shared:
            guess = codes.digest(code).decode()
            await throttles.record_code(session, guess, now, *shared)
    raise GiftCardUnknown(pointer="/code")
