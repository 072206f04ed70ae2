from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath, JSONBody
from msgspec import UNSET

from trastienda.controllers.accounts import sessions
from trastienda.controllers.accounts.sessions import Browser
from trastienda.database.db import reading, utcnow
from trastienda.middlewares.identity import access, cookies, csrf, security
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.accounts.session import Credentials, LoginSessionsView, SessionView
from trastienda.schemas.carts.merge import LoginView
from trastienda.schemas.shared.visitor import Visitor, VisitorView
from trastienda.services.accounts.devices import LIFETIME
from trastienda.services.accounts.sessions import live

OVER = timedelta(0)


@get()
async def show_session(request: Request[Any, Any, Any], visitor: Asking) -> Response[SessionView]:
    """Show who you are, and the token for `X-CSRF-Token`.

    `visitor` is null if you are not logged in; the token then serves for logging in.
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
) -> Response[LoginView]:
    """Log in with e-mail address and password.

    The answer is that of `GET /v1/session`, with a new session in the cookie; the previous session,
    if any, ends. If you name the `cart` of this browser, it is merged with the one that the
    customer has, as the channel's `cart_merge` says, and `cart` in the answer says how to go on. A
    wrong password, an unknown address and an unverified account get the same answer. A second
    cookie stays after logging out: a browser that has it is not delayed by the failures of others.
    """
    agent = cookies.header(request.scope, b"user-agent") or ""
    device = cookies.cookie(request.scope, cookies.DEVICE)
    browser = Browser(client, access.session_token(request.scope), agent, device)
    started = await sessions.log_in(data, browser, utcnow())
    security.logged_in(request, started.visitor)
    seed = csrf.fresh_seed()
    added = [
        cookies.made(cookies.SESSION, started.token, started.lifetime),
        cookies.made(cookies.CSRF, seed),
        cookies.made(cookies.DEVICE, started.device, LIFETIME),
    ]
    known = shown(started.visitor, seed, started.token, added)
    view = LoginView(known.content.visitor, known.content.csrf_token, started.cart or UNSET)
    return Response(view, cookies=added)


@delete()
async def log_out(request: Request[Any, Any, Any], visitor: Asking) -> Response[None]:  # noqa: ARG001 - a wrong key is refused
    """Log out: end this session."""
    token = access.session_token(request.scope)
    if token is not None:
        await sessions.log_out(token)
    return Response(None, cookies=[cookies.made(cookies.SESSION, "", OVER)])


@get()
async def list_sessions(visitor: Asking) -> LoginSessionsView:
    """List your sessions, the latest first; there are at most 100."""
    async with reading() as session:
        return LoginSessionsView(await live(session, visitor, utcnow()))


@delete()
async def end_session(visitor: Asking, session_id: FromPath[UUID]) -> None:
    """End one of your sessions, for example after losing a device."""
    await sessions.end(visitor, session_id)


def shown(
    visitor: Visitor, seed: str, token: str | None, added: list[Cookie]
) -> Response[SessionView]:
    """Return the answer of `show_session`, with the new cookies."""
    known = visitor.user_id or visitor.key_id
    view = None
    if known is not None:
        name = visitor.name or ""
        view = VisitorView(id=known, email=visitor.email, name=name, roles=visitor.roles)
    return Response(SessionView(view, csrf.token_for(seed, token)), cookies=added)
