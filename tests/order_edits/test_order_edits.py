"""Edits of open orders: what changes, what it costs, and what is refused."""

import asyncio

from httpx import AsyncClient
from support.background import change
from support.orders.edits import WHY, edit, edited, expect_refused, first
from support.payments.books import channel
from support.payments.credit import a_cart_of, a_gift_card, by_card, pay
from support.products import ADDRESS, a_shipping_option, a_sku_for_sale, an_order, stock_of
from support.refunds import expect_balanced_books, order_now, refund, send_all
from support.taxes import a_zone

from trastienda.application import Application


async def test_something_is_added_and_is_to_be_paid(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer, "test")
    sku = await a_sku_for_sale(staff, name="Plate", price=1_000, stock=5)

    made = await edited(staff, order, add=[{"sku": sku, "quantity": 3}])

    now = await order_now(staff, order)
    assert (made["difference"], made["owed"], made["refunded"]) == (3_000, 3_000, 0)
    assert (made["order_version"], now["version"]) == (2, 2)
    assert (now["payment_status"], now["totals"]["total"]) == ("partially_paid", 5_990)
    assert [(it["sku"], it["quantity"], it["total"]) for it in now["lines"]][1:] == [
        (sku, 3, 3_000)
    ]
    assert await stock_of(staff, sku) == {"on_hand": 5, "reserved": 3, "available": 2}
    headers = {"X-Order-Token": order["access_token"]}
    draft = {"payment": {"provider": "test", "token": "ok"}, "expected_amount": 3_000}
    paid = await buyer.post(f"/v1/orders/{order['id']}/payments", json=draft, headers=headers)
    assert (paid.status_code, paid.json()["payment_status"]) == (200, "paid")
    await expect_balanced_books()


