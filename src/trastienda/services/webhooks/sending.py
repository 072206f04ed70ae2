"""Sending one delivery: signed by the Standard Webhooks specification, limited in time and size."""

import asyncio
import secrets
import ssl
from base64 import b64encode
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple
from uuid import UUID

import httpcore
import httpx
from standardwebhooks import Webhook as Signer

from trastienda.database.models.webhooks.webhook import Trouble
from trastienda.services.shared import tokens
from trastienda.services.webhooks import retries
from trastienda.services.webhooks.outbound import (
    AddressRefused,
    Guard,
    NameNotFound,
    Resolve,
    Resolver,
)

PURPOSE = "webhook"
PREFIX = "whsec_"
PATIENCE = 10.0  # seconds for everything: name, connection, request and answer
MOST_READ = 16 * 1024  # bytes of an answer
MOST_KEPT = 1024
AT_ONCE = 20
AGENT = "Trastienda-Webhooks/1"
OK, REDIRECT, REFUSAL, GONE = 200, 300, 400, 410


class LeasedDelivery(NamedTuple):
    """A delivery that this process has leased."""

    delivery_id: UUID
    attempt: int
    failures: int
    webhook_id: UUID
    event_id: UUID
    body: str | None
    """An EventView as JSON; None if the event is not kept any more."""
    url: str
    secret: bytes
    previous_secret: bytes | None
    """The previous secret, while it still signs."""
    probe: bool = False
    """Whether the endpoint rests, and this attempt asks whether it is back."""
    struggling: bool = False
    """Whether its last attempts failed."""


class Outcome(NamedTuple):
    """The outcome of an attempt."""

    at: datetime
    milliseconds: int = 0
    headers: dict[str, str] = {}
    status: int | None = None
    answer: str | None = None
    failure: Trouble | None = None
    retry_after: timedelta | None = None
    """The pause that the endpoint asked for."""


class _Answer(NamedTuple):
    status: int
    text: str
    retry_after: str


def fresh_secret() -> str:
    """Return a new secret of 256 random bits, in the form that receivers' libraries read."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


class Sender:
    """Sends to addresses that the guard allows, with one connection for each attempt."""

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
        self._patience = patience
        self.private, self.plain = private, private and plain
        self._names = Resolver(AT_ONCE)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust or httpx.create_ssl_context(),
            max_connections=None,
            max_keepalive_connections=0,  # each attempt resolves the name again
            network_backend=Guard(resolve or self._names, private=private),
        )

    async def send(self, delivery: LeasedDelivery, now: datetime) -> Outcome:
        """Make one attempt. Every failure is an outcome, not an error."""
        if delivery.body is None:
            return Outcome(now, failure=Trouble.EVENT_FORGOTTEN)
        signature = _signature(delivery, delivery.body, now)
        if signature is None:
            return Outcome(now, failure=Trouble.SECRET_UNREADABLE)
        headers = {
            "content-type": "application/json",
            "user-agent": AGENT,
            "webhook-id": str(delivery.event_id),
            "webhook-timestamp": str(int(now.timestamp())),
        }
        started, answer, failure = monotonic(), None, None
        try:
            async with asyncio.timeout(self._patience):
                signed = [*headers.items(), ("webhook-signature", signature)]
                answer = await self._post(delivery.url, signed, delivery.body.encode())
        except FAILURES as error:
            failure = failure_of(error)
        spent = int((monotonic() - started) * 1_000)
        if answer is None:
            return Outcome(now, spent, headers, failure=failure)
        retry_after = retries.parse_retry_after(answer.status, answer.retry_after, now)
        return Outcome(
            now, spent, headers, answer.status, answer.text, _refusal(answer.status), retry_after
        )

    async def _post(self, url: str, headers: list[tuple[str, str]], body: bytes) -> _Answer:
        read = b""
        async with self._pool.stream("POST", url, headers=headers, content=body) as response:
            async for part in response.aiter_stream():
                read += part[: MOST_READ - len(read)]
                if len(read) >= MOST_READ:
                    break
        said: dict[bytes, bytes] = {name.lower(): value for name, value in response.headers}
        retry_after = said.get(b"retry-after", b"").decode("latin-1")
        text = read[:MOST_KEPT].decode(errors="replace").replace("\0", "\ufffd")
        return _Answer(response.status, text, retry_after)

    async def close(self) -> None:
        await self._pool.aclose()
        self._names.close()


def _signature(delivery: LeasedDelivery, body: str, now: datetime) -> str | None:
    """Sign with each valid secret; return None if the newest one cannot be unsealed."""
    about = delivery.webhook_id.bytes
    sealed = [it for it in (delivery.secret, delivery.previous_secret) if it is not None]
    keys = [tokens.unseal(PURPOSE, it, about) for it in sealed]
    if keys[0] is None:
        return None
    return " ".join(Signer(it).sign(str(delivery.event_id), now, body) for it in keys if it)


def _refusal(status: int) -> Trouble | None:
    if OK <= status < REDIRECT:
        return None
    if status == GONE:
        return Trouble.GONE
    return Trouble.REDIRECTED if REDIRECT <= status < REFUSAL else Trouble.REFUSED


_FAILURES_BY_ERROR: tuple[tuple[type[Exception], Trouble], ...] = (
    (AddressRefused, Trouble.ADDRESS_REFUSED),
    (NameNotFound, Trouble.NAME_NOT_FOUND),
    (TimeoutError, Trouble.TIMEOUT),
    (httpcore.TimeoutException, Trouble.TIMEOUT),
    (httpcore.NetworkError, Trouble.CONNECTION_FAILED),
    (httpcore.ProtocolError, Trouble.BAD_ANSWER),
    (httpcore.UnsupportedProtocol, Trouble.BAD_ANSWER),
    (OSError, Trouble.CONNECTION_FAILED),
)


FAILURES = tuple(kind for kind, _ in _FAILURES_BY_ERROR)


def failure_of(error: Exception) -> Trouble:
    """Return what one of FAILURES means for who wanted an answer."""
    if any(isinstance(it, ssl.SSLError) for it in (error, error.__cause__, error.__context__)):
        return Trouble.TLS_FAILED
    return next(failure for kind, failure in _FAILURES_BY_ERROR if isinstance(error, kind))
