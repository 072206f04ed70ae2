"""Sales as staff switch them on and off, and as buyers see them: list, search, page and cart."""

from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import AsyncClient
from support.products import a_cart, a_product
from support.promotions import a_promotion, one


async def seen(buyer: AsyncClient, product: dict[str, Any]) -> list[tuple[int, int | None]]:
    """Give price and old price on the page, and in a search for it."""
    page = (await buyer.get(f"/v1/products/{product['slug']}")).json()["variants"][0]
    name = product["texts"]["en"]["name"]
    found = (await buyer.get("/v1/products", params={"q": name})).json()["items"]
    [card] = [it for it in found if it["id"] == product["id"]]
    return [(it["price"], it.get("compare_at_price")) for it in (page, card)]


async def test_a_sale_is_seen_everywhere_while_it_is_on(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, name="Zoetrope", price=1_999)
    sale = await a_promotion(
        staff, trigger="catalogue", kind="item_percent", percent="25", products=[product["id"]]
    )

    on = await seen(buyer, product)
    cart = await a_cart(buyer, **{product["variants"][0]["sku"]: 2})
    await staff.patch(one(sale), json={"active": False})
    off = await seen(buyer, product)
    later = (await buyer.get(f"/v1/carts/{cart['id']}")).json()

    assert on == [(1_499, 1_999)] * 2
    assert off == [(1_999, None)] * 2
    assert (cart["lines"][0]["unit_price"], cart["totals"]["total"]) == (1_499, 2_998)
    assert (later["lines"][0]["unit_price"], later["totals"]["total"]) == (1_999, 3_998)


async def test_a_sale_that_is_deleted_or_meant_for_others_leaves_no_trace(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    one_, other = await a_product(staff, name="Astrolabe"), await a_product(staff, name="Sextant")
    facts = {"trigger": "catalogue", "kind": "fixed_price", "amounts": {"EUR": 800}}
    sale = await a_promotion(staff, **facts, products=[one_["id"]])

    moved = await staff.patch(one(sale), json={"products": [other["id"]]})
    both = [await seen(buyer, it) for it in (one_, other)]
    await staff.delete(one(sale))

    assert moved.status_code == 200
    assert both == [[(1_250, None)] * 2, [(800, 1_250)] * 2]
    assert await seen(buyer, other) == [(1_250, None)] * 2


async def test_a_sale_waits_for_its_hour(staff: AsyncClient, buyer: AsyncClient) -> None:
    product = await a_product(staff, name="Planetarium")
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    facts = {"trigger": "catalogue", "kind": "item_fixed", "amounts": {"EUR": 250}}
    sale = await a_promotion(staff, **facts, products=[product["id"]], starts_at=tomorrow)

    before = await seen(buyer, product)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    await staff.patch(one(sale), json={"starts_at": yesterday})

    assert before == [(1_250, None)] * 2
    assert await seen(buyer, product) == [(1_000, 1_250)] * 2
