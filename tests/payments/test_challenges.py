"""Payments that need a second step, or a while: what the buyer is told, and what comes of them."""

from typing import Any

import pytest
from httpx import AsyncClient
from support.background import change
from support.payments.books import (
    a_waiting_cart,
    books_of,
    payment_of,
    rows,
    say,
    send,
    sweep,
    webhooks,
)
from support.products import a_cart_to_order, a_sku_for_sale, check_out, stock_of

from trastienda.application import Application


def told(answer: Any) -> tuple[int, str]:  # noqa: ANN401 - an answer
    body = answer.json()
    return answer.status_code, body.get("payment", body)["status"]


async def look_again(cart_id: str) -> None:
    """Let a moment pass, after which the provider may be asked again."""
    await change("UPDATE payment_attempts SET checked_at = NULL WHERE cart_id = %s", cart_id)


async def test_a_challenge_sends_the_buyer_to_the_bank_and_holds_the_stock(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, answer = await a_waiting_cart(staff, buyer, stock=1)
    line = {"sku": sku, "quantity": 1}
    changed = await buyer.post(f"/v1/carts/{cart}/lines", json=line)
    seen = await buyer.get(f"/v1/carts/{cart}/payment")

    assert answer.status_code == 202
    action = answer.json()["payment"]["next_action"]
    reference = (await books_of(cart))["reference"]
    assert answer.json()["payment"]["status"] == "requires_action"
    assert action["type"] == "redirect"
    assert action["url"].endswith(f"/v1/payments/test/challenges/{reference}")
    assert seen.json() == {"status": "requires_action", "next_action": action}
    assert changed.json()["type"] == "/problems/checkout-in-progress"
    assert await stock_of(staff, sku) == {"on_hand": 1, "reserved": 1, "available": 0}


async def test_a_buyer_who_says_yes_and_comes_back_has_an_order(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, answer = await a_waiting_cart(staff, buyer, stock=1)

    await say(buyer, answer, "succeed")
    seen = (await buyer.get(f"/v1/carts/{cart}/payment")).json()
    again = await check_out(buyer, cart, "test", token="ok")

    assert (seen["status"], seen["order"]["payment_status"]) == ("succeeded", "paid")
    assert (again.status_code, again.json()) == (200, seen["order"])
    assert (await payment_of(cart))["state"] == "succeeded"
    assert await stock_of(staff, sku) == {"on_hand": 1, "reserved": 1, "available": 0}


async def test_a_checkout_while_the_buyer_is_at_the_bank_reads_the_payment_back(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer)
    waiting = await check_out(buyer, cart, "test", token="ok")
    await say(buyer, answer, "succeed")
    await look_again(cart)
    placed = await check_out(buyer, cart, "test", token="ok")

    assert (waiting.status_code, waiting.json()) == (202, answer.json())
    assert (placed.status_code, placed.json()["payment_status"]) == (201, "paid")


async def test_a_buyer_who_says_no_may_pay_in_another_way(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, answer = await a_waiting_cart(staff, buyer, stock=1)
    await say(buyer, answer, "fail")
    declined = await check_out(buyer, cart, "test", token="challenge")
    released = await stock_of(staff, sku)
    seen = (await buyer.get(f"/v1/carts/{cart}/payment")).json()
    paid = await check_out(buyer, cart, "test", token="ok")

    assert (declined.status_code, declined.json()["reason"]) == (402, "authentication_failed")
    assert released == {"on_hand": 1, "reserved": 0, "available": 1}
    assert seen == {"status": "declined", "reason": "authentication_failed"}
    assert paid.status_code == 201


async def test_only_the_first_answer_to_a_challenge_counts(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer)

    await say(buyer, answer, "fail")
    late = await say(buyer, answer, "succeed")

    assert late.status_code == 200
    assert "nothing to do here" in late.text
    assert (await books_of(cart))["state"] == "declined"


async def test_the_page_of_a_challenge_has_both_answers_and_sends_the_buyer_back(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = (await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1}))["id"]
    back = "https://localhost:8443/paid?cart=1"
    payment = {"provider": "test", "token": "challenge", "return_url": back}
    answer = await buyer.post(f"/v1/carts/{cart}/checkout", json={"payment": payment})
    url = answer.json()["payment"]["next_action"]["url"]
    page = await buyer.get(url[url.index("/v1/") :])
    sent = await say(buyer, answer, "succeed")

    assert "?outcome=succeed" in page.text
    assert "?outcome=fail" in page.text
    assert (sent.status_code, sent.headers["location"]) == (303, back)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "http://localhost:8443/",
        "javascript:alert(1)",
        "//evil.example",
        "https://localhost:8443@evil.example/",
        "https://localhost:8443.evil.example/",
        "https://[",
    ],
)
async def test_a_buyer_is_sent_back_to_pages_of_the_shop_only(
    staff: AsyncClient, buyer: AsyncClient, url: str
) -> None:
    sku = await a_sku_for_sale(staff, stock=1)
    cart = (await a_cart_to_order(buyer, **{sku: 1}))["id"]
    payment = {"provider": "test", "token": "challenge", "return_url": url}

    refused = await buyer.post(f"/v1/carts/{cart}/checkout", json={"payment": payment})

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/return-url-unusable")
    assert (await stock_of(staff, sku))["reserved"] == 0


