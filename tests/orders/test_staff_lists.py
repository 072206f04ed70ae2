"""Orders as staff search them: each filter finds what it says, and reads no more than a page."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from support.people import a_browser, a_customer, a_program, an_address
from support.products import an_order
from support.refusals import refusal

from trastienda.application import Application

ORDERS = "/v1/admin/orders"


async def found(staff: AsyncClient, **query: object) -> list[str]:
    """Return the numbers of all pages, two orders a page."""
    numbers: list[str] = []
    query = {"limit": 2, **query}
    path, params = ORDERS, query
    while path:
        answer = await staff.get(path, params=params or None)  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        numbers += [it["number"] for it in answer.json()["items"]]
        path, params = answer.links.get("next", {}).get("url", ""), {}
    return numbers


async def tagged(staff: AsyncClient, order: dict[str, Any], *tags: str) -> dict[str, Any]:
    answer = await staff.put(f"{ORDERS}/{order['id']}/tags", json={"tags": tags})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_name_is_found_by_its_words(staff: AsyncClient, buyer: AsyncClient) -> None:
    family = uuid4().hex[:12]
    ana = await an_order(staff, buyer, name=f"Ana María Núñez-{family}")
    eva = await an_order(staff, buyer, name=f"Eva {family.upper()}")

    numbers = [eva["number"], ana["number"]]
    assert await found(staff, name=family) == numbers
    assert await found(staff, q=f"{family} EVA") == [eva["number"]]
    assert await found(staff, name=f"nunez maria {family}") == [ana["number"]]
    assert await found(staff, name=f"nunez maria ana {family}") == [ana["number"]]
    assert await found(staff, name=f"nunez maria eva {family}") == []
    assert await found(staff, name=f"ana eva {family}") == []
    assert await found(staff, name=f"nunez bea {family}") == []
    assert await found(staff, name="...") == []


async def test_orders_are_found_by_what_was_sold(staff: AsyncClient, buyer: AsyncClient) -> None:
    order = await an_order(staff, buyer)
    await an_order(staff, buyer)

    assert await found(staff, sku=order["lines"][0]["sku"]) == [order["number"]]
    assert await found(staff, sku="none-such") == []


async def test_a_search_is_for_a_number_an_address_or_a_name(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    email, name = an_address(), uuid4().hex
    order = await an_order(staff, buyer, email=email, name=name)

    for typed in (order["number"], f" #{order['number']} ", email.upper(), name.upper()):
        assert await found(staff, q=typed) == [order["number"]]
    both = await staff.get(ORDERS, params={"q": order["number"], "number": order["number"]})
    assert refusal(both) == (422, "search-ambiguous", "/q")


async def test_a_customer_has_a_list_of_their_own(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    customer = await a_customer(shop)
    mine = [await an_order(staff, customer) for _ in range(3)]
    await an_order(staff, buyer)
    id_ = (await customer.get("/v1/session")).json()["visitor"]["id"]

    newest = [it["number"] for it in reversed(mine)]
    assert await found(staff, customer_id=id_) == newest
    assert await found(staff, customer_id=id_, sort="oldest") == newest[::-1]


async def test_filters_are_combined(staff: AsyncClient, buyer: AsyncClient) -> None:
    tag = uuid4().hex
    orders = [await an_order(staff, buyer, provider) for provider in ("manual", "test", "test")]
    for order in orders:
        await tagged(staff, order, tag)
    waiting, first, second = orders
    await staff.post(f"{ORDERS}/{second['id']}/fulfilments", json={})

    numbers = [it["number"] for it in orders]
    assert await found(staff, tag=f" {tag.upper()}") == numbers[::-1]
    assert await found(staff, tag=tag, payment_status="paid") == numbers[:0:-1]
    assert await found(
        staff, tag=tag, status="open", payment_status="paid", fulfilment_status="unfulfilled"
    ) == [first["number"]]
    sku = waiting["lines"][0]["sku"]
    assert await found(staff, tag=tag, sku=sku) == [waiting["number"]]
    assert await found(staff, tag=tag, placed_from=first["placed_at"]) == numbers[:0:-1]
    assert await found(staff, tag=tag, placed_until=first["placed_at"]) == numbers[:1]
    since = {"placed_from": waiting["placed_at"]}
    sent = await found(staff, fulfilment_status="fulfilled", **since)
    assert second["number"] in sent
    assert first["number"] not in sent
    assert sent == sorted(sent, key=int, reverse=True)
    oldest = await found(staff, payment_status="paid", sort="oldest", **since)
    assert [it for it in oldest if it in numbers] == numbers[1:]
    await staff.post(f"{ORDERS}/{first['id']}/cancel")
    assert await found(staff, tag=tag, status="cancelled") == [first["number"]]
    assert await found(staff, tag=tag, status="open", sort="oldest") == [numbers[0], numbers[2]]
    await tagged(staff, first)
    assert await found(staff, tag=tag, status="cancelled") == []


async def test_totals_are_compared_in_one_currency(staff: AsyncClient, buyer: AsyncClient) -> None:
    tag = uuid4().hex
    for _ in range(2):
        small = await an_order(staff, buyer)
        await tagged(staff, small, tag)
    large = await an_order(staff, buyer)
    await tagged(staff, large, tag)

    assert len(await found(staff, tag=tag, currency="EUR", total_min=2_990, total_max=2_990)) == 3
    assert await found(staff, tag=tag, currency="EUR", total_min=2_991) == []
    assert await found(staff, tag=tag, currency="USD", sort="total") == []
    for sort in ("total", "-total"):
        listed = await found(staff, tag=tag, currency="EUR", sort=sort)
        assert sorted(listed) == sorted(await found(staff, tag=tag))
    for query in ({"total_min": 1}, {"sort": "total"}):
        answer = await staff.get(ORDERS, params=query)
        assert refusal(answer) == (422, "currency-missing", "/currency")


async def test_a_time_has_a_zone_and_a_cursor_its_list(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    for _ in range(2):
        await an_order(staff, buyer)

    naive = await staff.get(ORDERS, params={"placed_from": "2026-11-24T10:15:00"})
    assert refusal(naive) == (422, "time-zone-missing", "/placed_from")
    page = (await staff.get(ORDERS, params={"limit": 1})).json()
    for query in ({"sort": "oldest"}, {"payment_status": "paid"}, {"tag": "gift"}):
        answer = await staff.get(ORDERS, params={"cursor": page["next_cursor"], **query})
        assert answer.status_code == 400


@pytest.fixture
async def packer(shop: Application) -> AsyncIterator[AsyncClient]:
    """Return a program that may read orders only."""
    async with await a_program(shop, None, "orders.read") as client:
        yield client


async def test_reading_needs_a_right(
    shop: Application, packer: AsyncClient, buyer: AsyncClient
) -> None:
    assert (await packer.get(ORDERS)).status_code == 200
    assert (await buyer.get(ORDERS)).status_code == 401
    async with await a_program(shop, None, "catalogue.read") as other, a_browser(shop) as nobody:
        assert (await other.get(ORDERS)).status_code == 403
        assert (await nobody.get(ORDERS)).status_code == 401
