"""Draft orders: put together by staff, sent, ordered by the buyer or by staff, once."""

import asyncio
from typing import Any

from httpx import AsyncClient
from support.background import body, change, mails_about
from support.orders.draft_orders import ALL, a_draft, token_of
from support.people import a_browser, a_customer, a_program, an_address
from support.products import ADDRESS, a_sku_for_sale, stock_of
from support.refunds import expect_balanced_books

from trastienda.application import Application
from trastienda.settings import Settings


async def test_staff_put_an_order_together_at_prices_of_their_own(staff: AsyncClient) -> None:
    made = await a_draft(staff)
    (line,) = made["lines"]
    read = await staff.get(f"{ALL}/{made['id']}")

    assert made["problems"] == []
    assert (made["totals"]["subtotal"], made["totals"]["total"]) == (2_000, 2_300)
    assert (line["unit_price"], line["price_reason"]) == (1_000, "Agreed by phone")
    assert line["price_by"]["type"] == "key"
    assert (await stock_of(staff, line["sku"]))["reserved"] == 0
    assert read.json() == made
    assert read.headers["etag"] == '"1"'


async def test_a_draft_order_is_changed_listed_and_deleted(staff: AsyncClient) -> None:
    made = await a_draft(staff)
    where, sku = f"{ALL}/{made['id']}", made["lines"][0]["sku"]

    changed = await staff.patch(where, json={"lines": [{"sku": sku, "quantity": 1}], "note": "x"})
    stale = await staff.patch(where, json={"note": "y"}, headers={"If-Match": '"1"'})
    listed = (await staff.get(ALL, params={"status": "open", "limit": 100})).json()["items"]
    first = (await staff.get(ALL, params={"limit": 1})).json()
    second = await staff.get(ALL, params={"limit": 1, "cursor": first["next_cursor"] or ""})
    deleted = await staff.delete(where)

    assert (changed.json()["totals"]["subtotal"], changed.json()["note"]) == (1_250, "x")
    assert stale.status_code == 412
    assert made["id"] in {it["id"] for it in listed}
    assert second.status_code in {200, 400}
    assert (deleted.status_code, (await staff.get(where)).status_code) == (204, 404)


async def test_its_buyer_orders_and_pays_what_was_sent(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    made = await a_draft(staff, note="only for us")
    token = await token_of(staff, made)
    where, opens = f"/v1/draft-orders/{made['id']}", {"X-Draft-Order-Token": token}
    (mail,) = await mails_about(made["id"], settings)
    seen = (await buyer.get(where, headers=opens)).json()
    other = await buyer.post(f"{where}/order", json={"expected_total": 1}, headers=opens)
    order = await buyer.post(f"{where}/order", json={"expected_total": 2_300}, headers=opens)
    again = await buyer.post(f"{where}/order", headers=opens)
    pay = {"payment": {"provider": "test", "token": "ok"}}
    paid = await buyer.post(
        f"/v1/orders/{order.json()['id']}/payments",
        json=pay,
        headers={"X-Order-Token": order.json()["access_token"]},
    )

    assert token in body(mail)
    assert (seen["totals"]["total"], "note" in seen, "customer_id" in seen) == (2_300, False, False)
    assert "price_reason" not in seen["lines"][0]
    assert other.json()["type"] == "/problems/total-changed"
    assert (order.status_code, order.json()["totals"]["total"]) == (201, 2_300)
    assert (again.status_code, again.json()["id"]) == (200, order.json()["id"])
    assert (paid.status_code, paid.json()["payment_status"]) == (200, "paid")
    assert (await stock_of(staff, made["lines"][0]["sku"]))["reserved"] == 2
    after = (await staff.get(f"{ALL}/{made['id']}")).json()
    assert (after["status"], after["order_id"]) == ("completed", order.json()["id"])
    await expect_balanced_books()


async def test_staff_turn_it_into_an_order_unpaid_or_paid(staff: AsyncClient) -> None:
    unpaid, paid = await a_draft(staff), await a_draft(staff)

    first = await staff.post(f"{ALL}/{unpaid['id']}/complete")
    second = await staff.post(f"{ALL}/{paid['id']}/complete", json={"paid": True})
    again = await staff.post(f"{ALL}/{paid['id']}/complete")
    explained = await staff.get(f"/v1/admin/orders/{first.json()['id']}/explanation")

    assert (first.status_code, first.json()["payment_status"]) == (201, "pending")
    assert (second.json()["payment_status"], second.json()["captured"]) == ("paid", 2_300)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/draft-order-completed")
    assert explained.json()["total"] == 2_300
    await expect_balanced_books()


async def test_nobody_else_sees_it_and_nobody_before_it_was_sent(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    customer = await a_customer(shop, email)
    made, other = await a_draft(staff), await a_draft(staff)
    token = await token_of(staff, other)
    where = f"/v1/draft-orders/{made['id']}"
    strange = {"X-Draft-Order-Token": token}

    unsent = await customer.get(where, headers=strange)
    await token_of(staff, made)
    found = [
        (await browser.get(where, headers=headers)).status_code
        for browser in (buyer, customer)
        for headers in ({}, strange, {"X-Draft-Order-Token": "x.y"})
    ]
    ordered = await buyer.post(f"{where}/order", headers=strange)

    assert (unsent.status_code, set(found), ordered.status_code) == (404, {404}, 404)


async def test_its_customer_sees_it_at_their_own_prices(
    shop: Application, staff: AsyncClient
) -> None:
    customer = await a_customer(shop)
    me = (await customer.get("/v1/session")).json()["visitor"]["id"]
    made = await a_draft(staff, customer_id=me)
    await token_of(staff, made)
    seen = await customer.get(f"/v1/draft-orders/{made['id']}")
    order = await customer.post(f"/v1/draft-orders/{made['id']}/order")
    carts = await customer.get("/v1/carts/mine")

    assert (seen.status_code, order.status_code, carts.status_code) == (200, 201, 404)
    mine = (await customer.get("/v1/orders")).json()["items"]
    assert [it["id"] for it in mine] == [order.json()["id"]]


async def test_what_cannot_be_is_refused(staff: AsyncClient) -> None:
    sku = await a_sku_for_sale(staff, stock=1)
    line = {"sku": sku, "quantity": 1}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"lines": [line, line]}, "draft-order-sku-twice"),
        ({"lines": [{**line, "unit_price": 1}]}, "price-reason-missing"),
        ({"lines": [{**line, "reason": "why"}]}, "price-reason-missing"),
        ({"lines": [{**line, "sku": "NO-SUCH"}]}, "sku-unknown"),
        ({"lines": [line], "shipping_address": {**ADDRESS, "country": "XX"}}, "country-unknown"),
        ({"lines": [line], "customer_id": sku_id()}, "draft-order-customer-unknown"),
        ({"lines": [line], "shipping_option": sku_id()}, "shipping-option-not-found"),
    ]
    for draft, problem in cases:
        refused = await staff.post(ALL, json={"email": an_address(), **draft})
        assert refused.json()["type"] == f"/problems/{problem}", refused.text
    short = await a_draft(staff, sku=sku)
    sent = await staff.post(f"{ALL}/{short['id']}/send")
    made = await staff.post(f"{ALL}/{short['id']}/complete")
    assert {it.json()["type"] for it in (sent, made)} == {"/problems/out-of-stock"}
    assert (await staff.get(f"{ALL}/{short['id']}")).json()["status"] == "open"


