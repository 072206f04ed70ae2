"""One try to deliver: signed by the Standard Webhooks specification, bounded in time and size."""

import asyncio
import secrets
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple
from uuid import UUID

import httpcore
import httpx
from standardwebhooks import Webhook as Signer

from trastienda.database.models.webhook import Trouble
from trastienda.services import tokens, webhook_retries
from trastienda.services.outbound import AddressRefused, Guard, NameNotFound, Resolve, Resolver

PURPOSE = "webhook"
PREFIX = "whsec_"
PATIENCE = 10.0  # seconds for all of it: name, connection, request, answer
MOST_READ = 16 * 1024  # bytes of an answer
MOST_KEPT = 1024
AT_ONCE = 20
AGENT = "Trastienda-Webhooks/1"
OK, REDIRECT, REFUSAL, GONE = 200, 300, 400, 410


class Errand(NamedTuple):
    """A delivery that somebody has a lease on."""

    delivery_id: UUID
    attempt: int
    failures: int
    webhook_id: UUID
    event_id: UUID
    body: str | None
    """An EventView; None: the event is not kept any more."""
    url: str
    secret: bytes
    previous_secret: bytes | None
    """The one before, while it still signs."""
    probe: bool = False
    """The endpoint rests: this is the try that asks whether it is back."""
    struggling: bool = False
    """Its last tries have failed."""


class Outcome(NamedTuple):
    """What came of a try."""

    at: datetime
    milliseconds: int = 0
    headers: dict[str, str] = {}
    status: int | None = None
    answer: str | None = None
    trouble: Trouble | None = None
    wish: timedelta | None = None
    """How long it wants to be left alone."""


class _Answer(NamedTuple):
    status: int
    text: str
    retry_after: str


def fresh_secret() -> str:
    """Make a secret of 256 random bits, as receivers' libraries read it."""
    return PREFIX + b64encode(secrets.token_bytes(32)).decode()


class Sender:
    """Sends to any address that the guard lets through; one connection for each try."""

    def __init__(
        self,
        *,
        private: bool,
        plain: bool = False,
        resolve: Resolve | None = None,
        trust: ssl.SSLContext | None = None,
        patience: float = PATIENCE,
    ) -> None:
        """Say whether it may go to `private` addresses, and to this machine in `plain` HTTP."""
        self._patience = patience
        self.private, self.plain = private, private and plain
        self._names = Resolver(AT_ONCE)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust or httpx.create_ssl_context(),
            max_connections=None,
            max_keepalive_connections=0,  # each try asks for the address anew
            network_backend=Guard(resolve or self._names, private=private),
        )

    async def send(self, errand: Errand, now: datetime) -> Outcome:
        """Try once. Whatever goes wrong is an outcome, not an error."""
        if errand.body is None:
            return Outcome(now, trouble=Trouble.EVENT_FORGOTTEN)
        signature = _signature(errand, errand.body, now)
        if signature is None:
            return Outcome(now, trouble=Trouble.SECRET_UNREADABLE)
        headers = {
            "content-type": "application/json",
            "user-agent": AGENT,
            "webhook-id": str(errand.event_id),
            "webhook-timestamp": str(int(now.timestamp())),
        }
        begun, answer, trouble = monotonic(), None, None
        try:
            async with asyncio.timeout(self._patience):
                signed = [*headers.items(), ("webhook-signature", signature)]
                answer = await self._post(errand.url, signed, errand.body.encode())
        except FAILURES as error:
            trouble = _named(error)
        spent = int((monotonic() - begun) * 1_000)
        if answer is None:
            return Outcome(now, spent, headers, trouble=trouble)
        wish = webhook_retries.wish(answer.status, answer.retry_after, now)
        return Outcome(
            now, spent, headers, answer.status, answer.text, _refusal(answer.status), wish
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


def _signature(errand: Errand, body: str, now: datetime) -> str | None:
    """Sign with each secret that holds; None if the shop cannot read the newest."""
    about = errand.webhook_id.bytes
    sealed = [it for it in (errand.secret, errand.previous_secret) if it is not None]
    keys = [tokens.unseal(PURPOSE, it, about) for it in sealed]
    if keys[0] is None:
        return None
    return " ".join(Signer(it).sign(str(errand.event_id), now, body) for it in keys if it)


def _refusal(status: int) -> Trouble | None:
    if OK <= status < REDIRECT:
        return None
    if status == GONE:
        return Trouble.GONE
    return Trouble.REDIRECTED if REDIRECT <= status < REFUSAL else Trouble.REFUSED


_TROUBLES: tuple[tuple[type[Exception], Trouble], ...] = (
    (AddressRefused, Trouble.ADDRESS_REFUSED),
    (NameNotFound, Trouble.NAME_NOT_FOUND),
    (TimeoutError, Trouble.TIMEOUT),
    (httpcore.TimeoutException, Trouble.TIMEOUT),
    (httpcore.NetworkError, Trouble.CONNECTION_FAILED),
    (httpcore.ProtocolError, Trouble.BAD_ANSWER),
    (httpcore.UnsupportedProtocol, Trouble.BAD_ANSWER),
    (OSError, Trouble.CONNECTION_FAILED),
)


FAILURES = tuple(kind for kind, _ in _TROUBLES)


def _named(error: Exception) -> Trouble:
    if any(isinstance(it, ssl.SSLError) for it in (error, error.__cause__, error.__context__)):
        return Trouble.TLS_FAILED
    return next(trouble for kind, trouble in _TROUBLES if isinstance(error, kind))


_senders: list[Sender] = []


@asynccontextmanager
async def sending(sender: Sender) -> AsyncIterator[Sender]:
    """Make `sender` the one that this process sends with, until the block ends."""
    _senders.append(sender)
    try:
        yield sender
    finally:
        _senders.remove(sender)
        await sender.close()


def current() -> Sender:
    return _senders[-1]
