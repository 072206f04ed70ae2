"""Passwords: changed by their owners, or renewed with a link from a mail."""

from typing import Annotated, Any

from litestar import Request, Response, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter

from trastienda.controllers.accounts import passwords
from trastienda.controllers.accounts.passwords import KnownBrowser
from trastienda.database.db import utcnow
from trastienda.database.models.shared.text import Locale
from trastienda.handlers.accounts.sessions import shown
from trastienda.middlewares.identity import cookies, csrf
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.accounts.session import SessionView
from trastienda.schemas.accounts.user import (
    NewPassword,
    PasswordChange,
    PasswordResetDraft,
    PasswordResetView,
)
from trastienda.services.accounts.devices import LIFETIME

Token = Annotated[str, PathParameter(max_length=100)]


@post(status_code=202)
async def request_password_reset(
    client: Counted, locale: NamedDependency[Locale], data: JSONBody[PasswordResetDraft]
) -> PasswordResetView:
    """Ask for a new password, by mail to the address of the account.

    The answer is the same whether or not the address has an account.
    """
    return await passwords.request_reset(data, client, utcnow(), locale)


@put(status_code=204)
async def reset_password(
    token: Token, locale: NamedDependency[Locale], data: JSONBody[NewPassword]
) -> None:
    """Choose a new password with the token of the mail, within 15 minutes.

    A token works once. All sessions of the account end, and its owner is told by mail.
    """
    await passwords.reset(token, data, utcnow(), locale)


@put()
async def change_password(
    request: Request[Any, Any, Any],
    visitor: Asking,
    client: Counted,
    locale: NamedDependency[Locale],
    data: JSONBody[PasswordChange],
) -> Response[SessionView]:
    """Change your password.

    All your sessions end; the answer is that of `GET /v1/session`, with a new session in the
    cookie. You are told by mail. After wrong guesses at `current` you have to wait, as when you log
    in.
    """
    agent = cookies.header(request.scope, b"user-agent") or ""
    device = cookies.cookie(request.scope, cookies.DEVICE)
    browser = KnownBrowser(client, agent, device, locale)
    renewed = await passwords.change(visitor, data, browser, utcnow())
    seed = csrf.fresh_seed()
    added = [
        cookies.made(cookies.SESSION, renewed.token, renewed.lifetime),
        cookies.made(cookies.CSRF, seed),
        cookies.made(cookies.DEVICE, renewed.device, LIFETIME),
    ]
    return shown(renewed.visitor, seed, renewed.token, added)
