"""The access token of an account: fetched once for all who wait, and renewed before it ends."""

import asyncio
from collections.abc import Awaitable, Callable

from trastienda.services.payments.paypal.records import AccessToken

EARLY = 60.0
"""Seconds before its end in which a token is used no more."""


class Access:
    """Holds the token of one account."""

    def __init__(self, fetch: Callable[[], Awaitable[AccessToken]]) -> None:
        self._fetch = fetch
        self._token: str | None = None
        self._ends = 0.0
        self._under_way: asyncio.Task[str] | None = None

    async def token(self) -> str:
        """Return a token that is valid. Raise what fetching it raises: for all who wait, once."""
        if self._token is not None and asyncio.get_running_loop().time() < self._ends:
            return self._token
        if self._under_way is None:
            self._under_way = asyncio.create_task(self._renewed(), name="token of a provider")
            self._under_way.add_done_callback(self._done)
        return await asyncio.shield(self._under_way)

    def forget(self, token: str) -> None:
        """Use a token no more that was refused, unless there is a newer one already."""
        if self._token == token:
            self._token = None

    async def close(self) -> None:
        """Stop fetching."""
        if self._under_way is not None:
            self._under_way.cancel()
            await asyncio.wait([self._under_way])

    async def _renewed(self) -> str:
        fetched = await self._fetch()
        self._token = fetched.access_token
        self._ends = asyncio.get_running_loop().time() + fetched.expires_in - EARLY
        return self._token

    def _done(self, task: asyncio.Task[str]) -> None:
        self._under_way = None
        if not task.cancelled():
            task.exception()  # those who wait get it; there may be nobody left
