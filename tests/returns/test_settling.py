"""What a return pays back: the worth of what arrived, less what the policy keeps."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.invoicing import invoicing, issue
from support.orders.returns import (
    a_sent_order,
    approved,
    arrived,
    good,
    received,
    return_now,
    step,
)
from support.people import a_program
from support.products import stock_of
from support.refunds import (
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

POLICY = "/v1/admin/return-policy"
USUAL = {
    "window_days": 14,
    "expiry_days": 30,
    "restocking_percent": "0",
    "return_fees": {},
    "shipping_refund": "whole_order",
    "standard_shipping": {},
}


@pytest.fixture(autouse=True)
async def usual_policy(staff: AsyncClient) -> AsyncIterator[None]:
    """Leave the policy of returns as it was."""
    yield
    good(await staff.patch(POLICY, json=USUAL))


async def policy(staff: AsyncClient, **facts: object) -> dict[str, Any]:
    return good(await staff.patch(POLICY, json=facts))


async def settled(staff: AsyncClient, of: dict[str, Any], **draft: object) -> tuple[Any, ...]:
    """Close a return; give its refund, the deduction, and what the preview had said of both."""
    told = good(await step(staff, of, "settlement", **draft))
    done = good(await step(staff, of, "close", **draft))
    assert done["status"] == "closed"
    return done["refunded"] or 0, done["deduction"], told["refund"], told["deduction"]


async def test_a_part_of_an_order_is_paid_back_without_its_shipping(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of = await received(staff, buyer, order, 1)

    done = good(await step(staff, of, "close"))
    await send_all(shop)

    assert (done["refunded"], done["deduction"]) == (1_250, 0)
    made = await now(staff, {"id": done["refund_id"]})
    assert (made["status"], made["reason"], made["restock"]) == ("succeeded", "returned", False)
    assert (made["amount"], made["tax"], made["shipping"]["amount"]) == (1_250, 217, 0)
    assert (await order_now(staff, order))["payment_status"] == "partially_refunded"
    assert (await stock_of(staff, order["lines"][0]["sku"]))["on_hand"] == 9
    assert refusal(await step(staff, of, "close")) == (409, "return-not-received", None)
    await expect_balanced_books()


async def test_who_returns_all_gets_the_shipping_back_however_many_returns_it_takes(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    first, second = [await received(staff, buyer, order, 1) for _ in range(2)]

    assert await settled(staff, first) == (1_250, 0, 1_250, 0)
    assert await settled(staff, second) == (1_740, 0, 1_740, 0)
    await send_all(shop)

    after = await order_now(staff, order)
    assert (after["payment_status"], after["refunded"]) == ("refunded", 2_990)
    await expect_balanced_books()


async def test_no_more_shipping_is_paid_back_than_the_usual_way_costs(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    await policy(staff, standard_shipping={"EUR": 300})
    one = await received(staff, buyer, await a_sent_order(staff, buyer), 2)
    other = await received(staff, buyer, await a_sent_order(staff, buyer), 2)

    assert await settled(staff, one) == (2_800, 0, 2_800, 0)
    assert await settled(staff, other, shipping="all") == (2_990, 0, 2_990, 0)
    await policy(staff, shipping_refund="never")
    third = await received(staff, buyer, await a_sent_order(staff, buyer), 2)
    assert await settled(staff, third) == (2_500, 0, 2_500, 0)
    await expect_balanced_books()


async def test_the_policy_keeps_a_fee_and_a_share_unless_the_merchant_is_at_fault(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    await policy(staff, return_fees={"EUR": 395}, restocking_percent="10")
    orders = [await a_sent_order(staff, buyer) for _ in range(4)]
    usual = await received(staff, buyer, orders[0], 1)
    fault = await received(staff, buyer, orders[1], 1, reason="wrong_item")
    kind = await received(staff, buyer, orders[2], 1)
    hard = await received(staff, buyer, orders[3], 1)

    assert await settled(staff, usual) == (730, 520, 730, 520)
    assert await settled(staff, fault) == (1_250, 0, 1_250, 0)
    mercy = {"return_fee": 0, "restocking_percent": "0"}
    assert await settled(staff, kind, **mercy) == (1_250, 0, 1_250, 0)
    # Never more than the goods are worth.
    assert await settled(staff, hard, return_fee=99_999) == (0, 1_250, 0, 1_250)
    await send_all(shop)

    assert (await return_now(staff, hard))["refund_id"] is None
    made = await now(staff, {"id": (await return_now(staff, usual))["refund_id"]})
    assert (made["amount"], made["tax"]) == (730, 127)
    assert made["lines"][0]["quantity"] == 1
    await expect_balanced_books()


async def test_what_was_paid_back_already_is_not_paid_again(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of, line = await received(staff, buyer, order, 2), order["lines"][0]["id"]
    await granted(staff, order, lines=[{"line": line, "quantity": 1}])

    assert await settled(staff, of) == (1_740, 0, 1_740, 0)
    over = await refund(staff, order, amount=1)
    await send_all(shop)

    assert refusal(over)[:2] == (409, "refund-too-large")
    assert (await order_now(staff, order))["refunded"] == 2_990
    await expect_balanced_books()


async def test_what_was_not_paid_is_not_paid_back(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    unpaid, part = [await a_sent_order(staff, buyer, "manual") for _ in range(2)]
    good(await staff.post(f"/v1/admin/orders/{part['id']}/capture", json={"amount": 1_000}))

    nothing = await settled(staff, await received(staff, buyer, unpaid, 1))
    some = await settled(staff, await received(staff, buyer, part, 1))
    await send_all(shop)

    assert (nothing[0], some[0]) == (0, 1_000)
    await expect_balanced_books()


async def test_what_arrived_is_settled_and_the_rest_can_be_returned_anew(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 2)
    good(await step(staff, of, "receipts", lines=arrived(order, 1, disposition="write_off")), 201)

    assert (await settled(staff, of))[0] == 1_250
    await approved(staff, buyer, order, 1)


async def test_nothing_is_paid_back_where_staff_say_so(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of = await received(staff, buyer, order, 2)

    assert await settled(staff, of, refund=False) == (0, 0, 0, 0)

    assert (await order_now(staff, order))["refunded"] == 0


async def test_paying_back_needs_the_right_to(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    warehouse = await a_program(shop, Role.WAREHOUSE)
    order = await a_sent_order(staff, buyer)
    of = await received(warehouse, buyer, order, 2)

    refused = await step(warehouse, of, "close")

    assert refusal(refused) == (403, "return-refund-not-allowed", None)
    assert refused.json()["scope"] == "refunds.write"
    assert await return_now(staff, of) == of
    assert (await settled(warehouse, of, refund=False))[0] == 0


@pytest.mark.parametrize(
    ("draft", "pointer"),
    [
        ({"return_fee": -1}, "/return_fee"),
        ({"return_fee": 10**18}, "/return_fee"),
        ({"restocking_percent": "101"}, "/restocking_percent"),
        ({"shipping": 5}, "/shipping"),
        ({"amount": 5}, "/amount"),
    ],
)
async def test_a_settlement_that_cannot_be_is_refused(
    staff: AsyncClient, buyer: AsyncClient, draft: dict[str, object], pointer: str
) -> None:
    of = await received(staff, buyer, await a_sent_order(staff, buyer), 1)

    assert refusal(await step(staff, of, "close", **draft)) == (400, "invalid-request", pointer)
    assert (await return_now(staff, of))["status"] == "received"


async def test_an_invoice_is_corrected_by_what_a_return_pays_back(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    await policy(staff, return_fees={"EUR": 395})
    async with invoicing(staff):
        order = await a_sent_order(staff, buyer)
        await issue(staff, order)
        await settled(staff, await received(staff, buyer, order, 1))

    wanted = {"order_id": order["id"], "kind": "credit_note"}
    (note,) = good(await staff.get("/v1/admin/invoices", params=wanted))["items"]
    assert note["total"] == 855
