"""Buyers who pay on Mercado Pago's own page, without a token: from the checkout to the refund."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient, Response
from support.background import change
from support.payments.books import channel, payment_of, rows, sweep
from support.payments.pesos import MercadoHere, a_cart, tell, with_mercado
from support.products import check_out
from support.refunds import expect_balanced_books, granted, now, send_all
from support.servers.payments.mercadopago_pages import PAGE

from trastienda.application import Application
from trastienda.controllers.orders import settle_abandoned

BACK = "https://localhost:8443/paid?shop=1"
TOTAL = Decimal("299.9")


@pytest.fixture
async def mercado(shop: Application, staff: AsyncClient) -> AsyncIterator[MercadoHere]:
    async with with_mercado(shop, staff) as books:
        yield books


async def begin(
    mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> tuple[str, Response]:
    cart = await a_cart(staff, buyer)
    return cart, await check_out(buyer, cart, mercado.name, return_url=BACK)


async def stands(buyer: AsyncClient, cart: str) -> dict[str, Any]:
    """Come back, and read how the payment stands; the provider is asked in any case."""
    await change("UPDATE payment_attempts SET checked_at = NULL WHERE cart_id = %s", cart)
    found: dict[str, Any] = (await buyer.get(f"/v1/carts/{cart}/payment")).json()
    return found


async def check(shop: Application, cart: str) -> None:
    """Compare a payment with what Mercado Pago says, as the sweep does."""
    await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
    await sweep(shop)


async def test_a_buyer_pays_on_mercado_pagos_page_and_is_given_money_back(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, waiting = await begin(mercado, staff, buyer)
    payment, page = await payment_of(cart), mercado.page()
    asked = json.loads(mercado.bodies[0])
    (item,) = asked.pop("items")

    assert waiting.status_code == 202
    action = {"type": "redirect", "url": PAGE + page["id"]}
    assert waiting.json()["payment"]["next_action"] == action
    assert payment["reference"] == page["id"]
    assert item.pop("title")
    assert item == {"quantity": 1, "currency_id": "MXN", "unit_price": 299.9}
    assert asked.pop("expiration_date_to")
    assert asked == {
        "external_reference": str(payment["id"]),
        "back_urls": {"success": BACK, "pending": BACK, "failure": f"{BACK}&cancelled=1"},
        "auto_return": "approved",
        "expires": True,
        "binary_mode": True,
        "payment_methods": {
            "excluded_payment_types": [{"id": it} for it in ("atm", "bank_transfer", "ticket")]
        },
        "payer": {"email": "ana@example.com"},
    }

    mercado.pay(page, "card_no")
    declined = await stands(buyer, cart)
    made = mercado.pay(page)
    back = await stands(buyer, cart)
    paid = await payment_of(cart)
    refund = await granted(staff, back["order"], amount=9_990)
    await send_all(shop)

    assert (declined["status"], back["status"]) == ("requires_action", "succeeded")
    assert (paid["reference"], paid["captured"], paid["doubt"]) == (str(made["id"]), 29_990, None)
    assert not mercado.is_open(page)
    assert (await now(staff, refund))["status"] == "succeeded"
    assert mercado.left(made) == Decimal(200)
    await expect_balanced_books()


async def test_a_webhook_places_the_order_of_a_buyer_who_does_not_come_back(
    mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _ = await begin(mercado, staff, buyer)
    made = mercado.pay(mercado.page())
    strange = mercado.book("an order of another system", 5, "approved", "accredited")
    for it in (strange, made, made):
        assert (await tell(mercado, buyer, it)).status_code == 200
    query = "SELECT outcome FROM payment_notices WHERE provider = %s ORDER BY id"

    assert (await payment_of(cart))["state"] == "succeeded"
    assert len(await rows("SELECT id FROM orders WHERE cart_id = %s", cart)) == 1
    found = [it["outcome"] for it in await rows(query, mercado.name)]
    assert found == ["ignored", "settled", "settled"]


@pytest.mark.parametrize("known", ["both at once", "the second later"])
async def test_who_pays_in_two_tabs_is_paid_back_once(
    mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient, known: str
) -> None:
    cart, _ = await begin(mercado, staff, buyer)
    mercado.closes = False
    page = mercado.page()
    first = mercado.pay(page)
    if known != "both at once":
        await stands(buyer, cart)
    second = mercado.pay(page)
    for it in (second, first, second):
        await tell(mercado, buyer, it)
    paid = await payment_of(cart)

    assert (paid["state"], paid["reference"]) == ("succeeded", str(first["id"]))
    assert (mercado.left(first), mercado.left(second)) == (TOTAL, Decimal(0))
    assert len(mercado.refunds[second["id"]]) == 1
    moves = await rows(
        "SELECT kind, account, amount::int FROM ledger_transactions AS header"
        " JOIN ledger_entries AS entry ON entry.transaction_id = header.id"
        " WHERE key LIKE 'paid_again%%' AND key LIKE %s ORDER BY kind, account",
        f"%:{second['id']}",
    )
    assert [tuple(it.values()) for it in moves] == [
        ("late_money", "cash", 29_990),
        ("late_money", "suspense", -29_990),
        ("refund_paid", "cash", -29_990),
        ("refund_paid", "suspense", 29_990),
    ]
    await expect_balanced_books()


async def test_parts_are_neither_an_order_nor_paid_twice(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _ = await begin(mercado, staff, buyer)
    page = mercado.page()
    halves = [
        mercado.book(page["external_reference"], amount, "approved", "accredited")
        for amount in (200, 99.9)
    ]
    await stands(buyer, cart)
    after = await payment_of(cart)

    assert (after["state"], after["doubt"]) == ("requires_action", "amount")
    assert [mercado.left(it) for it in halves] == [200, Decimal("99.9")]
    await change("DELETE FROM payment_attempts WHERE id = %s", after["id"])


async def test_who_gives_up_pays_in_another_way_and_late_money_goes_back(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _ = await begin(mercado, staff, buyer)
    page = mercado.page()
    mercado.closes = False  # and whoever is on the page pays all the same
    ended = (await buyer.delete(f"/v1/carts/{cart}/payment")).json()
    other = await check_out(buyer, cart, "manual")
    late = mercado.pay(page)
    await tell(mercado, buyer, late)
    await send_all(shop)

    assert ended == {"status": "expired"}
    assert other.status_code == 201
    assert mercado.left(late) == 0
    query = "SELECT payment_provider FROM orders WHERE cart_id = %s"
    assert [it["payment_provider"] for it in await rows(query, cart)] == ["manual"]
    await expect_balanced_books()


@pytest.mark.parametrize("paid", [None, "card_ok", "card_review"])
async def test_when_the_hold_ends_the_page_is_closed_or_the_order_is_placed(
    shop: Application,
    mercado: MercadoHere,
    staff: AsyncClient,
    buyer: AsyncClient,
    paid: str | None,
) -> None:
    cart, _ = await begin(mercado, staff, buyer)
    page = mercado.page()
    made = mercado.pay(page, paid) if paid else None
    await change("UPDATE payment_attempts SET held_until = now() WHERE cart_id = %s", cart)
    await check(shop, cart)
    after = await payment_of(cart)

    assert not mercado.is_open(page)
    assert after["state"] == ("succeeded" if paid == "card_ok" else "expired")
    if paid == "card_review":
        assert made is not None
        assert made["status"] == "cancelled"


async def test_who_pays_after_the_hold_and_before_the_search_knows_it_has_the_order(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _ = await begin(mercado, staff, buyer)
    mercado.pay(mercado.page())
    mercado.indexed = False
    ended = (await buyer.delete(f"/v1/carts/{cart}/payment")).json()
    mercado.indexed = True
    await check(shop, cart)
    after = await payment_of(cart)

    assert ended["status"] == "expired"
    assert (after["state"], after["captured"], after["refunded"]) == ("succeeded", 29_990, 0)
    assert after["order_id"] is not None
    await expect_balanced_books()


async def test_a_lost_answer_and_a_refusal_open_no_second_page(
    shop: Application, mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    mercado.lost = lambda path: "preferences" in path
    cart, unclear = await begin(mercado, staff, buyer)
    mercado.lost = lambda _: False
    await change(
        "UPDATE payment_attempts SET leased_until = now() - interval '1 s' WHERE cart_id = %s", cart
    )
    await settle_abandoned(shop.process.providers)
    found = await stands(buyer, cart)
    plain = BACK.replace("https", "http").replace("8443", "8080")
    second = await a_cart(staff, buyer)
    nowhere = await check_out(buyer, second, mercado.name)
    foreign = await check_out(buyer, second, mercado.name, return_url=plain)

    assert unclear.status_code == 503
    assert (found["status"], len(mercado.preferences)) == ("requires_action", 1)
    assert UUID(mercado.page()["external_reference"])
    assert nowhere.json()["type"] == "/problems/return-url-missing"
    assert foreign.json()["type"] == "/problems/return-url-unusable"


async def test_money_is_taken_at_once_where_the_channel_holds_it(
    mercado: MercadoHere, staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with channel(staff, capture="fulfilment"):
        cart, _ = await begin(mercado, staff, buyer)
        mercado.pay(mercado.page())
        back = await stands(buyer, cart)

    assert back["order"]["payment_status"] == "paid"
