"""Sold gift cards whose buyers get the money back: whole, while nothing was paid with them."""

import asyncio
from datetime import timedelta
from typing import Any

from httpx import AsyncClient
from support.background import ask
from support.payments.credit import add_card, pay
from support.payments.gift_sales import (
    a_cart_with,
    cards_of,
    codes_of,
    issue_all,
    vouchers_ordered,
)
from support.products import a_sku_for_sale
from support.refunds import expect_balanced_books, granted, now, order_now, refund, send_all
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.db import utcnow
from trastienda.settings import Settings


def units(order: dict[str, Any], quantity: int) -> dict[str, Any]:
    return {"lines": [{"line": order["lines"][0]["id"], "quantity": quantity}]}


async def test_unused_cards_are_taken_back_and_their_buyer_is_paid(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await vouchers_ordered(staff, buyer, 3)
    await issue_all()
    made = await granted(staff, order, **units(order, 2))
    await send_all(shop)
    cards = await cards_of(order)
    disabled = await ask(
        "SELECT count(*) FROM credit_accounts WHERE id = ANY (%s) AND disabled_at IS NOT NULL",
        [card for card, _, _ in cards],
    )
    part = await refund(staff, order, amount=1_000)

    assert made["amount"] == 10_000
    assert [card[1:] for card in cards] == [(5_000, 1), (0, 2), (0, 3)]
    assert disabled == [(2,)]
    assert (await now(staff, made))["status"] == "succeeded"
    assert refusal(part)[:2] == (409, "refund-too-large")
    await expect_balanced_books()


async def test_a_card_that_was_used_stays_and_so_does_the_money(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await vouchers_ordered(staff, buyer, 1)
    await issue_all()
    (code,) = await codes_of(order, settings)
    cart = await a_cart_with(buyer, {await a_sku_for_sale(staff, price=1_250): 2})
    cart = (await add_card(buyer, cart, code)).json()
    spent, refused = await asyncio.gather(pay(buyer, cart), refund(staff, order, **units(order, 1)))
    late = await refund(staff, order, **units(order, 1))
    await send_all(shop)
    ((_, balance, _),) = await cards_of(order)
    after = await order_now(staff, order)

    assert refusal(late)[0] == 409
    if spent.status_code == 201:
        assert refusal(refused)[:2] == refusal(late)[:2] == (409, "gift-card-used")
        assert (balance, after["refunded"]) == (2_010, 0)
    else:
        assert refusal(spent)[0] in {409, 422}
        assert (refused.status_code, balance, after["refunded"]) == (201, 0, 5_000)
    await expect_balanced_books()


async def test_what_is_refunded_before_it_is_issued_never_is(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await vouchers_ordered(staff, buyer, 2)
    await granted(staff, order, **units(order, 1))
    await issue_all()
    rest = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    cancelled = await vouchers_ordered(staff, buyer, 1)
    await staff.post(f"/v1/admin/orders/{cancelled['id']}/cancel")
    await issue_all()
    await send_all(shop)

    assert [card[1:] for card in await cards_of(order)] == [(5_000, 1)]
    assert refusal(rest)[:2] == (409, "order-already-fulfilled")
    assert await cards_of(cancelled) == []
    assert (await order_now(staff, cancelled))["payment_status"] == "refunded"
    await expect_balanced_books()


async def test_a_refund_that_is_withdrawn_gives_the_cards_back(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await vouchers_ordered(staff, buyer, 2)
    await issue_all()
    made = await granted(staff, order, **units(order, 2))
    await ask_to_fail(made)
    withdrawn = await staff.post(f"/v1/admin/refunds/{made['id']}/withdraw")

    assert withdrawn.status_code == 200, withdrawn.text
    assert [card[1:] for card in await cards_of(order)] == [(5_000, 1), (5_000, 2)]
    assert (await order_now(staff, order))["payment_status"] == "paid"
    again = await granted(staff, order, **units(order, 2))
    await send_all(shop)
    assert (await now(staff, again))["status"] == "succeeded"
    await expect_balanced_books()


async def ask_to_fail(made: dict[str, Any]) -> None:
    """Let the provider refuse a refund before it is asked."""
    await ask(
        "UPDATE refund_transfers SET state = 'refused', ended_at = now() WHERE refund_id = %s"
        " RETURNING id",
        made["id"],
    )


async def test_gift_cards_are_not_returned_in_parcels(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await vouchers_ordered(staff, buyer, 1)
    await issue_all()
    found = (await staff.get(f"/v1/admin/orders/{order['id']}/returnable")).json()

    assert [line["quantity"] for line in found["lines"]] == [0]


async def test_reports_show_what_is_owed_and_leave_it_out_of_sales(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    before, sold_before = await reported(staff), await sold(staff)
    order = await vouchers_ordered(staff, buyer, 3)
    waiting = await reported(staff)
    await issue_all()
    await granted(staff, order, **units(order, 1))
    await send_all(shop)
    after = await reported(staff)
    (ledger,) = await ask(
        "SELECT -sum(amount)::bigint FROM ledger_entries AS entry"
        " JOIN ledger_transactions AS header ON header.id = entry.transaction_id"
        " WHERE account = 'gift_cards_owed' AND currency = 'EUR' AND at < now() + interval '1 day'"
    )

    assert waiting["owed"] - before.get("owed", 0) == 15_000
    assert after["sold"] - before.get("sold", 0) == 15_000
    assert after["refunded"] - before.get("refunded", 0) == 5_000
    assert after["change"] == (
        after["sold"]
        + after["granted"]
        - after["spent"]
        + after["returned"]
        - after["refunded"]
        - after["expired"]
    )
    assert after["owed"] == ledger[0]
    assert await sold(staff) == sold_before


def _days() -> dict[str, str]:
    today = utcnow().date()
    return {"from": str(today - timedelta(days=2)), "to": str(today + timedelta(days=2))}


async def reported(staff: AsyncClient) -> dict[str, int]:
    """Return the report of gift cards in euros, of these days."""
    wanted = {**_days(), "by": "month"}
    sums: dict[str, int] = {}
    for row in (await staff.get("/v1/admin/reports/gift-cards", params=wanted)).json()["items"]:
        if row["currency"] == "EUR":
            flows = {name: it for name, it in row.items() if isinstance(it, int)}
            sums = {name: sums.get(name, 0) + it for name, it in flows.items()} | {
                "owed": row["owed"]
            }
    return sums


async def sold(staff: AsyncClient) -> list[dict[str, Any]]:
    answer = await staff.get("/v1/admin/reports/sales", params=_days())
    items: list[dict[str, Any]] = answer.json()["items"]
    return items
