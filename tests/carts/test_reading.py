"""The short way to read a cart and the long one say the same, whenever the shop changes."""

from typing import Any

import msgspec
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_program
from support.products import a_cart_to_order, a_sku_for_sale
from support.refusals import refusal

from trastienda.database.db import reading, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import ANYONE
from trastienda.services.carts import reading as cart_reading

TENTH = {"name": "Ten", "trigger": "automatic", "kind": "order_percent", "percent": "10"}


async def ways(cart_id: str) -> list[str]:
    """Read a cart; say by which statements."""
    names = {"cart": cart_id, "visitor": None, "locale": "en", "now": utcnow()}
    async with reading() as session:
        short = await cart_reading.SHORT.row(session, **names)
        long = await cart_reading.LONG.row(session, **names)
        cart = await cart_reading.read(session, ANYONE, cart_id, Context(utcnow()))
    assert short is not None
    assert long is not None
    assert short[1] is long[1]
    assert cart == msgspec.json.decode(long[0], type=CartRow)
    if short[0] is None:
        return ["long"]
    assert msgspec.json.decode(short[0], type=CartRow) == cart
    return ["short", "long"]


async def discounts(buyer: AsyncClient, cart: dict[str, Any]) -> int:
    answer = await buyer.get(f"/v1/carts/{cart['id']}")
    discount: int = answer.json()["totals"]["discount"]
    return discount


async def test_both_ways_agree_while_a_shop_begins_and_ends_to_use_promotions(
    empty_shop: ASGIApp,
) -> None:
    staff, buyer = await a_program(empty_shop, Role.OWNER), a_browser(empty_shop)
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, price=1_000): 2})
    before = (await ways(cart["id"]), await discounts(buyer, cart))
    made = await staff.post("/v1/admin/promotions", json={**TENTH, "active": True})
    assert made.status_code == 201, refusal(made)
    during = (await ways(cart["id"]), await discounts(buyer, cart))
    await staff.delete(f"/v1/admin/promotions/{made.json()['id']}")
    after = (await ways(cart["id"]), await discounts(buyer, cart))

    assert (before, during, after) == ((["short", "long"], 0), (["long"], 200), before)
