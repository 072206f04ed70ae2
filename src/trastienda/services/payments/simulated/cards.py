"""A card processor that is only simulated, for trying things out: its tokens say what happens.

It keeps books of its own, and does nothing twice: what it says of a payment is what it has noted,
whatever the shop knows of it.
"""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple, Protocol

import msgspec

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.services.payments.port import (
    Charge,
    Notice,
    RefundStanding,
    Standing,
    TokenUnusable,
    Webhook,
    WebhookUnverified,
)
from trastienda.services.shared import tokens

NAME = "test"
DEADLINE = 10.0  # seconds that `timeout` is waited for
TOLERANCE = timedelta(minutes=5)
"""How much older or newer than now a webhook may be."""
SIGNATURE = "test-signature"
_PURPOSE = "webhook of the simulated provider"


class Token(StrEnum):
    """What a buyer pays with."""

    OK = "ok"
    DECLINE = "decline"
    CHALLENGE = "challenge"
    """The buyer has to say yes on a page first, as 3-D Secure asks."""
    TIMEOUT = "timeout"
    """The money is taken, and the answer never comes."""
    OK_LATER = "ok_later"
    """It is processed for a while, and then paid; a webhook says so."""


class Event(msgspec.Struct):
    """The body of a webhook."""

    id: str
    type: str
    payment: str
    """The provider's id of the payment."""


class Signed(NamedTuple):
    """A webhook as it is sent."""

    body: bytes
    headers: dict[str, str]


class Books(Protocol):
    """What the provider has noted of its payments."""

    def open_(self, charge: Charge, token: Token) -> Awaitable[Standing]: ...
    def capture(self, reference: str, amount: int, key: str) -> Awaitable[Standing]: ...
    def void(self, reference: str, key: str) -> Awaitable[Standing]: ...
    def refund(self, reference: str, amount: int, key: str) -> Awaitable[RefundStanding]: ...
    def read(self, reference: str) -> Awaitable[Standing | None]: ...
    def read_refund(self, reference: str, refund: str) -> Awaitable[RefundStanding]: ...


class SimulatedCards:
    """The provider `test`."""

    def __init__(self, books: Books, url: str, deadline: float = DEADLINE) -> None:
        """Take the address of this shop, where the page for challenges is."""
        self._books, self._url, self._deadline = books, url, deadline

    def check(self, token: str | None, return_url: str | None) -> None:  # noqa: ARG002 - the port's signature
        if token not in set(Token):
            raise TokenUnusable(pointer="/payment/token", known=sorted(Token))

    async def authorise(self, charge: Charge) -> Standing:
        standing = await self._books.open_(charge, Token(charge.token or ""))
        if charge.token == Token.TIMEOUT:
            await asyncio.sleep(self._deadline)
            raise PaymentUnclear
        return self._led(standing)

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:
        return await self._books.capture(reference_of(charge), amount, key)

    async def void(self, charge: Charge, key: str) -> Standing:
        return self._led(await self._books.void(reference_of(charge), key))

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:
        return await self._books.refund(reference_of(charge), amount, key)

    async def read(self, charge: Charge) -> Standing | None:
        standing = await self._books.read(reference_of(charge))
        return standing and self._led(standing)

    async def read_refund(self, charge: Charge, reference: str) -> RefundStanding:
        return await self._books.read_refund(reference_of(charge), reference)

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:
        at, _, signature = webhook.headers.get(SIGNATURE, "").partition(".")
        if not (at.isascii() and at.isdecimal() and signature.isascii()):
            raise WebhookUnverified
        too_far = abs(now.timestamp() - int(at[:12])) > TOLERANCE.total_seconds()
        if too_far or not tokens.verify(_PURPOSE, _signed(at, webhook.body), signature):
            raise WebhookUnverified
        try:
            event = msgspec.json.decode(webhook.body, type=Event)
        except msgspec.DecodeError as error:
            raise WebhookUnverified from error
        return Notice(event.id, event.type, event.payment)

    def _led(self, standing: Standing) -> Standing:
        """Say where the buyer goes, if there is something to do."""
        if standing.state is not PaymentState.REQUIRES_ACTION:
            return standing
        where = f"{self._url}/v1/payments/{NAME}/challenges/{standing.reference}"
        return standing._replace(next_action={"type": "redirect", "url": where})


def reference_of(charge: Charge) -> str:
    """Return the provider's own id of a payment, which follows from the shop's."""
    return charge.reference or f"test_{charge.payment_id.hex}"


def signed(event: Event, now: datetime) -> Signed:
    """Sign a webhook as the provider does."""
    body, at = msgspec.json.encode(event), str(int(now.astimezone(UTC).timestamp()))
    signature = tokens.sign(_PURPOSE, _signed(at, body))
    return Signed(body, {SIGNATURE: f"{at}.{signature}", "content-type": "application/json"})


def _signed(at: str, body: bytes) -> str:
    return f"{at} {sha256(body).hexdigest()}"
