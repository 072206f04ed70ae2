"""Where each cent comes from: of a cart, and of an order as it was placed."""

from fractions import Fraction
from math import floor
from typing import Any

import psycopg
import pytest
from httpx import AsyncClient
from psycopg.errors import CheckViolation
from support.products import a_cart_to_order, a_product, a_sku_for_sale, check_out
from support.promotions import a_promotion, one
from support.refusals import refusal


def recomputed(explanation: dict[str, Any]) -> int:
    """Add up what the rules give for their input, not what the steps say they gave."""
    total = 0
    for step in explanation["steps"]:
        given = step["input"]
        if step["step"] == "line":
            total += given["unit_price"] * given["quantity"]
        elif step["step"] == "shipping":
            total += given["price"]
        elif step["step"] == "tax" and "included" in step:
            exact = Fraction(given["base"]) * Fraction(given["rate"])
            tax = exact / (100 + Fraction(given["rate"]))
            assert step["included"] == floor(tax + Fraction(1, 2))
    return total


async def test_a_cart_says_where_each_cent_comes_from(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, price=1_250)
    cart = await a_cart_to_order(buyer, **{sku: 2})

    answer = await buyer.get(f"/v1/carts/{cart['id']}/explanation")

    assert answer.status_code == 200
    assert answer.json() == {
        "currency": "EUR",
        "rounding": "line",
        "total": 2_990,
        "steps": [
            {
                "step": "unit_price",
                "line": 0,
                "sku": sku,
                "rule": "the price of the variant",
                "input": {"price": 1_250},
                "amount": 0,
                "unit_price": 1_250,
            },
            {
                "step": "line",
                "line": 0,
                "sku": sku,
                "rule": "unit_price × quantity",
                "input": {"unit_price": 1_250, "quantity": 2},
                "amount": 2_500,
            },
            {
                "step": "shipping_price",
                "shipping": True,
                "name": "Post",
                "rule": "price",
                "input": {"price": 490},
                "amount": 0,
                "unit_price": 490,
            },
            {
                "step": "shipping",
                "shipping": True,
                "rule": "price",
                "input": {"price": 490},
                "amount": 490,
            },
            {
                "step": "tax",
                "line": 0,
                "sku": sku,
                "rule": "base × rate ÷ (100 + rate)",
                "input": {"base": 2_500, "rate": "21", "quantity": 2},
                "rounding": "half up",
                "amount": 0,
                "included": 434,
            },
            {
                "step": "tax",
                "shipping": True,
                "rule": "the sum of base × rate ÷ (100 + rate)",
                "input": {"base": "490", "rate": "21"},
                "rounding": "half up",
                "amount": 0,
                "included": 85,
            },
        ],
    }


async def test_an_order_is_explained_as_it_was_placed(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, price=999)
    cart = await a_cart_to_order(buyer, **{sku: 3})
    before = (await buyer.get(f"/v1/carts/{cart['id']}/explanation")).json()
    order = (await check_out(buyer, cart["id"])).json()
    [product] = (await staff.get("/v1/admin/products", params={"q": sku})).json()["items"]
    change = {"variants": [{"sku": sku, "prices": {"EUR": 5}}]}
    changed = await staff.patch(f"/v1/admin/products/{product['id']}", json=change)
    assert changed.status_code == 200

    explanation = (await staff.get(f"/v1/admin/orders/{order['id']}/explanation")).json()

    assert explanation == before
    assert explanation["total"] == order["totals"]["total"]
    assert sum(step["amount"] for step in explanation["steps"]) == order["totals"]["total"]
    assert recomputed(explanation) == order["totals"]["total"]


async def test_what_does_not_exist_is_not_explained(staff: AsyncClient, buyer: AsyncClient) -> None:
    nothing = "00000000-0000-0000-0000-000000000000"

    assert (await buyer.get("/v1/carts/nobody-has-it/explanation")).status_code == 404
    assert (await staff.get(f"/v1/admin/orders/{nothing}/explanation")).status_code == 404


async def test_an_order_from_before_anything_was_kept_is_not_explained_and_not_simulated(
    staff: AsyncClient, buyer: AsyncClient, database_url: str
) -> None:
    product = await a_product(staff)
    cart = await a_cart_to_order(buyer, **{product["variants"][0]["sku"]: 1})
    order = (await check_out(buyer, cart["id"])).json()
    promotion = await a_promotion(staff, active=False, products=[product["id"]])
    before = await staff.post(f"{one(promotion)}/simulate", json={})
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        await connection.execute("UPDATE orders SET pricing = NULL WHERE id = %s", [order["id"]])

    explained = await staff.get(f"/v1/admin/orders/{order['id']}/explanation")
    after = await staff.post(f"{one(promotion)}/simulate", json={})

    assert refusal(explained)[:2] == (404, "nothing-kept")
    assert (before.json()["touched"], after.json()["touched"]) == (1, 0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE order_lines SET total = total + 1 WHERE order_id = %s",
        "UPDATE orders SET subtotal = subtotal + 1, total = total + 1 WHERE id = %s",
        "DELETE FROM order_lines WHERE order_id = %s",
    ],
)
async def test_the_database_refuses_an_order_that_does_not_add_up(
    staff: AsyncClient, buyer: AsyncClient, database_url: str, change: str
) -> None:
    sku = await a_sku_for_sale(staff)
    cart = await a_cart_to_order(buyer, **{sku: 1})
    order = (await check_out(buyer, cart["id"])).json()
    connection = await psycopg.AsyncConnection.connect(database_url)

    async with connection:
        await connection.execute(change.encode(), [order["id"]])
        with pytest.raises(CheckViolation):
            await connection.commit()

    read = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert read["totals"] == order["totals"]
    assert read["lines"] == order["lines"]
