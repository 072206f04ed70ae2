"""What events tell of gift cards and store credit."""

from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.credit.account import CreditKind
from trastienda.schemas.credit.amounts import Tender
from trastienda.schemas.events.event import EventType
from trastienda.schemas.shared.context import Context
from trastienda.services.credit import gift_cards, store_credit
from trastienda.services.events import events
from trastienda.services.events import types as event_types


async def tell_cards(
    session: Session, type_: EventType, card_ids: Sequence[UUID], context: Context
) -> None:
    """Record what happened to gift cards, whose rows are locked."""
    for card in await gift_cards.told(session, card_ids, context.asked_at):
        await events.append(session, type_, card.id, card, context)


async def tell_store_credit(session: Session, account_id: UUID, context: Context) -> None:
    """Record that the balance of store credit, whose row is locked, has changed."""
    data = await store_credit.told(session, account_id)
    what = event_types.STORE_CREDIT
    await events.append(session, what, account_id, data, context)


async def tell_balance(
    session: Session, kind: CreditKind, account_id: UUID, context: Context
) -> None:
    """Record that a balance, whose row is locked, has changed."""
    if kind is CreditKind.STORE_CREDIT:
        await tell_store_credit(session, account_id, context)
    else:
        what = event_types.GIFT_CARD_MOVED
        await tell_cards(session, what, [account_id], context)


async def tell_spent(session: Session, tenders: Sequence[Tender], context: Context) -> None:
    """Record that an order was paid with these."""
    for tender in tenders:
        await tell_balance(session, tender.kind, tender.account_id, context)
