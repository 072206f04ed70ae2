"""Buyers who pay with PayPal, through the shop: from the checkout to the refund."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from support.background import change
from support.payments.accounts import connected, knowing
from support.payments.books import channel, payment_of, rows, sweep
from support.products import a_cart_to_order, a_sku_for_sale, check_out, stock_of
from support.refunds import expect_balanced_books, granted, now, send_all
from support.servers.payments import paypal as stub
from support.servers.payments.paypal import CLIENT, SECRET, WEBHOOK, PayPalBooks
from support.servers.payments.wire import served

from trastienda.application import Application
from trastienda.controllers.orders import work_off_notices
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context

TOTAL = Decimal("17.40")
APPROVED = "CHECKOUT.ORDER.APPROVED"


class PayPalHere(PayPalBooks):
    """The books, and under which name the shop knows them."""

    name = place = ""


@pytest.fixture
async def paypal(shop: Application, staff: AsyncClient) -> AsyncIterator[PayPalHere]:
    """Let staff connect an account at PayPal; return the books behind it."""
    books = PayPalHere()
    fields = {
        "credentials": {"client_id": CLIENT, "client_secret": SECRET},
        "options": {"webhook_id": WEBHOOK},
    }
    async with AsyncExitStack() as at_the_end:
        books.place = await at_the_end.enter_async_context(served(books.answer))
        addresses = {"paypal": books.place}
        await at_the_end.enter_async_context(knowing(shop, addresses=addresses))
        books.name = (await connected(staff, "paypal", **fields))["name"]
        yield books


async def begin(
    paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> tuple[str, str, Response]:
    """Check a cart out; return it, its SKU, and the answer."""
    sku = await a_sku_for_sale(staff, stock=2)
    cart: str = (await a_cart_to_order(buyer, **{sku: 1}))["id"]
    back = f"{buyer.base_url}/thanks"
    answer = await buyer.post(
        f"/v1/carts/{cart}/checkout",
        json={"payment": {"provider": paypal.name, "return_url": back}},
    )
    assert answer.status_code == 202, answer.text
    return cart, sku, answer


async def approve(paypal: PayPalHere, cart: str) -> str:
    """Let the buyer say yes; return PayPal's id of the payment."""
    reference: str = (await payment_of(cart))["reference"]
    paypal.approve(reference)
    return reference


async def look(buyer: AsyncClient, cart: str) -> dict[str, Any]:
    """Read the payment as the buyer's browser does, a moment after the last time."""
    await change("UPDATE payment_attempts SET checked_at = NULL WHERE cart_id = %s", cart)
    body: dict[str, Any] = (await buyer.get(f"/v1/carts/{cart}/payment")).json()
    return body


async def tell(
    paypal: PayPalHere, buyer: AsyncClient, reference: str, kind: str = APPROVED
) -> Response:
    transmission, place = uuid4().hex, paypal.place
    body, headers = stub.webhook(kind, reference, utcnow(), transmission=transmission, place=place)
    address = f"/v1/payments/{paypal.name}/webhook"
    return await buyer.post(address, content=body, headers=headers)


async def orders_of(cart: str) -> list[str]:
    found = await rows("SELECT payment_status FROM orders WHERE cart_id = %s", cart)
    return [row["payment_status"] for row in found]


