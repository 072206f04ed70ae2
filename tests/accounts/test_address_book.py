"""The addresses that customers keep for their next order."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import ask, change
from support.people import a_customer, a_program, visitor
from support.products import a_cart, a_sku_for_sale
from support.refusals import changes_once, refusal

from trastienda.database.models.accounts.user import Role
from trastienda.database.models.accounts.user_address import MOST_ADDRESSES

ALL = "/v1/users/me/addresses"
HOME = {"name": "Ana", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}
WORK = {**HOME, "line1": "Gran Vía 2", "line2": "3º B", "postal_code": "28013"}


async def add(customer: AsyncClient, address: dict[str, str], **facts: bool) -> Response:
    return await customer.post(ALL, json={"address": address, **facts})


async def kept(customer: AsyncClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await customer.get(ALL)).json()["items"]
    return items


async def defaults(customer: AsyncClient) -> list[tuple[bool, bool]]:
    return [(it["default_shipping"], it["default_billing"]) for it in await kept(customer)]


async def test_an_address_is_kept_changed_and_removed(shop: ASGIApp) -> None:
    customer = await a_customer(shop)
    added = await add(customer, WORK)
    one = f"{ALL}/{added.json()['id']}"

    assert (added.status_code, added.headers["etag"]) == (201, '"1"')
    assert added.json()["address"] == WORK
    assert (await customer.get(one)).json() == added.json() == (await kept(customer))[0]
    late = await changes_once(customer, one, {"address": HOME})
    assert refusal(late)[:2] == (412, "saved-address-changed")
    assert (await customer.get(one)).json()["address"] == HOME
    assert (await customer.delete(one)).status_code == 204
    assert (await customer.get(one)).status_code == 404
    assert await kept(customer) == []


async def test_one_address_is_the_default(shop: ASGIApp) -> None:
    customer = await a_customer(shop)
    first = (await add(customer, HOME)).json()
    await add(customer, WORK)
    assert await defaults(customer) == [(True, True), (False, False)]
    await add(customer, WORK, default_shipping=True)
    assert await defaults(customer) == [(False, True), (False, False), (True, False)]
    mine = f"{ALL}/{first['id']}"

    again = await customer.patch(mine, json={"default_shipping": True, "default_billing": False})

    assert again.json()["version"] == 3  # the one before stepped back, which is a change as well
    assert await defaults(customer) == [(True, False), (False, False), (False, False)]


async def test_a_cart_takes_a_kept_address_as_it_is(shop: ASGIApp, staff: AsyncClient) -> None:
    customer = await a_customer(shop)
    address = (await add(customer, WORK)).json()["address"]
    cart = await a_cart(customer, **{await a_sku_for_sale(staff): 1})
    contact = {"email": "ana@example.com", "shipping_address": address}

    answer = await customer.put(f"/v1/carts/{cart['id']}/contact", json=contact)

    assert answer.json()["shipping_address"] == address


async def test_other_peoples_addresses_do_not_exist(shop: ASGIApp) -> None:
    customer, other = await a_customer(shop), await a_customer(shop)
    one = f"{ALL}/{(await add(customer, HOME)).json()['id']}"
    answers = [
        await other.get(one),
        await other.patch(one, json={"default_billing": False}),
        await other.delete(one),
    ]

    assert {refusal(it)[:2] for it in answers} == {(404, "saved-address-not-found")}
    assert await defaults(customer) == [(True, True)]
    assert await kept(other) == []
    program = await a_program(shop, Role.OWNER)
    assert refusal(await program.get(ALL))[:2] == (403, "for-customers")


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"country": "XX"}, (422, "country-unknown", "/address/country")),
        ({"country": "es"}, (400, "invalid-request", "/address/country")),
        ({"user_id": "somebody"}, (400, "invalid-request", "/address")),
    ],
)
async def test_an_address_is_checked_as_at_checkout(
    shop: ASGIApp, wrong: dict[str, str], expected: tuple[int, str, str]
) -> None:
    customer = await a_customer(shop)
    one = f"{ALL}/{(await add(customer, HOME)).json()['id']}"
    before = await kept(customer)
    changed = await customer.patch(one, json={"address": HOME | wrong})

    assert refusal(await add(customer, HOME | wrong))[:2] == expected[:2]
    assert refusal(changed)[:2] == expected[:2]
    assert await kept(customer) == before


async def test_requests_at_once_keep_one_default_and_the_limit(shop: ASGIApp) -> None:
    customer = await a_customer(shop)
    known = await visitor(customer)
    assert known is not None
    await change(
        "INSERT INTO user_addresses (id, user_id, address, default_shipping, default_billing,"
        " version) SELECT gen_random_uuid(), %s, '{}', false, false, 1 FROM generate_series(1, %s)",
        known["id"],
        MOST_ADDRESSES - 3,
    )
    answers = await asyncio.gather(*(add(customer, HOME, default_shipping=True) for _ in range(5)))

    assert sorted(it.status_code for it in answers) == [201, 201, 201, 409, 409]
    full = next(it for it in answers if it.status_code == 409)
    assert refusal(full)[:2] == (409, "address-book-full")
    assert full.json()["limit"] == MOST_ADDRESSES
    assert await ask(
        "SELECT count(*), count(*) FILTER (WHERE default_shipping) FROM user_addresses"
        " WHERE user_id = %s",
        known["id"],
    ) == [(MOST_ADDRESSES, 1)]
