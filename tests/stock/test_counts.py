"""Stock as staff list and count it, and the movements that made it."""

import asyncio
from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import ask
from support.people import a_program
from support.products import a_product, a_sku, an_order, stock_of
from support.refusals import refusal

STOCK = "/v1/admin/stock"


async def count(staff: AsyncClient, sku: str, counted: int, **facts: object) -> Response:
    return await staff.post(f"{STOCK}/{sku}/counts", json={"counted": counted, **facts})


async def a_location(staff: AsyncClient) -> str:
    code = f"l-{uuid4().hex[:12]}"
    draft = {"code": code, "name": "Depot", "position": 9}
    answer = await staff.post("/v1/admin/locations", json=draft)
    assert answer.status_code == 201, answer.text
    return code


async def listed(staff: AsyncClient, path: str = STOCK, **query: object) -> list[dict[str, Any]]:
    """Return the items of all pages, two a page."""
    items: list[dict[str, Any]] = []
    params: dict[str, Any] = {"limit": 2, **query}
    while path:
        answer = await staff.get(path, params=params or None)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        path, params = answer.links.get("next", {}).get("url", ""), {}
    return items


async def three_variants(staff: AsyncClient) -> dict[str, Any]:
    """Put one product on sale, of which there are 1, 5 and 9."""
    variants = [
        {"sku": f"{name}-{uuid4().hex[:8]}", "prices": {"EUR": 1}, "stock": stock,
         "options": {"Size": name}}
        for name, stock in (("A", 1), ("B", 5), ("C", 9))
    ]  # fmt: skip
    options = [{"name": "Size", "values": ["A", "B", "C"]}]
    return await a_product(staff, options=options, variants=variants)


async def test_stock_is_listed_by_sku_and_filtered(staff: AsyncClient) -> None:
    product, place = await three_variants(staff), await a_location(staff)
    skus = [it["sku"] for it in product["variants"]]
    await count(staff, skus[0], 4, location=place)
    mine = {"product_id": product["id"]}

    def of(items: list[dict[str, Any]]) -> list[tuple[str, str, int]]:
        return [(it["sku"], it["location"], it["available"]) for it in items]

    whole = await listed(staff, **mine)
    assert sorted(of(whole)) == [
        (skus[0], place, 4), (skus[0], "main", 1), (skus[1], "main", 5), (skus[2], "main", 9)
    ]  # fmt: skip
    assert [it["sku"] for it in whole] == sorted(it["sku"] for it in whole)
    assert {it["variant_id"] for it in whole} == {it["id"] for it in product["variants"]}
    assert of(await listed(staff, sku=skus[1])) == [(skus[1], "main", 5)]
    assert of(await listed(staff, location=place)) == [(skus[0], place, 4)]
    low = await listed(staff, available_below=5, **mine)
    assert sorted(of(low)) == [(skus[0], place, 4), (skus[0], "main", 1)]
    assert await listed(staff, reserved=True, **mine) == []
    assert len(await listed(staff, reserved=False, **mine)) == 4
    for nothing in ({"sku": "NO-SUCH"}, {"location": "no-such"}, {"product_id": uuid4()}):
        assert await listed(staff, **nothing) == []


