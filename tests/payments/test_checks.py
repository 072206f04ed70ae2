"""The sweep: whatever was lost between the shop and a provider is found, and put right."""

import time
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from support.applications import holding
from support.background import change
from support.metrics import measured
from support.payments.books import (
    a_waiting_cart,
    books_of,
    ledger_of,
    payment_of,
    rows,
    say,
    sweep,
)
from support.products import a_cart_to_order, check_out, stock_of
from support.refunds import send_all

from trastienda.application import Application
from trastienda.controllers.orders import settle_abandoned
from trastienda.controllers.payments import simulated
from trastienda.database.db import reading
from trastienda.database.models.payments.payment import PaymentState
from trastienda.services.payments import Charge, Providers, Standing
from trastienda.services.payments.simulated.cards import SimulatedCards

TOTAL = 1_740
PATIENCE = 5.0  # seconds, well below the deadline of a call to a provider


class Watching(SimulatedCards):
    """Looks, whenever it is asked, whether a transaction holds anything of what is being paid.

    Whoever has read or written one of these tables has a lock on it until the transaction ends.
    """

    def __init__(self) -> None:
        super().__init__(simulated, "https://localhost:8443")
        self.seen: list[tuple[str, int]] = []

    async def _look(self, what: str) -> None:
        """Wait until others let go of their locks; one of this payment is held until the answer."""
        count, deadline = 1, time.monotonic() + PATIENCE
        while count and time.monotonic() < deadline:
            count = await self._held()
        self.seen.append((what, count))

    async def _held(self) -> int:
        async with reading() as session, session.driver.cursor() as cursor:
            await cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation"
                " WHERE relname IN ('carts', 'orders', 'payment_attempts', 'stock')"
                " AND pid <> pg_backend_pid()"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            row = await cursor.fetchone()
        assert row is not None
        return int(row[0])

    async def authorise(self, charge: Charge) -> Standing:
        await self._look("authorise")
        return await super().authorise(charge)

    async def read(self, charge: Charge) -> Standing | None:
        await self._look("read")
        return await super().read(charge)

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:
        await self._look("capture")
        return await super().capture(charge, amount, key)

    async def void(self, charge: Charge, key: str) -> Standing:
        await self._look("void")
        return await super().void(charge, key)


class Saying(SimulatedCards):
    """Says something else of its payments than what is true."""

    def __init__(self, **otherwise: Any) -> None:  # noqa: ANN401 - fields of a standing
        super().__init__(simulated, "https://localhost:8443")
        self._otherwise = otherwise

    async def authorise(self, charge: Charge) -> Standing:
        return (await super().authorise(charge))._replace(**self._otherwise)


async def due(cart: str, **passed: timedelta) -> None:
    """Let a payment be one that is compared now."""
    await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
    if "held" in passed:
        await change("UPDATE payment_attempts SET held_until = now() WHERE cart_id = %s", cart)