async def test_a_payment_that_is_processed_is_paid_later_and_a_webhook_says_so(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer, "ok_later")
    reference = (await books_of(cart))["reference"]
    await change("UPDATE test_payments SET act_at = now() WHERE reference = %s", reference)
    sent = [it for it in await webhooks() if reference.encode() in it.body]
    statuses = await send(buyer, *sent)
    seen = (await buyer.get(f"/v1/carts/{cart}/payment")).json()

    assert (answer.status_code, answer.json()) == (202, {"payment": {"status": "processing"}})
    assert statuses == [200]
    assert (seen["status"], seen["order"]["payment_status"]) == ("succeeded", "paid")


async def test_who_does_not_come_back_in_time_loses_the_hold_and_may_try_again(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, answer = await a_waiting_cart(staff, buyer, stock=1)
    await change(
        "UPDATE payment_attempts SET held_until = now(), check_at = now() WHERE cart_id = %s", cart
    )
    await sweep(shop)
    seen = (await buyer.get(f"/v1/carts/{cart}/payment")).json()
    released = await stock_of(staff, sku)
    late = await say(buyer, answer, "succeed")
    paid = await check_out(buyer, cart, "test", token="ok")

    assert seen == {"status": "expired"}
    assert released == {"on_hand": 1, "reserved": 0, "available": 1}
    assert "nothing to do here" in late.text
    assert paid.status_code == 201
    states = await rows(
        "SELECT state, captured FROM payment_attempts WHERE cart_id = %s ORDER BY id", cart
    )
    assert [tuple(it.values()) for it in states] == [("expired", 0), ("succeeded", 1_740)]


async def test_who_said_yes_and_never_came_back_has_the_order_when_the_hold_ends(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, answer = await a_waiting_cart(staff, buyer)
    await say(buyer, answer, "succeed")
    await change(
        "UPDATE payment_attempts SET held_until = now(), check_at = now() WHERE cart_id = %s", cart
    )
    await sweep(shop)

    seen = (await buyer.get(f"/v1/carts/{cart}/payment")).json()
    assert (seen["status"], seen["order"]["payment_status"]) == ("succeeded", "paid")


async def test_a_cart_without_a_payment_says_so(staff: AsyncClient, buyer: AsyncClient) -> None:
    cart = (await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1}))["id"]

    nothing = await buyer.get(f"/v1/carts/{cart}/payment")
    foreign = await buyer.get("/v1/carts/nobody-has-this-one/payment")

    assert (nothing.status_code, nothing.json()["type"]) == (404, "/problems/payment-not-found")
    assert (foreign.status_code, foreign.json()["type"]) == (404, "/problems/cart-not-found")
