"""Goods that come back: into stock or written off, in parts, and never more than were sent."""

from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from support.background import ask, change
from support.orders.parcels import an_order_of, packed
from support.orders.returns import (
    a_sent_order,
    approved,
    arrived,
    good,
    key_to,
    return_now,
    step,
    units,
)
from support.products import a_sku_for_sale, stock_of
from support.refunds import granted, order_now, refund
from support.refusals import refusal
from support.statements import without_frames

from trastienda.controllers.returns.expire import expire
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context


async def movements(sku: str) -> list[tuple[str, int]]:
    """List what came into stock or left it, as the stock ledger has it."""
    rows = await ask(
        "SELECT reason, movement.on_hand::int FROM stock_movements AS movement"
        " JOIN stock ON stock.id = movement.stock_id JOIN variants ON variants.id = variant_id"
        " WHERE sku = %s AND reason IN ('returned', 'written_off') ORDER BY movement.id",
        sku,
    )
    return [(reason, quantity) for reason, quantity in rows]


async def stock_events(sku: str) -> list[tuple[int, int]]:
    """List the events of a SKU's stock: their numbers, and what was on hand."""
    rows = await ask(
        "SELECT sequence::int, (data ->> 'on_hand')::int FROM events"
        " WHERE type = 'stock.changed' AND data ->> 'sku' = %s ORDER BY aggregate_id, sequence",
        sku,
    )
    return [(number, on_hand) for number, on_hand in rows]


def counts(of: dict[str, Any]) -> tuple[int, int]:
    (line,) = of["lines"]
    return line["restocked_quantity"], line["written_off_quantity"]


