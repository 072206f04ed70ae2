"""From a cart to an order: what it takes, what it keeps, and what happens once only."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_customer
from support.products import (
    ADDRESS,
    a_cart,
    a_cart_to_order,
    a_product,
    a_shipping_option,
    a_sku_for_sale,
    check_out,
    stock_of,
)
from support.statements import without_frames

from trastienda.application import Application
from trastienda.controllers.orders.place import begin
from trastienda.database.db import transaction, utcnow
from trastienda.schemas.orders.order import Checkout, PaymentChoice
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import ANYONE
from trastienda.services.payments.attempts import LEASE


async def test_a_buyer_orders_and_pays_later(staff: AsyncClient, buyer: AsyncClient) -> None:
    sku = await a_sku_for_sale(staff, price=1_250, stock=10)
    cart = await a_cart_to_order(buyer, **{sku: 2})

    answer = await check_out(buyer, cart["id"])

    order = answer.json()
    assert answer.status_code == 201
    assert (order["status"], order["payment_status"]) == ("open", "pending")
    assert order["fulfilment_status"] == "unfulfilled"
    assert order["totals"]["total"] == 2_990
    assert order["totals"]["tax"] == 434 + 85
    assert [(line["sku"], line["tax_rate"]) for line in order["lines"]] == [(sku, "21")]
    assert order["billing_address"] == order["shipping_address"]
    assert await stock_of(staff, sku) == {"on_hand": 10, "reserved": 2, "available": 8}


async def test_a_card_that_is_good_pays_at_once(staff: AsyncClient, buyer: AsyncClient) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})

    answer = await check_out(buyer, cart["id"], "test", token="ok")

    assert (answer.status_code, answer.json()["payment_status"]) == (201, "paid")


async def test_after_a_declined_payment_the_cart_can_be_tried_again(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, stock=1)
    cart = await a_cart_to_order(buyer, **{sku: 1})

    declined = await check_out(buyer, cart["id"], "test", token="decline")
    released = await stock_of(staff, sku)
    paid = await check_out(buyer, cart["id"], "test", token="ok")

    assert (declined.status_code, declined.json()["type"]) == (402, "/problems/payment-declined")
    assert released == {"on_hand": 1, "reserved": 0, "available": 1}
    assert paid.status_code == 201


async def test_a_second_checkout_answers_with_the_same_order(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, stock=5)
    cart = await a_cart_to_order(buyer, **{sku: 1})

    first = await check_out(buyer, cart["id"])
    second = await check_out(buyer, cart["id"])
    by_card = await check_out(buyer, cart["id"], "test", token="ok")

    assert [it.status_code for it in (first, second, by_card)] == [201, 200, 200]
    assert first.json() == second.json() == by_card.json()
    assert (await stock_of(staff, sku))["reserved"] == 1


async def test_a_cart_says_why_it_cannot_be_ordered(staff: AsyncClient, buyer: AsyncClient) -> None:
    sku = await a_sku_for_sale(staff, stock=1)
    cart = await a_cart(buyer, **{sku: 2})

    answer = await check_out(buyer, cart["id"])

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cart-not-ready")
    assert [it["type"] for it in answer.json()["problems"]] == [
        "/problems/out-of-stock",
        "/problems/email-missing",
        "/problems/shipping-address-missing",
        "/problems/shipping-option-missing",
    ]
    assert answer.json()["problems"][0]["available"] == 1
    assert (await stock_of(staff, sku))["reserved"] == 0


async def test_more_than_there_is_cannot_be_ordered(staff: AsyncClient, buyer: AsyncClient) -> None:
    plenty, scarce = await a_sku_for_sale(staff), await a_sku_for_sale(staff, stock=1)
    cart = await a_cart_to_order(buyer, **{plenty: 1, scarce: 1})
    other = await a_cart_to_order(buyer, **{scarce: 1})
    await check_out(buyer, other["id"])

    answer = await check_out(buyer, cart["id"])

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/out-of-stock")
    assert [it["sku"] for it in answer.json()["problems"]] == [scarce]
    assert (await stock_of(staff, plenty))["reserved"] == 0


async def test_a_total_that_was_not_expected_is_refused(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, price=1_000): 1})

    refused = await check_out(buyer, cart["id"], expected_total=1_000)
    placed = await check_out(buyer, cart["id"], expected_total=1_490)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/total-changed")
    assert refused.json()["total"] == 1_490
    assert placed.status_code == 201


async def test_what_is_sold_out_shows_on_its_card(staff: AsyncClient, buyer: AsyncClient) -> None:
    product = await a_product(staff, stock=1)
    cart = await a_cart_to_order(buyer, **{product["variants"][0]["sku"]: 1})
    address = f"/v1/products/{product['slug']}"
    before = (await buyer.get(address)).json()["variants"][0]

    await check_out(buyer, cart["id"])
    after = (await buyer.get(address)).json()["variants"][0]

    assert (before["in_stock"], before["available"]) == (True, 1)
    assert (after["in_stock"], after["available"]) == (False, 0)


async def test_an_order_does_not_change_with_its_product(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    (variant,) = product["variants"]
    cart = await a_cart_to_order(buyer, **{variant["sku"]: 1})
    order = (await check_out(buyer, cart["id"])).json()
    patch = {"name": "Cup", "variants": [{"sku": variant["sku"], "prices": {"EUR": 9_999}}]}

    changed = await staff.patch(f"/v1/admin/products/{product['id']}", json=patch)
    headers = {"X-Order-Token": order["access_token"]}
    seen = (await buyer.get(f"/v1/orders/{order['id']}", headers=headers)).json()

    assert changed.status_code == 200, changed.text
    assert seen["lines"] == order["lines"]


@pytest.mark.parametrize("card", [{}, {"provider": "test", "token": "ok"}], ids=["manual", "card"])
async def test_the_same_key_gives_the_same_answer_byte_for_byte(
    staff: AsyncClient, buyer: AsyncClient, card: dict[str, str]
) -> None:
    sku = await a_sku_for_sale(staff, stock=5)
    cart = await a_cart_to_order(buyer, **{sku: 1})
    once: dict[str, Any] = {"headers": {"Idempotency-Key": uuid4().hex}}

    first = await check_out(buyer, cart["id"], **card, **once)
    again = await check_out(buyer, cart["id"], **card, **once)
    other = await check_out(buyer, cart["id"], expected_total=1, **card, **once)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")
    assert (await stock_of(staff, sku))["reserved"] == 1


async def test_a_declined_payment_is_remembered_with_its_key(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    once: dict[str, Any] = {"headers": {"Idempotency-Key": uuid4().hex}}

    first = await check_out(buyer, cart["id"], "test", token="decline", **once)
    again = await check_out(buyer, cart["id"], "test", token="decline", **once)
    other = await check_out(buyer, cart["id"], "test", token="ok", **once)

    assert (first.status_code, again.status_code) == (402, 402)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/key-reused")
    assert (await check_out(buyer, cart["id"], "test", token="ok")).status_code == 201


async def test_a_checkout_of_a_cart_that_changed_meanwhile_is_refused(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    stale: dict[str, Any] = {"headers": {"If-Match": f'"{cart["version"] - 1}"'}}

    refused = await check_out(buyer, cart["id"], **stale)

    assert (refused.status_code, refused.json()["type"]) == (412, "/problems/cart-changed")
    assert (await check_out(buyer, cart["id"])).status_code == 201


async def test_an_order_is_read_with_its_token_or_by_its_customer_only(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    ada, bob = await a_customer(shop), await a_customer(shop)
    sku = await a_sku_for_sale(staff)
    cart = await a_cart_to_order(ada, **{sku: 1})
    order = (await check_out(ada, cart["id"])).json()
    address = f"/v1/orders/{order['id']}"

    async def status(client: AsyncClient, token: str | None = None) -> int:
        headers = {"X-Order-Token": token} if token else {}
        return (await client.get(address, headers=headers)).status_code

    assert await status(ada) == 200
    assert [await status(it) for it in (bob, buyer, a_browser(shop))] == [404, 404, 404]
    assert await status(buyer, order["access_token"]) == 200
    assert await status(buyer, order["access_token"][:-2] + "xx") == 404
    assert "access_token" not in (await ada.get(address)).json()
    mine = (await ada.get("/v1/orders")).json()["items"]
    assert [it["id"] for it in mine] == [order["id"]]
    assert (await bob.get("/v1/orders")).json() == {"items": [], "next_cursor": None}
    assert (await buyer.get("/v1/orders")).status_code == 401


async def test_a_checkout_takes_few_statements_however_many_lines(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    counts = []
    for lines in (1, 12):
        cart = await a_cart_to_order(
            buyer, **{await a_sku_for_sale(staff): 1 for _ in range(lines)}
        )
        for provider in ({}, {"provider": "test", "token": "ok"}):
            cart = await a_cart_to_order(
                buyer, **{await a_sku_for_sale(staff): 1 for _ in range(lines)}
            )
            statements.clear()
            await check_out(buyer, cart["id"], **provider)
            counts.append(len(without_frames(statements)))

    assert counts == [4, 8, 4, 8]


async def test_a_cart_that_somebody_logged_in_checks_out_is_theirs(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    ada = await a_customer(shop)
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})

    order = (await check_out(ada, cart["id"])).json()

    assert [it["id"] for it in (await ada.get("/v1/orders")).json()["items"]] == [order["id"]]
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).status_code == 404


async def test_a_payment_whose_process_died_is_finished_by_the_buyers_retry(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, stock=1)
    cart = await a_cart_to_order(buyer, **{sku: 1})
    by_card = Checkout(PaymentChoice("test", "ok"))
    await begin(ANYONE, cart["id"], by_card, shop.process.providers, Context(utcnow() - LEASE / 2))

    early = await check_out(buyer, cart["id"], "test", token="ok")
    line = {"sku": sku, "quantity": 1}
    change = await buyer.post(f"/v1/carts/{cart['id']}/lines", json=line)
    other = await a_cart_to_order_anyway(buyer, sku)
    sold_out = await check_out(buyer, other["id"])
    async with transaction() as session:
        await session.driver.execute(
            "UPDATE payment_attempts SET leased_until = %s WHERE cart_id = %s",
            [utcnow(), cart["id"]],
        )
    late = await check_out(buyer, cart["id"], "test", token="ok")

    in_progress = (409, "/problems/checkout-in-progress")
    assert (early.status_code, early.json()["type"]) == in_progress
    assert early.headers["retry-after"] == "1"
    assert (change.status_code, change.json()["type"]) == in_progress
    assert (sold_out.status_code, sold_out.json()["type"]) == (409, "/problems/out-of-stock")
    assert (late.status_code, late.json()["payment_status"]) == (201, "paid")
    assert await stock_of(staff, sku) == {"on_hand": 1, "reserved": 1, "available": 0}


async def a_cart_to_order_anyway(buyer: AsyncClient, sku: str) -> dict[str, Any]:
    """Make a cart that would be ready, were there enough of what is in it."""
    cart = await a_cart(buyer, **{sku: 1})
    contact = {
        "email": "bob@example.com",
        "shipping_address": ADDRESS,
        "shipping_option": await a_shipping_option(),
    }
    ready: dict[str, Any] = (
        await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    ).json()
    return ready
