"""Refunds as staff grant them, sent as the job worker does."""

from typing import Any

from httpx import AsyncClient, Response

from trastienda.application import Application
from trastienda.controllers import payments
from trastienda.controllers.payments import simulated
from trastienda.database.db import reading, utcnow
from trastienda.database.models.payments.refund import TransferState
from trastienda.schemas.shared.context import Context
from trastienda.services.ledger import verification
from trastienda.services.payments import Providers
from trastienda.services.payments.port import Charge, RefundStanding
from trastienda.services.payments.simulated.cards import SimulatedCards

WHY = {"reason": "goodwill"}


class Refusing(SimulatedCards):
    """Answers each request for a refund with the next of its answers, and keeps what was asked."""

    def __init__(self, *answers: RefundStanding | Exception) -> None:
        super().__init__(simulated, "https://localhost:8443")
        self.answers = list(answers)
        self.asked: list[tuple[int, str]] = []

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:  # noqa: ARG002 - the port's signature
        self.asked.append((amount, key))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


NO = RefundStanding(TransferState.REFUSED, reason="insufficient_funds")
YES = RefundStanding(TransferState.DONE, "re_1")


def answering(*answers: RefundStanding | Exception) -> tuple[Refusing, Providers]:
    """Make a provider that answers requests for refunds so, and the providers it is alone in."""
    provider = Refusing(*answers)
    return provider, Providers({"test": provider})


async def refund(staff: AsyncClient, order: dict[str, Any], **draft: object) -> Response:
    return await staff.post(f"/v1/admin/orders/{order['id']}/refunds", json={**WHY, **draft})


async def granted(staff: AsyncClient, order: dict[str, Any], **draft: object) -> dict[str, Any]:
    """Grant a refund that is not refused; return it."""
    answer = await refund(staff, order, **draft)
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def send_all(shop: Application, providers: Providers | None = None) -> None:
    """Do what the job worker does: ask providers for all transfers that are due."""
    while await payments.send_refunds(providers or shop.process.providers, Context(utcnow())):
        pass


async def now(staff: AsyncClient, made: dict[str, Any]) -> dict[str, Any]:
    """Read a refund as it is now."""
    answer = await staff.get(f"/v1/admin/refunds/{made['id']}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def order_now(staff: AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
    answer = await staff.get(f"/v1/admin/orders/{order['id']}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def expect_balanced_books() -> None:
    """Hold the whole ledger against its orders and payments."""
    async with reading() as session:
        verdict = await verification.verify(session)
    assert verdict.difference is None
