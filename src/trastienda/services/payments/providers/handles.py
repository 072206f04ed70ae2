"""One provider of a row, whichever client is open for it at the moment."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.errors import Unavailable
from trastienda.services.payments.port import (
    AccountProvider,
    Charge,
    DisputeStanding,
    Disputing,
    Notice,
    RefundStanding,
    Standing,
    Tracing,
    Webhook,
)

T = TypeVar("T")


class ProviderUnusable(Unavailable):
    """The shop cannot use this payment provider at the moment."""


class _Lent:
    """A client, with how many calls are running on it."""

    def __init__(self, client: AccountProvider) -> None:
        self.client, self.calls, self.retired = client, 0, False

    async def retire(self) -> None:
        """Close it, as soon as no call is running."""
        self.retired = True
        if not self.calls:
            await self.client.close()


class Handle:
    """The port of one row: it stays when the client is replaced, and calls go to the newest.

    A client is closed once it has been replaced and its last call has ended. Without a client,
    because the credentials cannot be read, each call raises ProviderUnusable.
    """

    def __init__(self) -> None:
        self._lent: _Lent | None = None

    @property
    def usable(self) -> bool:
        return self._lent is not None

    async def replace(self, client: AccountProvider | None) -> None:
        """Use another client from now on, or none."""
        before, self._lent = self._lent, _Lent(client) if client else None
        if before:
            await before.retire()

    def check(self, token: str | None, return_url: str | None) -> None:
        client = self._now().client
        client.check(token, return_url)

    async def authorise(self, charge: Charge) -> Standing:
        return await self._ask(lambda it: it.authorise(charge))

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:
        return await self._ask(lambda it: it.capture(charge, amount, key))

    async def void(self, charge: Charge, key: str) -> Standing:
        return await self._ask(lambda it: it.void(charge, key))

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:
        return await self._ask(lambda it: it.refund(charge, amount, key))

    async def read(self, charge: Charge) -> Standing | None:
        return await self._ask(lambda it: it.read(charge))

    async def read_refund(self, charge: Charge, reference: str) -> RefundStanding:
        return await self._ask(lambda it: it.read_refund(charge, reference))

    async def read_dispute(self, charge: Charge, reference: str) -> DisputeStanding:
        async def read(client: AccountProvider) -> DisputeStanding:
            if not isinstance(client, Disputing):
                raise PaymentUnclear
            return await client.read_dispute(charge, reference)

        return await self._ask(read)

    async def trace(self, reference: str) -> UUID | None:
        async def trace(client: AccountProvider) -> UUID | None:
            if not isinstance(client, Tracing):
                raise PaymentUnclear
            return await client.trace(reference)

        return await self._ask(trace)

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:
        return await self._ask(lambda it: it.notice(webhook, now))

    def accepts(self, amount: int, currency: str) -> bool:
        client = self._now().client
        return client.accepts(amount, currency)

    def least(self, currency: str) -> int:
        client = self._now().client
        return client.least(currency)

    def for_browser(self) -> Mapping[str, str]:
        return self._now().client.for_browser()

    async def verify(self) -> None:
        await self._ask(lambda it: it.verify())

    def _now(self) -> _Lent:
        if self._lent is None:
            raise ProviderUnusable
        return self._lent

    async def _ask(self, question: Callable[[AccountProvider], Awaitable[T]]) -> T:
        lent = self._now()
        lent.calls += 1
        try:
            return await question(lent.client)
        finally:
            lent.calls -= 1
            if lent.retired and not lent.calls:
                await lent.client.close()
