"""The transfers of refunds on their way to their providers, each leased to one process."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.payments.refund import OPEN, RefundTransfer, TransferState
from trastienda.services.payments.port import Charge, LostRefund, RefundStanding

LEASE = timedelta(seconds=30)
"""How long a process has to ask a provider; it waits twice as long each time, up to a day."""
LONGEST = timedelta(days=1)
BATCH = 20
_OPEN_SQL = ", ".join(f"'{state}'" for state in OPEN)
_WAIT_SQL = "least(%(lease)s::interval * power(2, least(requests, 20)), %(longest)s::interval)"
# What is only asked for becomes sent before the provider hears of it: from then on it is not known.
# Nodes of the version before do not say to which gift card money goes back. What is asked for again
# may have been paid: its provider may have to tell it from the other refunds of the payment.
_TAKE = prepared(f"""
    WITH due AS (
        SELECT waiting.id, payment.reference AS payment_reference,
            payment.amount AS payment_amount, payment.currency,
            payment.credit_account_id AS paid_from, refunds.created_at
        FROM refund_transfers AS waiting
            JOIN payment_attempts AS payment ON payment.id = waiting.payment_id
            JOIN refunds ON refunds.id = waiting.refund_id
        WHERE waiting.state IN ({_OPEN_SQL}) AND waiting.leased_until <= %(now)s
        ORDER BY waiting.leased_until LIMIT {BATCH} FOR UPDATE OF waiting SKIP LOCKED
    )
    UPDATE refund_transfers AS transfer SET requests = requests + 1,
        leased_until = %(now)s::timestamptz + {_WAIT_SQL},
        state = CASE WHEN state = '{TransferState.ASKED}' THEN '{TransferState.SENT}'
            ELSE state END,
        credit_account_id = coalesce(transfer.credit_account_id, due.paid_from)
    FROM due WHERE transfer.id = due.id
    RETURNING transfer.id, transfer.refund_id, transfer.payment_id, transfer.provider,
        transfer.amount, transfer.attempt, transfer.state, transfer.reference,
        due.payment_reference, due.payment_amount, due.currency,
        CASE WHEN transfer.requests > 1 THEN due.created_at END,
        CASE WHEN transfer.requests > 1 THEN array(
            SELECT reference FROM refund_transfers AS other
            WHERE other.payment_id = transfer.payment_id AND reference IS NOT NULL
                AND other.id <> transfer.id) END,
        CASE WHEN transfer.requests > 1 THEN (
            SELECT count(*) FROM refund_transfers AS other
            WHERE other.payment_id = transfer.payment_id AND other.amount = transfer.amount
                AND other.state = '{TransferState.SENT}') END
""")
_OF_REFERENCE = prepared("""
    SELECT transfer.id, transfer.refund_id, transfer.payment_id, transfer.provider,
        transfer.amount, transfer.attempt, transfer.state, transfer.reference,
        payment.reference, payment.amount, payment.currency, NULL, NULL, NULL
    FROM refund_transfers AS transfer
        JOIN payment_attempts AS payment ON payment.id = transfer.payment_id
    WHERE transfer.payment_id = %(payment)s AND transfer.reference = %(reference)s
""")
_LOCK = prepared("SELECT 1 FROM payment_attempts WHERE id = %(payment)s FOR UPDATE")
_TAKEN = prepared("""
    SELECT 1 FROM refund_transfers
    WHERE payment_id = %(payment)s AND reference = %(reference)s AND id <> %(transfer)s LIMIT 1
""")
_ORDER = prepared("""
    SELECT refunds.order_id FROM refunds WHERE refunds.id = %(refund)s
""")


class TransferToSend(NamedTuple):
    """A transfer that a process has a lease on."""

    id: UUID
    refund_id: UUID
    provider: str
    amount: int
    attempt: int
    state: TransferState
    reference: str | None
    charge: Charge

    @property
    def key(self) -> str:
        """The provider's idempotency key: the same for the same decision, however often asked."""
        return self.charge.key(f"refund:{self.id}", self.attempt)


async def take(session: Session, now: datetime) -> list[TransferToSend]:
    """Lease transfers that are due, a batch, the longest due first."""
    rows = await _TAKE.rows(session, now=now, lease=LEASE, longest=LONGEST)
    return [_to_send(row) for row in rows]


async def of_reference(session: Reading, payment_id: UUID, reference: str) -> TransferToSend | None:
    """Return the transfer that a provider calls so; None: it is not known here, or not yet."""
    row = await _OF_REFERENCE.row(session, payment=payment_id, reference=reference)
    return _to_send(row) if row else None


async def order_of(session: Session, refund_id: UUID) -> UUID | None:
    """Say which order a refund is of; None for late money."""
    row = await _ORDER.row(session, refund=refund_id)
    return row[0] if row else None


async def is_of_another(session: Session, transfer: RefundTransfer, reference: str) -> bool:
    """Say whether what a provider calls so is another refund of the payment; it is locked then."""
    await _LOCK(session, payment=transfer.payment_id)
    names = {"payment": transfer.payment_id, "transfer": transfer.id}
    return await _TAKEN.row(session, reference=reference, **names) is not None


def settle(transfer: RefundTransfer, standing: RefundStanding, now: datetime) -> bool:
    """Move a transfer to what its provider says; say whether that changed anything.

    The same again changes nothing, and neither does what cannot follow the state that it is in.
    """
    if not transfer.move(standing.state):
        return False
    transfer.reference = standing.reference or transfer.reference
    transfer.reason = standing.reason
    ended = standing.state in {TransferState.DONE, TransferState.REFUSED}
    transfer.ended_at = now if ended else None
    return True


def again(transfer: RefundTransfer, now: datetime) -> None:
    """Ask the provider once more, as a new decision under a new key."""
    transfer.move(TransferState.ASKED)
    transfer.attempt += 1
    transfer.requests = 0
    transfer.reference = transfer.reason = transfer.ended_at = None
    transfer.leased_until = now


def _to_send(row: Row) -> TransferToSend:
    id_, refund_id, payment_id, provider, amount, attempt, state, reference = row[:8]
    payment_reference, whole, currency, since, known, unanswered = row[8:]
    lost = LostRefund(since, frozenset(known), unanswered) if since else None
    charge = Charge(payment_id, whole, currency, reference=payment_reference, lost_refund=lost)
    return TransferToSend(
        id=id_,
        refund_id=refund_id,
        provider=provider,
        amount=amount,
        attempt=attempt,
        state=TransferState(state),
        reference=reference,
        charge=charge,
    )
