"""Buyers who pay by card with Mercado Pago, through the shop: from the checkout to the refund."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from support.background import change
from support.payments.books import channel, payment_of, rows, sweep
from support.payments.pesos import MercadoHere, a_cart, tell, with_mercado
from support.products import check_out
from support.refunds import expect_balanced_books, granted, now, send_all

from trastienda.application import Application
from trastienda.controllers.orders import settle_abandoned

TOTAL = Decimal("299.90")


@pytest.fixture
async def mercado(shop: Application, staff: AsyncClient) -> AsyncIterator[MercadoHere]:
    async with with_mercado(shop, staff) as books:
        yield books


def a_card(what: str) -> str:
    return json.dumps({"token": f"{what}-{uuid4().hex[:8]}", "payment_method_id": "master"})


async def pay(
    mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient, what: str
) -> tuple[str, Response]:
    cart = await a_cart(staff, buyer)
    return cart, await check_out(buyer, cart, mercado.name, token=a_card(what))


async def orders_of(cart: str) -> list[str]:
    found = await rows("SELECT payment_status FROM orders WHERE cart_id = %s", cart)
    return [row["payment_status"] for row in found]


async def test_a_card_pays_and_another_is_refused(
    mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    _, paid = await pay(mercado, staff, buyer, "card_ok")
    cart, declined = await pay(mercado, staff, buyer, "card_no")
    other = await check_out(buyer, cart, mercado.name, token=a_card("card_ok"))
    unusable = await check_out(buyer, await a_cart(staff, buyer), mercado.name, token="tok")

    assert (paid.status_code, paid.json()["payment_status"]) == (201, "paid")
    assert (declined.status_code, declined.json()["reason"]) == (
        402,
        "cc_rejected_insufficient_amount",
    )
    assert (other.status_code, unusable.status_code) == (201, 422)
    assert unusable.json()["type"] == "/problems/token-unusable"
    left = sorted(mercado.left(it) for it in mercado.payments.values())
    assert left == [Decimal(), TOTAL, TOTAL]


async def test_who_passes_3_d_secure_has_the_order_by_the_webhook(
    mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, waiting = await pay(mercado, staff, buyer, "card_3ds")
    payment = mercado.payment_of((await payment_of(cart))["id"])
    early = await tell(mercado, buyer, payment)
    nothing = await orders_of(cart)
    mercado.decide(payment, "approved", "accredited")
    forged = await tell(mercado, buyer, payment, **{"x-request-id": "another"})
    still_nothing = await orders_of(cart)
    twice = [(await tell(mercado, buyer, payment)).status_code for _ in range(2)]

    assert waiting.status_code == 202
    assert waiting.json()["payment"]["next_action"] == {
        "type": "mercadopago_challenge",
        "url": "https://acs.example/3ds",
        "data": {"creq": "eyJ0"},
    }
    assert (early.status_code, nothing, forged.status_code) == (200, [], 403)
    assert (still_nothing, twice, await orders_of(cart)) == ([], [200, 200], ["paid"])
    assert mercado.left(payment) == TOTAL
    await expect_balanced_books()


async def test_a_review_that_ends_well_is_found_without_a_webhook(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, waiting = await pay(mercado, staff, buyer, "card_review")
    mercado.decide(mercado.payment_of((await payment_of(cart))["id"]), "approved", "accredited")
    await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
    await sweep(shop)

    assert waiting.json()["payment"] == {"status": "processing"}
    assert await orders_of(cart) == ["paid"]


async def test_a_lost_answer_is_found_by_the_job_and_charged_once(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    mercado.lost = lambda path: path == "/v1/payments"
    cart, unclear = await pay(mercado, staff, buyer, "card_ok")
    mercado.lost = lambda _: False
    await change("UPDATE payment_attempts SET leased_until = now() WHERE cart_id = %s", cart)
    await settle_abandoned(shop.process.providers)

    assert (unclear.status_code, unclear.json()["type"]) == (503, "/problems/payment-unclear")
    assert (await orders_of(cart), len(mercado.payments)) == (["paid"], 1)


async def test_a_hold_that_ends_is_ended_at_the_bank(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _ = await pay(mercado, staff, buyer, "card_3ds")
    await change(
        "UPDATE payment_attempts SET held_until = now(), check_at = now() WHERE cart_id = %s", cart
    )
    await sweep(shop)

    kept = await payment_of(cart)
    assert (kept["state"], mercado.payment_of(kept["id"])["status"]) == ("expired", "cancelled")


async def test_what_is_held_is_captured_in_part_and_paid_back_in_parts(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with channel(staff, capture="manual"):
        cart, held = await pay(mercado, staff, buyer, "card_ok")
    order = held.json()
    address = f"/v1/admin/orders/{order['id']}"
    captured = (await staff.post(f"{address}/capture", json={"amount": 20_000})).json()
    await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
    await sweep(shop)  # what is read back fits what was captured
    first = await granted(staff, order, amount=5_000)
    mercado.lost = lambda path: path.endswith("/refunds")
    await send_all(shop)
    mercado.lost = lambda _: False
    mercado.answers.clear()  # it has forgotten all keys
    await change(
        "UPDATE refund_transfers SET leased_until = now() WHERE refund_id = %s", first["id"]
    )
    second = await granted(staff, order, amount=5_000)
    third = await granted(staff, order, amount=10_000)
    await send_all(shop)

    assert (order["payment_status"], captured["captured"]) == ("authorised", 20_000)
    kept = await payment_of(cart)
    assert (kept["captured"], kept["doubt"]) == (20_000, None)
    assert [(await now(staff, it))["status"] for it in (first, second, third)] == ["succeeded"] * 3
    assert mercado.left(mercado.payment_of(kept["id"])) == Decimal()
    await expect_balanced_books()
