"""Money back: what staff grant, what providers make of it, and what nobody can get twice."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from support.background import ask
from support.people import a_program
from support.products import a_cart_to_order, a_sku_for_sale, an_order, check_out, stock_of
from support.refunds import (
    NO,
    YES,
    answering,
    expect_balanced_books,
    granted,
    now,
    order_now,
    refund,
    send_all,
)
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role
from trastienda.errors import Unavailable


@pytest.fixture
async def nothing_waits(shop: Application) -> None:
    """Send what other tests have left, so that a provider is asked for one refund alone."""
    await send_all(shop)


async def a_paid_order(staff: AsyncClient, buyer: AsyncClient) -> dict[str, Any]:
    """Two mugs of 12.50 and shipping of 4.90: 29.90, of which 5.19 are tax."""
    return await an_order(staff, buyer, "test")


async def test_a_line_is_paid_back_with_its_tax(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    line = order["lines"][0]["id"]

    made = await granted(staff, order, lines=[{"line": line, "quantity": 1}], note="chipped")
    await send_all(shop)

    assert (made["status"], made["amount"], made["tax"]) == ("pending", 1_250, 217)
    assert made["lines"] == [{"line": line, "quantity": 1, "amount": 1_250, "tax": 217}]
    assert made["shipping"] == {"amount": 0, "tax": 0}
    sent = await now(staff, made)
    assert (sent["status"], sent["note"]) == ("succeeded", "chipped")
    assert [(it["provider"], it["amount"], it["status"]) for it in sent["transfers"]] == [
        ("test", 1_250, "done")
    ]
    after = await order_now(staff, order)
    assert (after["payment_status"], after["captured"], after["refunded"]) == (
        "partially_refunded",
        2_990,
        1_250,
    )
    await expect_balanced_books()


async def test_everything_in_parts_is_exactly_what_was_paid(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    line = order["lines"][0]["id"]

    parts = [
        await granted(staff, order, amount=333),
        await granted(staff, order, lines=[{"line": line, "quantity": 1}]),
        await granted(staff, order, shipping="all"),
        await granted(staff, order, lines=[{"line": line, "quantity": 1}]),
    ]
    await send_all(shop)

    assert sum(it["amount"] for it in parts) == order["totals"]["total"]
    assert sum(it["tax"] for it in parts) == order["totals"]["tax"]
    assert (await order_now(staff, order))["payment_status"] == "refunded"
    left = (await staff.get(f"/v1/admin/orders/{order['id']}/refundable")).json()
    assert (left["amount"], left["shipping"]) == (0, {"amount": 0, "tax": 0})
    assert left["lines"] == [{"line": line, "quantity": 0, "amount": 0, "tax": 0}]
    await expect_balanced_books()


async def test_more_than_was_captured_is_never_paid_back(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    line = order["lines"][0]["id"]
    await granted(staff, order, amount=2_900)

    too_much = await refund(staff, order, amount=91)
    too_many = await refund(staff, order, lines=[{"line": line, "quantity": 3}])
    unpaid = await refund(staff, await an_order(staff, buyer), shipping="all")

    assert refusal(too_much) == (409, "refund-too-large", None)
    assert too_much.json()["refundable"] == 90
    assert refusal(too_many) == (409, "more-than-left", None)
    assert (too_many.json()["line_id"], too_many.json()["quantity"]) == (line, 2)
    assert refusal(unpaid) == (409, "refund-too-large", None)
    assert unpaid.json()["refundable"] == 0
    assert (await order_now(staff, order))["refunded"] == 2_900
    await expect_balanced_books()


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ({}, (422, "refund-empty", None)),
        ({"lines": []}, (400, "invalid-request", "/lines")),
        ({"amount": 0}, (400, "invalid-request", "/amount")),
        ({"amount": -5}, (400, "invalid-request", "/amount")),
        ({"amount": 1.5}, (400, "invalid-request", "/amount")),
        ({"shipping": "some"}, (400, "invalid-request", "/shipping")),
        ({"amount": 1, "reason": "mood"}, (400, "invalid-request", "/reason")),
        ({"amount": 1, "surprise": 1}, (400, "invalid-request", None)),
        (
            {"lines": [{"line": str(uuid4()), "quantity": 1}]},
            (422, "refund-line-unknown", "/lines/0/line"),
        ),
    ],
)
async def test_a_refund_that_cannot_be_is_refused_and_changes_nothing(
    staff: AsyncClient,
    buyer: AsyncClient,
    draft: dict[str, Any],
    told: tuple[int, str, str | None],
) -> None:
    order = await a_paid_order(staff, buyer)

    answer = await refund(staff, order, **draft)

    assert refusal(answer)[:2] == told[:2]
    if told[2]:
        assert refusal(answer)[2] == told[2]
    assert (await order_now(staff, order))["version"] == order["version"]
    assert (await staff.get(f"/v1/admin/orders/{order['id']}/refunds")).json() == {"items": []}


async def test_the_same_key_pays_back_once(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await a_paid_order(staff, buyer)
    address, body = f"/v1/admin/orders/{order['id']}/refunds", {"amount": 100, "reason": "other"}
    key = {"Idempotency-Key": uuid4().hex}

    first = await staff.post(address, json=body, headers=key)
    again = await staff.post(address, json=body, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert (await order_now(staff, order))["refunded"] == 100


@pytest.mark.usefixtures("nothing_waits")
async def test_a_refund_that_is_refused_can_be_tried_again_or_withdrawn(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    provider, providers = answering(NO, NO, YES)
    made = await granted(staff, order, amount=500)
    address = f"/v1/admin/refunds/{made['id']}"

    too_early = await staff.post(f"{address}/retry")
    await send_all(shop, providers)
    failed = await now(staff, made)
    withdrawn = await staff.post(f"{address}/withdraw")
    twice = await staff.post(f"{address}/withdraw")
    other = await granted(staff, order, amount=700)
    await send_all(shop, providers)
    retried = await staff.post(f"/v1/admin/refunds/{other['id']}/retry")
    await send_all(shop, providers)

    assert refusal(too_early) == (409, "refund-not-failed", None)
    assert failed["status"] == "failed"
    assert failed["transfers"][0]["failure"] == "insufficient_funds"
    assert withdrawn.json()["status"] == "withdrawn"
    assert refusal(twice) == (409, "refund-not-failed", None)
    assert retried.json()["status"] == "pending"
    assert (await now(staff, other))["status"] == "succeeded"
    assert (await order_now(staff, order))["refunded"] == 700
    keys = [key for _, key in provider.asked]
    assert len(set(keys)) == 3  # a new decision has a new key
    await expect_balanced_books()


@pytest.mark.usefixtures("nothing_waits")
async def test_without_an_answer_the_provider_is_asked_again_under_the_same_key(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    provider, providers = answering(Unavailable(), YES)
    made = await granted(staff, order, amount=500)

    await send_all(shop, providers)
    unknown = await now(staff, made)
    await ask(
        "UPDATE refund_transfers SET leased_until = now() WHERE refund_id = %s RETURNING 1",
        made["id"],
    )
    await send_all(shop, providers)

    assert (unknown["status"], unknown["transfers"][0]["status"]) == ("pending", "sent")
    assert (await now(staff, made))["status"] == "succeeded"
    (first, second) = provider.asked
    assert first == second
    await expect_balanced_books()


async def test_units_that_were_not_sent_are_taken_off_and_sent_ones_come_back(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    line, sku = order["lines"][0]["id"], order["lines"][0]["sku"]
    one = [{"line": line, "quantity": 1}]
    await staff.post(
        f"/v1/admin/orders/{order['id']}/fulfilments",
        json={"lines": [{"line_id": line, "quantity": 1}]},
    )

    await granted(staff, order, lines=one, restock=True)
    unsent = await stock_of(staff, sku)
    await granted(staff, order, lines=one, restock=True)
    back = await stock_of(staff, sku)

    assert unsent == {"on_hand": 9, "reserved": 0, "available": 9}
    assert back == {"on_hand": 10, "reserved": 0, "available": 10}
    after = await order_now(staff, order)
    assert after["lines"][0]["removed_quantity"] == after["lines"][0]["returned_quantity"] == 1
    assert after["fulfilment_status"] == "fulfilled"
    nothing = await staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json={})
    assert refusal(nothing)[:2] == (409, "order-already-fulfilled")


async def test_cancelling_a_paid_order_pays_it_back_and_frees_its_stock(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    await granted(staff, order, amount=1_000)

    cancelled = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    await send_all(shop)

    assert cancelled.status_code == 200
    body = cancelled.json()
    assert (body["status"], body["payment_status"]) == ("cancelled", "refunded")
    assert (body["captured"], body["refunded"]) == (2_990, 2_990)
    refunds = (await staff.get(f"/v1/admin/orders/{order['id']}/refunds")).json()["items"]
    assert [(it["reason"], it["amount"], it["status"]) for it in refunds] == [
        ("goodwill", 1_000, "succeeded"),
        ("cancelled", 1_990, "succeeded"),
    ]
    assert (await stock_of(staff, order["lines"][0]["sku"]))["available"] == 10
    await expect_balanced_books()


async def test_who_may_not_refund_may_not_cancel_what_was_paid(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    address = f"/v1/admin/orders/{order['id']}"
    async with await a_program(shop, Role.WAREHOUSE) as warehouse:
        cancelled = await warehouse.post(f"{address}/cancel")
        refunded = await warehouse.post(f"{address}/refunds", json={"amount": 1, "reason": "other"})
        seen = await warehouse.get(f"{address}/refunds")

    assert refusal(cancelled) == (403, "refund-not-allowed", None)
    assert refusal(refunded) == (403, "not-allowed", None)
    assert seen.status_code == 200
    assert (await order_now(staff, order))["version"] == order["version"]


async def test_money_that_staff_noted_is_given_back_by_hand(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{order['id']}/capture")

    made = await granted(staff, order, shipping="all")
    await send_all(shop)

    assert [it["provider"] for it in made["transfers"]] == ["manual"]
    assert (await now(staff, made))["status"] == "succeeded"
    paid = (await staff.get(f"/v1/admin/orders/{order['id']}/payments")).json()["items"]
    assert [(it["provider"], it["status"], it["captured"], it["refunded"]) for it in paid] == [
        ("manual", "succeeded", 2_990, 490)
    ]
    await expect_balanced_books()


async def test_a_free_order_has_nothing_to_pay_back(staff: AsyncClient, buyer: AsyncClient) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, price=0): 1})
    order = (await check_out(buyer, cart["id"], "test", token="ok")).json()
    line = order["lines"][0]["id"]

    answer = await refund(staff, order, lines=[{"line": line, "quantity": 1}])

    assert refusal(answer) == (409, "nothing-to-refund", None)


@pytest.mark.usefixtures("nothing_waits")
async def test_events_tell_of_each_step_of_a_refund(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    made = await granted(staff, order, amount=500)
    await send_all(shop, answering(NO)[1])
    await staff.post(f"/v1/admin/refunds/{made['id']}/withdraw")

    of_refund = await ask(
        "SELECT type, data ->> 'status', data ->> 'email' FROM events"
        " WHERE aggregate_id = %s ORDER BY sequence",
        made["id"],
    )
    of_order = await ask(
        "SELECT type, data ->> 'refunded' FROM events WHERE aggregate_id = %s ORDER BY sequence",
        order["id"],
    )

    assert of_refund == [
        ("refund.created", "pending", "ada@example.com"),
        ("refund.failed", "failed", "ada@example.com"),
        ("refund.withdrawn", "withdrawn", "ada@example.com"),
    ]
    assert of_order == [
        ("order.placed", "0"),
        ("order.refunded", "500"),
        ("order.refunded", "0"),
    ]


async def test_what_is_not_there_cannot_be_refunded(staff: AsyncClient) -> None:
    nowhere = {"id": str(uuid4())}
    refunds = f"/v1/admin/refunds/{uuid4()}"

    answers = [
        await refund(staff, nowhere, amount=1),
        await staff.get(f"/v1/admin/orders/{nowhere['id']}/refunds"),
        await staff.get(f"/v1/admin/orders/{nowhere['id']}/refundable"),
        await staff.get(f"/v1/admin/orders/{nowhere['id']}/payments"),
        await staff.get(refunds),
        await staff.post(f"{refunds}/retry"),
        await staff.post(f"{refunds}/withdraw"),
    ]

    assert [refusal(it)[:2] for it in answers] == [
        *[(404, "order-not-found")] * 4,
        *[(404, "refund-not-found")] * 3,
    ]


async def test_a_refund_of_an_order_that_has_changed_is_refused(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_paid_order(staff, buyer)
    made = await granted(staff, order, amount=100)
    seen = {"If-Match": '"1"'}
    address = f"/v1/admin/orders/{order['id']}/refunds"

    late = await staff.post(address, json={"amount": 5, "reason": "other"}, headers=seen)
    stale = {"If-Match": f'"{made["version"] + 7}"'}
    retried = await staff.post(f"/v1/admin/refunds/{made['id']}/retry", headers=stale)

    assert refusal(late)[:2] == (412, "order-changed")
    assert refusal(retried)[:2] == (412, "refund-changed")
    assert (await order_now(staff, order))["refunded"] == 100
