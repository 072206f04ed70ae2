"""What happens at the simulated provider, each in a transaction of its own: it is another house."""

from trastienda.database.db import reading, transaction, use_case, utcnow
from trastienda.database.models.payments.payment import PaymentNotFound, PaymentState
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments import Charge, Standing
from trastienda.services.payments.port import RefundStanding
from trastienda.services.payments.simulated import books
from trastienda.services.payments.simulated.cards import Event, Token, reference_of

_UNKNOWN = "unknown_payment"


@use_case
async def open_(charge: Charge, token: Token) -> Standing:
    """Take a new payment in; one that is known already is answered as it stands."""
    async with transaction() as session:
        if new := await books.open_(session, charge, token, utcnow()):
            return new
        row = await books.find(session, reference_of(charge))
        return books.standing(row) if row else Standing(PaymentState.DECLINED, reason=_UNKNOWN)


@use_case
async def capture(reference: str, amount: int, key: str) -> Standing:
    """Take what is held."""
    async with transaction() as session:
        row = await books.claim(session, reference)
        if row is None:
            return Standing(PaymentState.DECLINED, reason=_UNKNOWN)
        return books.capture(row, amount, key, utcnow())


@use_case
async def void(reference: str, key: str) -> Standing:
    """Let go of what is held; a payment that is not known cannot be made any more."""
    async with transaction() as session:
        row = await books.claim(session, reference)
        if row is None:
            await books.refuse(session, reference, utcnow())
            return Standing(PaymentState.VOIDED, reference)
        return books.void(row, key)


@use_case
async def refund(reference: str, amount: int, key: str) -> RefundStanding:
    """Give money back."""
    async with transaction() as session:
        row = await books.claim(session, reference)
        if row is None:
            return RefundStanding(TransferState.REFUSED, reason=_UNKNOWN)
        return books.refund(row, amount, key)


async def read(reference: str) -> Standing | None:
    """Say how a payment stands; None: there is no such payment."""
    async with reading() as session:
        row = await books.find(session, reference)
        return books.standing(row) if row else None


async def read_refund(reference: str, refund: str) -> RefundStanding:
    """Say how a refund stands."""
    async with reading() as session:
        row = await books.find(session, reference)
        if row is None:
            return RefundStanding(TransferState.REFUSED, refund, _UNKNOWN)
        return books.refund_of(row, refund)


async def challenge(reference: str) -> Standing:
    """Say what the page of a challenge is about. Raise PaymentNotFound."""
    async with reading() as session:
        row = await books.find(session, reference)
        if row is None:
            raise PaymentNotFound
        return books.standing(row)


@use_case
async def answer_challenge(reference: str, *, yes: bool) -> str | None:
    """Take the buyer's answer, the first one only; return where they go. Raise PaymentNotFound."""
    async with transaction() as session:
        row = await books.claim(session, reference)
        if row is None:
            raise PaymentNotFound
        books.decide(row, utcnow(), yes=yes)
        return row.return_url


@use_case
async def go_on() -> int:
    """Pay what has been processed for long enough; return how many."""
    async with transaction() as session:
        now = utcnow()
        rows = await books.to_go_on(session, now)
        for row in rows:
            books.decide(row, now, yes=True)
        return len(rows)


@use_case
async def speak() -> list[Event]:
    """Take the webhooks that are due."""
    async with transaction() as session:
        return await books.speak(session, utcnow())


@use_case
async def heard(event: Event) -> None:
    """Note that the shop took a webhook."""
    async with transaction() as session:
        await books.heard(session, event)
