"""Captures that something comes between: what was not paid is not noted, late money goes back."""

import uuid
from importlib import import_module
from typing import Any, Never

import pytest
from httpx import AsyncClient
from support.background import change
from support.payments.books import a_waiting_cart, channel, payment_of, rows, sweep
from support.products import an_order
from support.refunds import expect_balanced_books, send_all

from trastienda.application import Application
from trastienda.controllers.orders.capture import capture_held
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.payments.payment import PaymentUnclear
from trastienda.services.payments.settlement import operations

CAPTURING = import_module("trastienda.controllers.orders.capture")
SENDING = import_module("trastienda.controllers.orders.fulfil")
"""Modules, whose names are those of functions in their package."""


async def a_held_order(staff: AsyncClient, buyer: AsyncClient) -> dict[str, Any]:
    async with channel(staff, capture="manual"):
        return await an_order(staff, buyer, "test")


async def payments_of(order: dict[str, Any]) -> list[tuple[Any, ...]]:
    found = await rows(
        "SELECT provider, state, captured, refunded FROM payment_attempts WHERE order_id = %s"
        " ORDER BY id",
        order["id"],
    )
    return [tuple(it.values()) for it in found]


async def check_now(shop: Application, order: dict[str, Any]) -> None:
    await change("UPDATE payment_attempts SET check_at = now() WHERE order_id = %s", order["id"])
    await sweep(shop)


async def test_a_capture_of_a_part_that_was_not_answered_notes_no_money_when_it_is_repeated(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await a_held_order(staff, buyer)
    address, once = f"/v1/admin/orders/{order['id']}/capture", {"Idempotency-Key": uuid.uuid4().hex}
    part = {"amount": 1_000}

    async def silent(*_: object) -> Never:
        raise PaymentUnclear

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(CAPTURING, "carry_out", silent)
        first = await staff.post(address, json=part, headers=once)
    busy = await staff.post(address, json=part, headers=once)
    await check_now(shop, order)
    again = await staff.post(address, json=part, headers=once)
    other = await staff.post(address, json={"amount": 1_001}, headers=once)

    assert [it.status_code for it in (first, busy, again, other)] == [503, 409, 200, 422]
    assert (again.json()["payment_status"], again.json()["captured"]) == ("partially_paid", 1_000)
    assert await payments_of(order) == [("test", "succeeded", 1_000, 0)]
    await expect_balanced_books()


async def test_a_capture_that_was_not_answered_notes_no_money_without_a_key_either(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await a_held_order(staff, buyer)
    address, part = f"/v1/admin/orders/{order['id']}/capture", {"amount": 1_000}

    async def silent(*_: object) -> Never:
        raise PaymentUnclear

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(CAPTURING, "carry_out", silent)
        first = await staff.post(address, json=part)
    by_hand = await staff.post(address, json={**part, "provider": "manual"})
    await check_now(shop, order)
    again = await staff.post(address, json=part)
    noted = await staff.post(address, json={**part, "provider": "manual"})

    assert [it.status_code for it in (first, by_hand, again, noted)] == [503, 409, 409, 200]
    assert (by_hand.json()["type"], again.json()["type"], again.json()["reason"]) == (
        "/problems/order-not-captured",
        "/problems/capture-refused",
        "not_authorised",
    )
    assert await payments_of(order) == [
        ("test", "succeeded", 1_000, 0),
        ("manual", "succeeded", 1_000, 0),
    ]
    await expect_balanced_books()


async def test_money_is_not_noted_where_some_is_held_since_a_moment_ago(
    staff: AsyncClient, buyer: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await a_held_order(staff, buyer)

    async def nothing_yet(*_: object) -> list[object]:
        return []

    monkeypatch.setattr(CAPTURING, "_decide", nothing_yet)
    answer = await staff.post(f"/v1/admin/orders/{order['id']}/capture")

    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/payment-busy")
    assert await payments_of(order) == [("test", "authorised", 0, 0)]


async def test_what_is_sent_as_its_hold_ends_is_refused_and_no_money_noted(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await a_held_order(staff, buyer)

    async def ended_first(*given: Any) -> None:  # noqa: ANN401 - what capture_held is given
        await change(
            "UPDATE test_payments SET state = 'expired' WHERE payment_id ="
            " (SELECT id FROM payment_attempts WHERE order_id = %s)",
            order["id"],
        )
        await check_now(shop, order)
        await capture_held(*given)

    monkeypatch.setattr(SENDING, "capture_held", ended_first)
    async with channel(staff, capture="fulfilment"):
        refused = await staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json={})

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/capture-refused")
    after = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert (after["payment_status"], after["fulfilment_status"]) == ("pending", "unfulfilled")
    assert await payments_of(order) == [("test", "expired", 0, 0)]


async def test_an_order_is_not_edited_while_its_money_is_being_captured(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_held_order(staff, buyer)
    async with transaction() as session:  # and then the process dies
        (held,) = await operations.authorised(session, uuid.UUID(order["id"]))
        await operations.ask_capture(session, held, held.amount, utcnow())
    edit = {"reason": "cheaper", "shipping_price": 0}
    refused = await staff.post(f"/v1/admin/orders/{order['id']}/edits", json=edit)
    await check_now(shop, order)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/payment-busy")
    assert await payments_of(order) == [("test", "succeeded", 2_990, 0)]
    after = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert (after["payment_status"], after["captured"]) == ("paid", 2_990)


async def test_late_money_that_comes_in_parts_is_given_back_part_by_part(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _, _ = await a_waiting_cart(staff, buyer)
    id_ = (await payment_of(cart))["id"]
    for state, captured in (("voided", 0), ("succeeded", 500), ("succeeded", 1_740)):
        query = "UPDATE test_payments SET state = %s, captured = %s WHERE payment_id = %s"
        await change(query, state, captured, id_)
        await change("UPDATE payment_attempts SET check_at = now() WHERE id = %s", id_)
        await sweep(shop)
    await send_all(shop)

    payment = await payment_of(cart)
    assert (payment["order_id"], payment["captured"], payment["refunded"]) == (None, 1_740, 1_740)
    await expect_balanced_books()
