"""Money that is held first and captured later: at the fulfilment, or when staff say so."""

import pytest
from httpx import AsyncClient
from support.background import change
from support.payments.books import (
    a_waiting_cart,
    books_of,
    channel,
    ledger_of,
    payment_of,
    rows,
    sweep,
)
from support.products import an_order
from support.refunds import expect_balanced_books, send_all

from trastienda.application import Application
from trastienda.controllers.orders.operations import void_all
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.payments.payment import Operation
from trastienda.schemas.shared.context import Context
from trastienda.services.payments.settlement import operations

TOTAL = 1_740


async def an_authorised_order(staff: AsyncClient, buyer: AsyncClient, mode: str) -> tuple[str, str]:
    """Place an order whose money is held; return its address and its cart."""
    async with channel(staff, capture=mode):
        cart, _, answer = await a_waiting_cart(staff, buyer, "ok")
    assert answer.status_code == 201, answer.text
    assert (answer.json()["payment_status"], answer.json()["captured"]) == ("authorised", 0)
    return f"/v1/admin/orders/{answer.json()['id']}", cart


async def test_staff_capture_what_is_held(staff: AsyncClient, buyer: AsyncClient) -> None:
    order, cart = await an_authorised_order(staff, buyer, "manual")
    before = await ledger_of((await payment_of(cart))["id"])

    captured = await staff.post(f"{order}/capture")
    again = await staff.post(f"{order}/capture")

    assert captured.status_code == 200, captured.text
    assert (captured.json()["payment_status"], captured.json()["captured"]) == ("paid", TOTAL)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/order-already-paid")
    payment, books = await payment_of(cart), await books_of(cart)
    assert (payment["state"], payment["captured"]) == ("succeeded", TOTAL)
    assert (books["state"], books["captured"]) == ("succeeded", TOTAL)
    assert (before, await ledger_of(payment["id"])) == (
        [],
        [("cash", TOTAL), ("receivable", -TOTAL)],
    )


