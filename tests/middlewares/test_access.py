"""Every route, walked by every kind of visitor. The table is the application's own."""

from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp
from support.people import a_customer, a_program

from trastienda import application
from trastienda.middlewares.identity.access import Requires, customers, requires
from trastienda.middlewares.identity.csrf import open_to_others
from trastienda.middlewares.requests.rates import Limited
from trastienda.settings import Settings

pytestmark = pytest.mark.once
"""Guards decide, before a statement; the keys that they look at are read in other tests as well."""
FOR_EVERYBODY = {
    "accept_prices",
    "accept_staff_invitation",
    "add_coupon",
    "add_gift_card",
    "add_line",
    "answer_challenge",
    "ask_for_return",
    "cancel_cart_payment",
    "cancel_order_payment",
    "change_line",
    "check_gift_card",
    "checkout",
    "choose_shipping_option",
    "count_filters",
    "explain_cart",
    "forget_reminder",
    "get_cart",
    "get_cart_payment",
    "get_legal_page",
    "get_order",
    "get_order_payment",
    "get_pdf_of_order",
    "get_product",
    "get_returnable",
    "get_sent_draft_order",
    "get_staff_invitation",
    "get_storefront",
    "get_xml_of_order",
    "list_categories",
    "list_invoices_of_order",
    "list_payment_options",
    "list_products",
    "list_returns_of_order",
    "list_shipping_options",
    "log_in",
    "log_out",
    "open_cart",
    "order_draft_order",
    "pay_order",
    "receive_payment_webhook",
    "register_user",
    "remind_of_cart",
    "remove_coupon",
    "remove_gift_card",
    "remove_gift_recipient",
    "remove_line",
    "request_order_link",
    "request_password_reset",
    "reset_password",
    "restore_cart",
    "set_contact",
    "set_gift_recipient",
    "show_challenge",
    "show_session",
    "show_unsubscribe",
    "unsubscribe",
    "verify_user",
    "withdraw_own_return",
}
ENDLESS = {"stream_events"}
"""Answers without an end: their headers tell whether one may."""
FILL = {UUID: str(UUID(int=0)), str: "nobody-has-this-one", int: "2147483647"}
Route = tuple[str, str, HTTPRouteHandler]


def routes() -> list[Route]:
    app = application.shop(Settings(database_url="unused", secret="x" * 32))
    return [
        (method, _filled(route), handler)
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path.startswith("/v1")
        for handler, _ in route.route_handler_map.values()
        for method in sorted(handler.http_methods)
        if method not in {"OPTIONS", "HEAD"}
    ]


def _filled(route: HTTPRoute) -> str:
    parts = (it if isinstance(it, str) else FILL[it.type] for it in route.path_components)
    return "/" + "/".join(parts)


def guards(handler: HTTPRouteHandler) -> list[Any]:
    return [it for it in handler.resolve_guards() if not isinstance(it, Limited)]


ROUTES = routes()
GUARDED = [it for it in ROUTES if guards(it[2])]
UNSAFE = [it for it in ROUTES if it[0] != "GET" and not open_to_others(it[1])]


def named(route: Any) -> str:  # noqa: ANN401 - pytest asks about any parameter
    return str(route[2].handler_name) if isinstance(route, tuple) else ""


async def status(client: AsyncClient, route: Route) -> int:
    method, address, handler = route
    if handler.handler_name in ENDLESS:
        method = "HEAD"
    json: dict[str, object] | None = {} if method in {"POST", "PUT", "PATCH"} else None
    return (await client.request(method, address, json=json)).status_code


def test_what_everybody_may_call_is_a_list_that_somebody_read() -> None:
    assert {named(it) for it in ROUTES if not guards(it[2])} == FOR_EVERYBODY


def test_staff_routes_ask_for_a_scope() -> None:
    bare = {
        named(it)
        for it in ROUTES
        if it[1].startswith("/v1/admin")
        and not any(isinstance(guard, Requires) for guard in guards(it[2]))
    }

    assert bare == set()


def test_a_scope_that_nobody_can_have_is_found_at_the_start() -> None:
    with pytest.raises(ValueError, match="there is no scope"):
        requires("orders.approve")  # type: ignore[arg-type]  # mypy finds it as well


@pytest.mark.parametrize("route", GUARDED, ids=named)
async def test_nobody_in_particular_is_asked_who_they_are(buyer: AsyncClient, route: Route) -> None:
    assert await status(buyer, route) == 401


@pytest.mark.parametrize("route", GUARDED, ids=named)
async def test_a_customer_may_do_what_customers_may(customer: AsyncClient, route: Route) -> None:
    allowed = customers in guards(route[2])

    assert (await status(customer, route) != 403) is allowed


@pytest.mark.parametrize("route", GUARDED, ids=named)
async def test_a_key_opens_what_its_scope_says_and_nothing_else(
    shop: ASGIApp, route: Route
) -> None:
    scopes = [it.scope for it in guards(route[2]) if isinstance(it, Requires)]
    other = next(it for it in ("metrics.read", "customers.read") if it not in scopes)
    async with await a_program(shop, None, other) as stranger:
        refused = await status(stranger, route)
    if not scopes:
        assert refused == 403
        return
    async with await a_program(shop, None, *scopes) as holder:
        opened = await status(holder, route)

    assert refused == 403
    assert opened in {200, 201, 204, 400, 404, 405, 409, 415, 422}


@pytest.mark.parametrize("route", UNSAFE, ids=named)
async def test_a_session_without_its_token_changes_nothing(
    customer: AsyncClient, route: Route
) -> None:
    method, address, _ = route
    headers = {"X-CSRF-Token": "wrong"}

    answer = await customer.request(method, address, json={}, headers=headers)

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/csrf-token-wrong")


@pytest.mark.parametrize("route", UNSAFE, ids=named)
async def test_a_page_of_another_site_changes_nothing(buyer: AsyncClient, route: Route) -> None:
    method, address, _ = route
    headers = {"Origin": "https://evil.example"}

    answer = await buyer.request(method, address, json={}, headers=headers)

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/foreign-origin")


@pytest.fixture(scope="session")
async def customer(shop: ASGIApp) -> AsyncClient:
    return await a_customer(shop)
