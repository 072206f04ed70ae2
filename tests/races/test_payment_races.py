"""Checkouts, webhooks, the buyer's return and the sweep, all at the same moment."""

import asyncio
from collections import Counter

import pytest
from httpx import AsyncClient
from support.background import change
from support.payments.books import (
    a_waiting_cart,
    books_of,
    channel,
    payment_of,
    rows,
    say,
    send,
    sweep,
)
from support.products import a_cart_to_order, a_sku_for_sale, check_out, stock_of

from trastienda.application import Application
from trastienda.controllers.orders import work_off_notices
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.payments.simulated.cards import Event, signed

TOTAL = 1_740


async def sums(cart: str) -> tuple[int, int, int]:
    """Return how many orders a cart has become, what we noted as captured, and what they have."""
    (row,) = await rows(
        "SELECT (SELECT count(*) FROM orders WHERE orders.cart_id = carts.id) AS orders,"
        " sum(payment_attempts.captured)::int AS ours, sum(test_payments.captured)::int AS theirs"
        " FROM carts JOIN payment_attempts ON payment_attempts.cart_id = carts.id"
        " JOIN test_payments ON test_payments.payment_id = payment_attempts.id"
        " WHERE carts.id = %s GROUP BY carts.id",
        cart,
    )
    return row["orders"], row["ours"], row["theirs"]


@pytest.mark.parametrize("token", ["challenge", "ok_later"])
async def test_fifty_checkouts_of_one_cart_begin_one_payment(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, token: str
) -> None:
    sku = await a_sku_for_sale(staff, stock=50)
    cart = (await a_cart_to_order(buyer, **{sku: 1}))["id"]

    answers = await asyncio.gather(
        *(check_out(buyer, cart, "test", token=token) for _ in range(50))
    )

    assert {it.status_code for it in answers} <= {202, 409}
    assert 202 in {it.status_code for it in answers}
    begun = await rows("SELECT state FROM payment_attempts WHERE cart_id = %s", cart)
    assert len(begun) == 1
    assert (await stock_of(staff, sku))["reserved"] == 1


@pytest.mark.parametrize("outcome", ["succeed", "fail"])
async def test_webhook_return_and_sweep_at_once_settle_a_payment_once(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, outcome: str
) -> None:
    for _ in range(5):
        cart, sku, answer = await a_waiting_cart(staff, buyer, stock=1)
        await say(buyer, answer, outcome)
        reference = (await books_of(cart))["reference"]
        hooks = [signed(Event(f"{reference}{n}", "payment", reference), utcnow()) for n in range(3)]
        await change(
            "UPDATE payment_attempts SET check_at = now(), held_until = now() WHERE cart_id = %s",
            cart,
        )

        answers = await asyncio.gather(
            *(buyer.get(f"/v1/carts/{cart}/payment") for _ in range(3)),
            *(check_out(buyer, cart, "test", token="decline") for _ in range(3)),
            send(buyer, *hooks),
            sweep(shop),
            work_off_notices(shop.process.providers, Context(utcnow())),
            sweep(shop),
        )

        statuses = Counter(it.status_code for it in answers[:6])  # type: ignore[union-attr]
        assert 500 not in statuses
        orders, ours, theirs = await sums(cart)
        if outcome == "succeed":
            assert (orders, ours, theirs) == (1, TOTAL, TOTAL)
            assert (await stock_of(staff, sku))["reserved"] == 1
        else:
            assert (orders, ours, theirs) == (0, 0, 0)
            assert (await stock_of(staff, sku))["reserved"] == 0


async def test_the_end_of_a_hold_and_the_buyers_yes_at_once_leave_an_order_or_nothing(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    seen = set()
    for _ in range(8):
        cart, sku, answer = await a_waiting_cart(staff, buyer, stock=1)
        await change(
            "UPDATE payment_attempts SET check_at = now(), held_until = now() WHERE cart_id = %s",
            cart,
        )
        await asyncio.gather(sweep(shop), say(buyer, answer, "succeed"))
        await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
        await sweep(shop)

        orders, ours, theirs = await sums(cart)
        seen.add(orders)
        assert ours == theirs == orders * TOTAL
        assert (await stock_of(staff, sku))["reserved"] == orders
        assert (await payment_of(cart))["state"] == ("succeeded" if orders else "expired")
    assert seen <= {0, 1}


async def test_twenty_captures_at_once_take_the_money_once(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with channel(staff, capture="manual"):
        cart, _, answer = await a_waiting_cart(staff, buyer, "ok")
    address = f"/v1/admin/orders/{answer.json()['id']}"
    amounts = range(1_001, 1_021)

    answers = await asyncio.gather(
        *(staff.post(f"{address}/capture", json={"amount": it}) for it in amounts)
    )

    statuses = Counter(it.status_code for it in answers)
    assert set(statuses) <= {200, 409}
    books, order = await books_of(cart), (await staff.get(address)).json()
    noted = await rows(
        "SELECT provider, captured FROM payment_attempts WHERE order_id = %s", order["id"]
    )
    (by_card,) = (it["captured"] for it in noted if it["provider"] == "test")
    assert len(books["answers"]) == 1
    assert by_card == books["captured"] in amounts
    assert order["captured"] == sum(it["captured"] for it in noted) <= TOTAL
