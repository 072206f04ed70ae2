"""One provider's service: each question has one answer, in time and of a reasonable size."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

import httpx
import structlog

from trastienda.database.models.payments.payment import PaymentUnclear

EACH, ALL = 10.0, 25.0
"""Seconds for one question, and for all that an operation needs: less than a payment's lease."""
LONGEST = 1_024 * 1_024
"""Bytes of an answer."""
AT_ONCE = 40
"""Connections to one account."""
log = structlog.get_logger()


class Reply(NamedTuple):
    """What a service answered, whatever the status."""

    status: int
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300  # noqa: PLR2004 - as RFC 9110 groups them


class Service:
    """Asks one address. Proxies and redirects are not followed, and no body is ever logged."""

    def __init__(self, name: str, address: str, transport: httpx.AsyncBaseTransport | None) -> None:
        """Take what the shop calls it, and the address in front of all paths."""
        self._name = name
        self._client = httpx.AsyncClient(
            base_url=address,
            transport=transport,
            timeout=EACH,
            limits=httpx.Limits(max_connections=AT_ONCE),
            trust_env=False,
        )

    async def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        content: bytes | None = None,
    ) -> Reply:
        """Ask, and return the answer. Raise PaymentUnclear if there is none."""
        # The size is limited on the bytes that arrive, so that nothing is unpacked into more.
        sent = {"accept": "application/json", **headers, "accept-encoding": "identity"}
        try:
            async with asyncio.timeout(EACH):
                return await self._ask(method, path, sent, content)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, _TooLong) as silence:
            reason = type(silence).__name__
            log.warning("no answer from a payment provider", provider=self._name, reason=reason)
            raise PaymentUnclear from silence

    async def _ask(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | None
    ) -> Reply:
        body = bytearray()
        async with self._client.stream(method, path, headers=headers, content=content) as answer:
            async for part in answer.aiter_raw():
                body += part
                if len(body) > LONGEST:
                    raise _TooLong
        return Reply(answer.status_code, bytes(body))

    async def close(self) -> None:
        await self._client.aclose()


@asynccontextmanager
async def in_time() -> AsyncIterator[None]:
    """Let an operation with several questions take so long. Raise PaymentUnclear if it is longer.

    What it did until then is found again: each question has a key of its own.
    """
    try:
        async with asyncio.timeout(ALL):
            yield
    except TimeoutError as late:
        raise PaymentUnclear from late


class _TooLong(Exception):
    """The answer is too long."""
