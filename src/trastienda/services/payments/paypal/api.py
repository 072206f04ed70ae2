"""PayPal's REST API: one question, and either what was asked for or PayPal's own refusal."""

import base64
from typing import TypeVar

import msgspec
import structlog

from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.services.payments.paypal.access import Access
from trastienda.services.payments.paypal.records import AccessToken, Problem
from trastienda.services.payments.remote.reading import Nonsense, decoded
from trastienda.services.payments.remote.service import Reply, Service

T = TypeVar("T")
UNAUTHORISED, UNKNOWN, CONFLICT, UNPROCESSABLE, LATER = 401, 404, 409, 422, 429
SERVERS = 500
NOT_SAID = frozenset(
    {
        "INTERNAL_SERVICE_ERROR",
        "ORDER_ALREADY_AUTHORIZED",
        "ORDER_ALREADY_CAPTURED",
        "PREVIOUS_REQUEST_IN_PROGRESS",
    }
)
"""Words of errors that are no refusals: the payment is read back, and says what has happened."""
log = structlog.get_logger()


class Api:
    """One account of PayPal."""

    def __init__(self, service: Service, client_id: str, client_secret: str) -> None:
        self._service = service
        pair = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        self._basic = {
            "authorization": f"Basic {pair}",
            "content-type": "application/x-www-form-urlencoded",
        }
        self._access = Access(self._fetch)

    async def ask(
        self, method: str, path: str, type_: type[T], body: object = None, key: str = ""
    ) -> T:
        """Ask for something. Raise Refused, or PaymentUnclear.

        `key` is the idempotency key of what changes anything: the same does nothing twice.
        """
        reply = await self._reply(method, path, body, key)
        if not reply.ok:
            raise refusal(reply, path)
        return _read(reply, type_)

    async def tell(self, path: str, key: str) -> None:
        """Have something done whose answer is empty. Raise as `ask` does."""
        reply = await self._reply("POST", path, {}, key)
        if not reply.ok:
            raise refusal(reply, path)

    async def verify(self) -> None:
        """Ask for an access token. Raise Refused, or PaymentUnclear."""
        await self._access.token()

    async def close(self) -> None:
        await self._access.close()
        await self._service.close()

    async def _reply(self, method: str, path: str, body: object, key: str) -> Reply:
        """Ask with a token; with a new one, once, if it is valid no more."""
        content = None if body is None else msgspec.json.encode(body)
        headers = {"prefer": "return=representation", "content-type": "application/json"}
        if key:
            headers["paypal-request-id"] = key
        token = await self._access.token()
        reply = await self._sent(method, path, headers, content, token)
        if reply.status != UNAUTHORISED:
            return reply
        self._access.forget(token)
        return await self._sent(method, path, headers, content, await self._access.token())

    async def _sent(
        self, method: str, path: str, headers: dict[str, str], content: bytes | None, token: str
    ) -> Reply:
        signed = headers | {"authorization": f"Bearer {token}"}
        return await self._service.ask(method, path, signed, content)

    async def _fetch(self) -> AccessToken:
        path = "/v1/oauth2/token"
        asked = b"grant_type=client_credentials"
        reply = await self._service.ask("POST", path, self._basic, asked)
        if not reply.ok:
            raise refusal(reply, path)
        return _read(reply, AccessToken)


def refusal(reply: Reply, path: str) -> Exception:
    """Say what an answer other than yes is: PayPal's own no, or nothing that could be relied on."""
    try:
        problem = decoded(reply.body, Problem)
    except Nonsense:
        problem = Problem()
    facts = {"status": reply.status, "word": problem.word, "debug_id": problem.debug_id}
    log.warning("paypal has not done what it was asked", path=path, **facts)
    may_change = reply.status >= SERVERS or reply.status in {CONFLICT, LATER}
    if may_change or problem.word is None or problem.word in NOT_SAID:
        return PaymentUnclear()
    return Refused(reply.status, problem.word)


def _read(reply: Reply, type_: type[T]) -> T:
    try:
        return decoded(reply.body, type_)
    except Nonsense as nonsense:
        raise PaymentUnclear from nonsense


class Refused(Exception):
    """PayPal has said no, in its own words."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(status, word)
        self.status, self.word = status, word

    @property
    def final(self) -> bool:
        """Whether it is a no to what was asked, rather than to how, or by whom."""
        return self.status == UNPROCESSABLE
