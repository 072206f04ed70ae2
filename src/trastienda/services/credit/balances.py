"""Balances of gift cards and store credit: one statement checks, changes and notes each change.

The ledger's entries are written by the caller, in the same transaction: at the commit, the database
refuses a balance that differs from them.
"""

from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.credit.account import BalanceTooLow
from trastienda.database.models.credit.movement import MovementKind
from trastienda.errors import Invalid
from trastienda.schemas.credit.amounts import MovementView
from trastienda.schemas.shared.actor import Actor, ActorKind
from trastienda.schemas.shared.context import Context

NEWEST = 100
"""Movements that are shown with a balance."""
_CHANGE = prepared("""
    WITH changed AS (
        UPDATE credit_accounts SET balance = balance + %(amount)s, version = version + 1
        WHERE id = %(account)s AND balance + %(amount)s >= held
        RETURNING id, version
    ), noted AS (
        INSERT INTO credit_movements (account_id, kind, amount, at, actor, actor_id, order_id,
            refund_id, reason)
        SELECT id, %(kind)s, %(amount)s, %(now)s, %(actor)s, %(actor_id)s::uuid,
            %(order)s::uuid, %(refund)s::uuid, %(reason)s
        FROM changed
    )
    SELECT version FROM changed
""")
_USABLE_SQL = """
    disabled_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
"""
_STATE = prepared(f"""
    SELECT disabled_at IS NOT NULL, NOT ({_USABLE_SQL}) FROM credit_accounts
    WHERE id = %(account)s FOR NO KEY UPDATE
""")
_MOVEMENTS = prepared(f"""
    SELECT kind, amount, at, actor, actor_id, order_id, payment_id, refund_id, reason
    FROM credit_movements WHERE account_id = %(account)s ORDER BY id DESC LIMIT {NEWEST}
""")


class Cause(NamedTuple):
    """Why a balance changes."""

    kind: MovementKind
    order_id: UUID | None = None
    refund_id: UUID | None = None
    reason: str | None = None


async def change(
    session: Session, account_id: UUID, amount: int, cause: Cause, context: Context
) -> int:
    """Change a balance by `amount` minor units; return the version that this makes.

    Raise BalanceTooLow if less than what is held would be left.
    """
    row = await _CHANGE.row(
        session,
        account=account_id,
        amount=amount,
        kind=cause.kind.value,
        order=cause.order_id,
        refund=cause.refund_id,
        reason=cause.reason,
        actor=context.by.type.value,
        actor_id=context.by.id,
        now=context.asked_at,
    )
    if row is None:
        raise BalanceTooLow
    version: int = row[0]
    return version


async def unusable(session: Session, account_id: UUID, context: Context) -> str | None:
    """Lock an account; say why nothing may be put on it, in a word, or None if it may."""
    row = await _STATE.row(session, account=account_id, now=context.asked_at)
    disabled, out_of_use = row or (False, False)
    if disabled:
        return "disabled"
    return "expired" if out_of_use else None


async def movements(session: Reading, account_id: UUID) -> list[MovementView]:
    """Return what has changed a balance, the newest first."""
    rows = await _MOVEMENTS.rows(session, account=account_id)
    return [
        MovementView(
            kind=MovementKind(kind),
            amount=amount,
            at=at,
            by=Actor(ActorKind(actor), actor_id),
            order_id=order_id,
            payment_id=payment_id,
            refund_id=refund_id,
            reason=reason,
        )
        for kind, amount, at, actor, actor_id, order_id, payment_id, refund_id, reason in rows
    ]


def expect_something(amount: int) -> None:
    """Raise NothingAdjusted for 0."""
    if not amount:
        raise NothingAdjusted(pointer="/amount")


class NothingAdjusted(Invalid):
    """An adjustment of 0 changes nothing."""
