"""What staff change while others are at it, over real connections."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from httpx import AsyncClient, Response
from support.products import ADDRESS, a_product, a_sku_for_sale
from support.refusals import refusal, somebody_waits

from trastienda.database.db import transaction, utcnow
from trastienda.services.catalogue import staff_products
from trastienda.services.prices import sales

CATEGORIES = "/v1/admin/categories"


async def a_category(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    draft = {"name": "Mugs", "slug": f"mugs-{uuid4().hex}", **facts}
    answer = await staff.post(CATEGORIES, json=draft)
    assert answer.status_code == 201, answer.text
    category: dict[str, Any] = answer.json()
    return category


def into(
    staff: AsyncClient, category: dict[str, Any], parent: dict[str, Any]
) -> Coroutine[Any, Any, Response]:
    patch = {"parent": parent["slug"]}
    return staff.patch(f"{CATEGORIES}/{category['id']}", json=patch)


async def listed(staff: AsyncClient, category: dict[str, Any]) -> list[str]:
    page = await staff.get("/v1/products", params={"category": category["slug"]})
    return [item["slug"] for item in page.json()["items"]]


async def test_two_moves_that_would_close_a_ring_are_never_both_made(staff: AsyncClient) -> None:
    pairs = [(await a_category(staff), await a_category(staff)) for _ in range(20)]

    moves = [into(staff, *pair) for pair in pairs] + [into(staff, two, one) for one, two in pairs]
    answers = await asyncio.gather(*moves)

    outcomes = list(zip(answers[:20], answers[20:], strict=True))
    assert [{it.status_code for it in both} for both in outcomes] == [{200, 422}] * 20
    refused = {refusal(it)[1] for it in answers if it.status_code != 200}
    assert refused == {"category-inside-itself"}
    tree = (await staff.get("/v1/categories")).json()["items"]
    assert {slug for one, two in pairs for slug in (one["slug"], two["slug"])} <= slugs(tree)


def slugs(tree: list[dict[str, Any]]) -> set[str]:
    return {it["slug"] for it in tree} | {slug for it in tree for slug in slugs(it["children"])}


async def test_many_at_once_do_not_build_deeper_than_ten_levels(staff: AsyncClient) -> None:
    chains = []
    for _ in range(10):
        top = await a_category(staff)
        chains.append((top, await a_category(staff, parent=top["slug"])))

    # Any five chains fit below each other, six do not.
    moves = [into(staff, top, bottom) for (_, bottom), (top, _) in pairwise(chains)]
    answers = Counter(it.status_code for it in await asyncio.gather(*moves))

    assert answers[200] + answers[422] == 9
    tree = (await staff.get("/v1/categories")).json()["items"]
    assert max(map(depth, tree)) <= 10


def depth(category: dict[str, Any]) -> int:
    return 1 + max(map(depth, category["children"]), default=0)


async def test_a_product_put_into_a_category_that_is_being_moved_is_found_where_it_went(
    staff: AsyncClient,
) -> None:
    old, new = await a_category(staff), await a_category(staff)
    moved = await a_category(staff, parent=old["slug"])
    product = await a_product(staff)

    async with transaction() as session:
        row = await staff_products.claim(session, UUID(product["id"]), None)
        await staff_products.set_categories(session, row, [moved["slug"]])
        await sales.refresh(session, [row.id], utcnow())
        moving = asyncio.create_task(into(staff, moved, new))
        await somebody_waits(session)
    answer = await moving

    assert answer.status_code == 200
    assert await listed(staff, new) == [product["slug"]]
    assert await listed(staff, old) == []


async def test_moving_a_category_and_changing_a_product_in_it_do_not_deadlock(
    staff: AsyncClient, statements: list[str]
) -> None:
    new = await a_category(staff)
    moved = await a_category(staff)
    product = await a_product(staff, categories=[moved["slug"]])
    statements.clear()

    async with transaction() as session:
        row = await staff_products.claim(session, UUID(product["id"]), None)
        moving = asyncio.create_task(into(staff, moved, new))
        await somebody_waits(session)
        await staff_products.set_categories(session, row, [moved["slug"]])
        await sales.refresh(session, [row.id], utcnow())
    answer = await moving

    assert answer.status_code == 200
    assert (
        len([it for it in statements if "advisory_xact_lock(" in it]) == 1
    )  # it was not tried again
    assert await listed(staff, new) == [product["slug"]]


async def test_a_product_is_not_put_into_a_category_that_is_being_deleted(
    staff: AsyncClient,
) -> None:
    category = await a_category(staff)
    variant = {"sku": f"SKU-{uuid4().hex}", "prices": {"EUR": 100}}
    draft = {"name": "Mug", "categories": [category["slug"]], "variants": [variant]}

    async with transaction() as session:
        await session.driver.execute("DELETE FROM categories WHERE id = %s", [category["id"]])
        creating = asyncio.create_task(staff.post("/v1/admin/products", json=draft))
        await somebody_waits(session)

    assert refusal(await creating) == (422, "category-unknown", "/categories")


async def test_a_way_of_shipping_that_is_being_deleted_cannot_be_chosen(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    option = {"name": "Courier", "prices": {"EUR": 500}}
    option_id = (await staff.post("/v1/admin/shipping-options", json=option)).json()["id"]
    sku = await a_sku_for_sale(staff)
    cart = (await buyer.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]})).json()
    contact = {"email": "ada@example.com", "shipping_address": ADDRESS}
    address = f"/v1/carts/{cart['id']}/contact"

    async with transaction() as session:
        await session.driver.execute("DELETE FROM shipping_options WHERE id = %s", [option_id])
        choosing = asyncio.create_task(
            buyer.put(address, json={**contact, "shipping_option": option_id})
        )
        await somebody_waits(session)

    assert refusal(await choosing)[:2] == (404, "shipping-option-not-found")
    kept = (await buyer.get(f"/v1/carts/{cart['id']}")).json()
    assert (kept["email"], kept["shipping_option"]) == (None, None)


async def test_stock_does_not_arrive_at_a_location_that_is_being_deleted(
    staff: AsyncClient,
) -> None:
    code, sku = f"depot-{uuid4().hex}", await a_sku_for_sale(staff)
    await staff.post("/v1/admin/locations", json={"code": code, "name": "Depot"})
    movement = {"quantity": 1, "reason": "received", "location": code}

    async with transaction() as session:
        await session.driver.execute("DELETE FROM locations WHERE code = %s", [code])
        moving = asyncio.create_task(staff.post(f"/v1/admin/stock/{sku}/movements", json=movement))
        await somebody_waits(session)

    assert refusal(await moving)[:2] == (404, "stock-not-found")
    levels = (await staff.get(f"/v1/admin/stock/{sku}")).json()["items"]
    assert [it["location"] for it in levels] == ["main"]
