"""The application that each web worker serves: the routes, and what is true of every request."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from litestar import Litestar, Router  # noqa: TID251 - any table will do
from litestar.datastructures import State
from litestar.di import Provide
from litestar.enums import ScopeType
from litestar.openapi.config import OpenAPIConfig
from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda import openapi
from trastienda import settings as environment
from trastienda.database.db import Database
from trastienda.handlers.imports import uploads as imports
from trastienda.handlers.media import uploads as media
from trastienda.handlers.pages import problems
from trastienda.handlers.pages.rendering import Views
from trastienda.handlers.shared.context import context
from trastienda.handlers.shared.direct import Calls, direct
from trastienda.handlers.shared.express import Plans, express
from trastienda.lifespan import serving
from trastienda.middlewares.answers import (
    conditional,
    cors,
    errors,
    head,
    headers,
    options,
    sending,
)
from trastienda.middlewares.asgi import Wrapper
from trastienda.middlewares.identity import access, client, csrf, security
from trastienda.middlewares.identity.last_seen import LastSeen
from trastienda.middlewares.requests import (
    bodies,
    concurrency,
    hosts,
    limits,
    locale,
    rates,
    request_id,
    validation,
)
from trastienda.process import Process
from trastienda.routes import api, pages
from trastienda.services.accounts.security import Tally
from trastienda.services.channels import channels
from trastienda.services.mail.rendering import MailSettings
from trastienda.settings import Settings, Switch

LARGER_BODIES = {
    media.UPLOADS: media.LARGEST_UPLOAD,
    imports.UPLOADS: imports.LARGEST_UPLOAD,
    imports.PAGE: imports.LARGEST_UPLOAD,
}
"""Bytes of a body, by path, where it may be larger than elsewhere."""


class Application:
    """The shop as a server runs it: the routes, inside the wrappers that apply to every request."""

    def __init__(self, routes: Litestar, inside: ASGIApp) -> None:
        """Take the bare routes and the wrapped ones. Nothing is opened before the start."""
        self.state = routes.state
        """What belongs to this application; `process` is added when it starts."""
        self._routes, self._inside = routes, inside

    @property
    def process(self) -> Process:
        """What this process holds open, once the application has started."""
        process: Process = self.state["process"]
        return process

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request in the process's context, which the lifespan's task cannot set for it."""
        if scope["type"] != ScopeType.HTTP:
            await self._routes(scope, receive, send)
        elif "process" in self.state:
            with self.process.in_use():
                await self._inside(scope, receive, send)
        else:
            await self._inside(scope, receive, send)

    def send_away(self) -> None:
        """End the requests that wait for events, because the process stops."""
        if "process" in self.state:
            self.process.listener.close()


def create(
    settings: Settings | None = None,
    database: Database | None = None,
    *,
    has_worker: bool = False,
    counter: rates.Counter | None = None,
) -> Application:
    """Return the application; tests pass their own settings, database and counter.

    `has_worker`: whether a job worker belongs to this node, so that it is unhealthy if nobody takes
    jobs.
    """
    settings = settings or environment.read()
    if counter is None and settings.rate_limits is Switch.ON:
        counter = rates.Counter()
    app = shop(settings, database, counter=counter)
    app.state["has_worker"] = has_worker
    return guarded(app, settings)


def shop(
    settings: Settings,
    database: Database | None = None,
    routes: Sequence[Router] | None = None,
    description: OpenAPIConfig | None = None,
    counter: rates.Counter | None = None,
) -> Litestar:
    """Return the routes (by default all) and what they share, without the wrappers."""
    _ = settings.signing_secret
    routes = everything(settings) if routes is None else routes

    def document() -> bytes:
        return msgspec.json.encode(described(settings, routes))

    app = Litestar(
        route_handlers=routes,
        lifespan=[lambda app: serving(app, settings, database)],
        dependencies={
            **_provided(settings),
            "document": Provide(document, use_cache=True, sync_to_thread=True),
        },
        state=State(
            {
                "behind_proxy": settings.behind_proxy is Switch.ON,
                "developing": not settings.in_production,
                "has_worker": False,
                "counter": counter,
                "tally": Tally(),
                "last_seen": LastSeen(),
                "plans": Plans(),
                "views": Views(settings),
            },
            deep_copy=False,
        ),
        request_class=validation.JsonRequest,
        before_request=validation.well_formed,
        exception_handlers={Exception: errors.leave},
        request_max_body_size=None,  # limits.py counts
        logging_config=None,
        openapi_config=description,  # handlers/docs.py makes it on demand, in a second application
    )
    validation.learn(app)
    return app


def described(settings: Settings, routes: Sequence[Router] | None = None) -> dict[str, Any]:
    """Return the OpenAPI document, as `/openapi.json` has it. It takes seconds, and no secret."""
    settings = msgspec.structs.replace(settings, secret=settings.secret or "none is described")
    return openapi.document(shop(settings, routes=routes, description=openapi.config(settings)))


def everything(settings: Settings) -> list[Router]:
    """Return all routes: the API, and the pages that the settings ask for."""
    developing = [] if settings.in_production else [pages.for_developers]
    shown = pages.storefront if settings.has_storefront else pages.without_storefront
    return [api, pages.common, pages.admin, shown, *developing]


def _provided(settings: Settings) -> dict[str, Provide]:
    """Return what handlers request by name."""

    def events() -> bytes:
        return msgspec.json.encode(openapi.asyncapi.document(settings))

    def mail_settings() -> MailSettings:
        return MailSettings(settings.mail_from, settings.url, settings.storefront_address)

    def mailbox_folder() -> Path | None:
        return None if settings.in_production else settings.data / "mail"

    return {
        "locale": Provide(locale.of, sync_to_thread=False),
        "visitor": Provide(access.asking),
        "client": Provide(client.counted(settings), sync_to_thread=False),
        "context": Provide(context),
        "mail_settings": Provide(mail_settings, sync_to_thread=False),
        "mailbox_folder": Provide(mailbox_folder, sync_to_thread=False),
        "events": Provide(events, use_cache=True, sync_to_thread=True),
    }


def guarded(app: Litestar, settings: Settings) -> Application:
    """Wrap the routes in what applies to every request and answer, 404, 405 and 500 included.

    The framework's own middlewares run only where it finds a route, hence plain ASGI.
    """
    app.state["report"] = report = security.reporting(settings, app.state["tally"])
    wrappers: list[Wrapper] = [  # from the outside in
        sending.in_pieces(settings.client_deadline),
        request_id.numbered,
        headers.strict(settings),
        head.answered_by_get,
        conditional.unless_known,
        cors.closed_but_for(channels.origins),
        bodies.heard_out,
        errors.as_problems(report, problems.as_pages(app.state["views"])),
        concurrency.bounded(settings),
        hosts.only(hosts.ours(settings), channels.hosts),
        limits.within(settings.body_limit, settings.client_deadline, LARGER_BODIES),
        csrf.protected(csrf.our_origins(settings), channels.origins),
        options.answered_by_all_routes,
        express(app.state["plans"]),
        direct(Calls(app), app),
    ]
    inside: ASGIApp = app
    for wrap in reversed(wrappers):
        inside = wrap(inside)
    return Application(app, inside)