async def test_who_says_yes_and_comes_back_has_paid_once(
    paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, answer = await begin(paypal, staff, buyer)
    before = await look(buyer, cart)
    reference = await approve(paypal, cart)
    seen = await look(buyer, cart)
    twice = [(await tell(paypal, buyer, reference)).status_code for _ in range(2)]

    action = answer.json()["payment"]["next_action"]
    assert action == {
        "type": "redirect",
        "url": f"https://www.sandbox.paypal.com/pay?token={reference}",
        "data": {"order_id": reference},
    }
    assert before == {"status": "requires_action", "next_action": action}
    assert (seen["status"], seen["order"]["payment_status"]) == ("succeeded", "paid")
    assert (twice, await orders_of(cart)) == ([200, 200], ["paid"])
    assert paypal.taken(reference) == TOTAL
    assert (await stock_of(staff, sku))["reserved"] == 1
    await expect_balanced_books()


@pytest.mark.parametrize("way", ["webhook", "sweep"])
async def test_who_says_yes_and_never_comes_back_has_paid_all_the_same(
    shop: Application, paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient, way: str
) -> None:
    cart, _, _ = await begin(paypal, staff, buyer)
    early = await tell(paypal, buyer, (await payment_of(cart))["reference"])
    nothing = await orders_of(cart)
    reference = await approve(paypal, cart)
    if way == "webhook":
        await tell(paypal, buyer, reference)
    else:
        await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
        await sweep(shop)

    assert (early.status_code, nothing) == (200, [])
    assert (await orders_of(cart), paypal.taken(reference)) == (["paid"], TOTAL)


async def test_return_webhook_and_sweep_at_once_take_the_money_once(
    shop: Application, paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, _ = await begin(paypal, staff, buyer)
    reference = await approve(paypal, cart)
    await change(
        "UPDATE payment_attempts SET check_at = now(), held_until = now() WHERE cart_id = %s", cart
    )
    await asyncio.gather(
        *(look(buyer, cart) for _ in range(2)),
        *(tell(paypal, buyer, reference) for _ in range(2)),
        sweep(shop),
    )
    await work_off_notices(shop.process.providers, Context(utcnow()))

    assert (await orders_of(cart), paypal.taken(reference)) == (["paid"], TOTAL)
    assert (await payment_of(cart))["doubt"] is None


async def test_who_says_yes_too_late_is_not_charged(
    shop: Application, paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, _ = await begin(paypal, staff, buyer)
    await change(
        "UPDATE payment_attempts SET held_until = now(), check_at = now() WHERE cart_id = %s", cart
    )
    await sweep(shop)
    ended = await look(buyer, cart)
    reference = await approve(paypal, cart)
    await tell(paypal, buyer, reference)
    free = await stock_of(staff, sku)
    anew = await check_out(buyer, cart, "manual")

    assert ended == {"status": "expired"}
    assert (paypal.taken(reference), free["reserved"]) == (Decimal(), 0)
    assert anew.status_code == 201


async def test_a_lost_answer_to_the_last_call_takes_the_money_once(
    paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, _ = await begin(paypal, staff, buyer)
    reference = await approve(paypal, cart)
    paypal.lost = lambda path: path.endswith("/capture")
    unclear = await look(buyer, cart)
    paypal.lost = lambda _: False
    seen = await look(buyer, cart)

    assert unclear["status"] == "requires_action"
    assert (seen["status"], paypal.taken(reference)) == ("succeeded", TOTAL)


async def test_an_instrument_that_is_declined_opens_the_cart_again(
    paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, sku, _ = await begin(paypal, staff, buyer)
    paypal.instrument = "INSTRUMENT_DECLINED"
    reference = await approve(paypal, cart)
    seen = await look(buyer, cart)
    paypal.instrument = "COMPLETED"
    await tell(paypal, buyer, reference)
    released = await stock_of(staff, sku)

    assert seen == {"status": "declined", "reason": "INSTRUMENT_DECLINED"}
    assert (paypal.taken(reference), released["reserved"]) == (Decimal(), 0)
    assert (await check_out(buyer, cart, "manual")).status_code == 201


async def test_what_is_held_is_captured_in_part_and_paid_back_in_parts(
    shop: Application, paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with channel(staff, capture="manual"):
        cart, _, _ = await begin(paypal, staff, buyer)
    reference = await approve(paypal, cart)
    order = (await look(buyer, cart))["order"]
    held = await payment_of(cart)
    address = f"/v1/admin/orders/{order['id']}"
    captured = (await staff.post(f"{address}/capture", json={"amount": 1_000})).json()
    first = await granted(staff, order, amount=400)
    paypal.lost = lambda path: path.endswith("/refund")
    await send_all(shop)
    lost = await now(staff, first)
    paypal.lost = lambda _: False
    await change(
        "UPDATE refund_transfers SET leased_until = now() WHERE refund_id = %s", first["id"]
    )
    second = await granted(staff, order, amount=600)
    await send_all(shop)

    assert (order["payment_status"], held["capture_before"] is not None) == ("authorised", True)
    assert (captured["captured"], lost["status"]) == (1_000, "pending")
    states = [(await now(staff, it))["status"] for it in (first, second)]
    assert (states, paypal.taken(reference)) == (["succeeded", "succeeded"], Decimal())
    await expect_balanced_books()


async def test_a_cancelled_order_lets_go_of_what_is_held(
    paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with channel(staff, capture="manual"):
        cart, _, _ = await begin(paypal, staff, buyer)
    reference = await approve(paypal, cart)
    order = (await look(buyer, cart))["order"]
    cancelled = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")

    assert cancelled.status_code == 200
    (held,) = paypal.orders[reference]["purchase_units"][0]["payments"]["authorizations"]
    assert (held["status"], (await payment_of(cart))["state"]) == ("VOIDED", "voided")


async def test_a_forged_webhook_is_refused_and_one_that_cannot_be_checked_is_asked_for_again(
    paypal: PayPalHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, _ = await begin(paypal, staff, buyer)
    reference = (await payment_of(cart))["reference"]
    transmission = uuid4().hex
    body, headers = stub.webhook(
        APPROVED, reference, utcnow(), transmission=transmission, place=paypal.place
    )
    address = f"/v1/payments/{paypal.name}/webhook"
    paypal.away = True
    unchecked = await buyer.post(address, content=body, headers=headers)
    paypal.away = False
    forged = await buyer.post(address, content=body + b" ", headers=headers)

    assert (unchecked.status_code, unchecked.json()["type"]) == (
        503,
        "/problems/webhook-uncheckable",
    )
    assert (forged.status_code, forged.json()["type"]) == (403, "/problems/webhook-unverified")
    assert await rows("SELECT 1 FROM payment_notices WHERE event_id = %s", transmission) == []
