"""Carts: what goes in, who may use one, and what cannot be."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_customer
from support.products import ADDRESS, a_cart, a_product, a_shipping_option, a_sku, a_sku_for_sale
from support.statements import without_frames


async def test_a_cart_shows_what_was_put_in_with_its_totals(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    options = [{"name": "Colour", "values": ["Blue"]}]
    variant: dict[str, Any] = {
        "sku": a_sku(),
        "options": {"Colour": "Blue"},
        "prices": {"EUR": 1_250},
        "stock": 10,
        "translations": {"es": "Taza azul"},
    }
    product = await a_product(staff, options=options, variants=[variant])

    cart = await a_cart(buyer, **{variant["sku"]: 2})

    (line,) = cart["lines"]
    assert line == {
        "id": line["id"],
        "sku": variant["sku"],
        "name": "Mug, Blue",
        "slug": product["slug"],
        "variant_id": product["variants"][0]["id"],
        "options": {"Colour": "Blue"},
        "thumbnail": None,
        "quantity": 2,
        "unit_price": 1_250,
        "subtotal": 2_500,
        "discount": 0,
        "tax": 434,
        "total": 2_500,
    }
    assert cart["totals"] == {
        "subtotal": 2_500,
        "discount": 0,
        "shipping": 0,
        "tax": 434,
        "tax_included": 434,
        "tax_added": 0,
        "total": 2_500,
    }
    assert (cart["version"], cart["currency"], cart["coupons"]) == (1, "EUR", [])
    spanish = await buyer.get(f"/v1/carts/{cart['id']}?locale=es")
    assert spanish.json()["lines"][0]["name"] == "Taza azul"
    assert spanish.headers["etag"] == '"1"'
    assert spanish.headers["cache-control"] == "no-store"
    assert "set-cookie" not in spanish.headers


async def test_the_same_sku_again_adds_to_its_line(staff: AsyncClient, buyer: AsyncClient) -> None:
    sku = await a_sku_for_sale(staff)
    twice = [{"sku": sku, "quantity": 2}, {"sku": sku, "quantity": 3}]
    cart = (await buyer.post("/v1/carts", json={"lines": twice})).json()

    answer = await buyer.post(f"/v1/carts/{cart['id']}/lines", json={"sku": sku, "quantity": 4})

    assert answer.status_code == 201
    assert [line["quantity"] for line in answer.json()["lines"]] == [9]
    assert answer.json()["version"] == 2


async def test_a_line_is_changed_and_taken_out(staff: AsyncClient, buyer: AsyncClient) -> None:
    one, two = await a_sku_for_sale(staff), await a_sku_for_sale(staff)
    cart = await a_cart(buyer, **{one: 1, two: 1})
    first, second = (f"/v1/carts/{cart['id']}/lines/{line['id']}" for line in cart["lines"])

    changed = await buyer.patch(first, json={"quantity": 7})
    emptied = await buyer.patch(first, json={"quantity": 0})
    removed = await buyer.delete(second)
    again = await buyer.delete(second)

    assert [line["quantity"] for line in changed.json()["lines"]] == [7, 1]
    assert [line["sku"] for line in emptied.json()["lines"]] == [two]
    assert (removed.status_code, removed.json()["lines"]) == (200, [])
    assert (again.status_code, again.json()["type"]) == (404, "/problems/cart-line-not-found")


async def test_more_than_there_is_may_be_put_in_and_is_told(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, stock=3)

    cart = await a_cart(buyer, **{sku: 4})

    (problem, *_) = cart["problems"]
    assert problem == {
        "type": "/problems/out-of-stock",
        "title": "There is not enough in stock.",
        "line_id": cart["lines"][0]["id"],
        "sku": sku,
        "available": 3,
    }


async def test_contact_and_shipping_leave_no_problem(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    option, abroad = await a_shipping_option(490), await a_shipping_option(countries=["FR"])
    cart = await a_cart(buyer, **{await a_sku_for_sale(staff): 1})
    address = f"/v1/carts/{cart['id']}"
    contact = {"email": "ada@example.com", "shipping_address": ADDRESS}

    await buyer.put(f"{address}/contact", json=contact)
    offered = (await buyer.get(f"{address}/shipping-options")).json()
    refused = await buyer.put(f"{address}/shipping-option", json={"id": abroad})
    chosen = await buyer.put(f"{address}/shipping-option", json={"id": option})

    assert {"id": option, "name": "Post", "price": 490} in offered["items"]
    assert abroad not in {it["id"] for it in offered["items"]}
    assert (refused.status_code, refused.json()["type"]) == (
        404,
        "/problems/shipping-option-not-found",
    )
    assert chosen.json()["problems"] == []
    assert chosen.json()["shipping_option"] == {"id": option, "name": "Post", "price": 490}
    assert chosen.json()["totals"]["total"] == 1_740
    assert chosen.json()["shipping_address"] == ADDRESS
    assert chosen.json()["billing_address"] is None


@pytest.mark.parametrize(
    ("draft", "status", "problem"),
    [
        ({"sku": "no-such-sku", "quantity": 1}, 422, "/problems/sku-unknown"),
        ({"sku": "SKU", "quantity": 0}, 400, "/problems/invalid-request"),
        ({"sku": "SKU", "quantity": 10_000}, 400, "/problems/invalid-request"),
        ({"sku": "SKU", "quantity": "1"}, 400, "/problems/invalid-request"),
        ({"sku": "SKU", "quantity": 1.5}, 400, "/problems/invalid-request"),
        ({"sku": "SKU"}, 400, "/problems/invalid-request"),
        ({"sku": "SKU", "quantity": 1, "price": 1}, 400, "/problems/invalid-request"),
        ({"sku": "a\0b", "quantity": 1}, 400, "/problems/invalid-text"),
    ],
)
async def test_a_line_that_cannot_be_changes_nothing(
    buyer: AsyncClient, draft: dict[str, object], status: int, problem: str
) -> None:
    cart = await a_cart(buyer)

    answer = await buyer.post(f"/v1/carts/{cart['id']}/lines", json=draft)

    assert (answer.status_code, answer.json()["type"]) == (status, problem)
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json() == cart


async def test_a_cart_has_its_limits(staff: AsyncClient, buyer: AsyncClient) -> None:
    variants: list[dict[str, Any]] = [
        {"sku": a_sku(), "options": {"No": str(number)}, "prices": {"EUR": 1}}
        for number in range(201)
    ]
    options = [
        {"name": "No", "values": [str(number) for number in range(100)]},
    ]
    skus: list[str] = []
    for start in (0, 100, 200):
        some = [{**it, "options": {"No": str(n)}} for n, it in enumerate(variants[start:][:100])]
        await a_product(staff, options=options, variants=some)
        skus += [it["sku"] for it in some]
    cart = await a_cart(buyer, **dict.fromkeys(skus[:200], 1))
    address = f"/v1/carts/{cart['id']}/lines"

    too_many_lines = await buyer.post(address, json={"sku": skus[200], "quantity": 1})
    too_many_units = await buyer.post(address, json={"sku": skus[0], "quantity": 9_999})

    assert (too_many_lines.status_code, too_many_lines.json()["type"]) == (
        422,
        "/problems/cart-full",
    )
    assert (too_many_units.status_code, too_many_units.json()["type"]) == (
        422,
        "/problems/quantity-too-large",
    )
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json() == cart


async def test_somebody_who_read_an_older_cart_is_told(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff)
    cart = await a_cart(buyer)
    address, line = f"/v1/carts/{cart['id']}/lines", {"sku": sku, "quantity": 1}
    seen: dict[str, Any] = {"headers": {"If-Match": '"1"'}}

    first = await buyer.post(address, json=line, **seen)
    second = await buyer.post(address, json=line, **seen)
    unreadable = await buyer.post(address, json=line, headers={"If-Match": "yesterday"})

    assert (first.status_code, first.headers["etag"]) == (201, '"2"')
    assert (second.status_code, second.json()["type"]) == (412, "/problems/cart-changed")
    assert second.json()["version"] == 2
    assert unreadable.status_code == 400


async def test_a_cart_is_its_customers_once_one_has_used_it(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff)
    ada, bob = await a_customer(shop), await a_customer(shop)
    cart = await a_cart(buyer)
    address, line = f"/v1/carts/{cart['id']}", {"sku": sku, "quantity": 1}

    shared = await a_browser(shop).get(address)
    hers = await ada.post(f"{address}/lines", json=line)

    assert (shared.status_code, hers.status_code) == (200, 201)
    for stranger in (buyer, bob):
        assert (await stranger.get(address)).status_code == 404
        assert (await stranger.post(f"{address}/lines", json=line)).status_code == 404
        assert (
            await stranger.post(f"{address}/checkout", json={"payment": {"provider": "manual"}})
        ).status_code == 404
    assert (await ada.get(address)).json() == hers.json()


async def test_a_cart_that_does_not_exist_is_not_found(buyer: AsyncClient) -> None:
    answer = await buyer.get("/v1/carts/nobody-has-this-one")
    long = await buyer.get(f"/v1/carts/{'x' * 65}")

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/cart-not-found")
    assert long.status_code in {400, 404}


async def test_an_unknown_currency_is_refused(buyer: AsyncClient) -> None:
    answer = await buyer.post("/v1/carts", json={"currency": "XTS"})

    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/currency-unknown")


async def test_a_country_that_does_not_exist_is_refused_by_name(buyer: AsyncClient) -> None:
    cart = await a_cart(buyer)
    contact = {"email": "ada@example.com", "shipping_address": {**ADDRESS, "country": "XX"}}

    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/shipping_address/country"


async def test_adding_to_a_cart_takes_few_statements(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    sku = await a_sku_for_sale(staff)
    cart = await a_cart(buyer)
    statements.clear()

    await buyer.post(f"/v1/carts/{cart['id']}/lines", json={"sku": sku, "quantity": 1})
    plain = len(without_frames(statements))
    statements.clear()
    headers = {"Idempotency-Key": uuid4().hex}
    await buyer.post(
        f"/v1/carts/{cart['id']}/lines", json={"sku": sku, "quantity": 1}, headers=headers
    )

    assert (plain, len(without_frames(statements))) == (2, 5)


async def test_an_anonymous_key_must_be_unguessable(buyer: AsyncClient) -> None:
    answer = await buyer.post("/v1/carts", json={}, headers={"Idempotency-Key": "1"})

    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/key-unusable")


async def test_who_has_the_newest_cart_is_not_sent_it_again(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart(buyer)
    address = f"/v1/carts/{cart['id']}"
    seen: dict[str, Any] = {"headers": {"If-None-Match": '"7", W/"1"'}}

    same = await buyer.get(address, **seen)
    head = await buyer.head(address, **seen)
    line = {"sku": await a_sku_for_sale(staff), "quantity": 1}
    await buyer.post(f"{address}/lines", json=line)
    changed = await buyer.get(address, **seen)

    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", '"1"')
    assert "x-request-id" in same.headers
    assert "content-length" not in same.headers
    assert head.status_code == 304
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
