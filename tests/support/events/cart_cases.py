"""What becomes of carts at login and with time, and what it leaves in the events."""

from datetime import timedelta

from support.background import change
from support.events.use_cases import Act, World, leaves
from support.people import PASSWORD, a_browser, a_customer, an_address
from support.products import a_cart, a_cart_to_order, a_sku_for_sale

from trastienda.controllers.carts import expire
from trastienda.database.db import utcnow
from trastienda.schemas.shared.context import Context


@leaves("accounts.sessions.log_in", "cart.merged by customer")
async def a_login_with_a_cart(world: World) -> Act:
    email, browser = an_address(), a_browser(world.shop)
    sku = await a_sku_for_sale(world.staff)
    await a_cart(await a_customer(world.shop, email), **{sku: 1})
    cart = await a_cart(browser, **{sku: 1})
    body = {"email": email, "password": PASSWORD, "cart": cart["id"]}
    return lambda: browser.post("/v1/session", json=body)


@leaves("carts.merge.merge", "cart.merged by customer")
async def two_carts_of_a_customer(world: World) -> Act:
    customer, sku = await a_customer(world.shop), await a_sku_for_sale(world.staff)
    first, second = [await a_cart(customer, **{sku: 1}) for _ in range(2)]
    body = {"policy": "sum", "other": second["id"]}
    return lambda: customer.post(f"/v1/carts/{first['id']}/merge", json=body)


@leaves("carts.expire.expire", "cart.expired by system")
async def a_cart_whose_time_is_over(world: World) -> Act:
    cart = await a_cart_to_order(world.buyer, **{await a_sku_for_sale(world.staff): 1})
    while await expire(Context(utcnow())):  # of all that others left
        pass
    at = utcnow() - timedelta(days=31)
    moved = "UPDATE carts SET updated_at = %s, created_at = %s WHERE id = %s"
    await change(moved, at, at, cart["id"])
    return lambda: expire(Context(utcnow()))
