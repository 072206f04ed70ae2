"""Refunds that go to a gift card, or to store credit: no provider has a say in these."""

from trastienda.database.db import Session
from trastienda.database.models.credit.account import CreditKind
from trastienda.database.models.credit.movement import MovementKind
from trastienda.database.models.payments.refund import (
    OPEN,
    Refund,
    RefundTransfer,
    TransferState,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.credit import balances, telling
from trastienda.services.credit.balances import Cause
from trastienda.services.payments.port import RefundStanding


async def standing(session: Session, transfer: RefundTransfer, context: Context) -> RefundStanding:
    """Say whether a transfer can be put where it goes, which is locked.

    A gift card that has expired or is disabled takes nothing: staff extend it, or pay in another
    way.
    """
    if transfer.state not in OPEN or transfer.credit_account_id is None:
        return RefundStanding(transfer.state)
    why = await balances.unusable(session, transfer.credit_account_id, context)
    return RefundStanding(TransferState.REFUSED if why else TransferState.DONE, reason=why)


async def put(session: Session, refund: Refund, transfer: RefundTransfer, context: Context) -> None:
    """Put a transfer that has just become done where it goes; nothing if it was refused."""
    account_id = transfer.credit_account_id
    if account_id is None or transfer.state is not TransferState.DONE:
        return
    cause = Cause(MovementKind.REFUNDED, refund.order_id, refund.id)
    await balances.change(session, account_id, transfer.amount, cause, context)
    await telling.tell_balance(session, CreditKind(transfer.provider), account_id, context)
