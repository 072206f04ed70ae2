"""The application that each web worker serves: the routes, and what is true of every request."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import msgspec
from litestar import Litestar, Router
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.openapi.config import OpenAPIConfig
from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda import openapi
from trastienda import settings as environment
from trastienda.database.db import Database, connected
from trastienda.middlewares import (
    cors,
    errors,
    head,
    headers,
    hosts,
    limits,
    locale,
    request_id,
    validation,
)
from trastienda.routes import api
from trastienda.settings import Settings

Wrapper = Callable[[ASGIApp], ASGIApp]


def create(settings: Settings | None = None, database: Database | None = None) -> ASGIApp:
    """Put the application together; tests pass their own settings and database."""
    settings = settings or environment.read()
    return guarded(shop(settings, database), settings)


def shop(
    settings: Settings,
    database: Database | None = None,
    routes: Sequence[Router] = (api,),
    description: OpenAPIConfig | None = None,
) -> Litestar:
    """Return the routes and what they share, bare: without what is true of every answer."""

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        pool = database or Database(settings.database_url or "", settings.pool)
        async with connected(pool):
            yield

    def document() -> bytes:
        described = shop(settings, routes=routes, description=openapi.config(settings))
        return msgspec.json.encode(openapi.document(described))

    app = Litestar(
        route_handlers=routes,
        lifespan=[lifespan],
        dependencies={
            "locale": Provide(locale.of, sync_to_thread=False),
            "document": Provide(document, use_cache=True, sync_to_thread=True),
        },
        request_class=validation.JsonRequest,
        before_request=validation.well_formed,
        exception_handlers={Exception: errors.leave},
        request_max_body_size=None,  # limits.py counts
        logging_config=None,
        openapi_config=description,  # made on demand, in a second one; handlers/docs.py serves it
    )
    validation.learn(app)
    return app


def guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Wrap the routes in what is true of every request and answer, also of 404, 405 and 500.

    The framework's own middlewares run only where it finds a route, hence plain ASGI.
    """
    known_hosts = hosts.ours(settings)
    storefronts: set[str] = set()  # origins of channels
    wrappers: list[Wrapper] = [  # from the outside in
        request_id.numbered,
        headers.strict(settings),
        head.answered_by_get,
        cors.closed_but_for(storefronts),
        errors.as_problems,
        hosts.only(known_hosts),
        limits.within(settings.body_limit),
    ]
    inside = app
    for wrap in reversed(wrappers):
        inside = wrap(inside)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await (inside if scope["type"] == ScopeType.HTTP else app)(scope, receive, send)

    return serve
