"""Orders that are paid after they were placed: by whom, once, and what comes of it."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient, Response
from support.background import body, change, mails_about
from support.payments.books import channel, rows, say, send, sweep, webhooks
from support.people import a_browser, a_customer, an_address
from support.products import an_order
from support.refunds import expect_balanced_books, refund, send_all

from trastienda.application import Application
from trastienda.controllers.orders import expire_unpaid, settle_abandoned
from trastienda.controllers.orders.paying.of_order import begin
from trastienda.database.db import utcnow
from trastienda.schemas.orders.order import PaymentChoice
from trastienda.schemas.payments.payment import OrderPaymentDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.orders.orders import Reader
from trastienda.settings import Settings

TOTAL = 2_990


async def pay(browser: AsyncClient, order: dict[str, Any], token: str, **more: object) -> Response:
    draft = {"payment": {"provider": "test", "token": token}, **more}
    headers = {"X-Order-Token": order["access_token"]}
    return await browser.post(f"/v1/orders/{order['id']}/payments", json=draft, headers=headers)


async def standing(browser: AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
    headers = {"X-Order-Token": order["access_token"]}
    answer = await browser.get(f"/v1/orders/{order['id']}/payment", headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def payments_of(order: dict[str, Any]) -> list[tuple[str, int, int]]:
    query = "SELECT state, captured, refunded FROM payment_attempts WHERE order_id = %s ORDER BY id"
    return [(it["state"], it["captured"], it["refunded"]) for it in await rows(query, order["id"])]


async def test_who_holds_the_token_of_an_order_pays_it(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)

    paid = await pay(buyer, order, "ok", expected_amount=TOTAL)
    again = await pay(buyer, order, "ok")

    assert paid.status_code == 200, paid.text
    assert (paid.json()["payment_status"], paid.json()["captured"]) == ("paid", TOTAL)
    assert "access_token" not in paid.json()
    assert (again.status_code, again.json()["type"]) == (409, "/problems/order-already-paid")
    assert (await standing(buyer, order))["status"] == "succeeded"
    assert await payments_of(order) == [("succeeded", TOTAL, 0)]
    await expect_balanced_books()


async def test_only_its_buyer_pays_an_order(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    address = an_address()
    customer = await a_customer(shop, address)
    order = await an_order(staff, buyer, email=address)
    stranger = {**order, "access_token": "1999999999.none"}

    refused = await pay(await a_customer(shop), stranger, "ok")
    not_read = await a_browser(shop).get(f"/v1/orders/{order['id']}/payment")
    paid = await pay(customer, stranger, "ok")

    assert (refused.status_code, refused.json()["type"]) == (404, "/problems/order-not-found")
    assert not_read.status_code == 404
    assert paid.status_code == 200, paid.text


async def test_what_is_refused_changes_nothing(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    by_hand = {"payment": {"provider": "manual"}}
    headers = {"X-Order-Token": order["access_token"]}
    where = f"/v1/orders/{order['id']}/payments"

    manual = await buyer.post(where, json=by_hand, headers=headers)
    other = await pay(buyer, order, "ok", expected_amount=1)
    declined = await pay(buyer, order, "decline")
    seen = await standing(buyer, order)

    assert manual.status_code == 422
    assert "test" in manual.json()["known"]  # beside providers that other tests have added
    assert "manual" not in manual.json()["known"]
    assert (other.status_code, other.json()["total"]) == (409, TOTAL)
    assert (declined.status_code, declined.json()["type"]) == (402, "/problems/payment-declined")
    assert (seen["status"], seen["order"]["payment_status"]) == ("declined", "pending")
    reserved = await rows("SELECT quantity FROM reservations WHERE source_id = %s", order["id"])
    assert [it["quantity"] for it in reserved] == [2]
    assert (await pay(buyer, order, "ok")).status_code == 200


async def test_two_who_pay_at_once_pay_once(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    answers = await asyncio.gather(*(pay(a_browser(shop), order, "ok") for _ in range(4)))

    statuses = sorted(it.status_code for it in answers)
    assert statuses[0] == 200
    assert set(statuses[1:]) <= {200, 409}
    assert [it for it in await payments_of(order) if it[1]] == [("succeeded", TOTAL, 0)]
    charged = await rows(
        "SELECT captured FROM test_payments WHERE payment_id IN"
        " (SELECT id FROM payment_attempts WHERE order_id = %s)",
        order["id"],
    )
    assert sum(it["captured"] for it in charged) == TOTAL


async def test_a_second_step_is_finished_and_others_are_answered_with_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    asked = await pay(buyer, order, "challenge")
    meanwhile = await pay(buyer, order, "ok")
    await say(buyer, asked, "succeed")
    await change("UPDATE payment_attempts SET checked_at = NULL WHERE order_id = %s", order["id"])
    seen = await standing(buyer, order)

    assert (asked.status_code, asked.json()["payment"]["status"]) == (202, "requires_action")
    assert (meanwhile.status_code, meanwhile.json()) == (202, asked.json())
    assert (seen["status"], seen["order"]["payment_status"]) == ("succeeded", "paid")
    assert await payments_of(order) == [("succeeded", TOTAL, 0)]


async def test_a_webhook_alone_pays_an_order(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    asked = await pay(buyer, order, "ok_later")
    await change("UPDATE test_payments SET act_at = now() - interval '1 second'")
    await send(buyer, *await webhooks())

    assert (asked.status_code, asked.json()["payment"]["status"]) == (202, "processing")
    assert (await staff.get(f"/v1/admin/orders/{order['id']}")).json()["payment_status"] == "paid"


async def test_a_payment_whose_process_died_is_finished_by_another(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    reader = Reader(order["id"], None, order["access_token"])
    wanted = OrderPaymentDraft(PaymentChoice("test", "ok"))
    await begin(reader, wanted, shop.process.providers, Context(utcnow()))
    busy = await pay(buyer, order, "ok")
    await change(
        "UPDATE payment_attempts SET leased_until = now() - interval '1 second'"
        " WHERE order_id = %s",
        order["id"],
    )
    while await settle_abandoned(shop.process.providers):
        pass

    assert (busy.status_code, busy.json()["type"]) == (409, "/problems/payment-busy")
    assert await payments_of(order) == [("succeeded", TOTAL, 0)]
    assert (await standing(buyer, order))["order"]["payment_status"] == "paid"


@pytest.mark.parametrize("what", ["capture", "cancel"])
async def test_money_that_an_order_needs_no_more_goes_back(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, what: str
) -> None:
    order = await an_order(staff, buyer)
    asked = await pay(buyer, order, "challenge")
    done = await staff.post(f"/v1/admin/orders/{order['id']}/{what}")
    await say(buyer, asked, "succeed")
    await change("UPDATE payment_attempts SET checked_at = NULL WHERE order_id = %s", order["id"])
    seen = await standing(buyer, order)
    await send_all(shop)

    assert done.status_code == 200, done.text
    assert ("succeeded", TOTAL, TOTAL) in await payments_of(order)
    assert seen["order"]["captured"] == (TOTAL if what == "capture" else 0)
    await expect_balanced_books()


async def test_what_is_only_held_is_captured_by_staff(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    async with channel(staff, capture="manual"):
        held = await pay(buyer, order, "ok")
    again = await pay(buyer, order, "ok")
    captured = await staff.post(f"/v1/admin/orders/{order['id']}/capture")

    assert (held.json()["payment_status"], held.json()["captured"]) == ("authorised", 0)
    assert again.json()["type"] == "/problems/order-already-paid"
    assert (captured.json()["payment_status"], captured.json()["captured"]) == ("paid", TOTAL)
    await expect_balanced_books()


async def test_the_rest_of_an_order_is_paid(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    where = f"/v1/admin/orders/{order['id']}/capture"
    await staff.post(where, json={"amount": 1_000})
    paid = await pay(buyer, order, "ok", expected_amount=1_990)

    assert (paid.json()["payment_status"], paid.json()["captured"]) == ("paid", TOTAL)
    await expect_balanced_books()


async def test_the_rest_of_an_order_is_paid_after_a_part_of_it_was_refunded(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{order['id']}/capture", json={"amount": 1_000})
    await refund(staff, order, amount=400)
    paid = await pay(buyer, order, "ok", expected_amount=1_990)
    more = await pay(buyer, order, "ok")
    given = await refund(staff, order, amount=2_590)
    after = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()

    assert (paid.status_code, paid.json()["payment_status"]) == (200, "partially_refunded")
    assert (paid.json()["captured"], paid.json()["outstanding"]) == (TOTAL, 0)
    assert (more.status_code, more.json()["type"]) == (409, "/problems/order-already-paid")
    assert (given.status_code, after["payment_status"]) == (201, "refunded")
    assert after["refunded"] == TOTAL
    await expect_balanced_books()


async def test_what_was_paid_of_an_order_is_refunded_in_full_and_no_more_is_taken(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    address = f"/v1/admin/orders/{order['id']}"
    await staff.post(f"{address}/capture", json={"amount": 1_000})
    await refund(staff, order, amount=1_000)
    refused = await pay(buyer, order, "ok")

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/order-already-paid")


async def test_an_order_does_not_expire_while_it_is_being_paid(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    asked = await pay(buyer, order, "challenge")
    await change(
        "UPDATE orders SET payment_due_at = now() - interval '1 hour',"
        " payment_reminded_at = now() - interval '8 days' WHERE id = %s",
        order["id"],
    )
    await expire_unpaid(Context(utcnow()))
    before = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    await say(buyer, asked, "fail")
    await change("UPDATE payment_attempts SET check_at = now() WHERE order_id = %s", order["id"])
    await sweep(shop)
    while await expire_unpaid(Context(utcnow())):
        pass

    after = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert (before["status"], after["status"]) == ("open", "cancelled")


async def test_the_same_key_pays_once_and_is_answered_the_same(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    headers = {"X-Order-Token": order["access_token"], "Idempotency-Key": f"pay-{order['id']}"}
    where, draft = (
        f"/v1/orders/{order['id']}/payments",
        {"payment": {"provider": "test", "token": "ok"}},
    )
    first = await buyer.post(where, json=draft, headers=headers)
    again = await buyer.post(where, json=draft, headers=headers)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content


async def test_staff_mail_the_link_and_it_opens_the_payment(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, email=an_address())
    sent = await staff.post(f"/v1/admin/orders/{order['id']}/payment-link")
    (mail,) = [
        it
        for it in await mails_about(order["id"], settings)
        if "Pague" in it["subject"] or "Please pay" in it["subject"]
    ]
    token = sent.json()["url"].rpartition("access_token=")[2]
    paid = await pay(buyer, {**order, "access_token": token}, "ok")
    late = await staff.post(f"/v1/admin/orders/{order['id']}/payment-link")

    assert sent.status_code == 200, sent.text
    assert (sent.json()["amount"], sent.json()["email"]) == (TOTAL, order["email"])
    assert sent.json()["url"] in body(mail)
    assert paid.status_code == 200
    assert (late.status_code, late.json()["type"]) == (409, "/problems/order-already-paid")