async def test_what_orders_wait_for_is_listed(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    sku = order["lines"][0]["sku"]
    (item,) = await listed(staff, reserved=True, sku=sku)

    assert (item["on_hand"], item["reserved"], item["available"]) == (10, 2, 8)
    assert item["name"] == "Mug"


async def test_names_are_in_the_language_of_who_asks(staff: AsyncClient) -> None:
    product = await a_product(staff, translations={"es": {"name": "Taza"}})
    spanish = {"product_id": product["id"], "locale": "es"}

    assert [it["name"] for it in await listed(staff, **spanish)] == ["Taza"]


async def test_a_count_becomes_a_movement(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    sku = order["lines"][0]["sku"]
    fewer = await count(staff, sku, 7, expected=10)
    same = await count(staff, sku, 7)
    moved = await listed(staff, f"{STOCK}/{sku}/movements")

    assert (fewer.status_code, same.status_code) == (201, 201)
    level = {"on_hand": 7, "reserved": 2, "available": 5}
    assert fewer.json() == {**level, "difference": -3}
    assert same.json() == {**level, "difference": 0}
    assert await stock_of(staff, sku) == level
    assert [(it["reason"], it["on_hand"], it["reserved"]) for it in moved] == [
        ("recount", -3, 0), ("reserved", 0, 2), ("received", 10, 0)
    ]  # fmt: skip
    assert moved[0]["actor_id"] is not None
    assert await listed(staff, f"{STOCK}/{sku}/movements", reason="recount") == moved[:1]
    told = await ask(
        "SELECT data ->> 'reason', data ->> 'on_hand' FROM events WHERE aggregate = 'stock'"
        " AND data ->> 'sku' = %s ORDER BY sequence",
        sku,
    )
    assert told[-1] == ("recount", "7")
    assert len(told) == 3


async def test_a_location_that_kept_none_is_counted(staff: AsyncClient) -> None:
    sku, place = (await a_product(staff))["variants"][0]["sku"], await a_location(staff)
    nothing = await count(staff, sku, 0, location=place)
    assert nothing.json() == {"on_hand": 0, "reserved": 0, "available": 0, "difference": 0}
    assert len((await staff.get(f"{STOCK}/{sku}")).json()["items"]) == 1
    found = await count(staff, sku, 3, location=place)

    assert found.json()["difference"] == 3
    assert await listed(staff, f"{STOCK}/{sku}/movements", location=place) != []


async def test_a_count_that_cannot_be_changes_nothing(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = (await an_order(staff, buyer))["lines"][0]["sku"]
    before = await stock_of(staff, sku)
    late = await count(staff, sku, 9, expected=9)
    answers = [
        await count(staff, sku, 1),
        await count(staff, a_sku(), 1),
        await count(staff, sku, 1, location="no-such"),
        await count(staff, sku, -1),
        await count(staff, sku, 10**10),
        await count(await a_program(shop, None, "stock.read"), sku, 3),
    ]

    assert [refusal(it)[:2] for it in answers] == [
        (409, "stock-promised"),
        (404, "stock-not-found"),
        (404, "stock-not-found"),
        (400, "invalid-request"),
        (400, "invalid-request"),
        (403, "not-allowed"),
    ]
    assert refusal(late) == (409, "stock-moved", "/expected")
    assert late.json()["on_hand"] == 10
    assert await stock_of(staff, sku) == before
    assert refusal(await staff.get(f"{STOCK}/{a_sku()}/movements"))[:2] == (404, "stock-not-found")


async def test_a_parcel_that_leaves_during_a_count_is_not_counted_twice(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await an_order(staff, buyer)
    sku = order["lines"][0]["sku"]
    counted, sent = await asyncio.gather(
        count(staff, sku, 10, expected=10),
        staff.post(f"/v1/admin/orders/{order['id']}/fulfilments", json={}),
    )

    assert sent.status_code == 201, sent.text
    assert counted.status_code in {201, 409}  # it came before the parcel left, or after
    assert await stock_of(staff, sku) == {"on_hand": 8, "reserved": 0, "available": 8}


async def test_counts_at_once_add_up(staff: AsyncClient) -> None:
    sku = (await a_product(staff))["variants"][0]["sku"]
    await asyncio.gather(*(count(staff, sku, it) for it in (3, 7, 12)))
    on_hand = (await stock_of(staff, sku))["on_hand"]
    moved = await listed(staff, f"{STOCK}/{sku}/movements")

    assert on_hand in {3, 7, 12}
    assert sum(it["on_hand"] for it in moved) == on_hand


async def test_a_counted_key_counts_once(staff: AsyncClient) -> None:
    sku, key = (await a_product(staff))["variants"][0]["sku"], {"Idempotency-Key": uuid4().hex}
    body = {"counted": 4}
    first, again = [
        await staff.post(f"{STOCK}/{sku}/counts", json=body, headers=key) for _ in range(2)
    ]

    assert first.content == again.content
    assert len(await listed(staff, f"{STOCK}/{sku}/movements")) == 2


async def test_a_cursor_of_another_list_is_refused(staff: AsyncClient) -> None:
    await three_variants(staff)
    cursor = (await staff.get(STOCK, params={"limit": 1})).json()["next_cursor"]
    answer = await staff.get(STOCK, params={"cursor": cursor, "location": "main"})

    assert refusal(answer)[:2] == (400, "cursor-unusable")
