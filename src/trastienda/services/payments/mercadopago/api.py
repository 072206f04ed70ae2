"""The REST API of Mercado Pago: one question, and what was asked for, or its own refusal."""

from typing import TypeVar
from uuid import UUID

import msgspec
import structlog

from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.services.payments.mercadopago.records import Problem
from trastienda.services.payments.remote.reading import Nonsense, decoded
from trastienda.services.payments.remote.service import Reply, Service

T = TypeVar("T")
BAD, UNAUTHORISED, UNKNOWN = 400, 401, 404
NO_SUCH_PAYMENT = "2000"
IN_PROGRESS = frozenset({"idempotency_key_in_use", "internal_error"})
"""Words that come with 400 although nothing has been decided."""
log = structlog.get_logger()
# An amount is a JSON number, exact to the digit: it never becomes a float.
_encoder = msgspec.json.Encoder(decimal_format="number")


class Api:
    """One account of Mercado Pago."""

    def __init__(self, service: Service, access_token: str) -> None:
        self._service = service
        self._headers = {
            "authorization": f"Bearer {access_token}",
            "content-type": "application/json",
        }

    async def ask(
        self, method: str, path: str, type_: type[T], body: object = None, key: UUID | None = None
    ) -> T:
        """Ask for something. Raise Refused, or PaymentUnclear.

        `key` is the idempotency key of what changes anything: the same does nothing twice.
        """
        headers = self._headers | ({"x-idempotency-key": str(key)} if key else {})
        content = None if body is None else _encoder.encode(body)
        reply = await self._service.ask(method, path, headers, content)
        if not reply.ok:
            raise _refusal(reply, path)
        try:
            return decoded(reply.body, type_)
        except Nonsense as nonsense:
            raise PaymentUnclear from nonsense

    async def close(self) -> None:
        await self._service.close()


def _refusal(reply: Reply, path: str) -> Exception:
    """Say what an answer other than yes is: its own no, or nothing that could be relied on."""
    try:
        problem = decoded(reply.body, Problem)
    except Nonsense:
        problem = Problem()
    log.warning(
        "mercado pago has not done what it was asked",
        path=path.partition("?")[0],
        status=reply.status,
        word=problem.word,
    )
    if problem.word is None or problem.word in IN_PROGRESS:
        return PaymentUnclear()
    if reply.status not in {BAD, UNAUTHORISED, UNKNOWN}:
        return PaymentUnclear()
    return Refused(reply.status, problem.word)


class Refused(Exception):
    """Mercado Pago has said no, in its own words."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(status, word)
        self.status, self.word = status, word

    @property
    def unknown(self) -> bool:
        """Whether there is nothing of the id that was asked about."""
        return self.status == UNKNOWN

    @property
    def final(self) -> bool:
        """Whether it is a no to what was asked, rather than to who asks, or for what."""
        unknown = self.status == UNKNOWN and self.word in {NO_SUCH_PAYMENT, "not_found"}
        return self.status != UNAUTHORISED and not unknown
