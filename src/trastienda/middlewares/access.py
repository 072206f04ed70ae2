"""Who is asking, and whether they may. Only routes that ask for it cost a look-up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.types import Scope

from trastienda.database.db import reading, utcnow
from trastienda.errors import Forbidden, Unauthenticated
from trastienda.middlewares import cookies, sightings
from trastienda.schemas.visitor import ANYONE, Visitor
from trastienda.services import keys, sessions

Asking = NamedDependency[Visitor]
"""A handler that needs to know takes `visitor: Asking`."""

Connection = ASGIConnection[Any, Any, Any, Any]


class LogInFirst(Unauthenticated):
    """Log in, or send an API key, to do this."""


class WrongKey(Unauthenticated):
    """The API key is not valid, or no longer."""


class NotAllowed(Forbidden):
    """Your role or key does not allow this."""


class ForCustomers(Forbidden):
    """Only people who have logged in may do this, not API keys."""


def session_token(scope: Scope) -> str | None:
    """Give the session token that counts: none beside `Authorization`."""
    if cookies.header(scope, b"authorization") is not None:
        return None
    return cookies.cookie(scope, cookies.SESSION)


async def asking(request: Connection) -> Visitor:
    """Look up who is asking, once a request: what is provided as `Asking`.

    With `Authorization`, cookies count for nothing, and a key that is not valid is refused rather
    than ignored.
    """
    known: Visitor | None = request.state.get("visitor")
    if known is None:
        known = await _look_up(request)
        request.state["visitor"] = known
    return known


async def still_allowed(connection: Connection, scope: str) -> bool:
    """Look again whether who asked may go on; to be looked at does not keep a session alive."""
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
    sightings.note(*found, now)
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
    """A guard for those who have a scope."""

    scope: str

    async def __call__(self, connection: Connection, _: BaseRouteHandler) -> None:
        """Refuse who is unknown, and who is known and may not."""
        known = await asking(connection)
        if known == ANYONE:
            raise LogInFirst
        if self.scope not in known.scopes:
            raise NotAllowed(scope=self.scope)


requires = Requires


async def customers(connection: Connection, _: BaseRouteHandler) -> None:
    """Guard what belongs to a person who has logged in."""
    known = await asking(connection)
    if known == ANYONE:
        raise LogInFirst
    if known.user_id is None:
        raise ForCustomers
