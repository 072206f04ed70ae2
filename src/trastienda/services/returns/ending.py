"""Returns that end without their goods: what was held is free, what was sent is to be paid."""

from trastienda.database.db import Session
from trastienda.database.models.returns.order_return import OrderReturn
from trastienda.schemas.shared.context import Context
from trastienda.services.returns import exchanging, telling


async def withdraw(session: Session, of: OrderReturn, context: Context) -> None:
    """Give a locked return up before anything has arrived. Raise ReturnUnderWay."""
    of.withdraw(context.asked_at)
    await _settle(session, of, context)


async def expire(session: Session, of: OrderReturn, context: Context) -> None:
    """End a locked return of which nothing arrived in time. Raise ReturnUnderWay."""
    of.expire(context.asked_at)
    await _settle(session, of, context)


async def _settle(session: Session, of: OrderReturn, context: Context) -> None:
    """Release stock; whoever has got something else already is asked to pay it."""
    await exchanging.let_go(session, of, context)
    if early := await exchanging.early(session, of):
        await telling.tell_replacement(session, early.id, early.owed, context)
