"""Each refund of an invoiced order has its credit note; together they are what was paid back."""

from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.background import ask
from support.invoicing import issue, put_settings
from support.products import an_order
from support.refunds import expect_balanced_books, granted


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
