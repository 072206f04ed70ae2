"""Price lists: other prices for some, for larger quantities, for a while."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from goods import a_cart, a_product
from httpx import AsyncClient
from litestar.types import ASGIApp
from people import a_customer, visitor
from price_changes import a_sale, card, shown, soon

from trastienda.database.db import transaction, utcnow
from trastienda.database.models.customer_group import CustomerGroup, CustomerGroupMember
from trastienda.database.models.price_list import PriceList, PriceListPrice
from trastienda.services import sales


async def a_list(product: dict[str, Any], prices: dict[int, int], **facts: Any) -> None:  # noqa: ANN401
    """Give a product other prices, by the least quantity, in EUR."""
    what = PriceList(name="List", **{"currency": "EUR", **facts})
    variant_id = UUID(product["variants"][0]["id"])
    async with transaction() as session:
        session.orm.add(what)
        await session.orm.flush()
        for quantity, amount in prices.items():
            session.orm.add(
                PriceListPrice(
                    price_list_id=what.id,
                    variant_id=variant_id,
                    min_quantity=quantity,
                    amount=amount,
                )
            )
        await sales.renew(session, [UUID(product["id"])], utcnow())


async def a_group(*members: AsyncClient) -> UUID:
    group = CustomerGroup(code=uuid4().hex, name="Members")
    async with transaction() as session:
        session.orm.add(group)
        await session.orm.flush()
        for member in members:
            user = UUID(str((await visitor(member) or {})["id"]))
            session.orm.add(CustomerGroupMember(customer_group_id=group.id, user_id=user))
    return group.id


async def paid(buyer: AsyncClient, product: dict[str, Any], quantity: int = 1) -> int:
    cart = await a_cart(buyer, **{product["variants"][0]["sku"]: quantity})
    price: int = cart["lines"][0]["unit_price"]
    return price


async def test_a_list_for_everybody_changes_the_price_that_is_seen(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)

    await a_list(product, {1: 900})

    assert await shown(buyer, product) == {"price": 900, "lowest_price_30_days": 900}
    assert await card(staff, product) == {"price": 900}
    assert await paid(buyer, product) == 900


async def test_larger_quantities_cost_less_from_the_threshold_on(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)

    await a_list(product, {5: 900, 10: 800})

    assert [await paid(buyer, product, it) for it in (4, 5, 9, 10)] == [1_000, 900, 900, 800]
    assert await shown(buyer, product) == {"price": 1_000}


async def test_a_group_has_its_own_prices_and_nobody_else_sees_them(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    member, other = await a_customer(shop), await a_customer(shop)

    await a_list(product, {1: 700}, customer_group_id=await a_group(member))

    assert [await paid(it, product) for it in (member, other, buyer)] == [700, 1_000, 1_000]
    assert await shown(member, product) == {"price": 1_000}


async def test_the_list_of_the_highest_priority_decides_then_the_lowest_price(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)

    await a_list(product, {1: 700})
    await a_list(product, {1: 600})
    lowest = await paid(buyer, product)
    await a_list(product, {1: 1_200, 3: 1_100}, priority=5)

    assert lowest == 600
    assert [await paid(buyer, product, it) for it in (1, 3)] == [1_200, 1_100]
    assert (await shown(buyer, product))["price"] == 1_200


@pytest.mark.parametrize(
    "facts",
    [
        {"active": False},
        {"starts_at": soon(60)},
        {"ends_at": soon(-60)},
        {"currency": "USD"},
    ],
)
async def test_a_list_that_does_not_hold_changes_nothing(
    staff: AsyncClient, buyer: AsyncClient, facts: dict[str, Any]
) -> None:
    product = await a_product(staff, price=1_000)

    await a_list(product, {1: 500, 2: 400}, **facts)

    assert [await paid(buyer, product, it) for it in (1, 2)] == [1_000, 1_000]
    assert await shown(buyer, product) == {"price": 1_000}


async def test_a_sale_starts_from_the_list_that_everybody_sees(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    await a_list(product, {1: 900})

    await a_sale(product)

    reduced = {"price": 720, "compare_at_price": 900, "lowest_price_30_days": 900}
    assert await shown(buyer, product) == reduced
    assert await paid(buyer, product) == 720


async def test_while_a_sale_is_on_the_lower_price_is_paid(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    member = await a_customer(shop)
    group = await a_group(member)

    await a_list(product, {1: 850, 5: 750}, customer_group_id=group)
    await a_sale(product)

    assert [await paid(member, product, it) for it in (1, 5)] == [800, 750]
    assert await paid(buyer, product, 5) == 800
