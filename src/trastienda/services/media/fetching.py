"""Fetching a picture from an address that staff gave: only from public ones, like webhooks."""

import asyncio
import ssl
from urllib.parse import unquote, urljoin, urlsplit

import httpcore
import httpx

from trastienda.database.models.webhooks.webhook import Trouble
from trastienda.errors import Invalid
from trastienda.services.media.intake import Intake
from trastienda.services.webhooks.outbound import (
    AddressRefused,
    Guard,
    Resolve,
    Resolver,
    callable_url,
)
from trastienda.services.webhooks.sending import FAILURES, failure_of

PATIENCE = 20.0  # seconds for everything, redirects included
AT_ONCE = 8
REDIRECTS = 3
HEADERS = [
    ("user-agent", "Trastienda-Media/1"),
    ("accept", "image/avif,image/webp,image/png,image/jpeg,image/gif"),
    ("accept-encoding", "identity"),
]
OK = 200
MOVED = frozenset({301, 302, 303, 307, 308})


class Fetcher:
    """Fetches from addresses that the guard allows, with one connection for each request."""

    def __init__(
        self,
        *,
        private: bool,
        plain: bool = False,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Allow `private` addresses, and on this machine `plain` HTTP as well."""
        self.private, self.plain = private, private and plain
        self._patience = patience
        self._names = Resolver(AT_ONCE)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust or httpx.create_ssl_context(),
            max_connections=AT_ONCE,
            max_keepalive_connections=0,
            network_backend=Guard(resolve or self._names, private=private),
        )

    async def fetch(self, url: str, into: Intake) -> None:
        """Fetch a picture. Raise PictureUrlUnusable or PictureNotFetched.

        Each address that a redirect leads to is checked like the first. Raise what `into` raises.
        """
        if not self._callable(url):
            raise PictureUrlUnusable(pointer="/url")
        try:
            async with asyncio.timeout(self._patience):
                for _ in range(REDIRECTS + 1):
                    location = await self._read(url, into)
                    if location is None:
                        return
                    url = urljoin(url, location)
                    if not self._callable(url):
                        raise AddressRefused
        except FAILURES as error:
            raise PictureNotFetched(pointer="/url", trouble=failure_of(error)) from error
        raise PictureNotFetched(pointer="/url", trouble=Trouble.REDIRECTED)

    async def _read(self, url: str, into: Intake) -> str | None:
        """Read a picture, or return where it has moved."""
        async with self._pool.stream("GET", url, headers=HEADERS) as response:
            if response.status in MOVED:
                said = {name.lower(): value for name, value in response.headers}
                return said.get(b"location", b"").decode("latin-1")
            if response.status != OK:
                raise PictureNotFetched(pointer="/url", trouble=Trouble.REFUSED)
            async for piece in response.aiter_stream():
                await into.take(piece)
        return None

    def _callable(self, url: str) -> bool:
        return callable_url(url, private=self.private, plain=self.plain)

    async def close(self) -> None:
        await self._pool.aclose()
        self._names.close()


def name_of(url: str) -> str:
    """Return the last part of a URL's path, which is its file's name."""
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return ""


class PictureUrlUnusable(Invalid):
    """Pictures are fetched from public https:// addresses, without a password in them."""


class PictureNotFetched(Invalid):
    """The picture could not be fetched from its address."""