async def test_nothing_is_locked_while_a_provider_is_asked(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    provider = Watching()
    with holding(shop, providers=Providers({"test": provider})):
        cart, _, answer = await a_waiting_cart(staff, buyer)
        await say(buyer, answer, "succeed")
        await buyer.get(f"/v1/carts/{cart}/payment")
        other, _, _ = await a_waiting_cart(staff, buyer)
        await due(other, held=timedelta(0))
        await sweep(shop)
        await a_waiting_cart(staff, buyer, "ok")

    assert {what for what, _ in provider.seen} >= {"authorise", "read", "void"}
    assert {held for _, held in provider.seen} == {0}


async def test_a_payment_whose_answer_never_came_is_found_to_be_paid(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    hasty = SimulatedCards(simulated, "https://localhost:8443", deadline=0.01)
    with holding(shop, providers=Providers({"test": hasty})):
        cart, _, silent = await a_waiting_cart(staff, buyer, "timeout", stock=1)
        again = await check_out(buyer, cart, "test", token="ok")
        await change(
            "UPDATE payment_attempts SET leased_until = now() - interval '1 second'"
            " WHERE cart_id = %s",
            cart,
        )
        while await settle_abandoned(shop.process.providers):
            pass
    placed = await check_out(buyer, cart, "test", token="ok")

    assert (silent.status_code, silent.json()["type"]) == (503, "/problems/payment-unclear")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/checkout-in-progress")
    assert (placed.status_code, placed.json()["payment_status"]) == (200, "paid")
    assert (await books_of(cart))["captured"] == placed.json()["captured"] == TOTAL


@pytest.mark.parametrize(
    "otherwise",
    [
        {"amount": 1},
        {"currency": "USD"},
        {"captured": TOTAL - 1},
        {"captured": TOTAL + 1},
    ],
    ids=str,
)
async def test_what_does_not_fit_what_was_asked_never_becomes_an_order(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, otherwise: dict[str, Any]
) -> None:
    doubtful = ("trastienda_payments_doubtful",)
    before = (await measured(shop))[doubtful]
    with holding(shop, providers=Providers({"test": Saying(**otherwise)})):
        cart, sku, answer = await a_waiting_cart(staff, buyer, "ok", stock=1)

    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/payment-unclear")
    payment = await payment_of(cart)
    assert (payment["state"], [payment["doubt"]]) == ("pending", list(otherwise))
    assert await rows("SELECT 1 FROM orders WHERE cart_id = %s", cart) == []
    assert (await stock_of(staff, sku))["reserved"] == 1
    assert (await measured(shop))[doubtful] == before + 1


async def expired_with_us_and_paid_there(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> tuple[str, str]:
    """Let a payment expire, and the provider take the money all the same."""
    cart, sku, _ = await a_waiting_cart(staff, buyer, stock=1)
    await due(cart, held=timedelta(0))
    await sweep(shop)
    payment = await payment_of(cart)
    assert payment["state"] == "expired"
    await change(
        "UPDATE test_payments SET state = 'succeeded', captured = amount WHERE payment_id = %s",
        payment["id"],
    )
    return cart, sku


async def test_money_that_comes_late_becomes_the_order_if_it_still_can_be_placed(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku = await expired_with_us_and_paid_there(shop, staff, buyer)
    await due(cart)
    await sweep(shop)

    seen = (await buyer.get(f"/v1/carts/{cart}/payment")).json()
    payment = await payment_of(cart)
    assert (seen["status"], seen["order"]["payment_status"]) == ("succeeded", "paid")
    assert (payment["captured"], payment["refunded"]) == (TOTAL, 0)
    assert await stock_of(staff, sku) == {"on_hand": 1, "reserved": 1, "available": 0}
    assert await ledger_of(payment["id"]) == [("cash", TOTAL), ("receivable", -TOTAL)]


@pytest.mark.parametrize("gone", ["stock", "cart"])
async def test_money_that_comes_too_late_is_booked_and_given_back(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, gone: str
) -> None:
    cart, sku = await expired_with_us_and_paid_there(shop, staff, buyer)
    late = await payment_of(cart)
    other = (await a_cart_to_order(buyer, **{sku: 1}))["id"] if gone == "stock" else cart
    assert (await check_out(buyer, other, "test", token="ok")).status_code == 201
    await change("UPDATE payment_attempts SET check_at = now() WHERE id = %s", late["id"])
    await sweep(shop)
    await change("UPDATE payment_attempts SET check_at = now() WHERE id = %s", late["id"])
    await sweep(shop)

    (payment,) = await rows("SELECT * FROM payment_attempts WHERE id = %s", late["id"])
    assert (payment["state"], payment["order_id"]) == ("succeeded", None)
    assert (payment["captured"], payment["refunded"]) == (TOTAL, TOTAL)
    assert await ledger_of(payment["id"]) == [("cash", TOTAL), ("suspense", -TOTAL)]
    transfers = await rows(
        "SELECT refunds.order_id, refunds.reason, refund_transfers.id, refunds.id AS refund,"
        " refund_transfers.amount, state FROM refund_transfers"
        " JOIN refunds ON refunds.id = refund_id WHERE payment_id = %s",
        payment["id"],
    )
    assert [(it["reason"], it["amount"], it["state"]) for it in transfers] == [
        ("late_payment", TOTAL, "asked")
    ]
    assert await ledger_of(transfers[0]["refund"]) == [
        ("refunds_payable", -TOTAL),
        ("suspense", TOTAL),
    ]
    assert (await stock_of(staff, sku))["reserved"] == 1
    await send_all(shop)
    (books,) = await rows("SELECT * FROM test_payments WHERE payment_id = %s", payment["id"])
    assert (books["captured"], books["refunded"]) == (TOTAL, TOTAL)


async def test_money_that_is_held_for_a_payment_that_has_ended_is_let_go(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, _ = await a_waiting_cart(staff, buyer)
    await due(cart, held=timedelta(0))
    await sweep(shop)
    await change(
        "UPDATE test_payments SET state = 'authorised' WHERE payment_id = %s",
        (await payment_of(cart))["id"],
    )
    await due(cart)
    await sweep(shop)

    payment = await payment_of(cart)
    assert (payment["state"], payment["operation"]) == ("expired", None)
    assert (await books_of(cart))["state"] == "voided"


async def test_a_capture_that_the_shop_does_not_know_of_is_put_right_and_told(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer)
    await say(buyer, answer, "fail")
    await buyer.get(f"/v1/carts/{cart}/payment")
    payment = await payment_of(cart)
    await change(
        "UPDATE test_payments SET state = 'succeeded', captured = amount WHERE payment_id = %s",
        payment["id"],
    )
    await due(cart)
    await sweep(shop)

    (corrected,) = await rows(
        "SELECT data FROM events WHERE aggregate_id = %s AND type = 'payment.corrected'",
        payment["id"],
    )
    assert (corrected["data"]["was"], corrected["data"]["status"]) == ("declined", "succeeded")
    assert (await payment_of(cart))["state"] == PaymentState.CAPTURED


async def test_a_payment_is_compared_for_a_day_after_it_has_ended(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, _ = await a_waiting_cart(staff, buyer, "ok")
    planned = []
    for age in ("1 hour", "25 hours"):
        await change(
            "UPDATE payment_attempts SET check_at = now(), created_at = now() - %s::interval"
            " WHERE cart_id = %s",
            age,
            cart,
        )
        await sweep(shop)
        planned.append((await payment_of(cart))["check_at"] is not None)

    assert planned == [True, False]
