"""A customer's cart on another device."""

from httpx import AsyncClient
from support.people import a_browser, a_customer, a_program, an_address, log_in
from support.products import a_cart, a_cart_to_order, a_sku_for_sale, check_out
from support.refusals import refusal

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role

MINE = "/v1/carts/mine"


async def test_a_cart_is_found_on_another_device(shop: Application, staff: AsyncClient) -> None:
    sku, email = await a_sku_for_sale(staff), an_address()
    phone, laptop = await a_customer(shop, email), a_browser(shop)
    await log_in(laptop, email)

    before = await phone.get(MINE)
    older = await a_cart(phone, **{sku: 1})
    newer = await a_cart(phone, **{sku: 2})
    await a_cart(phone)  # an empty one is not shown
    found = await laptop.get(MINE)
    line = f"/v1/carts/{older['id']}/lines/{older['lines'][0]['id']}"
    await laptop.patch(line, json={"quantity": 5})
    changed = await phone.get(MINE)

    assert refusal(before) == (404, "cart-not-found", None)
    assert (found.json()["id"], found.json()["lines"][0]["quantity"]) == (newer["id"], 2)
    assert found.headers["etag"] == f'"{found.json()["version"]}"'
    assert (changed.json()["id"], changed.json()["lines"][0]["quantity"]) == (older["id"], 5)


async def test_a_cart_that_was_ordered_is_not_mine_any_more(
    shop: Application, staff: AsyncClient
) -> None:
    customer = await a_customer(shop)
    cart = await a_cart_to_order(customer, **{await a_sku_for_sale(staff): 1})

    mine = await customer.get(MINE)
    await check_out(customer, cart["id"])
    ordered = await customer.get(MINE)

    assert mine.json()["id"] == cart["id"]
    assert refusal(ordered) == (404, "cart-not-found", None)


async def test_nobody_finds_the_cart_of_another(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    await a_cart(await a_customer(shop), **{await a_sku_for_sale(staff): 1})
    others = await a_customer(shop), buyer, await a_program(shop, Role.OWNER)

    answers = [await client.get(MINE) for client in others]

    assert [refusal(it)[:2] for it in answers] == [
        (404, "cart-not-found"),
        (401, "log-in-first"),
        (403, "for-customers"),
    ]
