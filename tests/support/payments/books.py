"""Payments as the shop notes them, and as the simulated provider does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, LiteralString

from httpx import AsyncClient, Response
from psycopg.rows import dict_row
from support.products import a_cart_to_order, a_sku_for_sale, check_out

from trastienda.application import Application
from trastienda.controllers.orders import check_payments
from trastienda.controllers.payments import simulated
from trastienda.database.db import reading, utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.payments.simulated.cards import Signed, signed

WEBHOOK = "/v1/payments/test/webhook"
TEST = {"provider": "test"}


async def rows(query: LiteralString, *values: object) -> list[dict[str, Any]]:
    async with reading() as session, session.driver.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query, values)
        return await cursor.fetchall()


async def payment_of(cart_id: str) -> dict[str, Any]:
    """Return the newest payment of a cart, as the shop notes it."""
    query: LiteralString = (
        "SELECT * FROM payment_attempts WHERE cart_id = %s ORDER BY id DESC LIMIT 1"
    )
    (row,) = await rows(query, cart_id)
    return row


async def books_of(cart_id: str) -> dict[str, Any]:
    """Return the same, as the provider notes it."""
    payment = await payment_of(cart_id)
    (row,) = await rows("SELECT * FROM test_payments WHERE payment_id = %s", payment["id"])
    return row


async def ledger_of(payment_id: object) -> list[tuple[str, int]]:
    """Return what is booked of a payment, by account."""
    found = await rows(
        "SELECT account, sum(amount)::bigint AS amount FROM ledger_entries WHERE transaction_id IN"
        " (SELECT id FROM ledger_transactions WHERE key LIKE '%%:' || %s || '%%')"
        " GROUP BY account ORDER BY account",
        str(payment_id),
    )
    return [(row["account"], row["amount"]) for row in found]


async def a_waiting_cart(
    staff: AsyncClient,
    buyer: AsyncClient,
    token: str = "challenge",  # noqa: S107 - a word of the simulation
    **facts: Any,  # noqa: ANN401
) -> tuple[str, str, Response]:
    """Check out a cart with one unit of a new SKU; return the cart, the SKU and the answer."""
    sku = await a_sku_for_sale(staff, **facts)
    cart: str = (await a_cart_to_order(buyer, **{sku: 1}))["id"]
    return cart, sku, await check_out(buyer, cart, "test", token=token)


async def say(buyer: AsyncClient, answer: Response, outcome: str) -> Response:
    """Answer the challenge that a checkout was answered with."""
    url = answer.json()["payment"]["next_action"]["url"]
    path = url[url.index("/v1/") :]
    return await buyer.post(path, params={"outcome": outcome})


async def webhooks() -> list[Signed]:
    """Return all that the provider would send now."""
    while await simulated.go_on():
        pass
    sent = []
    while due := await simulated.speak():
        sent += [signed(event, utcnow()) for event in due]
    return sent


async def send(client: AsyncClient, *sent: Signed) -> list[int]:
    """Send webhooks; return the statuses of the answers."""
    answers = [await client.post(WEBHOOK, content=it.body, headers=it.headers) for it in sent]
    return [answer.status_code for answer in answers]


async def sweep(shop: Application) -> None:
    """Compare what is due with what the provider says."""
    while await check_payments(shop.process.providers, Context(utcnow())):
        pass


@asynccontextmanager
async def channel(staff: AsyncClient, **settings: object) -> AsyncIterator[None]:
    """Let the channel have other settings, until the block ends."""
    before = (await staff.get("/v1/admin/channel")).json()
    changed = await staff.patch("/v1/admin/channel", json=settings)
    assert changed.status_code == 200, changed.text
    try:
        yield
    finally:
        kept = {name: before[name] for name in settings}
        assert (await staff.patch("/v1/admin/channel", json=kept)).status_code == 200
