from trastienda.database.db import transaction, use_case
from trastienda.schemas.shared.context import Context
from trastienda.services.carts import expiry
from trastienda.services.carts.numbers import number
from trastienda.services.events import events
from trastienda.services.events import types as event_types


@use_case
async def expire(context: Context) -> int:
    """Delete one batch of the carts that nobody has changed for `cart_days`; return how many.

    An event tells of each that had an e-mail address.
    """
    async with transaction() as session:
        deleted, told = await expiry.take(session, context.asked_at)
        for cart_id, data in told:
            await events.append(session, event_types.CART_EXPIRED, number(cart_id), data, context)
    return deleted
