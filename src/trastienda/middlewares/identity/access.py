"""Identity and permissions. Only routes that ask for them cost a look-up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.types import Scope

from trastienda.database.db import reading, utcnow
from trastienda.database.models.accounts.user import SCOPES, StaffScope
from trastienda.errors import Forbidden, Unauthenticated
from trastienda.middlewares.identity import client, cookies
from trastienda.middlewares.identity.last_seen import LastSeen
from trastienda.schemas.shared.visitor import ANYONE, Visitor
from trastienda.services.accounts import keys, sessions

Asking = NamedDependency[Visitor]
"""The type of the parameter `visitor` of a handler that needs to know who is asking."""

Connection = ASGIConnection[Any, Any, Any, Any]


class LogInFirst(Unauthenticated):
    """Log in, or send an API key, to do this."""


class WrongKey(Unauthenticated):
    """The API key is not valid, or no longer."""


class NotAllowed(Forbidden):
    """Your role or key does not allow this."""


class ForStaff(Forbidden):
    """Only members of staff may do this, and API keys with a scope."""


class ForCustomers(Forbidden):
    """Only people who have logged in may do this, not API keys."""


class OnlyOnThisMachine(Forbidden):
    """This page is only for a browser on the machine that the shop runs on."""


def session_token(scope: Scope) -> str | None:
    """Return the session token; none counts beside an `Authorization` header."""
    if cookies.header(scope, b"authorization") is not None:
        return None
    return cookies.cookie(scope, cookies.SESSION)


def is_anonymous(scope: Scope) -> bool:
    """Say whether a request has neither a key nor a session."""
    has_key = cookies.header(scope, b"authorization") is not None
    return not has_key and session_token(scope) is None


async def asking(request: Connection) -> Visitor:
    """Look up the visitor, once for each request; this provides `Asking`.

    With an `Authorization` header, cookies are ignored, and an invalid key is refused.
    """
    state: dict[str, Any] = request.scope["state"]
    known: Visitor | None = state.get("visitor")
    if known is None:
        known = state["visitor"] = await _look_up(request)
    return known


async def still_allowed(connection: Connection, scope: StaffScope) -> bool:
    """Look up again whether the client may go on. This does not extend a session."""
    try:
        found = await _known(connection.scope, utcnow())
    except WrongKey:
        return False
    return found is not None and scope in found[0].scopes


async def _look_up(connection: Connection) -> Visitor:
    now = utcnow()
    found = await _known(connection.scope, now)
    if found is None:
        return ANYONE
    last_seen: LastSeen = connection.app.state["last_seen"]
    last_seen.note(*found, now)
    return found[0]


async def _known(scope: Scope, now: datetime) -> tuple[Visitor, datetime | None] | None:
    authorization = cookies.header(scope, b"authorization")
    token = session_token(scope)
    if authorization is not None:
        return await _holder_of_key(authorization, now)
    if token is None:
        return None
    async with reading() as session:
        return await sessions.visitor(session, token, now)


async def _holder_of_key(authorization: str, now: datetime) -> tuple[Visitor, datetime | None]:
    scheme, _, key = authorization.partition(" ")
    if scheme.lower() != "bearer" or not keys.well_formed(key.strip()):
        raise WrongKey
    async with reading() as session:
        found = await keys.visitor(session, key.strip(), now)
    if found is None:
        raise WrongKey
    return found


@dataclass(frozen=True)
class Requires:
    """A guard that requires a scope. A scope that does not exist is found at the start."""

    scope: StaffScope

    def __post_init__(self) -> None:
        if self.scope not in SCOPES:
            raise ValueError(f"there is no scope {self.scope}: see StaffScope in models/user.py")

    async def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        """Refuse visitors who are unknown or lack the scope."""
        known = await asking(connection)
        if known == ANYONE:
            raise LogInFirst
        if self.scope not in known.scopes:
            raise NotAllowed(scope=self.scope)


requires = Requires


class OnThisMachineOr(Requires):
    """A guard that also admits anonymous requests from this machine itself."""

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        """Refuse all others as `Requires` does; an invalid key is refused here as well."""
        anonymous = is_anonymous(connection.scope)
        proxied = connection.app.state.behind_proxy
        if proxied or not anonymous or not client.on_this_machine(connection.scope):
            await super().__call__(connection, handler)


on_this_machine_or = OnThisMachineOr


async def on_this_machine(connection: Connection, _: BaseRouteHandler) -> None:
    """Admit only this machine, to pages for developers; production has no such pages."""
    state, scope = connection.app.state, connection.scope
    if state.developing and (state.behind_proxy or not client.on_this_machine(scope)):
        raise OnlyOnThisMachine


async def customers(connection: Connection, _: BaseRouteHandler) -> None:
    """Admit only people who have logged in."""
    known = await asking(connection)
    if known == ANYONE:
        raise LogInFirst
    if known.user_id is None:
        raise ForCustomers


async def staff_only(connection: Connection, _: BaseRouteHandler) -> None:
    """Admit everybody with any scope at all: members of staff, and keys."""
    known = await asking(connection)
    if known == ANYONE:
        raise LogInFirst
    if not known.scopes:
        raise ForStaff