async def test_goods_arrive_in_parts_and_are_restocked_or_written_off(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    sku = order["lines"][0]["sku"]
    of = await approved(staff, buyer, order, 2)

    part = good(await step(staff, of, "receipts", lines=arrived(order, 1)), 201)
    broken = arrived(order, 1, disposition="write_off")
    whole = good(await step(staff, of, "receipts", lines=broken), 201)
    more = await step(staff, of, "receipts", lines=arrived(order, 1))

    assert (part["status"], counts(part)) == ("part_received", (1, 0))
    assert (whole["status"], counts(whole), whole["version"]) == ("received", (1, 1), 4)
    assert [(it["quantity"], it["disposition"], it["location"]) for it in whole["receipts"]] == [
        (1, "restock", "main"),
        (1, "write_off", "main"),
    ]
    assert refusal(more) == (409, "return-not-expected", None)
    assert await stock_of(staff, sku) == {"on_hand": 9, "reserved": 0, "available": 9}
    assert await movements(sku) == [("returned", 1), ("returned", 1), ("written_off", -1)]
    assert [number for number, _ in await stock_events(sku)] == [1, 2, 3, 4]
    shown = await order_now(staff, order)
    assert shown["lines"][0]["returned_quantity"] == 2
    assert [it["lines"][0]["received_quantity"] for it in shown["returns"]] == [2]


async def test_goods_arrive_at_another_location_which_had_none_of_them(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    code = f"depot-{uuid4().hex}"
    good(await staff.post("/v1/admin/locations", json={"code": code, "name": "Depot"}), 201)
    order = await a_sent_order(staff, buyer)
    of, sku = await approved(staff, buyer, order, 2), order["lines"][0]["sku"]
    here = [
        *arrived(order, 1, location=code),
        *arrived(order, 1, location=code, disposition="write_off"),
    ]

    done = good(await step(staff, of, "receipts", lines=here), 201)

    assert [it["location"] for it in done["receipts"]] == [code, code]
    levels = good(await staff.get(f"/v1/admin/stock/{sku}"))["items"]
    assert {it["location"]: it["on_hand"] for it in levels} == {"main": 8, code: 1}
    assert await movements(sku) == [("returned", 2), ("written_off", -1)]
    assert (1, 1) in await stock_events(sku)


async def test_what_cannot_have_arrived_is_refused_and_counts_nothing(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of, sku = await approved(staff, buyer, order, 1), order["lines"][0]["sku"]
    nowhere = arrived(order, 1, location="no-such-place")

    answers = [
        await step(staff, of, "receipts", lines=arrived(order, 2)),
        await step(staff, of, "receipts", lines=arrived(order, 1) * 2),
        await step(staff, of, "receipts", lines=nowhere),
        await step(staff, of, "receipts", lines=[{"line_id": str(uuid4()), "quantity": 1}]),
        await step(staff, of, "receipts", lines=[]),
        await step(staff, of, "close"),
    ]

    assert [refusal(it) for it in answers] == [
        (409, "more-than-expected", None),
        (409, "more-than-expected", None),
        (422, "location-unknown", "/lines/0/location"),
        (422, "return-line-unknown", "/lines/0/line_id"),
        (400, "invalid-request", "/lines"),
        (409, "return-not-received", None),
    ]
    assert await return_now(staff, of) == of
    assert (await stock_of(staff, sku))["on_hand"] == 8
    assert await movements(sku) == []


async def test_a_unit_that_a_refund_put_back_into_stock_does_not_arrive_again(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of, line = await approved(staff, buyer, order, 2), order["lines"][0]["id"]
    await granted(staff, order, lines=[{"line": line, "quantity": 1}], restock=True)

    answer = await step(staff, of, "receipts", lines=arrived(order, 2))
    good(await step(staff, of, "receipts", lines=arrived(order, 1)), 201)
    again = await refund(staff, order, lines=[{"line": line, "quantity": 1}], restock=True)

    assert refusal(answer) == (409, "more-than-sent", None)
    assert refusal(again) == (409, "more-than-sent", None)
    assert (await stock_of(staff, order["lines"][0]["sku"]))["on_hand"] == 10


async def test_goods_of_a_deleted_variant_arrive_without_stock(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    of = await approved(staff, buyer, order, 2)
    await change("DELETE FROM variants WHERE sku = %s", order["lines"][0]["sku"])

    done = good(await step(staff, of, "receipts", lines=arrived(order, 2)), 201)

    assert (done["status"], [it["location"] for it in done["receipts"]]) == ("received", ["main"])


async def test_an_approved_return_ends_when_nothing_arrives_in_time(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer)
    late, begun = [await approved(staff, buyer, order, 1) for _ in range(2)]
    good(await step(staff, begun, "receipts", lines=arrived(order, 1)), 201)
    await change("UPDATE returns SET expires_at = %s WHERE order_id = %s", utcnow(), order["id"])

    while await expire(Context(utcnow())):
        pass

    after = await return_now(staff, late)
    assert (after["status"], after["version"]) == ("expired", 3)
    assert (await return_now(staff, begun))["status"] == "received"
    answer = await step(staff, late, "receipts", lines=arrived(order, 1))
    assert refusal(answer) == (409, "return-not-expected", None)
    left = await buyer.get(f"/v1/orders/{order['id']}/returnable", headers=key_to(order))
    assert left.json()["lines"][0]["quantity"] == 1


async def test_a_return_takes_the_same_statements_however_many_lines_it_has(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    async def counted(lines: int) -> list[int]:
        skus = {await a_sku_for_sale(staff): 2 for _ in range(lines)}
        order = await an_order_of(buyer, "ada@example.com", **skus)
        good(await staff.post(f"/v1/admin/orders/{order['id']}/capture"))
        await packed(staff, order)
        ones, counts = [1] * lines, []
        draft = {"lines": units(order, *ones), "reason": "changed_mind"}
        statements.clear()
        of = good(await staff.post(f"/v1/admin/orders/{order['id']}/returns", json=draft), 201)
        counts.append(len(without_frames(statements)))
        statements.clear()
        good(await step(staff, of, "receipts", lines=arrived(order, *ones)), 201)
        counts.append(len(without_frames(statements)))
        statements.clear()
        good(await step(staff, of, "close"))
        return [*counts, len(without_frames(statements))]

    await counted(1)  # the first notes the use of the key

    assert await counted(4) == await counted(2)
