"""Price lists: other prices for some, for larger quantities, for a while."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_customer, a_program, visitor
from support.products import a_cart, a_product
from support.refusals import changes_once, refusal
from support.sales import a_sale, card, shown, soon

from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.customer_group import CustomerGroup, CustomerGroupMember
from trastienda.database.models.accounts.user import Role
from trastienda.database.models.prices.price_list import PriceList, PriceListPrice
from trastienda.services.prices import sales


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
        await sales.refresh(session, [UUID(product["id"])], utcnow())


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


ALL = "/v1/admin/price-lists"


async def listed(staff: AsyncClient, product: dict[str, Any], price: int) -> str:
    """Write a list for everybody over the API; return its address."""
    made = await staff.post(ALL, json={"name": "Public", "currency": "EUR"})
    assert made.status_code == 201, made.text
    address = f"{ALL}/{made.json()['id']}"
    prices = [{"sku": product["variants"][0]["sku"], "price": price}]
    answer = await staff.put(f"{address}/prices", json={"prices": prices})
    assert (answer.status_code, answer.json()["version"]) == (200, 2), answer.text
    return address


async def test_staff_write_a_list_and_everybody_sees_what_follows(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    sku = product["variants"][0]["sku"]
    seen = []

    address = await listed(staff, product, 900)
    seen.append((await card(staff, product))["price"])
    await changes_once(staff, address, {"active": False})
    seen.append((await card(staff, product))["price"])
    await staff.patch(address, json={"active": True})
    seen.append((await card(staff, product))["price"])
    prices = (await staff.get(f"{address}/prices")).json()
    dropped = await staff.delete(f"{address}/prices", params={"sku": sku})
    seen.append((await card(staff, product))["price"])

    assert seen == [900, 1_000, 900, 1_000]
    item = {"sku": sku, "price": 900, "min_quantity": 1}
    assert prices == {"items": [item], "currency": "EUR", "next_cursor": None}
    assert dropped.status_code == 204
    again = await staff.delete(f"{address}/prices", params={"sku": sku})
    assert refusal(again)[:2] == (404, "not-in-price-list")


async def test_a_list_that_is_deleted_leaves_the_old_price(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    address = await listed(staff, product, 900)

    assert (await staff.delete(address)).status_code == 204

    assert (await card(staff, product))["price"] == 1_000
    assert await paid(buyer, product) == 1_000
    assert refusal(await staff.get(address))[:2] == (404, "no-such-price-list")


async def test_lists_and_their_prices_come_in_pages(staff: AsyncClient) -> None:
    product = await a_product(staff, price=1_000)
    address = await listed(staff, product, 900)
    sku = product["variants"][0]["sku"]
    more = [{"sku": sku, "price": 900 - it, "min_quantity": it} for it in (2, 3)]
    await staff.put(f"{address}/prices", json={"prices": more})
    await staff.post(ALL, json={"name": "Newer", "currency": "EUR"})

    first = (await staff.get(ALL, params={"limit": "1"})).json()
    next_ = {"limit": "1", "cursor": first["next_cursor"]}
    second = (await staff.get(ALL, params=next_)).json()
    prices = (await staff.get(f"{address}/prices", params={"limit": "2"})).json()
    next_ = {"limit": "2", "cursor": prices["next_cursor"]}
    rest = (await staff.get(f"{address}/prices", params=next_)).json()

    assert [it["items"][0]["name"] for it in (first, second)] == ["Newer", "Public"]
    assert [it["price"] for it in prices["items"] + rest["items"]] == [900, 898, 897]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize(
    ("patch", "problem", "pointer"),
    [
        ({"ends_at": "2026-01-01T00:00:00Z"}, "period-unusable", "/ends_at"),
        ({"starts_at": "0001-01-01T00:00:00+14:00"}, "period-unusable", "/starts_at"),
        ({"customer_group": str(uuid4())}, "price-list-group-unknown", "/customer_group"),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    staff: AsyncClient, patch: dict[str, Any], problem: str, pointer: str
) -> None:
    draft = {"name": "List", "currency": "EUR", "starts_at": "2026-06-01T00:00:00Z"}
    before = (await staff.post(ALL, json=draft)).json()
    address = f"{ALL}/{before['id']}"

    answer = await staff.patch(address, json=patch)

    assert refusal(answer) == (422, problem, pointer)
    assert (await staff.get(address)).json() == before


async def test_prices_are_set_all_or_none(staff: AsyncClient) -> None:
    product = await a_product(staff, price=1_000)
    address = await listed(staff, product, 900)
    sku = product["variants"][0]["sku"]
    prices = [{"sku": sku, "price": 1}, {"sku": "NOTHING", "price": 1}]

    answer = await staff.put(f"{address}/prices", json={"prices": prices})

    assert refusal(answer) == (422, "no-such-sku", "/prices/1/sku")
    assert (await card(staff, product))["price"] == 900
    assert (await staff.get(address)).json()["version"] == 2


async def test_support_reads_price_lists_and_does_not_write_them(shop: ASGIApp) -> None:
    async with await a_program(shop, Role.SUPPORT) as support:
        assert (await support.get(ALL)).status_code == 200
        answer = await support.post(ALL, json={"name": "List", "currency": "EUR"})
    assert refusal(answer)[:2] == (403, "not-allowed")
