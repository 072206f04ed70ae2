"""Parcels of orders: what is in them, where they come from, and what becomes of them."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.orders.parcels import (
    PICKUP,
    READY,
    TRACKING,
    URL,
    an_order_of,
    an_order_to_pick_up,
    fulfil,
    packed,
    step,
    units,
)
from support.people import a_program
from support.products import a_sku_for_sale, an_order, stock_of
from support.refunds import order_now
from support.refusals import changes_once, refusal
from support.statements import without_frames


async def test_a_parcel_says_what_is_in_it_and_who_brings_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)

    answer = await fulfil(staff, order, lines=units(order, 1), label_reference="LBL-1", **TRACKING)

    (parcel,) = answer.json()["fulfilments"]
    assert parcel == {
        "id": parcel["id"],
        "number": 1,
        "status": "shipped",
        **TRACKING,
        "lines": units(order, 1),
        "sent_at": parcel["sent_at"],
        "ready_at": None,
        "collected_at": None,
        "delivered_at": None,
    }
    (whole,) = (await staff.get(f"/v1/admin/orders/{order['id']}/fulfilments")).json()["items"]
    assert whole == parcel | {
        "order_id": order["id"],
        "version": 1,
        "location": "main",
        "label_reference": "LBL-1",
        "created_at": parcel["sent_at"],
    }


async def test_the_buyer_follows_the_parcels_of_an_order(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    assert order["fulfilments"] == []
    first = await packed(staff, order, lines=units(order, 1), **TRACKING)
    second = await packed(staff, order, label_reference="LBL-2")
    assert (await step(staff, first, "delivered")).status_code == 200

    token = {"X-Order-Token": order["access_token"]}
    seen = (await buyer.get(f"/v1/orders/{order['id']}", headers=token)).json()

    assert [(it["number"], it["status"]) for it in seen["fulfilments"]] == [
        (1, "delivered"),
        (2, "shipped"),
    ]
    assert seen["fulfilments"][0]["tracking_url"] == URL
    assert seen["fulfilments"][0]["delivered_at"] is not None
    assert seen["fulfilments"][1] == second
    assert "label_reference" not in second


async def test_units_are_taken_from_the_location_that_is_named(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku, depot = await a_sku_for_sale(staff, stock=2), f"depot-{uuid4().hex}"
    place = {"code": depot, "name": "Depot", "position": 10}
    assert (await staff.post("/v1/admin/locations", json=place)).status_code == 201
    received = {"quantity": 5, "reason": "received", "location": depot}
    await staff.post(f"/v1/admin/stock/{sku}/movements", json=received)
    order = await an_order_of(buyer, "ada@example.com", **{sku: 3})  # two of main, one of the depot

    async def levels() -> dict[str, tuple[int, int]]:
        items = (await staff.get(f"/v1/admin/stock/{sku}")).json()["items"]
        return {it["location"]: (it["on_hand"], it["reserved"]) for it in items}

    too_many = await fulfil(staff, order, lines=units(order, 2), location=depot)
    nowhere = await fulfil(staff, order, location="nowhere")
    assert await levels() == {"main": (2, 2), depot: (5, 1)}
    await packed(staff, order, lines=units(order, 1), location=depot)
    assert await levels() == {"main": (2, 2), depot: (4, 0)}
    await packed(staff, order)

    assert refusal(too_many)[:2] == refusal(nowhere)[:2] == (409, "nothing-reserved-there")
    assert await levels() == {"main": (0, 0), depot: (4, 0)}
    listed = (await staff.get(f"/v1/admin/orders/{order['id']}/fulfilments")).json()["items"]
    assert [it["location"] for it in listed] == [depot, "main"]


async def test_a_parcel_from_several_locations_names_none(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku, depot = await a_sku_for_sale(staff, stock=1), f"depot-{uuid4().hex}"
    await staff.post("/v1/admin/locations", json={"code": depot, "name": "Depot", "position": 10})
    received = {"quantity": 1, "reason": "received", "location": depot}
    await staff.post(f"/v1/admin/stock/{sku}/movements", json=received)
    order = await an_order_of(buyer, "ada@example.com", **{sku: 2})

    parcel = await packed(staff, order)

    whole = (await staff.get(f"/v1/admin/fulfilments/{parcel['id']}")).json()
    assert (whole["location"], whole["lines"]) == (None, units(order, 2))
    items = (await staff.get(f"/v1/admin/stock/{sku}")).json()["items"]
    assert [(it["on_hand"], it["reserved"]) for it in items] == [(0, 0), (0, 0)]


async def test_what_is_picked_up_leaves_the_stock_when_it_is_collected(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order_to_pick_up(staff, buyer)
    sku = order["lines"][0]["sku"]

    answer = await fulfil(staff, order, **READY)
    (parcel,) = answer.json()["fulfilments"]
    waiting = await stock_of(staff, sku)
    collected = await step(staff, parcel, "collected")
    again = await step(staff, parcel, "collected")
    delivered = await step(staff, parcel, "delivered")

    assert order["shipping_option"]["pickup_address"] == PICKUP
    assert answer.json()["fulfilment_status"] == "unfulfilled"
    assert (parcel["status"], parcel["sent_at"]) == ("ready", None)
    assert waiting == {"on_hand": 10, "reserved": 2, "available": 8}
    assert (collected.status_code, collected.json()["status"]) == (200, "collected")
    assert collected.headers["etag"] == '"2"'
    assert refusal(again)[:2] == (409, "fulfilment-not-ready")
    assert refusal(delivered)[:2] == (409, "fulfilment-not-on-its-way")
    after = await order_now(staff, order)
    assert after["fulfilment_status"] == "fulfilled"
    assert after["lines"][0]["fulfilled_quantity"] == 2
    assert after["version"] == order["version"] + 2
    assert await stock_of(staff, sku) == {"on_hand": 8, "reserved": 0, "available": 8}


async def test_only_an_order_with_a_pick_up_point_can_be_picked_up(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)

    answer = await fulfil(staff, order, **READY)

    assert refusal(answer) == (422, "pickup-not-offered", "/pickup")
    unchanged = {name: it for name, it in order.items() if name != "access_token"}
    assert await order_now(staff, order) == {**unchanged, "tags": []}


async def test_a_parcel_that_nobody_fetches_is_unpacked_and_sent_instead(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order_to_pick_up(staff, buyer)
    first = await packed(staff, order, lines=units(order, 1), **READY)
    second = await packed(staff, order, **READY)

    nothing_left = await fulfil(staff, order)
    for parcel in (first, second):
        assert (await step(staff, parcel, "cancel")).json()["status"] == "cancelled"
    late = await step(staff, first, "collected")
    sent = await packed(staff, order)

    assert refusal(nothing_left)[:2] == (409, "order-ready-for-pickup")
    assert refusal(late)[:2] == (409, "fulfilment-not-ready")
    assert (sent["number"], sent["lines"]) == (3, units(order, 2))
    after = await order_now(staff, order)
    assert [it["status"] for it in after["fulfilments"]] == ["cancelled", "cancelled", "shipped"]
    assert await stock_of(staff, order["lines"][0]["sku"]) == {
        "on_hand": 8,
        "reserved": 0,
        "available": 8,
    }


async def test_what_is_ready_is_neither_sent_nor_taken_off_the_order(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order_to_pick_up(staff, buyer)
    await staff.post(f"/v1/admin/orders/{order['id']}/capture")
    await packed(staff, order, lines=units(order, 1), **READY)

    sent = await fulfil(staff, order, lines=units(order, 2))
    draft = {"lines": [{"line": order["lines"][0]["id"], "quantity": 2}], "reason": "goodwill"}
    refunded = await staff.post(
        f"/v1/admin/orders/{order['id']}/refunds", json={**draft, "restock": True}
    )

    assert refusal(sent)[:2] == (409, "more-than-ordered")
    assert refusal(refunded)[:2] == (409, "more-than-sent")


async def test_cancelling_an_order_unpacks_what_was_ready(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order_to_pick_up(staff, buyer)
    parcel = await packed(staff, order, lines=units(order, 1), **READY)

    answer = await staff.post(f"/v1/admin/orders/{order['id']}/cancel")

    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")
    assert [it["status"] for it in answer.json()["fulfilments"]] == ["cancelled"]
    assert refusal(await step(staff, parcel, "collected"))[:2] == (409, "fulfilment-not-ready")
    assert await stock_of(staff, order["lines"][0]["sku"]) == {
        "on_hand": 10,
        "reserved": 0,
        "available": 10,
    }


async def test_staff_correct_the_tracking_of_a_parcel(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    parcel = await packed(staff, order, **TRACKING)
    before = await order_now(staff, order)

    late = await changes_once(
        staff,
        f"/v1/admin/fulfilments/{parcel['id']}",
        {"carrier": "SEUR", "tracking_url": None},
    )

    assert refusal(late)[:2] == (412, "fulfilment-changed")
    after = await order_now(staff, order)
    expected = {**parcel, "carrier": "SEUR", "tracking_url": None}
    assert after["fulfilments"] == [expected]
    assert after["version"] == before["version"] + 1


@pytest.mark.parametrize(
    "url",
    [
        "http://www.correos.es/track",
        "javascript:alert(1)",
        "https://",
        "https://localhost/track",
        "https://user@correos.es/track",
        "https://correos.es@evil.example/",
        "https://correos.es\\@evil.example/",
        "https://correos.es/a b",
        'https://correos.es/"onclick="alert(1)',
        "https://correos.es/<script>",
        "https://correos.es/\u202e",
        "https://correos.es/\n",
    ],
)
async def test_a_tracking_link_leads_to_an_https_host(
    staff: AsyncClient, buyer: AsyncClient, url: str
) -> None:
    order = await an_order(staff, buyer)

    answer = await fulfil(staff, order, tracking_url=url)

    assert refusal(answer) == (400, "invalid-request", "/tracking_url")
    assert (await order_now(staff, order))["fulfilments"] == []


async def test_who_may_read_orders_only_changes_no_parcel(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order_to_pick_up(staff, buyer)
    parcel = await packed(staff, order, **READY)
    reader = await a_program(shop, None, "orders.read")
    one, all_ = f"/v1/admin/fulfilments/{parcel['id']}", f"/v1/admin/orders/{order['id']}"

    read = [await reader.get(it) for it in (one, f"{all_}/fulfilments")]
    refused = [
        await fulfil(reader, order),
        await reader.patch(one, json={"carrier": "SEUR"}),
        *[await step(reader, parcel, it) for it in ("collected", "delivered", "cancel")],
    ]
    strangers = [await buyer.get(it) for it in (one, f"{all_}/fulfilments")]

    assert [it.status_code for it in read] == [200, 200]
    assert [refusal(it)[:2] for it in refused] == [(403, "not-allowed")] * 5
    assert [it.status_code for it in strangers] == [401, 401]
    assert (await order_now(staff, order))["fulfilments"] == [parcel]


async def test_parcels_and_orders_that_are_not_there(staff: AsyncClient) -> None:
    nowhere: dict[str, Any] = {"id": str(uuid4())}
    one = f"/v1/admin/fulfilments/{nowhere['id']}"

    answers = [
        await staff.get(one),
        await staff.patch(one, json={"carrier": "SEUR"}),
        *[await step(staff, nowhere, it) for it in ("collected", "delivered", "cancel")],
    ]

    assert [refusal(it)[:2] for it in answers] == [(404, "fulfilment-not-found")] * 5
    listed = await staff.get(f"/v1/admin/orders/{nowhere['id']}/fulfilments")
    assert refusal(listed)[:2] == (404, "order-not-found")


async def test_reading_an_order_takes_the_same_statements_however_many_parcels_it_has(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    skus = {await a_sku_for_sale(staff): 2 for _ in range(3)}
    order = await an_order_of(buyer, "ada@example.com", **skus)
    token = {"X-Order-Token": order["access_token"]}

    async def counted() -> list[str]:
        statements.clear()
        seen = await buyer.get(f"/v1/orders/{order['id']}", headers=token)
        assert seen.status_code == 200
        return without_frames(statements.copy())

    before = await counted()
    for _ in range(2):
        await packed(staff, order, lines=units(order, 1, 1, 1), **TRACKING)
    after = await counted()

    assert len((await order_now(staff, order))["fulfilments"]) == 2
    assert after == before
