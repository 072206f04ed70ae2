"""What changes many prices while products are written, over real connections."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.products import a_cart_to_order, a_product, check_out
from support.promotions import a_promotion, one
from support.refusals import begun

from trastienda.database.db import transaction, utcnow
from trastienda.services.prices import listed as listed_prices
from trastienda.services.prices import sales

ROUNDS = 12


async def prices_of(buyer: AsyncClient, product: dict[str, Any]) -> tuple[int, int, str]:
    """Give the price on the page, the one a cart is priced at, and the name."""
    page = (await buyer.get(f"/v1/products/{product['slug']}")).json()
    lines = [{"sku": product["variants"][0]["sku"], "quantity": 1}]
    cart = (await buyer.post("/v1/carts", json={"lines": lines})).json()
    return page["variants"][0]["price"], cart["lines"][0]["unit_price"], page["name"]


async def test_a_sale_and_writes_of_its_products_lose_nothing_and_never_deadlock(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    shelf = (await staff.post("/v1/admin/categories", json={"name": "Race", "slug": "race"})).json()
    on_it = {"price": 1_000, "categories": ["race"]}
    products = [await a_product(staff, **on_it) for _ in range(5)]
    doomed = [await a_product(staff, **on_it) for _ in range(3)]
    sale = await a_promotion(
        staff, trigger="catalogue", kind="item_percent", percent="1", categories=["race"]
    )

    async def write(product: dict[str, Any]) -> Counter[int]:
        statuses: Counter[int] = Counter()
        for turn in range(1, ROUNDS + 1):
            variant = {"sku": product["variants"][0]["sku"], "prices": {"EUR": 1_000 * turn}}
            patch = {"name": f"Turn {turn}", "categories": ["race"], "variants": [variant]}
            answer = await staff.patch(f"/v1/admin/products/{product['id']}", json=patch)
            statuses[answer.status_code] += 1
        return statuses

    async def discount() -> Counter[int]:
        statuses: Counter[int] = Counter()
        for percent in range(1, ROUNDS + 1):
            answer = await staff.patch(one(sale), json={"percent": str(percent)})
            statuses[answer.status_code] += 1
        return statuses

    async def rearrange() -> Counter[int]:
        statuses: Counter[int] = Counter()
        address = f"/v1/admin/categories/{shelf['id']}"
        for turn in range(ROUNDS):
            above = {"name": f"Above {turn}", "slug": f"above-{turn}"}
            made = await staff.post("/v1/admin/categories", json=above)
            moved = await staff.patch(address, json={"parent": above["slug"]})
            added = await a_product(staff, **on_it)
            gone = await staff.delete(f"/v1/admin/products/{added['id']}")
            statuses.update(it.status_code for it in (made, moved, gone))
        return statuses

    async def clear() -> Counter[int]:
        gone = [await staff.delete(f"/v1/admin/products/{it['id']}") for it in doomed]
        return Counter(it.status_code for it in gone)

    statements.clear()
    told = await asyncio.gather(*map(write, products), discount(), rearrange(), clear())
    transactions = begun(statements)

    assert told[:-2] == [Counter({200: ROUNDS})] * (len(products) + 1)
    assert told[-2:] == [Counter({200: ROUNDS, 201: ROUNDS, 204: ROUNDS}), Counter({204: 3})]
    writes = sum(sum(it.values()) for it in told) + ROUNDS  # the products that come and go
    assert transactions == writes  # PostgreSQL chose no victim, so none was tried again
    last = 1_000 * ROUNDS
    lowered = last - last * ROUNDS // 100
    for product in products:
        assert await prices_of(buyer, product) == (lowered, lowered, f"Turn {ROUNDS}")


async def test_a_last_unit_whose_price_stays_is_sold_while_all_prices_change(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, stock=1)
    cart = await a_cart_to_order(buyer, **{product["variants"][0]["sku"]: 1})

    async with transaction() as session:
        await listed_prices.lock_rules(session)
        await sales.reprice(session, [UUID(product["id"])], utcnow())
        async with asyncio.timeout(120):
            sold = await check_out(buyer, cart["id"])

    assert sold.status_code == 201
