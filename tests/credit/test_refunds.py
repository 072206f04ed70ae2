"""Money that goes back to gift cards and store credit."""

from datetime import timedelta
from typing import Any

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import change
from support.payments.books import channel, payment_of, sweep
from support.payments.credit import (
    CARDS,
    CREDIT,
    a_cart_of,
    a_gift_card,
    by_card,
    left,
    pay,
)
from support.people import a_customer
from support.refunds import expect_balanced_books, granted, now, order_now, refund, send_all
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.db import utcnow


async def paid_with(
    staff: AsyncClient, buyer: AsyncClient, *cards: dict[str, Any]
) -> dict[str, Any]:
    """Order for 29.90, with these gift cards and the rest by a provider."""
    placed = await pay(buyer, await a_cart_of(staff, buyer, *cards), payment=by_card())
    assert placed.status_code == 201, placed.text
    order: dict[str, Any] = placed.json()
    return order


async def test_the_provider_is_asked_first_and_the_gift_card_gets_what_is_left(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff, 1_000)
    order = await paid_with(staff, buyer, card)
    first = await granted(staff, order, amount=1_500)
    second = await granted(staff, order, amount=1_490)
    too_much = await refund(staff, order, amount=1)
    await change(  # as a node of the version before writes it
        "UPDATE refund_transfers SET credit_account_id = NULL WHERE refund_id = %s", second["id"]
    )
    await send_all(shop)

    assert [(it["provider"], it["amount"]) for it in first["transfers"]] == [("test", 1_500)]
    assert [(it["provider"], it["amount"]) for it in second["transfers"]] == [
        ("test", 490),
        ("gift_card", 1_000),
    ]
    assert too_much.status_code == 409
    assert (await now(staff, second))["status"] == "succeeded"
    assert await left(staff, card) == (1_000, 0)
    assert (await order_now(staff, order))["payment_status"] == "refunded"
    await expect_balanced_books()


async def test_cancelling_gives_the_balance_back_once(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff)
    placed = await pay(buyer, await a_cart_of(staff, buyer, card))
    cancelled = await staff.post(f"/v1/admin/orders/{placed.json()['id']}/cancel")
    await send_all(shop)
    await send_all(shop)
    kinds = [it["kind"] for it in (await staff.get(f"{CARDS}/{card['id']}")).json()["movements"]]

    assert cancelled.json()["payment_status"] == "refunded"
    assert await left(staff, card) == (5_000, 0)
    assert kinds == ["refunded", "spent", "issued"]
    await expect_balanced_books()


async def test_staff_may_refund_to_store_credit_instead(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    customer = await a_customer(shop)
    card = await a_gift_card(staff, 1_000)
    order = await paid_with(staff, customer, card)
    made = await granted(staff, order, amount=2_990, to="store_credit")
    of_a_guest = await refund(staff, await paid_with(staff, buyer), amount=1, to="store_credit")
    await send_all(shop)
    email = (await customer.get("/v1/session")).json()["visitor"]["email"]
    (account,) = (await staff.get(CREDIT, params={"email": email})).json()["items"]

    assert made["to"] == "store_credit"
    assert {it["provider"] for it in made["transfers"]} == {"store_credit"}
    assert sum(it["amount"] for it in made["transfers"]) == 2_990
    assert refusal(of_a_guest)[:2] == (422, "no-customer-account")
    assert (await customer.get("/v1/store-credit")).json()["items"][0]["available"] == 2_990
    assert await left(staff, account, CREDIT) == (2_990, 0)
    assert await left(staff, card) == (0, 0)
    await expect_balanced_books()


async def test_a_disabled_card_takes_nothing_until_staff_decide(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff)
    order = (await pay(buyer, await a_cart_of(staff, buyer, card))).json()
    await staff.patch(f"{CARDS}/{card['id']}", json={"disabled": True})
    made = await granted(staff, order, amount=1_000)
    await send_all(shop)
    failed = await now(staff, made)
    await staff.patch(f"{CARDS}/{card['id']}", json={"disabled": False})
    retried = await staff.post(f"/v1/admin/refunds/{made['id']}/retry")
    await send_all(shop)
    done = await now(staff, made)

    assert (failed["status"], failed["transfers"][0]["failure"]) == ("failed", "disabled")
    assert retried.status_code == 200, retried.text
    assert done["status"] == "succeeded"
    assert await left(staff, card) == (3_010, 0)
    await expect_balanced_books()


async def test_reports_of_payments_show_gift_cards_beside_providers(
    staff: AsyncClient, buyer: AsyncClient, shop: ASGIApp
) -> None:
    days = {"from": "2020-01-01", "to": "2020-01-02"}
    before = await reported(staff)
    await paid_with(staff, buyer, await a_gift_card(staff, 1_000))
    after = await reported(staff)

    assert after["gift_card"] - before.get("gift_card", 0) == 1_000
    assert after["test"] - before.get("test", 0) == 1_990
    assert (await staff.get("/v1/admin/reports/payments", params=days)).json()["items"] == []


async def reported(staff: AsyncClient) -> dict[str, int]:
    today = utcnow().date()
    days = {"from": str(today - timedelta(days=2)), "to": str(today + timedelta(days=2))}
    answer = await staff.get("/v1/admin/reports/payments", params={**days, "by": "month"})
    sums: dict[str, int] = {}
    for row in answer.json()["items"]:
        if row["currency"] == "EUR":
            sums[row["provider"]] = sums.get(row["provider"], 0) + row["captured"]
    return sums


async def test_what_is_held_beside_a_gift_card_comes_before_any_refund(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart_of(staff, buyer, await a_gift_card(staff, 1_000))
    async with channel(staff, capture="manual"):
        order = (await pay(buyer, cart, payment=by_card())).json()
    address = f"/v1/admin/orders/{order['id']}"

    early = await refund(staff, order, amount=100)
    captured = await staff.post(f"{address}/capture")
    given = await refund(staff, order, amount=100)

    assert refusal(early)[:2] == (409, "order-not-captured")
    assert (captured.status_code, captured.json()["payment_status"]) == (200, "paid")
    assert given.status_code == 201
    await expect_balanced_books()


async def test_late_money_pays_the_rest_of_an_order_of_which_something_was_refunded_meanwhile(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart_of(staff, buyer, await a_gift_card(staff, 1_000))
    async with channel(staff, capture="manual"):
        order = (await pay(buyer, cart, payment=by_card())).json()
    for state, captured in (("voided", 0), ("succeeded", 1_990)):
        query = "UPDATE test_payments SET state = %s, captured = %s WHERE payment_id = %s"
        payment = await payment_of(cart["id"])
        await change(query, state, captured, payment["id"])
        if state == "succeeded":
            assert (await refund(staff, order, amount=100)).status_code == 201
        await change("UPDATE payment_attempts SET check_at = now() WHERE id = %s", payment["id"])
        await sweep(shop)

    now = await order_now(staff, order)
    assert (now["payment_status"], now["captured"]) == ("partially_refunded", 2_990)
    assert (now["refunded"], now["outstanding"]) == (100, 0)
    payment = await payment_of(cart["id"])
    assert (payment["captured"], payment["refunded"]) == (1_990, 0)
    await expect_balanced_books()
