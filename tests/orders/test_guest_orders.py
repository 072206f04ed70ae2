"""An account whose address is verified sees what was ordered with that address without it."""

from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import (
    a_browser,
    a_customer,
    an_address,
    attempts,
    log_in,
    mailed,
    register,
    visitor,
)
from support.products import an_order
from support.refusals import refusal

from trastienda.database.db import transaction


async def listed(browser: AsyncClient, query: str = "") -> list[str]:
    return [it["id"] for it in (await browser.get(f"/v1/orders{query}")).json()["items"]]


async def opened(browser: AsyncClient, order: dict[str, Any]) -> int:
    return (await browser.get(f"/v1/orders/{order['id']}")).status_code


async def change(browser: AsyncClient, **columns: object) -> None:
    """Change the row of a customer, as nothing over HTTP does."""
    known = await visitor(browser)
    assert known is not None
    changes = ", ".join(f"{column} = %s" for column in columns)
    async with transaction() as session:
        await session.driver.execute(
            f"UPDATE users SET {changes} WHERE id = %s",  # noqa: S608
            [*columns.values(), UUID(str(known["id"]))],
        )


async def test_a_verified_address_shows_the_guest_orders_placed_with_it(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    before = await an_order(staff, buyer, email=email.upper())
    ana = await a_customer(shop, email)
    after = await an_order(staff, buyer, email=email)
    own = await an_order(staff, ana, email=an_address())

    assert await listed(ana) == [own["id"], after["id"], before["id"]]
    read = await ana.get(f"/v1/orders/{before['id']}")
    assert (read.status_code, read.json()["email"]) == (200, email.upper())
    assert "access_token" not in read.json()


async def test_pages_hold_own_and_guest_orders_in_one_sequence(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    ana = await a_customer(shop, email)
    placed = [
        (await an_order(staff, who, email=email))["id"] for who in (buyer, ana, buyer, ana, buyer)
    ]

    found, query = [], "?limit=2"
    while query:
        page = (await ana.get(f"/v1/orders{query}")).json()
        found.append([it["id"] for it in page["items"]])
        query = page["next_cursor"] and f"?limit=2&cursor={page['next_cursor']}"

    newest = placed[::-1]
    assert found == [newest[:2], newest[2:4], newest[4:]]


async def test_another_address_and_another_account_see_nothing(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    ana, bob = await a_customer(shop, email), await a_customer(shop)
    guests = await an_order(staff, buyer, email=email)
    bobs = await an_order(staff, bob, email=email)

    assert await listed(bob) == [bobs["id"]]
    assert refusal(await bob.get(f"/v1/orders/{guests['id']}"))[:2] == (404, "order-not-found")
    assert await listed(ana) == [guests["id"]]  # what Bob ordered is Bob's, whatever he wrote
    assert await opened(ana, bobs) == 404
    assert await opened(buyer, guests) == 404


async def test_an_address_that_is_not_verified_shows_nothing(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    order, stranger = await an_order(staff, buyer, email=email), a_browser(shop)
    await register(stranger, email)
    assert (await log_in(stranger, email)).status_code == 401  # nobody is logged in unverified
    token = await mailed((await attempts(email))[-1])
    await stranger.post("/v1/users/verification", json={"token": token})
    await log_in(stranger, email)
    assert await listed(stranger) == [order["id"]]

    await change(stranger, verified_at=None, password_hash=None)

    assert await listed(stranger) == []
    assert await opened(stranger, order) == 404


async def test_with_the_address_the_guest_orders_change(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    old, new = an_address(), an_address()
    ana = await a_customer(shop, old)
    of_old, of_new, own = [
        await an_order(staff, who, email=email)
        for who, email in ((buyer, old), (buyer, new), (ana, old))
    ]
    assert await listed(ana) == [own["id"], of_old["id"]]

    await change(ana, email=new)

    assert await listed(ana) == [own["id"], of_new["id"]]
    assert [await opened(ana, it) for it in (of_old, of_new, own)] == [404, 200, 200]


async def test_the_token_of_a_guest_order_goes_on_opening_it(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    email = an_address()
    order = await an_order(staff, buyer, email=email)
    await a_customer(shop, email)
    headers = {"X-Order-Token": order["access_token"]}

    assert (await buyer.get(f"/v1/orders/{order['id']}", headers=headers)).status_code == 200


@pytest.mark.parametrize("query", ["?customer_id=", "?owner=", "?email=ada@example.com"])
async def test_nobody_chooses_whose_orders_are_listed(shop: ASGIApp, query: str) -> None:
    assert (await (await a_customer(shop)).get(f"/v1/orders{query}")).status_code == 400
