"""Which methods an address takes, and which other origins may use them."""

import re
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar import Litestar, get
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, Method
from support.probes import SETTINGS, a_client, probed, problem

from trastienda.application import guarded, shop
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.answers import cors

Connection = ASGIConnection[Any, Any, Any, Any]


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return probed()


@pytest.fixture
def client(app: ASGIApp) -> AsyncClient:
    return a_client(app)


async def test_options_names_every_method_of_each_address() -> None:
    wanted: dict[str, set[str]] = {}
    whole = shop(SETTINGS)
    for route in whole.routes:
        if isinstance(route, HTTPRoute):
            path = re.sub(r"\{[^}]*\}", str(UUID(int=0)), route.path)
            wanted.setdefault(path, set()).update(route.methods)
    async with a_client(guarded(whole, SETTINGS)) as client:
        answers = {path: await client.options(path) for path in wanted}

    assert len(wanted) >= 90
    for path, answer in answers.items():
        methods = wanted[path] | ({"HEAD"} if "GET" in wanted[path] else set())
        assert (path, answer.status_code, answer.headers["allow"]) == (
            path,
            204,
            ", ".join(sorted(methods)),
        )


async def test_a_preflight_allows_every_method_of_each_address() -> None:
    storefront = "https://mugs.example"
    whole = shop(SETTINGS)
    methods = {it for route in whole.routes for it in getattr(route, "methods", ())}
    asked = {"origin": storefront, "access-control-request-method": "DELETE"}
    async with a_client(cors.closed_but_for(lambda: {storefront})(whole)) as client:
        answer = await client.options("/v1/carts", headers=asked)

    allowed = set(answer.headers["access-control-allow-methods"].split(", "))
    assert methods - {"OPTIONS"} <= allowed


async def test_options_of_no_address_is_not_found(client: AsyncClient) -> None:
    assert problem(await client.options("/nowhere"))["type"] == "/problems/no-such-address"


async def test_other_origins_get_no_permission(client: AsyncClient) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    answers = [
        await client.get("/probes", headers=asked),
        await client.options("/probes", headers=asked),
    ]

    assert [name for it in answers for name in it.headers if name.startswith("access-")] == []


async def test_a_storefronts_origin_may_ask_and_read(app: ASGIApp) -> None:
    storefront = "https://mugs.example"
    wrapped = cors.closed_but_for(lambda: {storefront})(app)
    preflight = {"origin": storefront, "access-control-request-method": "PATCH"}
    async with a_client(wrapped) as client:
        asked = await client.options("/probes", headers=preflight)
        read = await client.get("/probes", headers={"origin": storefront})
        foreign = await client.get("/probes", headers={"origin": "https://evil.example"})

    assert asked.status_code == 204
    assert "PATCH" in asked.headers["access-control-allow-methods"]
    assert "X-CSRF-Token" in asked.headers["access-control-allow-headers"]
    assert read.headers["access-control-allow-origin"] == storefront
    assert read.headers["access-control-allow-credentials"] == "true"
    assert "X-Request-Id" in read.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in foreign.headers
    assert {it.headers["vary"] for it in (asked, read, foreign)} == {"Origin"}


def test_applications_of_the_same_tables_share_no_handler_and_keep_their_guards() -> None:
    @get()
    async def read() -> None:
        """Read nothing."""

    async def outer_guard(connection: Connection, handler: BaseRouteHandler) -> None: ...

    async def inner_guard(connection: Connection, handler: BaseRouteHandler) -> None: ...

    inner = Router("/inner", route_handlers=[read], guards=[inner_guard])
    outer = Router("/outer", route_handlers=[inner], guards=[outer_guard])
    apps = [shop(SETTINGS, routes=[outer]) for _ in range(2)]
    found = [handler_of(app, "/outer/inner", "GET") for app in apps]

    assert found[0] is not found[1]
    assert [it.app for it in found] == apps
    assert [it.resolve_guards() for it in found] == [[outer_guard, inner_guard]] * 2
    assert outer.owner is None


def test_addresses_share_the_handler_of_options_that_nobody_reaches() -> None:
    app = shop(SETTINGS)
    stand_ins = {handler_of(app, it.path, "OPTIONS") for it in app.routes}

    assert len(stand_ins) < len(app.routes) / 50


def handler_of(app: Litestar, path: str, method: Method) -> HTTPRouteHandler:
    [route] = [it for it in app.routes if isinstance(it, HTTPRoute) and it.path == path]
    return route.route_handler_map[method][0]
