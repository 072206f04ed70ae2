"""Passwords at pages: asked for anew by mail, chosen, changed; and the invitations of staff."""

from typing import Any

from litestar import Response, get, post

from trastienda.controllers.accounts import passwords, staff
from trastienda.controllers.accounts.passwords import KnownBrowser
from trastienda.database.db import reading, utcnow
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest, Frame
from trastienda.handlers.pages.forms import Form
from trastienda.middlewares.identity import cookies, csrf
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.accounts.staff import StaffAcceptance
from trastienda.schemas.accounts.user import NewPassword, PasswordChange, PasswordResetDraft
from trastienda.services.accounts import invitations
from trastienda.services.accounts.devices import LIFETIME

LOGIN, LONGEST_TOKEN = "/login", 100


@get()
async def show_forgotten(request: AnyRequest) -> Response[str]:
    """Show the form that asks for a new password."""
    return _shown(request, "parts/forgot_password.html", Form())


@post(status_code=200)
async def send_reset(request: AnyRequest, client: Counted) -> Response[Any]:
    """Ask for a new password; the answer is the same whether or not the address has an account."""
    form, frame = forms.sent(request), answers.framed(request)
    try:
        draft = form.to(PasswordResetDraft)
        await passwords.request_reset(draft, client, utcnow(), frame.locale)
    except forms.Refusal as error:
        refused = answers.refused(request, form, error)
        return _shown(request, "parts/forgot_password.html", refused)
    told = frame.text("If this address has an account, a link is on its way to it.")
    return answers.go(request, LOGIN, told=told)


@get()
async def show_reset(request: AnyRequest) -> Response[str]:
    """Show the form that chooses a password, with the link of a mail."""
    form = Form(token=request.query_params.get("token", ""))
    return _shown(request, "parts/reset_password.html", form)


@post(status_code=200)
async def reset_by_form(request: AnyRequest) -> Response[Any]:
    """Choose a new password with the token of the mail; all sessions of the account end."""
    form, frame = forms.sent(request), answers.framed(request)
    try:
        token = form.get("token")[:LONGEST_TOKEN]
        await passwords.reset(token, form.to(NewPassword), utcnow(), frame.locale)
    except forms.Refusal as error:
        refused = answers.refused(request, form, error)
        return _shown(request, "parts/reset_password.html", refused)
    return answers.go(request, LOGIN, told=_changed(frame))


@get()
async def show_password(request: AnyRequest, visitor: Asking) -> Response[str]:
    """Show the form that changes a password."""
    frame = answers.framed(request, visitor)
    return _framed(frame, "parts/change_password.html", Form())


@post(status_code=200)
async def change_password_by_form(
    request: AnyRequest, visitor: Asking, client: Counted
) -> Response[Any]:
    """Change one's password: all sessions end, and this browser has a new one."""
    form, frame = forms.sent(request), answers.framed(request, visitor)
    agent = cookies.header(request.scope, b"user-agent") or ""
    device = cookies.cookie(request.scope, cookies.DEVICE)
    browser = KnownBrowser(client, agent, device, frame.locale)
    try:
        renewed = await passwords.change(visitor, form.to(PasswordChange), browser, utcnow())
    except forms.Refusal as error:
        refused = answers.refused(request, form, error)
        return _framed(frame, "parts/change_password.html", refused)
    added = [
        cookies.made(cookies.SESSION, renewed.token, renewed.lifetime),
        cookies.made(cookies.CSRF, csrf.fresh_seed()),
        cookies.made(cookies.DEVICE, renewed.device, LIFETIME),
    ]
    address = "/admin" if visitor.roles else "/account"
    return answers.go(request, address, *added, told=_changed(frame))


@get()
async def show_invitation(request: AnyRequest) -> Response[str]:
    """Show what an invitation to the staff offers, and the form that accepts it."""
    form = Form(token=request.query_params.get("token", ""))
    return await _invitation(request, form)


@post(status_code=200)
async def accept_invitation_by_form(request: AnyRequest) -> Response[Any]:
    """Accept an invitation with the token of the mail and a password of one's own."""
    form = forms.sent(request)
    try:
        token = form.get("token")[:LONGEST_TOKEN]
        await staff.accept(token, form.to(StaffAcceptance), utcnow())
    except forms.Refusal as error:
        return await _invitation(request, answers.refused(request, form, error))
    told = answers.framed(request).text("Welcome. Log in with your new password.")
    return answers.go(request, "/login?next=/admin", told=told)


async def _invitation(request: AnyRequest, form: Form) -> Response[str]:
    async with reading() as session:
        offer = await invitations.offer(session, form.get("token")[:LONGEST_TOKEN], utcnow())
    return _shown(request, "parts/join.html", form, offer=offer)


def _shown(request: AnyRequest, template: str, form: Form, **facts: object) -> Response[str]:
    return _framed(answers.framed(request), template, form, **facts)


def _framed(frame: Frame, template: str, form: Form, **facts: object) -> Response[str]:
    keep = answers.PERSONAL
    return answers.page(frame, template, status=form.status, keep=keep, form=form, **facts)


def _changed(frame: Frame) -> str:
    return frame.text("Your password is changed.")
