"""Whatever buyers and colleagues write is text on every page of the admin."""

from urllib.parse import quote

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.orders.returns import a_sent_order, approved
from support.pages.desks import a_desk
from support.pages.hostile import HOSTILE, strange
from support.products import a_product

NAME = HOSTILE[:180]


async def test_hostile_texts_stay_texts_in_the_admin(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order = await a_sent_order(staff, buyer, name=NAME, product=NAME)
    of = await approved(staff, buyer, order, 1, note=HOSTILE)
    await staff.post(f"/v1/admin/orders/{order['id']}/notes", json={"text": HOSTILE})
    await staff.put(f"/v1/admin/orders/{order['id']}/tags", json={"tags": [NAME[:60]]})
    product = await a_product(staff, name=NAME, description=HOSTILE)
    promotion = {"name": NAME, "kind": "order_percent", "trigger": "coupon", "percent": "5"}
    made = (await staff.post("/v1/admin/promotions", json=promotion)).json()
    await staff.post("/v1/admin/categories", json={"name": NAME})
    await staff.post("/v1/admin/keys", json={"name": NAME, "role": "editor"})
    desk = await a_desk(shop)

    pages = [
        await desk.get(it)
        for it in (
            "/admin/orders",
            f"/admin/orders?q={quote(NAME)}&tag={quote(NAME[:60])}",
            f"/admin/orders/{order['id']}",
            f"/admin/orders/{order['id']}/refund",
            f"/admin/orders/{order['id']}/edit",
            f"/admin/orders/{order['id']}/packing-slip",
            f"/admin/returns/{of['id']}",
            f"/admin/products?q={quote(NAME)}",
            f"/admin/products/{product['id']}",
            f"/admin/products/{product['id']}/variants",
            f"/admin/products/{product['id']}/preview",
            "/admin/categories",
            "/admin/keys",
            f"/admin/promotions/{made['id']}",
            f"/admin/search?q={quote(NAME)}",
            "/admin/events",
        )
    ]

    assert [(it.status_code, str(it.url)) for it in pages if it.status_code != 200] == []
    assert {it.url.path: strange(it) for it in pages if strange(it)} == {}
