"""The application that each web worker serves: the routes, and what is true of every request."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import msgspec
import psycopg
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.openapi.config import OpenAPIConfig
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy.exc import SQLAlchemyError

from trastienda import openapi
from trastienda import settings as environment
from trastienda.controllers import outbox
from trastienda.database.db import Database, connected, reading
from trastienda.errors import Unavailable
from trastienda.handlers.express import express
from trastienda.handlers.terms import terms
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
    sightings,
    validation,
)
from trastienda.routes import api
from trastienda.services import channels, news, outside, payments, webhook_sending
from trastienda.services.letter_table import House
from trastienda.services.tokens import signing
from trastienda.services.webhook_sending import Sender
from trastienda.settings import Settings, Switch, WrongSetting

FRESH_FOR = 5.0  # seconds
REFRESHING = asyncio.Lock()
"""Held while a process reads the channels; who changes its database waits for that."""
WAKE_AT_MOST = 0.05  # seconds between two
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
    secret = settings.secret

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        pool = database or Database(settings.database_url or "", settings.pool)
        with signing(secret), payments.offered(in_production=settings.in_production):
            heard = news.heard(settings.database_direct_url or settings.database_url or "")
            sender = Sender(private=settings.private_webhooks, plain=not settings.in_production)
            calling = (webhook_sending.sending(sender), outside.connected(settings))
            async with AsyncExitStack() as open_while:
                for each in (connected(pool), *calling, _fresh_channels(), _waking(pool), heard):
                    await open_while.enter_async_context(each)
                yield
                await sightings.settled()

    def document() -> bytes:
        described = shop(settings, routes=routes, description=openapi.config(settings))
        return msgspec.json.encode(openapi.document(described))

    def events() -> bytes:
        return msgspec.json.encode(openapi.asyncapi.document(settings))

    def house() -> House:
        return House(settings.mail_from, settings.url, settings.storefront)

    def mailbox_folder() -> Path | None:
        return None if settings.in_production else settings.data / "mail"

    app = Litestar(
        route_handlers=routes,
        lifespan=[lifespan],
        dependencies={
            "locale": Provide(locale.of, sync_to_thread=False),
            "visitor": Provide(access.asking),
            "client": Provide(client.counted(settings), sync_to_thread=False),
            "terms": Provide(terms),
            "house": Provide(house, sync_to_thread=False),
            "mailbox_folder": Provide(mailbox_folder, sync_to_thread=False),
            "document": Provide(document, use_cache=True, sync_to_thread=True),
            "events": Provide(events, use_cache=True, sync_to_thread=True),
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


@asynccontextmanager
async def _fresh_channels() -> AsyncIterator[None]:
    """Keep what every request needs of the channels at hand, a few seconds old at most."""

    async def refresh() -> None:
        async with REFRESHING, reading() as session:
            await channels.refresh(session)

    async def forever() -> None:
        while True:
            await asyncio.sleep(FRESH_FOR)
            with suppress(Unavailable, psycopg.Error, SQLAlchemyError):  # next time, then
                await refresh()

    await refresh()
    task = asyncio.create_task(forever(), name="fresh channels")
    try:
        yield
    finally:
        task.cancel()


@asynccontextmanager
async def _waking(pool: Database) -> AsyncIterator[None]:
    """Tell the relays after commits that left events, at most so often."""

    async def forever() -> None:
        while True:
            await pool.happened.wait()
            pool.happened.clear()
            with suppress(Unavailable, psycopg.Error):  # they look by themselves, a second later
                await outbox.wake()
            await asyncio.sleep(WAKE_AT_MOST)

    task = asyncio.create_task(forever(), name="waking relays")
    try:
        yield
    finally:
        task.cancel()


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
