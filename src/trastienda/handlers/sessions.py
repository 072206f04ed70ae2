from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, JSONBody

from trastienda.controllers import sessions
from trastienda.controllers.sessions import Browser
from trastienda.database.db import reading, utcnow
from trastienda.middlewares import access, cookies, csrf
from trastienda.middlewares.access import Asking
from trastienda.middlewares.client import Counted
from trastienda.schemas.session import Credentials, LoginSessionsView, SessionView
from trastienda.schemas.visitor import Visitor, VisitorView
from trastienda.services.sessions import live

OVER = timedelta(0)


@get()
async def show_session(request: Request[Any, Any, Any], visitor: Asking) -> Response[SessionView]:
    """Show who you are, and the token for `X-CSRF-Token`.

    `visitor` is null for somebody unknown, whose token serves for logging in.
    """
    seed = csrf.seed_of(request.scope)
    token = access.session_token(request.scope)
    if seed is not None:
        return shown(visitor, seed, token, [])
    seed = csrf.fresh_seed()
    return shown(visitor, seed, token, [cookies.made(cookies.CSRF, seed)])


@post(status_code=200)
async def log_in(
    request: Request[Any, Any, Any], client: Counted, data: JSONBody[Credentials]
) -> Response[SessionView]:
    """Log in with e-mail address and password.

    Answers as `GET /v1/session` does, with a new session in the cookie; the one before, if any,
    has ended. A wrong password, an unknown address and an unverified account are told alike.
    """
    agent = cookies.header(request.scope, b"user-agent") or ""
    browser = Browser(client, access.session_token(request.scope), agent)
    started = await sessions.log_in(data, browser, utcnow())
    seed = csrf.fresh_seed()
    added = [
        cookies.made(cookies.SESSION, started.token, started.lifetime),
        cookies.made(cookies.CSRF, seed),
    ]
    return shown(started.visitor, seed, started.token, added)


@delete()
async def log_out(request: Request[Any, Any, Any], visitor: Asking) -> Response[None]:  # noqa: ARG001 - a wrong key is refused
    """Log out: end this session."""
    token = access.session_token(request.scope)
    if token is not None:
        await sessions.log_out(token)
    return Response(None, cookies=[cookies.made(cookies.SESSION, "", OVER)])


@get()
async def list_sessions(visitor: Asking) -> LoginSessionsView:
    """List where you are logged in, the latest first; there are at most 100."""
    async with reading() as session:
        return LoginSessionsView(await live(session, visitor, utcnow()))


@delete()
async def end_session(visitor: Asking, session_id: FromPath[UUID]) -> None:
    """End one of your sessions, as when a device was lost."""
    await sessions.end(visitor, session_id)


def shown(
    visitor: Visitor, seed: str, token: str | None, added: list[Cookie]
) -> Response[SessionView]:
    """Answer with who it is, the CSRF token that belongs to the cookies, and new cookies."""
    known = visitor.user_id or visitor.key_id
    view = None
    if known is not None:
        name = visitor.name or ""
        view = VisitorView(id=known, email=visitor.email, name=name, roles=visitor.roles)
    return Response(SessionView(view, csrf.token_for(seed, token)), cookies=added)
