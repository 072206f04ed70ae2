"""A customer's own pages: registering, orders, store credit, and where they are logged in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.accounts import sessions, users
from trastienda.database.db import reading, utcnow
from trastienda.errors import Malformed
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.middlewares.identity import cookies
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.accounts.user import Registration, VerificationDraft
from trastienda.schemas.orders.listing import OrdersWanted
from trastienda.services.accounts import verifications
from trastienda.services.accounts.sessions import live
from trastienda.services.credit import store_credit
from trastienda.services.orders import listing

SHOWN = 12
REMEMBERED: timedelta = verifications.WAITS_FOR_MAIL + verifications.LIFETIME


@get()
async def show_account(request: AnyRequest, visitor: Asking) -> Response[str]:
    """Show a customer's orders and store credit."""
    assert visitor.user_id is not None  # noqa: S101 - the guard admits customers only
    cursor = request.query_params.get("cursor")
    wanted = OrdersWanted(limit=SHOWN, cursor=cursor, owner=visitor.user_id)
    async with reading() as session:
        try:
            page = await listing.page(session, wanted)
        except Malformed:  # a cursor that somebody has changed
            page = await listing.page(session, OrdersWanted(limit=SHOWN, owner=visitor.user_id))
        credit = await store_credit.of_customer(session, visitor.user_id)
    following = f"/account?cursor={page.next_cursor}" if page.next_cursor else None
    return answers.page(
        await framed(request),
        "storefront/account.html",
        keep=answers.PERSONAL,
        orders=page.items,
        following=following,
        first="/account" if cursor else None,
        credit=credit,
    )


@get()
async def show_sessions(request: AnyRequest, visitor: Asking) -> Response[str]:
    """Show where a customer is logged in."""
    async with reading() as session:
        found = await live(session, visitor, utcnow())
    frame = await framed(request)
    return answers.page(frame, "storefront/sessions.html", keep=answers.PERSONAL, sessions=found)


@post(status_code=200)
async def end_session_by_form(
    request: AnyRequest, visitor: Asking, session_id: FromPath[UUID]
) -> Response[Any]:
    """End one of the customer's sessions."""
    await sessions.end(visitor, session_id)
    told = answers.framed(request).text("Logged out there.")
    return answers.go(request, "/account/sessions", told=told)


@get()
async def show_registration(request: AnyRequest) -> Response[str]:
    """Show the form of a new account."""
    return await _registration(request, Form())


@post(status_code=200)
async def register_by_form(request: AnyRequest, client: Counted) -> Response[Any]:
    """Register; the answer is the same whether or not the address has an account."""
    form, frame = forms.sent(request), await framed(request)
    try:
        draft = form.to(Registration)
        begun = await users.register(draft, client, utcnow(), frame.locale)
    except forms.Refusal as error:
        return await _registration(request, answers.refused(request, form, error))
    remember = cookies.made(cookies.REGISTRATION, begun.proof, REMEMBERED)
    return answers.go(request, "/register/sent", remember)


@get()
async def show_registered(request: AnyRequest) -> Response[str]:
    """Say that a mail is on its way."""
    return answers.page(await framed(request), "storefront/registered.html")


@get()
async def show_verification(request: AnyRequest) -> Response[str]:
    """Show the button that confirms an address: a mail program that looks at links must not."""
    form = Form(token=request.query_params.get("token", ""))
    return await _verification(request, form)


@post(status_code=200)
async def verify_by_form(request: AnyRequest) -> Response[Any]:
    """Confirm an address; in another browser than the one that registered, with a password."""
    form = forms.sent(request)
    proof = cookies.cookie(request.scope, cookies.REGISTRATION)
    try:
        await users.verify(form.to(VerificationDraft), proof, utcnow())
    except forms.Refusal as error:
        return await _verification(request, answers.refused(request, form, error))
    told = answers.framed(request).text("Your address is confirmed. Log in now.")
    return answers.go(request, "/login", told=told)


async def _registration(request: AnyRequest, form: Form) -> Response[str]:
    frame = await framed(request)
    return answers.page(
        frame, "storefront/register.html", status=form.status, keep=answers.PERSONAL, form=form
    )


async def _verification(request: AnyRequest, form: Form) -> Response[str]:
    frame = await framed(request)
    asks_password = bool(form.error("password"))
    return answers.page(
        frame,
        "storefront/verify.html",
        status=form.status,
        keep=answers.PERSONAL,
        form=form,
        asks_password=asks_password,
    )
