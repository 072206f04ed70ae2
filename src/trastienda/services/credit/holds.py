"""What checkouts under way are promised of gift cards and store credit.

As with stock: held before a provider is asked, taken when the order is placed, released when it
will not be. One statement each, which locks the accounts in the order of their ids.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.credit.account import CreditSpent
from trastienda.database.models.credit.movement import MovementKind
from trastienda.database.models.payments.payment import PaymentState
from trastienda.schemas.credit.amounts import Tender
from trastienda.schemas.shared.context import Context

_HOLD = prepared("""
    WITH wanted AS (
        SELECT * FROM unnest(%(accounts)s::uuid[], %(amounts)s::bigint[])
            AS wanted (account_id, amount)
    ), locked AS MATERIALIZED (
        SELECT id FROM credit_accounts WHERE id = ANY (%(accounts)s::uuid[])
        ORDER BY id FOR NO KEY UPDATE
    ), promised AS (
        UPDATE credit_accounts AS account SET held = held + wanted.amount
        FROM locked JOIN wanted ON wanted.account_id = locked.id
        WHERE account.id = locked.id AND account.balance - account.held >= wanted.amount
            AND account.disabled_at IS NULL
            AND (account.expires_at IS NULL OR account.expires_at > %(now)s)
        RETURNING account.id, wanted.amount
    )
    INSERT INTO credit_holds (account_id, source_id, amount, created_at)
    SELECT id, %(source)s, amount, %(now)s FROM promised
""")
_LOCKED_SQL = """
    SELECT account.id FROM credit_accounts AS account
    WHERE id IN (SELECT account_id FROM credit_holds WHERE source_id = %(source)s)
    ORDER BY id FOR NO KEY UPDATE
"""
_RELEASE = prepared(f"""
    WITH locked AS MATERIALIZED ({_LOCKED_SQL}), freed AS (
        DELETE FROM credit_holds USING locked
        WHERE source_id = %(source)s AND account_id = locked.id
        RETURNING account_id, amount
    )
    UPDATE credit_accounts AS account SET held = held - freed.amount
    FROM freed WHERE account.id = freed.account_id
""")
# The payment has its row before the movement that names it.
_TAKE = prepared(f"""
    WITH locked AS MATERIALIZED ({_LOCKED_SQL}), freed AS (
        DELETE FROM credit_holds USING locked
        WHERE source_id = %(source)s AND account_id = locked.id
        RETURNING account_id, amount
    ), spent AS (
        UPDATE credit_accounts AS account SET held = held - freed.amount,
            balance = balance - freed.amount, version = version + 1
        FROM freed WHERE account.id = freed.account_id
        RETURNING account.id, account.kind, account.currency, freed.amount
    ), paid AS (
        INSERT INTO payment_attempts (id, provider, amount, captured, refunded, currency, state,
            created_at, order_id, capture_at_once, operation_attempt, credit_account_id)
        SELECT tender.payment_id, spent.kind, spent.amount, spent.amount, 0, spent.currency,
            '{PaymentState.CAPTURED}', %(now)s, %(source)s, true, 0, spent.id
        FROM spent JOIN unnest(%(accounts)s::uuid[], %(payments)s::uuid[])
            AS tender (account_id, payment_id) ON tender.account_id = spent.id
        RETURNING id, credit_account_id, amount
    )
    INSERT INTO credit_movements
        (account_id, kind, amount, at, actor, actor_id, order_id, payment_id)
    SELECT credit_account_id, '{MovementKind.SPENT}', -amount, %(now)s, %(actor)s,
        %(actor_id)s::uuid, %(source)s, id
    FROM paid
""")


async def hold(session: Session, source_id: UUID, tenders: Sequence[Tender], now: datetime) -> None:
    """Promise a checkout what it wants to pay with. Raise CreditSpent if it is not there."""
    if not tenders:
        return
    held = await _HOLD(
        session,
        source=source_id,
        accounts=[tender.account_id for tender in tenders],
        amounts=[tender.amount for tender in tenders],
        now=now,
    )
    if held < len(tenders):
        raise CreditSpent


async def release(session: Session, source_id: UUID) -> None:
    """Release what a checkout was promised; nothing if it was taken or released already."""
    await _RELEASE(session, source=source_id)


async def take(
    session: Session, source_id: UUID, tenders: Sequence[Tender], context: Context
) -> None:
    """Take what was promised to an order, which has been written: each part is a payment of it."""
    if not tenders:
        return
    taken = await _TAKE(
        session,
        source=source_id,
        accounts=[tender.account_id for tender in tenders],
        payments=[tender.payment_id for tender in tenders],
        actor=context.by.type.value,
        actor_id=context.by.id,
        now=context.asked_at,
    )
    if taken < len(tenders):
        raise HoldMissing(str(source_id))


class HoldMissing(RuntimeError):
    """An order is placed without what was promised to it: our mistake, nobody's input."""
