"""Each refund of an invoiced order has its credit note; together they are what was paid back."""

from asyncio import gather
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.background import ask
from support.invoicing import issue, put_settings
from support.products import an_order
from support.refunds import NO, answering, expect_balanced_books, granted, send_all

from trastienda.application import Application


async def notes(order: dict[str, Any]) -> list[tuple[int, str]]:
    return [
        (total, reason)
        for total, reason in await ask(
            "SELECT total, document ->> 'reason' FROM invoices"
            " WHERE order_id = %s AND kind = 'credit_note' ORDER BY sequence",
            UUID(order["id"]),
        )
    ]


async def test_a_refund_of_an_invoiced_order_has_a_credit_note(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    await put_settings(staff)
    order = await an_order(staff, buyer, "test")
    await issue(staff, order)
    line = {"line": order["lines"][0]["id"], "quantity": 1}

    await granted(staff, order, lines=[line], reason="damaged")
    await granted(staff, order, shipping="all", amount=100)
    await granted(staff, order, lines=[line])

    assert await notes(order) == [
        (1_250, "The goods were damaged."),
        (590, "Money was refunded."),
        (1_150, "Money was refunded."),
    ]
    await expect_balanced_books()


async def test_a_refund_without_an_invoice_has_none(staff: AsyncClient, buyer: AsyncClient) -> None:
    await put_settings(staff)
    order = await an_order(staff, buyer, "test")

    await granted(staff, order, amount=100)

    assert await notes(order) == []


async def test_cancelling_credits_what_earlier_notes_have_left(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    await put_settings(staff)
    whole, rest = [await an_order(staff, buyer, "test") for _ in range(2)]
    for order in (whole, rest):
        await issue(staff, order)
    await granted(staff, rest, amount=1_000)

    for order in (whole, rest):
        await staff.post(f"/v1/admin/orders/{order['id']}/cancel")

    assert await notes(whole) == [(2_990, "The order was cancelled.")]
    assert await notes(rest) == [
        (1_000, "Money was refunded."),
        (1_990, "The order was cancelled."),
    ]
    await expect_balanced_books()


async def test_an_invoice_after_refunds_is_followed_by_their_credit_notes(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    await put_settings(staff)
    order = await an_order(staff, buyer, "test")
    await granted(staff, order, amount=100)
    await granted(staff, order, shipping="all", reason="damaged")

    invoice = await issue(staff, order)
    await issue(staff, order)
    await granted(staff, order, amount=200)

    sums = await ask("SELECT document -> 'sums' FROM invoices WHERE id = %s", UUID(invoice["id"]))
    assert (sums[0][0]["paid"], sums[0][0]["due"]) == (2_990, 0)
    first, second, third = await notes(order)
    assert (first[0], third[0]) == (100, 200)
    assert second[1] == "The goods were damaged."


async def test_a_withdrawn_refund_cancels_its_credit_note(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    await send_all(shop)
    await put_settings(staff)
    order = await an_order(staff, buyer, "test")
    await issue(staff, order)
    made = await granted(staff, order, amount=500)
    await send_all(shop, answering(NO)[1])
    address = f"/v1/admin/refunds/{made['id']}/withdraw"

    both = await gather(staff.post(address), staff.post(address))
    await granted(staff, order, lines=[{"line": it["id"], "quantity": 2} for it in order["lines"]])
    await granted(staff, order, shipping="all")

    found = await staff.get("/v1/admin/invoices", params={"order_id": order["id"]})
    notes = [it for it in found.json()["items"] if it["kind"] == "credit_note"]
    assert sorted(it.status_code for it in both) == [200, 409]
    assert sorted((it["total"], "cancelled_at" in it) for it in notes) == [
        (490, False),
        (500, True),
        (2_500, False),
    ]
    told = await ask(
        "SELECT type FROM events WHERE aggregate_id = %s ORDER BY sequence",
        next(it["id"] for it in notes if it["total"] == 500),
    )
    assert told == [("invoice.cancelled",)]
    await expect_balanced_books()
