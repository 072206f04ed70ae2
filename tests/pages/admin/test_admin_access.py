"""Who may see which page of the admin, and that each of them renders in both languages."""

import re

import pytest
from httpx import AsyncClient
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp
from support.orders.returns import a_sent_order, approved
from support.pages.desks import a_desk
from support.pages.readers import a_customer_at_pages, a_visitor
from support.products import a_product

from trastienda.database.models.accounts.user import SCOPES_OF, Role
from trastienda.middlewares.identity.access import Requires
from trastienda.routes.pages import admin

PAGES = {
    route.path: {
        guard.scope
        for handler in route.route_handlers
        if "GET" in handler.http_methods
        for guard in handler.resolve_guards() or ()
        if isinstance(guard, Requires)
    }
    for route in admin.routes
    if isinstance(route, HTTPRoute)
    if "GET" in (route.methods or ())
}
"""The pages that are shown, with the scopes that each of them needs."""
PLAIN = sorted(path for path in PAGES if "{" not in path)


async def test_strangers_are_asked_to_log_in_and_customers_are_refused(shop: ASGIApp) -> None:
    stranger, customer = a_visitor(shop), await a_customer_at_pages(shop)

    answers = [await stranger.get(it) for it in PLAIN]

    assert {it.status_code for it in answers} == {303}
    assert answers[0].headers["location"] == "/login?next=%2Fadmin"
    assert {(await customer.get(it)).status_code for it in PLAIN} == {403}


@pytest.mark.parametrize("role", [Role.OWNER, Role.WAREHOUSE, Role.EDITOR])
async def test_each_role_sees_the_pages_of_its_scopes_and_no_others(
    shop: ASGIApp, role: Role
) -> None:
    desk, scopes = await a_desk(shop, role), SCOPES_OF[role]

    statuses = {it: (await desk.get(it)).status_code for it in PLAIN}

    assert statuses == {it: 200 if PAGES[it] <= scopes else 403 for it in PLAIN}


async def test_the_navigation_leads_only_where_one_may_go(shop: ASGIApp) -> None:
    desk = await a_desk(shop, Role.EDITOR)
    seen = {"/admin"}
    for start in ("/admin", "/admin/products", "/admin/promotions"):
        seen |= set(re.findall(r'href="(/admin/[a-z-/]+)"', (await desk.get(start)).text))

    refused = {it for it in seen if (await desk.get(it)).status_code != 200}
    assert refused == set()


async def test_every_page_of_one_thing_renders_in_spanish(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    order, product = await a_sent_order(staff, buyer), await a_product(staff, name="Cup")
    of, desk = await approved(staff, buyer, order, 1), await a_desk(shop, language="es")
    sku = product["variants"][0]["sku"]
    places = [
        f"/admin/orders/{order['id']}",
        f"/admin/orders/{order['id']}/explanation",
        f"/admin/orders/{order['id']}/packing-slip",
        f"/admin/returns/{of['id']}",
        f"/admin/products/{product['id']}",
        f"/admin/products/prices/{sku}",
        f"/admin/stock/sku/{sku}",
        "/admin/letters/order_paid/es",
        "/admin/exchange-rates/USD",
        "/admin/search?q=cup",
        *(f"/admin/reports?kind={it}" for it in ("taxes", "payments", "stock")),
    ]

    pages = [await desk.get(it) for it in places]

    assert [(it.status_code, it.url.path) for it in pages if it.status_code != 200] == []
    assert {'lang="es"' in it.text for it in pages} == {True}
