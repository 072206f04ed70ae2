"""Totals over HTTP at their extremes: nothing left to pay, the largest amounts, any decimals."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from support.products import (
    ADDRESS,
    a_cart,
    a_cart_to_order,
    a_product,
    a_sku,
    a_sku_for_sale,
    check_out,
)
from support.promotions import a_promotion, one
from support.refusals import refusal
from support.taxes import CHANNEL, made

MOST, MANY = 10**12, 9_999


@pytest.fixture
async def settings_kept(staff: AsyncClient) -> AsyncIterator[None]:
    channel = (await staff.get(CHANNEL)).json()
    del channel["version"]
    yield
    assert (await staff.patch(CHANNEL, json=channel)).status_code == 200


def parts_of(document: dict[str, Any]) -> int:
    """Add up a cart or an order whose prices include tax."""
    total: int = sum(it["total"] for it in document["lines"]) + document["totals"]["shipping"]
    return total


@pytest.mark.parametrize(("provider", "more"), [("manual", {}), ("test", {"token": "ok"})])
async def test_the_largest_amounts_are_bought_read_listed_and_explained(
    staff: AsyncClient, buyer: AsyncClient, provider: str, more: dict[str, str]
) -> None:
    product = await a_product(staff, price=MOST, stock=MANY)
    cart = await a_cart_to_order(buyer, **{product["variants"][0]["sku"]: MANY})
    total = cart["totals"]["total"]

    placed = await check_out(buyer, cart["id"], provider, **more, expected_total=total)

    assert total == MOST * MANY + 490 == parts_of(cart)
    assert placed.status_code == 201, placed.text
    order = placed.json()
    mine = await buyer.get(
        f"/v1/orders/{order['id']}", headers={"X-Order-Token": order["access_token"]}
    )
    assert mine.json()["totals"] == order["totals"] == cart["totals"]
    assert (await staff.get(f"/v1/admin/orders/{order['id']}")).json()["totals"]["total"] == total
    listed = await staff.get("/v1/admin/orders", params={"number": order["number"]})
    assert [it["total"] for it in listed.json()["items"]] == [total]
    why = (await staff.get(f"/v1/admin/orders/{order['id']}/explanation")).json()
    assert sum(it["amount"] for it in why["steps"]) == why["total"] == total
    half = await a_promotion(staff, active=False, percent="50", products=[product["id"]])
    tried = (await staff.post(f"{one(half)}/simulate", json={"days": 1})).json()
    assert {it["currency"]: it["cost"] for it in tried["money"]}["EUR"] == MOST * MANY // 2


async def test_what_is_more_than_the_most_is_refused_and_changes_nothing(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, price=MOST, stock=1)
    cart = await a_cart(buyer, **{sku: MANY})
    lines = f"/v1/carts/{cart['id']}/lines"

    again = await buyer.post(lines, json={"sku": sku, "quantity": 1})
    huge = [await buyer.post(lines, json={"sku": sku, "quantity": it}) for it in (MANY + 1, 2**63)]
    dear = {"name": "Yacht", "variants": [{"sku": a_sku(), "prices": {"EUR": MOST + 1}}]}
    refused = await staff.post("/v1/admin/products", json=dear)
    unpayable = await check_out(buyer, cart["id"], expected_total=2**63)

    assert refusal(again)[:2] == (422, "quantity-too-large")
    assert [refusal(it) for it in huge] == [(400, "invalid-request", "/quantity")] * 2
    assert refusal(refused)[:2] == (400, "invalid-request")
    assert refusal(unpayable) == (400, "invalid-request", "/expected_total")
    assert (await buyer.get(f"/v1/carts/{cart['id']}")).json() == cart


@pytest.mark.parametrize(("provider", "more"), [("manual", {}), ("test", {"token": "ok"})])
async def test_stacking_ends_at_nothing_to_pay_and_never_below(
    staff: AsyncClient, buyer: AsyncClient, provider: str, more: dict[str, str]
) -> None:
    product, other = await a_product(staff, price=1_999), await a_product(staff, price=1)
    goods: dict[str, Any] = {"products": [product["id"], other["id"]], "trigger": "automatic"}
    stacked: list[dict[str, Any]] = [
        {"kind": "buy_x_get_y", "buy": 1, "get": 2, "priority": 6},
        {"kind": "item_fixed", "amounts": {"EUR": MOST}, "max_quantity": 1, "priority": 5},
        {"kind": "item_percent", "percent": "33.3333", "priority": 4},
        {"kind": "order_fixed", "amounts": {"EUR": MOST}, "priority": 3},
        {"kind": "order_percent", "percent": "100", "priority": 2},
        {"kind": "cheapest_unit", "amounts": {"EUR": MOST}, "priority": 1},
        {"kind": "shipping_percent", "percent": "99.9999"},
        {"kind": "shipping_fixed", "amounts": {"EUR": MOST}},
    ]
    promotions = [await a_promotion(staff, **goods, **it) for it in stacked]
    skus = [it["variants"][0]["sku"] for it in (product, other)]

    cart = await a_cart_to_order(buyer, **dict.fromkeys(skus, 3))
    placed = await check_out(buyer, cart["id"], provider, **more, expected_total=0)
    order = placed.json()
    why = (await staff.get(f"/v1/admin/orders/{order['id']}/explanation")).json()
    for promotion in promotions:
        await staff.delete(one(promotion))

    assert cart["totals"] == {
        "subtotal": 6_000,
        "discount": 6_000,
        "shipping": 0,
        "tax": 0,
        "tax_included": 0,
        "tax_added": 0,
        "total": 0,
    }
    assert [(it["discount"], it["total"]) for it in cart["lines"]] == [(5_997, 0), (3, 0)]
    assert (placed.status_code, order["totals"]) == (201, cart["totals"])
    assert sum(it["amount"] for it in why["steps"]) == why["total"] == 0


@pytest.mark.usefixtures("settings_kept")
@pytest.mark.parametrize("currency", ["JPY", "KWD", "CLF"])
async def test_decimals_change_nothing_and_one_currencys_amounts_never_act_in_another(
    staff: AsyncClient, buyer: AsyncClient, currency: str
) -> None:
    currencies = (await staff.get(CHANNEL)).json()["currencies"]
    await staff.patch(CHANNEL, json={"currencies": [*currencies, currency], "rounding": "unit"})
    variant = {"sku": a_sku(), "prices": {"EUR": 1, currency: 333}, "stock": 9}
    product = await a_product(staff, variants=[variant])
    draft = {"name": "Post", "prices": {"EUR": 1, currency: 101}, "tariff": "per_item"}
    option = (await made(staff, "/v1/admin/shipping-options", draft))["id"]
    goods: dict[str, Any] = {"products": [product["id"]], "trigger": "automatic"}
    facts: list[dict[str, Any]] = [
        {"kind": "order_percent", "percent": "12.5", "priority": 2},
        {"kind": "order_fixed", "amounts": {"EUR": 100, currency: 7}, "priority": 1},
        {"kind": "order_fixed", "amounts": {"EUR": 100}},
        {"kind": "item_percent", "percent": "50", "min_subtotals": {"EUR": 1}},
        {"kind": "item_percent", "percent": "50", "max_discounts": {"EUR": 1}},
    ]
    promotions = [await a_promotion(staff, **goods, **it) for it in facts]

    lines = [{"sku": variant["sku"], "quantity": 3}]
    opened = await buyer.post("/v1/carts", json={"currency": currency, "lines": lines})
    contact = {"email": "a@example.com", "shipping_address": ADDRESS, "shipping_option": option}
    cart = (await buyer.put(f"/v1/carts/{opened.json()['id']}/contact", json=contact)).json()
    order = (await check_out(buyer, cart["id"])).json()
    for promotion in promotions:
        await staff.delete(one(promotion))

    # 999 less 125 (124.875) less 7 are 867; 289 of each unit, 303 of shipping; rates of the shop
    assert (cart["currency"], cart["problems"]) == (currency, [])
    assert (cart["totals"]["subtotal"], cart["totals"]["discount"]) == (999, 132)
    assert (cart["totals"]["shipping"], cart["totals"]["total"]) == (303, 867 + 303)
    assert parts_of(cart) == cart["totals"]["total"]
    assert (order["currency"], order["totals"]) == (currency, cart["totals"])