async def test_of_what_is_held_a_part_may_be_captured_and_the_rest_is_let_go(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, cart = await an_authorised_order(staff, buyer, "manual")

    too_much = await staff.post(f"{order}/capture", json={"amount": TOTAL + 1})
    part = await staff.post(f"{order}/capture", json={"amount": 1_000})
    unsaid = await staff.post(f"{order}/capture")
    rest = await staff.post(f"{order}/capture", json={"provider": "manual"})

    assert (unsaid.status_code, unsaid.json()["type"]) == (409, "/problems/capture-refused")
    assert (too_much.status_code, too_much.json()["type"]) == (409, "/problems/capture-too-large")
    assert (part.json()["payment_status"], part.json()["captured"]) == ("partially_paid", 1_000)
    assert (await books_of(cart))["captured"] == 1_000
    assert (rest.json()["payment_status"], rest.json()["captured"]) == ("paid", TOTAL)
    noted = await rows(
        "SELECT provider, state, captured FROM payment_attempts WHERE order_id = %s ORDER BY id",
        order.rpartition("/")[2],
    )
    assert [tuple(it.values()) for it in noted] == [
        ("test", "succeeded", 1_000),
        ("manual", "succeeded", 740),
    ]


async def test_money_that_comes_by_another_way_is_noted_as_a_payment(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    address = f"/v1/admin/orders/{order['id']}/capture"

    part = await staff.post(address, json={"amount": 1_000})
    rest = await staff.post(address)

    assert (part.json()["payment_status"], part.json()["captured"]) == ("partially_paid", 1_000)
    assert (rest.json()["payment_status"], rest.json()["captured"]) == ("paid", 2_990)
    noted = await rows(
        "SELECT id, amount, captured FROM payment_attempts WHERE order_id = %s ORDER BY id",
        order["id"],
    )
    assert [(it["amount"], it["captured"]) for it in noted] == [(1_000, 1_000), (1_990, 1_990)]
    assert await ledger_of(noted[1]["id"]) == [("cash", 1_990), ("receivable", -1_990)]


async def test_what_is_sent_is_captured_first(staff: AsyncClient, buyer: AsyncClient) -> None:
    order, cart = await an_authorised_order(staff, buyer, "fulfilment")
    async with channel(staff, capture="fulfilment"):
        sent = await staff.post(f"{order}/fulfilments", json={})

    assert sent.status_code == 201, sent.text
    assert (sent.json()["payment_status"], sent.json()["fulfilment_status"]) == (
        "paid",
        "fulfilled",
    )
    assert (await books_of(cart))["captured"] == TOTAL


async def test_what_cannot_be_captured_is_not_sent(staff: AsyncClient, buyer: AsyncClient) -> None:
    order, cart = await an_authorised_order(staff, buyer, "fulfilment")
    await change(
        "UPDATE test_payments SET state = 'voided' WHERE payment_id = %s",
        (await payment_of(cart))["id"],
    )
    async with channel(staff, capture="fulfilment"):
        refused = await staff.post(f"{order}/fulfilments", json={})

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/capture-refused")
    assert refused.json()["reason"] == "not_authorised"
    after = (await staff.get(order)).json()
    assert (after["payment_status"], after["fulfilment_status"]) == ("pending", "unfulfilled")
    assert (await payment_of(cart))["state"] == "voided"


async def test_more_than_was_ordered_is_refused_before_anything_is_captured(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, cart = await an_authorised_order(staff, buyer, "fulfilment")
    line = (await staff.get(order)).json()["lines"][0]["id"]
    async with channel(staff, capture="fulfilment"):
        draft = {"lines": [{"line_id": line, "quantity": 2}]}
        refused = await staff.post(f"{order}/fulfilments", json=draft)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/more-than-ordered")
    assert (await books_of(cart))["captured"] == 0


async def test_the_same_key_captures_once_and_is_answered_the_same(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, _ = await an_authorised_order(staff, buyer, "manual")
    once = {"Idempotency-Key": f"capture-{order}"}

    first = await staff.post(f"{order}/capture", headers=once)
    again = await staff.post(f"{order}/capture", headers=once)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content


async def test_what_was_decided_and_not_answered_is_asked_again_under_the_same_key(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, cart = await an_authorised_order(staff, buyer, "manual")
    payment = await payment_of(cart)
    async with transaction() as session:  # and then the process dies
        (held,) = await operations.authorised(session, payment["order_id"])
        await operations.ask_capture(session, held, 1_000, utcnow())
    busy = await staff.post(f"{order}/capture")
    await change("UPDATE payment_attempts SET check_at = now() WHERE id = %s", payment["id"])
    await sweep(shop)

    assert (busy.status_code, busy.json()["type"]) == (409, "/problems/payment-busy")
    assert list((await books_of(cart))["answers"]) == [f"{payment['id']}:capture:1"]
    after = (await staff.get(order)).json()
    assert (after["payment_status"], after["captured"]) == ("partially_paid", 1_000)
    assert (await payment_of(cart))["operation"] is None


async def test_what_is_held_can_be_let_go(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, cart = await an_authorised_order(staff, buyer, "manual")
    payment = await payment_of(cart)
    async with transaction() as session:
        decided = await operations.void_held(session, payment["order_id"], utcnow())
    await void_all(decided, shop.process.providers, Context(utcnow()))

    assert [it.operation for it in decided] == [Operation.VOID]
    assert (await payment_of(cart))["state"] == "voided"
    assert (await books_of(cart))["state"] == "voided"
    assert (await staff.get(order)).json()["payment_status"] == "pending"


async def test_cancelling_an_order_lets_go_of_what_is_held_for_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, cart = await an_authorised_order(staff, buyer, "manual")

    cancelled = await staff.post(f"{order}/cancel")

    assert (cancelled.status_code, cancelled.json()["payment_status"]) == (200, "cancelled")
    assert (await payment_of(cart))["state"] == "voided"
    assert (await books_of(cart))["state"] == "voided"
    assert (await staff.get(order)).json()["payment_status"] == "cancelled"
    await expect_balanced_books()


async def test_money_that_is_captured_after_its_order_was_cancelled_is_given_back(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, cart = await an_authorised_order(staff, buyer, "manual")
    payment = await payment_of(cart)
    await change(
        "UPDATE test_payments SET state = 'succeeded', captured = amount WHERE payment_id = %s",
        payment["id"],
    )
    cancelled = await staff.post(f"{order}/cancel")
    await send_all(shop)

    assert cancelled.json()["payment_status"] == "cancelled"
    after, books = await payment_of(cart), await books_of(cart)
    assert (after["captured"], after["refunded"]) == (TOTAL, TOTAL)
    assert (books["captured"], books["refunded"]) == (TOTAL, TOTAL)


@pytest.mark.parametrize("state", ["voided", "expired"])
async def test_an_authorisation_that_ended_is_seen_and_told(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, state: str
) -> None:
    order, cart = await an_authorised_order(staff, buyer, "manual")
    payment = await payment_of(cart)
    query = "UPDATE test_payments SET state = %s WHERE payment_id = %s"
    await change(query, state, payment["id"])
    await change("UPDATE payment_attempts SET check_at = now() WHERE id = %s", payment["id"])
    await sweep(shop)

    assert (await payment_of(cart))["state"] == state
    assert (await staff.get(order)).json()["payment_status"] == "pending"
    told = await rows("SELECT type FROM events WHERE aggregate_id = %s", payment["id"])
    assert {it["type"] for it in told} == {
        "payment.authorised",
        f"payment.{state}",
        "payment.corrected",
    }


async def test_staff_are_told_once_before_an_authorisation_ends(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    _, cart = await an_authorised_order(staff, buyer, "manual")
    payment = await payment_of(cart)
    for _ in range(2):
        await change(
            "UPDATE payment_attempts SET check_at = now(),"
            " capture_before = now() + interval '23 hours' WHERE id = %s",
            payment["id"],
        )
        await sweep(shop)

    told = await rows("SELECT type FROM events WHERE aggregate_id = %s", payment["id"])
    assert [it["type"] for it in told].count("payment.expiring") == 1