def sku_id() -> str:
    return "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"


async def test_it_ends_when_its_time_is_over(staff: AsyncClient, buyer: AsyncClient) -> None:
    made = await a_draft(staff)
    token = await token_of(staff, made)
    await change(
        "UPDATE draft_orders SET expires_at = now() - interval '1 minute' WHERE id = %s", made["id"]
    )
    opens = {"X-Draft-Order-Token": token}
    late = await buyer.post(f"/v1/draft-orders/{made['id']}/order", headers=opens)
    by_staff = await staff.post(f"{ALL}/{made['id']}/complete")

    assert (late.status_code, late.json()["type"]) == (403, "/problems/draft-order-expired")
    assert by_staff.status_code == 201


async def test_who_order_it_at_once_have_one_order(shop: Application, staff: AsyncClient) -> None:
    made = await a_draft(staff)
    opens = {"X-Draft-Order-Token": await token_of(staff, made)}
    where = f"/v1/draft-orders/{made['id']}/order"
    answers = await asyncio.gather(
        *(a_browser(shop).post(where, headers=opens) for _ in range(4)),
        staff.post(f"{ALL}/{made['id']}/complete"),
    )

    orders = {it.json()["id"] for it in answers if it.status_code < 300}
    assert len(orders) == 1
    assert {it.status_code for it in answers} <= {200, 201, 409}
    assert (await stock_of(staff, made["lines"][0]["sku"]))["reserved"] == 2
    await expect_balanced_books()


async def test_a_coupon_takes_off_and_counts_once(staff: AsyncClient) -> None:
    promotion = {"name": "Ten", "kind": "order_percent", "percent": "10", "trigger": "coupon"}
    made = await staff.post("/v1/admin/promotions", json={**promotion, "active": True})
    where = f"/v1/admin/promotions/{made.json()['id']}"
    code = f"C{an_address()[:12]}"
    coupon = await staff.post(f"{where}/coupons", json={"code": code, "usage_limit": 1})
    assert coupon.status_code == 201, coupon.text
    first, second = await a_draft(staff, coupons=[code]), await a_draft(staff, coupons=[code])
    unknown = await a_draft(staff, coupons=["NO-SUCH"])

    done = await staff.post(f"{ALL}/{first['id']}/complete")
    late = await staff.post(f"{ALL}/{second['id']}/complete")

    assert (first["totals"]["discount"], done.json()["totals"]["total"]) == (200, 2_100)
    assert late.status_code == 409
    assert [it["coupon"] for it in unknown["problems"]] == ["NO-SUCH"]


async def test_it_needs_the_scopes_of_orders(shop: Application, staff: AsyncClient) -> None:
    made = await a_draft(staff)
    async with await a_program(shop, None, "orders.read") as reader:
        read = await reader.get(f"{ALL}/{made['id']}")
        refused = await reader.post(f"{ALL}/{made['id']}/complete")

    assert (read.status_code, refused.status_code) == (200, 403)