async def test_what_an_order_costs_less_goes_back(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    sku = order["lines"][0]["sku"]

    made = await edited(staff, order, lines=[first(order, quantity=1)])
    await send_all(shop)

    now = await order_now(staff, order)
    assert (made["difference"], made["owed"], made["refunded"]) == (-1_250, 0, 1_250)
    assert (now["payment_status"], now["totals"]["total"]) == ("paid", 1_740)
    assert (now["captured"], now["refunded"]) == (2_990, 1_250)
    assert (await stock_of(staff, sku))["reserved"] == 1
    given = (await staff.get(f"/v1/admin/refunds/{made['refund_id']}")).json()
    assert (given["status"], given["amount"], given["lines"]) == ("succeeded", 1_250, [])
    await expect_balanced_books()
    rest = await refund(staff, order, lines=[{**first(order), "quantity": 1}], shipping="all")
    await send_all(shop)
    assert (rest.status_code, rest.json()["amount"]) == (201, 1_740)
    assert (await order_now(staff, order))["payment_status"] == "refunded"
    await expect_balanced_books()


async def test_edits_follow_each_other(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    await edited(staff, order, lines=[first(order, quantity=1)])
    await edited(staff, order, lines=[first(order, quantity=4)])
    now = await order_now(staff, order)
    cancelled = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    await send_all(shop)

    assert (now["payment_status"], now["totals"]["total"]) == ("partially_paid", 5_490)
    assert (now["captured"], now["refunded"], now["outstanding"]) == (2_990, 1_250, 3_750)
    assert cancelled.json()["refunded"] == 2_990
    sku = order["lines"][0]["sku"]
    assert (await stock_of(staff, sku))["reserved"] == 0
    await expect_balanced_books()


async def test_a_line_is_removed_and_a_price_is_set(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    old, new = order["lines"][0]["sku"], await a_sku_for_sale(staff, price=1_000)

    made = await edited(
        staff,
        order,
        add=[{"sku": new, "quantity": 2, "unit_price": 700}],
        lines=[first(order, quantity=0)],
        shipping_price=0,
    )

    now = await order_now(staff, order)
    assert [(it["sku"], it["unit_price"], it["total"]) for it in now["lines"]] == [
        (new, 700, 1_400)
    ]
    assert (now["totals"]["shipping"], now["totals"]["total"]) == (0, 1_400)
    assert (now["payment_status"], made["owed"]) == ("pending", 1_400)
    assert [it["unit_price"] for it in made["before"]["lines"]] == [1_250]
    assert (await stock_of(staff, old))["reserved"] == 0
    await expect_balanced_books()
    explained = await staff.get(f"/v1/admin/orders/{order['id']}/explanation")
    assert (explained.status_code, explained.json()["total"]) == (200, 1_400)


async def test_a_preview_says_the_same_and_changes_nothing(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    sku = order["lines"][0]["sku"]
    before = await order_now(staff, order)
    wish = {"lines": [first(order, quantity=1)]}

    shown = await edited(staff, order, **wish, preview=True)
    after = await order_now(staff, order)
    made = await edited(staff, order, **wish)

    assert after == before
    assert (shown["preview"], shown["order_version"], "id" in shown) == (True, 1, False)
    same = ("difference", "owed", "refunded", "before", "after")
    assert [shown[name] for name in same] == [made[name] for name in same]
    assert (await stock_of(staff, sku))["reserved"] == 1


async def test_another_country_has_another_tax(staff: AsyncClient, buyer: AsyncClient) -> None:
    france = await a_zone(staff, "10", {"country": "FR"})
    order = await an_order(staff, buyer)
    there = {**ADDRESS, "city": "Paris", "country": "FR"}
    async with channel(staff, tax_source="zones", tax_country="ES", countries=["ES", "FR"]):
        await edited(staff, order, shipping_address=there)
    for where in france:
        assert (await staff.delete(where)).status_code == 204

    now = await order_now(staff, order)
    assert (now["lines"][0]["tax_rate"], now["shipping_address"]["city"]) == ("10", "Paris")
    assert now["totals"]["tax"] == 227 + 45
    await expect_balanced_books()


async def test_another_way_of_shipping_costs_what_it_costs(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    express = await a_shipping_option(990)

    made = await edited(staff, order, shipping_option=express)

    assert (made["difference"], made["after"]["shipping_option"]["price"]) == (500, 990)
    assert (await order_now(staff, order))["shipping_option"]["id"] == express
    await expect_balanced_books()


async def test_what_was_sent_stays_and_what_is_left_may_go(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    where = f"/v1/admin/orders/{order['id']}/fulfilments"
    line = order["lines"][0]["id"]
    sent = await staff.post(where, json={"lines": [{"line_id": line, "quantity": 1}]})
    assert sent.status_code == 201

    await expect_refused(staff, order, "line-sent", lines=[first(order, quantity=0)])
    await edited(staff, order, lines=[first(order, quantity=1)])

    assert (await order_now(staff, order))["fulfilment_status"] == "fulfilled"
    await expect_balanced_books()


async def test_what_cannot_be_is_refused(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer, "test")
    sku = await a_sku_for_sale(staff, stock=1)
    nowhere = {**ADDRESS, "country": "XX"}
    unknown = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"

    await expect_refused(staff, order, "nothing-edited")
    await expect_refused(staff, order, "order-empty", lines=[first(order, quantity=0)])
    await expect_refused(
        staff, order, "edit-line-unknown", lines=[{"line": unknown, "quantity": 1}]
    )
    await expect_refused(staff, order, "line-named-twice", lines=[first(order), first(order)])
    await expect_refused(staff, order, "out-of-stock", add=[{"sku": sku, "quantity": 2}])
    await expect_refused(staff, order, "sku-unknown", add=[{"sku": "NO-SUCH", "quantity": 1}])
    await expect_refused(staff, order, "country-unknown", shipping_address=nowhere)
    await expect_refused(staff, order, "shipping-option-not-found", shipping_option=unknown)


async def test_money_that_is_held_or_under_way_comes_first(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with channel(staff, capture="manual"):
        order = await an_order(staff, buyer, "test")
    await expect_refused(staff, order, "order-not-captured", lines=[first(order, quantity=3)])
    await edited(staff, order, lines=[first(order, quantity=1)])
    captured = await staff.post(f"/v1/admin/orders/{order['id']}/capture")
    waiting = await an_order(staff, buyer)
    draft = {"payment": {"provider": "test", "token": "challenge"}}
    headers = {"X-Order-Token": waiting["access_token"]}
    await buyer.post(f"/v1/orders/{waiting['id']}/payments", json=draft, headers=headers)

    assert (captured.json()["payment_status"], captured.json()["captured"]) == ("paid", 1_740)
    await expect_refused(staff, waiting, "payment-busy", shipping_price=0)
    await expect_balanced_books()


async def test_what_is_held_beside_a_gift_card_stays_held_and_never_beside_nothing_owed(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart_of(staff, buyer, await a_gift_card(staff, 1_250))
    async with channel(staff, capture="manual"):
        order = (await pay(buyer, cart, payment=by_card())).json()
    await edited(staff, order, lines=[first(order, quantity=1)])

    lowered = await order_now(staff, order)
    assert (lowered["payment_status"], lowered["outstanding"]) == ("authorised", 490)
    await expect_refused(staff, order, "order-not-captured", shipping_price=0)
    captured = await staff.post(f"/v1/admin/orders/{order['id']}/capture")
    assert (captured.json()["payment_status"], captured.json()["captured"]) == ("paid", 1_740)
    await expect_balanced_books()


async def test_an_order_that_an_edit_reopened_is_refunded_when_it_is_cancelled(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    address = f"/v1/admin/orders/{order['id']}"
    await staff.post(f"{address}/capture", json={"amount": 1_000})
    await refund(staff, order, amount=1_000)
    await edited(staff, order, lines=[first(order, quantity=3)])
    reopened = await order_now(staff, order)
    cancelled = await staff.post(f"{address}/cancel")

    assert (reopened["payment_status"], reopened["outstanding"]) == ("partially_paid", 3_240)
    assert (cancelled.json()["payment_status"], cancelled.json()["refunded"]) == ("refunded", 1_000)
    await expect_balanced_books()


async def test_of_edits_and_parcels_at_once_nothing_is_counted_twice(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    sku = order["lines"][0]["sku"]
    parcel = f"/v1/admin/orders/{order['id']}/fulfilments"
    answers = await asyncio.gather(
        edit(staff, order, lines=[first(order, quantity=1)]),
        edit(staff, order, lines=[first(order, quantity=5)]),
        staff.post(parcel, json={}),
        edit(staff, order, lines=[first(order, quantity=3)]),
    )

    assert {it.status_code for it in answers} <= {200, 201, 409}
    now, level = await order_now(staff, order), await stock_of(staff, sku)
    (line,) = now["lines"]
    assert level["on_hand"] == 10 - line["fulfilled_quantity"]
    assert level["reserved"] == line["quantity"] - line["fulfilled_quantity"]
    await expect_balanced_books()


async def test_an_edit_of_an_older_version_is_refused(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    where, draft = f"/v1/admin/orders/{order['id']}/edits", {**WHY, "shipping_price": 0}
    await edited(staff, order, shipping_price=100)

    stale = await staff.post(where, json=draft, headers={"If-Match": '"1"'})

    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/order-changed")


async def test_edits_are_kept_with_what_they_replaced(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    made = await edited(staff, order, lines=[first(order, quantity=1)])
    listed = (await staff.get(f"/v1/admin/orders/{order['id']}/edits")).json()["items"]
    timeline = (await staff.get(f"/v1/admin/orders/{order['id']}/timeline")).json()["items"]

    assert listed == [made]
    (entry,) = [it for it in timeline if it["kind"] == "edit"]
    assert (entry["reason"], entry["difference"]) == ("The buyer called", -1_250)
    assert entry["by"]["type"] == "key"


async def test_an_owed_refund_is_tried_again_and_not_given_up(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer, "test")
    made = await edited(staff, order, shipping_price=0)
    query = "UPDATE refund_transfers SET state = 'refused' WHERE refund_id = %s"
    await change(query, made["refund_id"])
    where = f"/v1/admin/refunds/{made['refund_id']}"

    withdrawn = await staff.post(f"{where}/withdraw")
    again = await staff.post(f"{where}/retry")
    await send_all(shop)

    assert (withdrawn.status_code, withdrawn.json()["type"]) == (409, "/problems/refund-owed")
    assert again.status_code == 200
    assert (await staff.get(where)).json()["status"] == "succeeded"
    await expect_balanced_books()


async def test_promotions_are_reckoned_anew_by_what_the_order_kept(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    draft = {
        "name": "From 20",
        "kind": "order_percent",
        "percent": "10",
        "trigger": "automatic",
        "min_subtotals": {"EUR": 2_000},
        "active": True,
    }
    promotion = await staff.post("/v1/admin/promotions", json=draft)
    assert promotion.status_code == 201, promotion.text
    order = await an_order(staff, buyer, "test")
    await staff.delete(f"/v1/admin/promotions/{promotion.json()['id']}")
    more = await edited(staff, order, lines=[first(order, quantity=4)], preview=True)
    less = await edited(staff, order, lines=[first(order, quantity=1)])

    assert order["totals"]["discount"] == 250
    assert more["after"]["totals"]["discount"] == 500
    assert (less["after"]["totals"]["discount"], less["refunded"]) == (0, 1_000)
    await expect_balanced_books()


async def test_a_promotion_that_takes_nothing_more_is_used_less_often(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    draft = {
        "name": "From 20",
        "kind": "order_percent",
        "percent": "10",
        "trigger": "automatic",
        "min_subtotals": {"EUR": 2_000},
        "usage_limit": 1,
        "active": True,
    }
    promotion = await staff.post("/v1/admin/promotions", json=draft)
    where = f"/v1/admin/promotions/{promotion.json()['id']}"
    order = await an_order(staff, buyer, "test")
    uses = [(await staff.get(where)).json()["uses"]]
    for quantity in (1, 2, 1):
        await edited(staff, order, lines=[first(order, quantity=quantity)])
        uses.append((await staff.get(where)).json()["uses"])
    other = await an_order(staff, buyer, "test")
    await expect_refused(staff, order, "promotion-used-up", lines=[first(order, quantity=2)])
    await staff.delete(where)

    assert (uses, other["totals"]["discount"]) == ([1, 0, 1, 0], 250)
