"""Logging in and out: one page for customers and for staff."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.datastructures import Cookie

from trastienda.controllers.accounts import sessions
from trastienda.controllers.accounts.sessions import Browser, StartedSession
from trastienda.database.db import utcnow
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.problems import CARRIED
from trastienda.handlers.pages.storefront.carts import kept as carts_kept
from trastienda.middlewares.identity import access, cookies, csrf, security
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.accounts.session import Credentials
from trastienda.schemas.carts.merge import CartMergeView, MergeOutcome
from trastienda.services.accounts.devices import LIFETIME

ACCOUNT, ADMIN = "/account", "/admin"


@get()
async def show_login(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Show the login form; whoever is logged in is led on.

    Of the address only `next` is taken: fields that wait for the login come from our own forms.
    """
    form = Form(next=request.query_params.get("next"))
    if visitor.user_id is not None:
        return answers.go(request, _next(form, is_staff=bool(visitor.roles)))
    return _shown(request, form)


@post(status_code=200)
async def log_in_by_form(request: AnyRequest, client: Counted) -> Response[Any]:
    """Log in, and go on to where the visitor was: with the form that waits there, if one does."""
    form = forms.sent(request)
    kept = carts_kept.of(request.scope)
    try:
        credentials = form.to(Credentials, cart=kept and kept.cart_id)
        agent = cookies.header(request.scope, b"user-agent") or ""
        device = cookies.cookie(request.scope, cookies.DEVICE)
        browser = Browser(client, access.session_token(request.scope), agent, device)
        started = await sessions.log_in(credentials, browser, utcnow())
    except forms.Refusal as error:
        return _shown(request, answers.refused(request, form, error))
    security.logged_in(request, started.visitor)
    seed = csrf.fresh_seed()
    added = [*_session_cookies(started, seed), *_cart_cookies(started.cart)]
    if cookies.header(request.scope, b"hx-request") == "true":
        headers = {"x-csrf-token": csrf.token_for(seed, started.token), "hx-reswap": "none"}
        return Response(None, status_code=200, headers=headers, cookies=added)
    address = _next(form, is_staff=bool(started.visitor.roles))
    if started.cart and started.cart.outcome is MergeOutcome.UNDECIDED:
        address = f"/cart/both?{urlencode({'next': address})}"
    if carried := [(name[len(CARRIED) :], text) for name, text in form.pairs if _carried(name)]:
        return _resumed(request, started, (seed, added), (address, carried))
    return answers.go(request, address, *added)


@post(status_code=200)
async def log_out_by_form(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """End the session of this browser; its cart is the customer's, and is not kept here."""
    token = access.session_token(request.scope)
    if token is not None:
        await sessions.log_out(token)
    gone = [cookies.made(cookies.SESSION, "", answers.OVER), carts_kept.drop()]
    return answers.go(request, "/login" if visitor.roles else "/", *gone)


def _shown(request: AnyRequest, form: Form) -> Response[str]:
    frame = answers.framed(request)
    carried = [(name, text) for name, text in form.pairs if _carried(name)]
    in_dialog = cookies.header(request.scope, b"hx-request") == "true"
    return answers.page(
        frame,
        "parts/session.html" if in_dialog else "parts/session_page.html",
        status=form.status,
        keep=answers.PERSONAL,
        form=form,
        next=form.get("next"),
        carried=carried,
        told=form.refusal,
    )


def _resumed(
    request: AnyRequest,
    started: StartedSession,
    session: tuple[str, list[Cookie]],
    waiting: tuple[str, list[tuple[str, str]]],
) -> Response[str]:
    """Show the form that the ended session refused, filled, to be sent with one click."""
    (seed, added), (address, fields) = session, waiting
    frame = answers.framed(request, started.visitor)
    frame.csrf_token = csrf.token_for(seed, started.token)
    frame.cookies += added
    keep = answers.PERSONAL
    return answers.page(frame, "parts/resume.html", keep=keep, action=address, fields=fields)


def _session_cookies(started: StartedSession, seed: str) -> list[Cookie]:
    return [
        cookies.made(cookies.SESSION, started.token, started.lifetime),
        cookies.made(cookies.CSRF, seed),
        cookies.made(cookies.DEVICE, started.device, LIFETIME),
    ]


def _cart_cookies(merged: CartMergeView | None) -> list[Cookie]:
    """Go on with the cart that is left; while the customer has to choose, with this browser's."""
    if merged is None or merged.outcome is MergeOutcome.UNDECIDED:
        return []
    return [carts_kept.keep_id(merged.cart, 0)] if merged.cart else [carts_kept.drop()]


def _carried(name: str) -> bool:
    return name.startswith(CARRIED)


def _next(form: Form, *, is_staff: bool) -> str:
    return answers.local(form.get("next"), ADMIN if is_staff else ACCOUNT)
