"""The application that each web worker serves: the routes, and what is true of every request."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.openapi.config import OpenAPIConfig
from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda import openapi
from trastienda import settings as environment
from trastienda.database.db import Database
from trastienda.handlers.express import express
from trastienda.handlers.terms import terms
from trastienda.lifespan import serving
from trastienda.middlewares import (
    access,
    bodies,
    client,
    conditional,
    cors,
    csrf,
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
from trastienda.services import channels
from trastienda.services.letter_table import House
from trastienda.settings import Settings, Switch, WrongSetting

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
    if settings.secret is None:
        raise WrongSetting("TRASTIENDA_SECRET: is missing")

    def document() -> bytes:
        described = shop(settings, routes=routes, description=openapi.config(settings))
        return msgspec.json.encode(openapi.document(described))

    app = Litestar(
        route_handlers=routes,
        lifespan=[lambda _: serving(settings, database)],
        dependencies={
            **_provided(settings),
            "document": Provide(document, use_cache=True, sync_to_thread=True),
        },
        state=State({"behind_proxy": settings.behind_proxy is Switch.ON}),
        request_class=validation.JsonRequest,
        before_request=validation.well_formed,
        exception_handlers={Exception: errors.leave},
        request_max_body_size=None,  # limits.py counts
        logging_config=None,
        openapi_config=description,  # made on demand, in a second one; handlers/docs.py serves it
    )
    validation.learn(app)
    return app


def _provided(settings: Settings) -> dict[str, Provide]:
    """Give what handlers ask for by name."""

    def events() -> bytes:
        return msgspec.json.encode(openapi.asyncapi.document(settings))

    def house() -> House:
        return House(settings.mail_from, settings.url, settings.storefront)

    def mailbox_folder() -> Path | None:
        return None if settings.in_production else settings.data / "mail"

    return {
        "locale": Provide(locale.of, sync_to_thread=False),
        "visitor": Provide(access.asking),
        "client": Provide(client.counted(settings), sync_to_thread=False),
        "terms": Provide(terms),
        "house": Provide(house, sync_to_thread=False),
        "mailbox_folder": Provide(mailbox_folder, sync_to_thread=False),
        "events": Provide(events, use_cache=True, sync_to_thread=True),
    }


def guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Wrap the routes in what is true of every request and answer, also of 404, 405 and 500.

    The framework's own middlewares run only where it finds a route, hence plain ASGI.
    """
    wrappers: list[Wrapper] = [  # from the outside in
        request_id.numbered,
        headers.strict(settings),
        head.answered_by_get,
        conditional.unless_known,
        cors.closed_but_for(channels.ORIGINS),
        bodies.heard_out,
        errors.as_problems,
        hosts.only(hosts.ours(settings), channels.HOSTS),
        limits.within(settings.body_limit),
        csrf.protected(csrf.our_origins(settings), channels.ORIGINS),
        express,
    ]
    inside = app
    for wrap in reversed(wrappers):
        inside = wrap(inside)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await (inside if scope["type"] == ScopeType.HTTP else app)(scope, receive, send)

    return serve
