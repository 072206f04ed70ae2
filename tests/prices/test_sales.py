"""Sales: promotions of the catalogue, and the clock that begins and ends them."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from support.background import ask, change
from support.products import a_cart, a_cart_to_order, a_product, a_sku, check_out
from support.sales import a_sale, card, end, shown, soon, switch_all

from trastienda.controllers.prices import changes as price_changes
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.promotions.promotion import PromotionKind
from trastienda.jobs.prices import Switch
from trastienda.services.prices import listed as listed_prices


def sku_of(product: dict[str, Any]) -> str:
    sku: str = product["variants"][0]["sku"]
    return sku


async def unit_price(buyer: AsyncClient, product: dict[str, Any]) -> int:
    price: int = (await a_cart(buyer, **{sku_of(product): 1}))["lines"][0]["unit_price"]
    return price


@pytest.mark.parametrize(
    ("price", "sale", "lowered"),
    [
        (1_250, {"percent": Decimal(20)}, 1_000),
        (1_005, {"percent": Decimal(10)}, 904),  # 100.5 is 101
        (999, {"percent": Decimal("33.3333")}, 666),
        (1_250, {"percent": Decimal(100)}, 0),
        (1_250, {"kind": PromotionKind.ITEM_FIXED, "amounts": {"EUR": 300}}, 950),
        (1_250, {"kind": PromotionKind.ITEM_FIXED, "amounts": {"EUR": 3_000}}, 0),
        (1_250, {"kind": PromotionKind.FIXED_PRICE, "amounts": {"EUR": 990}}, 990),
    ],
)
async def test_a_sale_lowers_what_the_page_the_list_and_the_cart_say(
    staff: AsyncClient, buyer: AsyncClient, price: int, sale: dict[str, Any], lowered: int
) -> None:
    product = await a_product(staff, price=price)

    await a_sale(product, **sale)

    now = {"price": lowered, "compare_at_price": price}
    assert await shown(buyer, product) == {**now, "lowest_price_30_days": price}
    assert await card(staff, product) == now
    assert await unit_price(buyer, product) == lowered


@pytest.mark.parametrize(
    "sale",
    [
        {"kind": PromotionKind.FIXED_PRICE, "amounts": {"EUR": 1_250}},
        {"kind": PromotionKind.FIXED_PRICE, "amounts": {"EUR": 2_000}},
        {"kind": PromotionKind.ITEM_FIXED, "amounts": {"USD": 100}},
        {"kind": PromotionKind.CHEAPEST_UNIT},
        {"active": False},
        {"percent": Decimal(0)},
    ],
)
async def test_a_sale_that_lowers_nothing_changes_nothing(
    staff: AsyncClient, buyer: AsyncClient, sale: dict[str, Any]
) -> None:
    product = await a_product(staff, price=1_250)

    await a_sale(product, **sale)

    assert await shown(buyer, product) == {"price": 1_250}
    assert await unit_price(buyer, product) == 1_250


async def test_when_a_sale_is_over_the_price_is_the_old_one(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_250)
    sale = await a_sale(product)

    await end(sale)

    assert await shown(buyer, product) == {"price": 1_250, "lowest_price_30_days": 1_000}
    assert await card(staff, product) == {"price": 1_250}
    assert await unit_price(buyer, product) == 1_250


async def test_of_several_sales_the_first_acts_and_among_equals_the_better(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)

    await a_sale(product, percent=Decimal(30))
    await a_sale(product, percent=Decimal(40))
    better = await shown(buyer, product)
    await a_sale(product, percent=Decimal(10), priority=1)

    assert better["price"] == 600
    assert (await shown(buyer, product))["price"] == 900


async def test_a_sale_of_a_category_reaches_what_stands_below_it(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    above = (await staff.post("/v1/admin/categories", json={"name": "Kitchen"})).json()
    below = {"name": "Mugs", "parent": above["slug"]}
    below = (await staff.post("/v1/admin/categories", json=below)).json()
    product = await a_product(staff, price=1_000, categories=[below["slug"]])
    other = await a_product(staff, price=1_000)

    await a_sale(product, category_ids=[UUID(above["id"])])
    later = await a_product(staff, price=500, categories=[below["slug"]])

    assert [(await shown(buyer, it))["price"] for it in (product, other, later)] == [
        800,
        1_000,
        400,
    ]

    await staff.patch(f"/v1/admin/categories/{below['id']}", json={"parent": None})

    assert (await shown(buyer, product))["price"] == 1_000


async def test_a_sale_of_one_variant_leaves_the_others(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sizes = [
        {"sku": a_sku(), "options": {"Size": it}, "prices": {"EUR": 1_000}, "stock": 1}
        for it in ("S", "L")
    ]
    options = [{"name": "Size", "values": ["S", "L"]}]
    product = await a_product(staff, options=options, variants=sizes)

    await a_sale(product, variant_ids=[UUID(product["variants"][1]["id"])])

    page = (await buyer.get(f"/v1/products/{product['slug']}")).json()
    assert [it["price"] for it in page["variants"]] == [1_000, 800]
    assert await card(staff, product) == {"price": 800, "compare_at_price": 1_000}


async def test_the_clock_begins_and_ends_a_sale(staff: AsyncClient, buyer: AsyncClient) -> None:
    product = await a_product(staff, price=1_250)
    await a_sale(product, starts_at=soon(60), ends_at=soon(120))

    seen = []
    for minutes in (59, 61, 119, 121):
        await switch_all(soon(minutes))
        seen.append(await card(staff, product))

    reduced = {"price": 1_000, "compare_at_price": 1_250}
    assert seen == [{"price": 1_250}, reduced, reduced, {"price": 1_250}]
    periods = await ask(
        "SELECT amount FROM past_prices WHERE variant_id = %s ORDER BY ended_at",
        product["variants"][0]["id"],
    )
    assert [amount for (amount,) in periods] == [1_250, 1_000]


async def test_a_cart_goes_by_its_own_clock_not_by_the_last_switch(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_250)
    await a_sale(product, starts_at=soon(60))
    before = await unit_price(buyer, product)

    await change(
        "UPDATE price_periods SET starts_at = now() - interval '1 second' WHERE variant_id = %s",
        UUID(product["variants"][0]["id"]),
    )

    assert (before, await unit_price(buyer, product)) == (1_250, 1_000)
    assert (await card(staff, product)) == {"price": 1_250}


async def test_the_first_look_of_the_clock_is_at_everything(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_250)
    await a_sale(product)
    await change(
        "UPDATE prices SET listed = NULL, listed_compare_at = NULL WHERE variant_id = %s",
        UUID(product["variants"][0]["id"]),
    )

    await switch_all(utcnow(), since=None)

    assert (await shown(buyer, product))["price"] == 1_000
    assert await price_changes.overdue(None, utcnow()) == []


async def test_the_job_goes_on_until_nothing_is_left_to_switch(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_250)
    await a_sale(product)
    await change(
        "UPDATE prices SET listed = NULL, listed_compare_at = NULL WHERE variant_id = %s",
        UUID(product["variants"][0]["id"]),
    )
    clock = Switch()

    looks = [await clock.look()]
    while looks[-1]:
        looks.append(await clock.look())

    assert looks[0] is True
    assert (await shown(buyer, product))["price"] == 1_000
    assert await clock.look() is False


async def test_one_node_at_a_time_acts_by_the_clock(staff: AsyncClient) -> None:
    product = await a_product(staff)

    async with transaction() as session:
        assert await listed_prices.take_clock_lock(session)
        assert await price_changes.overdue(None, utcnow()) is None
        assert await price_changes.switch([UUID(product["id"])], utcnow()) is False

    assert await price_changes.overdue(None, utcnow()) is not None
    assert await price_changes.switch([UUID(product["id"])], utcnow()) is True


async def test_a_new_price_is_lowered_by_the_sale_that_is_on(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_250)
    await a_sale(product)

    variants = [{"sku": sku_of(product), "prices": {"EUR": 1_000}}]
    await staff.patch(f"/v1/admin/products/{product['id']}", json={"variants": variants})

    now = {"price": 800, "compare_at_price": 1_000, "lowest_price_30_days": 1_250}
    assert await shown(buyer, product) == now


async def test_an_order_keeps_the_price_of_the_sale(staff: AsyncClient, buyer: AsyncClient) -> None:
    product = await a_product(staff, price=1_250)
    sale = await a_sale(product)
    cart = await a_cart_to_order(buyer, **{sku_of(product): 2})

    order = (await check_out(buyer, cart["id"])).json()
    await end(sale)

    assert order["lines"][0]["unit_price"] == 1_000
    assert (await staff.get(f"/v1/admin/orders/{order['id']}")).json()["lines"] == order["lines"]


async def test_the_list_is_sorted_by_what_is_shown(staff: AsyncClient, buyer: AsyncClient) -> None:
    word = a_sku().replace("-", "").lower()
    dear = await a_product(staff, price=2_000, name=word)
    await a_product(staff, price=1_500, name=word)
    await a_sale(dear, percent=Decimal(50))

    page = (await buyer.get("/v1/products", params={"q": word, "sort": "price"})).json()

    assert [it["price"] for it in page["items"]] == [1_000, 1_500]
