"""A price that changes while something lies in a cart is told; nobody pays more than they saw."""

from typing import Any

import pytest
from httpx import AsyncClient
from support.background import change
from support.people import a_customer, an_address
from support.products import a_cart_to_order, a_product, check_out
from support.refusals import refusal
from support.statements import without_frames

from trastienda.application import Application


async def reprice(staff: AsyncClient, product: dict[str, Any], price: int) -> None:
    variant = {"sku": product["variants"][0]["sku"], "prices": {"EUR": price}}
    patch = {"variants": [variant]}
    answer = await staff.patch(f"/v1/admin/products/{product['id']}", json=patch)
    assert answer.status_code == 200, answer.text


async def a_list(staff: AsyncClient, sku: str, prices: dict[int, int]) -> str:
    draft = {"name": an_address(), "currency": "EUR", "active": True}
    made = await staff.post("/v1/admin/price-lists", json=draft)
    assert made.status_code == 201, made.text
    address = f"/v1/admin/price-lists/{made.json()['id']}"
    rows = [{"sku": sku, "price": it, "min_quantity": most} for most, it in prices.items()]
    put = await staff.put(f"{address}/prices", json={"prices": rows})
    assert put.status_code == 200, put.text
    return address


async def news(buyer: AsyncClient, cart: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Read a cart; return what it tells of prices: what, before, and now."""
    problems = (await buyer.get(f"/v1/carts/{cart['id']}")).json()["problems"]
    return [
        (it["type"].removeprefix("/problems/"), it["previous_price"], it["price"])
        for it in problems
    ]


async def test_a_risen_price_keeps_a_cart_from_being_ordered_until_it_is_accepted(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    cart = await a_cart_to_order(buyer, **{product["variants"][0]["sku"]: 2})
    await reprice(staff, product, 1_200)

    seen = await news(buyer, cart)
    twice = await news(buyer, cart)  # looking alone accepts nothing
    refused = await check_out(buyer, cart["id"])
    prices = f"/v1/carts/{cart['id']}/accepted-prices"
    wrong = await buyer.post(prices, json={"total": 2_490})
    still = await news(buyer, cart)
    accepted = await buyer.post(prices, json={"total": 2_890})

    assert seen == twice == still == [("price-risen", 1_000, 1_200)]
    assert refusal(refused)[:2] == (409, "cart-not-ready")
    (problem,) = refused.json()["problems"]
    assert (problem["sku"], "blocking" in problem) == (product["variants"][0]["sku"], False)
    assert refusal(wrong)[:2] == (409, "total-changed")
    assert (wrong.json()["total"], accepted.json()["problems"]) == (2_890, [])
    assert (await check_out(buyer, cart["id"])).json()["totals"]["total"] == 2_890


async def test_who_names_the_risen_total_orders_at_once(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    cart = await a_cart_to_order(buyer, **{product["variants"][0]["sku"]: 2})
    await reprice(staff, product, 1_200)

    before = await check_out(buyer, cart["id"], expected_total=2_490)
    after = await check_out(buyer, cart["id"], expected_total=2_890)

    assert refusal(before)[:2] == (409, "total-changed")
    assert (after.status_code, after.json()["totals"]["total"]) == (201, 2_890)


async def test_a_fallen_price_is_told_and_keeps_nobody_from_ordering(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    cart = await a_cart_to_order(buyer, **{product["variants"][0]["sku"]: 2})
    await reprice(staff, product, 800)

    (problem,) = (await buyer.get(f"/v1/carts/{cart['id']}")).json()["problems"]
    order = await check_out(buyer, cart["id"])

    assert (problem["type"], problem["blocking"]) == ("/problems/price-fallen", False)
    assert (problem["previous_price"], problem["price"]) == (1_000, 800)
    assert order.json()["totals"]["total"] == 2_090


async def test_a_price_that_returns_or_whose_line_is_changed_is_told_no_more(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    cart = await a_cart_to_order(buyer, **{(sku := product["variants"][0]["sku"]): 2})
    line = f"/v1/carts/{cart['id']}/lines/{cart['lines'][0]['id']}"
    await reprice(staff, product, 1_200)
    risen = await news(buyer, cart)
    await reprice(staff, product, 1_000)
    returned = await news(buyer, cart)
    await reprice(staff, product, 1_300)
    changed = await buyer.patch(line, json={"quantity": 3})
    await reprice(staff, product, 1_400)
    risen_again = await news(buyer, cart)
    added = await buyer.post(f"/v1/carts/{cart['id']}/lines", json={"sku": sku, "quantity": 1})
    await change("UPDATE cart_lines SET seen_price = NULL WHERE cart_id = %s", cart["id"])
    await reprice(staff, product, 2_000)

    assert (risen, returned) == ([("price-risen", 1_000, 1_200)], [])
    assert risen_again == [("price-risen", 1_300, 1_400)]
    assert (changed.json()["problems"], added.json()["problems"]) == ([], [])
    assert await news(buyer, cart) == []  # what nobody noted is compared with nothing


@pytest.mark.usefixtures("shop")
async def test_prices_of_lists_are_compared_too_without_one_more_statement(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    product = await a_product(staff, price=1_000, stock=50)
    sku = product["variants"][0]["sku"]
    prices = await a_list(staff, sku, {1: 900, 5: 700})
    cart = await a_cart_to_order(buyer, **{sku: 1})
    await buyer.get(f"/v1/carts/{cart['id']}")
    statements.clear()
    more = await buyer.post(f"/v1/carts/{cart['id']}/lines", json={"sku": sku, "quantity": 1})
    adding = len(without_frames(statements))
    statements.clear()
    quiet = await news(buyer, cart)
    reading = len(without_frames(statements))
    line = f"/v1/carts/{cart['id']}/lines/{cart['lines'][0]['id']}"
    many = await buyer.patch(line, json={"quantity": 5})
    few = await buyer.patch(line, json={"quantity": 2})
    await staff.patch(prices, json={"active": False})
    ended = await news(buyer, cart)
    accepted = await buyer.post(f"/v1/carts/{cart['id']}/accepted-prices", json={"total": 2_490})
    await staff.patch(prices, json={"active": True})
    begun = await news(buyer, cart)
    await staff.delete(prices)

    assert (adding, reading, quiet, more.json()["problems"]) == (2, 1, [], [])
    assert [it.json()["lines"][0]["unit_price"] for it in (many, few)] == [700, 900]
    assert [it.json()["problems"] for it in (many, few, accepted)] == [[], [], []]
    assert (ended, begun) == ([("price-risen", 900, 1_000)], [("price-fallen", 1_000, 900)])


async def test_only_the_owner_of_a_cart_accepts_its_prices(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = (await a_product(staff))["variants"][0]["sku"]
    theirs = await a_cart_to_order(await a_customer(shop), **{sku: 1})
    ordered = await a_cart_to_order(buyer, **{sku: 1})
    await check_out(buyer, ordered["id"])

    answers = [
        await buyer.post(f"/v1/carts/{cart['id']}/accepted-prices", json={"total": 1_740})
        for cart in (theirs, ordered)
    ]

    assert [refusal(it)[:2] for it in answers] == [(404, "cart-not-found"), (409, "cart-closed")]
