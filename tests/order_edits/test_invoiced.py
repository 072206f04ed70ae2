"""Edits of invoiced orders: a credit note and a new invoice, which add up to what is left."""

import asyncio
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.background import ask, body, mails_about
from support.invoicing import do_jobs, invoicing, issue, put_settings
from support.orders.edits import edit, edited, first
from support.products import ADDRESS, a_sku_for_sale, an_order
from support.refunds import expect_balanced_books, granted, order_now, refund

from trastienda.settings import Settings


async def documents(order: dict[str, Any]) -> list[tuple[str, int]]:
    """List the documents of an order as they were issued: kind and total."""
    return await ask(
        "SELECT kind, total FROM invoices WHERE order_id = %s ORDER BY id", UUID(order["id"])
    )


async def expect_what_is_left(staff: AsyncClient, order: dict[str, Any]) -> None:
    """Expect the documents to charge what can be refunded still, at each rate."""
    charged = await ask(
        "SELECT share ->> 'rate', sum(CASE kind WHEN 'invoice' THEN 1 ELSE -1 END"
        " * ((share ->> 'base')::int + (share ->> 'tax')::int))::int,"
        " sum(CASE kind WHEN 'invoice' THEN 1 ELSE -1 END * (share ->> 'tax')::int)::int"
        " FROM invoices CROSS JOIN jsonb_array_elements(document -> 'taxes') AS share"
        " WHERE order_id = %s GROUP BY 1",
        UUID(order["id"]),
    )
    left = (await staff.get(f"/v1/admin/orders/{order['id']}/refundable")).json()
    parts = [*left["lines"], left["shipping"]]
    assert sum(it[1] for it in charged) == sum(it["amount"] for it in parts)
    assert sum(it[2] for it in charged) == sum(it["tax"] for it in parts)


async def test_a_credit_note_and_a_new_invoice_replace_the_old_one(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    await put_settings(staff)
    order = await an_order(staff, buyer, "test")
    old = await issue(staff, order)
    there = {**ADDRESS, "line1": "Calle Nueva 2"}

    await edited(staff, order, lines=[first(order, quantity=1)], billing_address=there)
    again = await issue(staff, order)
    await do_jobs(order["id"], settings)
    await granted(staff, order, lines=[first(order, quantity=1)])

    found = await documents(order)
    assert found == [
        ("invoice", 2_990),
        ("credit_note", 2_990),
        ("invoice", 1_740),
        ("credit_note", 1_250),
    ]
    assert (again["total"], again["id"] != old["id"]) == (1_740, True)
    texts = await ask(
        "SELECT document ->> 'reason', document #>> '{buyer,address,line1}',"
        " document #>> '{corrects,number}' FROM invoices WHERE order_id = %s ORDER BY id",
        UUID(order["id"]),
    )
    assert texts[1:] == [
        ("The order was changed. A new invoice replaces it.", ADDRESS["line1"], old["number"]),
        (None, "Calle Nueva 2", None),
        ("Money was refunded.", "Calle Nueva 2", again["number"]),
    ]
    mails = [body(it) for id_ in await ids(order) for it in await mails_about(id_, settings)]
    assert any(again["number"] in it for it in mails)
    await expect_what_is_left(staff, order)
    await expect_balanced_books()


async def ids(order: dict[str, Any]) -> list[UUID]:
    return [
        id_
        for (id_,) in await ask("SELECT id FROM invoices WHERE order_id = %s", UUID(order["id"]))
    ]


async def test_with_refunds_before_and_after_the_documents_say_what_is_left(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    await put_settings(staff)
    order = await an_order(staff, buyer, "test")
    sku = await a_sku_for_sale(staff, price=999)
    await granted(staff, order, amount=77)
    await issue(staff, order)
    await granted(staff, order, lines=[first(order, quantity=1)])

    await edited(staff, order, add=[{"sku": sku, "quantity": 3}], shipping_price=100)
    await expect_what_is_left(staff, order)
    await edited(staff, order, shipping_price=0)
    await granted(staff, order, amount=50)
    await expect_what_is_left(staff, order)
    await staff.post(f"/v1/admin/orders/{order['id']}/cancel")

    totals = {"invoice": 0, "credit_note": 0}
    for kind, total in await documents(order):
        totals[kind] += total
    assert totals["invoice"] == totals["credit_note"]
    await expect_balanced_books()


async def test_all_that_is_left_can_be_nothing(staff: AsyncClient, buyer: AsyncClient) -> None:
    await put_settings(staff)
    order = await an_order(staff, buyer)
    await issue(staff, order)

    await edited(staff, order, lines=[first(order, unit_price=0)], shipping_price=0)
    nothing = await documents(order)
    await edited(staff, order, shipping_price=500)

    assert nothing == [("invoice", 2_990), ("credit_note", 2_990)]
    assert await documents(order) == [*nothing, ("invoice", 500)]
    await expect_what_is_left(staff, order)


async def test_a_preview_takes_no_number_and_the_chain_goes_on(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with invoicing(staff, verifactu="test"):
        order = await an_order(staff, buyer, "test")
        await issue(staff, order)
        shown = await edited(staff, order, shipping_price=0, preview=True)
        before = await documents(order)
        await edited(staff, order, shipping_price=0)

    records = await ask(
        "SELECT fields ->> 'type', fields ->> 'total' FROM invoice_records"
        " JOIN invoices ON invoices.id = invoice_id WHERE order_id = %s ORDER BY invoices.id",
        UUID(order["id"]),
    )
    assert (shown["refunded"], len(before)) == (490, 1)
    assert [it[0] for it in records] == ["F2", "R5", "F2"]


async def test_edits_and_refunds_at_once_leave_no_gap_and_no_wrong_sum(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    await put_settings(staff)
    order = await an_order(staff, buyer, "test")
    await issue(staff, order)
    answers = await asyncio.gather(
        edit(staff, order, shipping_price=100),
        refund(staff, order, amount=200),
        edit(staff, order, shipping_price=700),
        refund(staff, order, lines=[first(order, quantity=1)]),
        edit(staff, order, lines=[first(order, quantity=2, unit_price=1_300)]),
    )

    assert {it.status_code for it in answers} <= {200, 201, 409}
    await expect_what_is_left(staff, order)
    gaps = await ask(
        "SELECT prefix FROM invoices GROUP BY channel_id, prefix HAVING max(sequence) <> count(*)"
    )
    assert gaps == []
    assert (await order_now(staff, order))["status"] == "open"
    await expect_balanced_books()
