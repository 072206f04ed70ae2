"""Returns: those of all orders, making one, and deciding, receiving and closing it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.outside.quotes import quoted
from trastienda.controllers.returns import ask, decide, settle
from trastienda.database.db import reading
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid, Malformed
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.orders.rows import counted, in_minor_units
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.returns.order_return import (
    EarlyExchange,
    ReturnApproval,
    ReturnClosing,
    ReturnReceiptDraft,
    ReturnRefusal,
    ReturnsWanted,
    StaffReturnDraft,
    StaffReturnView,
)
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.orders import orders
from trastienda.services.pages import return_moves
from trastienda.services.returns import returnable, settling
from trastienda.services.returns import returns as returns_on_record
from trastienda.services.shipping import options
from trastienda.services.stock import locations

Page = Response[Any]
CLOSE = "close"
SPARE_LINES = 3
OTHER, MONEY = "other", "money"
"""What is given for goods that came back, unless it is what the customer asked for."""
DECISIONS = {
    "approve": marked("The return was approved."),
    "refuse": marked("The return was refused."),
    "withdraw": marked("The return was withdrawn."),
    "receive": marked("The goods were noted."),
    "close": marked("The return was closed."),
    "exchange": marked("What is wanted instead was ordered."),
}


class NothingInstead(Invalid):
    """Say what is sent instead."""


@get()
async def show_returns(request: AnyRequest, visitor: Asking) -> Page:
    """List the returns, the newest first."""
    context = forms.context(request, visitor)
    state = return_moves.state(frames.asked(request, "status"))
    cursor = frames.cursor(request)
    wanted = ReturnsWanted(limit=frames.SHOWN, cursor=cursor, status=state)
    async with reading() as session:
        found = await returns_on_record.page(session, wanted, context.locale)
    return frames.shown(
        request,
        visitor,
        "orders/returns.html",
        items=found.items,
        states=return_moves.STATES,
        state=state,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


@get()
async def show_return_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Show the form of a return that staff make for a customer."""
    return await _making(request, visitor, order_id, Form())


@post(status_code=200)
async def make_return_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Page:
    """Make a return for a customer."""
    form = forms.sent(request)
    rows = counted(form)
    try:
        draft = rows.form.to(StaffReturnDraft)
        work = ask.make(order_id, draft, forms.context(request, visitor, form))
        made = await forms.once(work, StaffReturnView)
    except forms.Refusal as error:
        frames.refused(request, form, error)
        rows.beside(form)
        return await _making(request, visitor, order_id, form)
    return frames.done(request, f"/admin/returns/{made.id}", marked("The return was made."))


@get()
async def show_return(request: AnyRequest, visitor: Asking, return_id: FromPath[UUID]) -> Page:
    """Show a return."""
    return await _page(request, visitor, return_id, Form())


@post(status_code=200)
async def decide_return_by_form(
    request: AnyRequest, visitor: Asking, return_id: FromPath[UUID]
) -> Page:
    """Approve, refuse, receive or close a return, or give it up for its customer."""
    form = forms.sent(request)
    decision, rows = form.get("do"), counted(form)
    if decision not in DECISIONS:
        return await _page(request, visitor, return_id, form)
    may_refund = "refunds.write" in visitor.scopes
    try:
        context = forms.context(request, visitor, form)
        typed = await _typed(return_id, rows.form, context)
        await forms.once(
            _decided(return_id, decision, typed, context, may_refund=may_refund), StaffReturnView
        )
    except forms.Refusal as error:
        frames.refused(request, form, error)
        rows.beside(form)
        return await _page(request, visitor, return_id, form)
    return frames.done(request, f"/admin/returns/{return_id}", DECISIONS[decision])


async def _typed(return_id: UUID, form: Form, context: Context) -> Form:
    async with reading() as session:
        currency = (await returns_on_record.by_id(session, return_id, context.locale)).currency
    kept = Form([it for it in form.pairs if it[0] not in {"do", "settle"}])
    return in_minor_units(kept, currency, context.locale, "return_fee")


def _settlement(form: Form) -> ReturnClosing:
    """Read how a return is settled: the lines of an exchange count only where they are chosen."""
    instead = form.get("instead")
    kept = [it for it in form.pairs if it[0].partition("/")[0] not in {"instead", "exchange"}]
    rows = [it for it in counted(form, "exchange").form.pairs if it[0].startswith("exchange/")]
    closing = Form([*kept, *(rows if instead == OTHER else [])]).to(ReturnClosing)
    if instead == OTHER and not closing.exchange:
        raise NothingInstead(pointer="/exchange/0/sku")
    if instead == MONEY:
        closing.exchange = []
    return closing


async def _decided(
    return_id: UUID, decision: str, form: Form, context: Context, *, may_refund: bool
) -> StaffReturnView:
    if decision == "approve":
        return await decide.approve(return_id, form.to(ReturnApproval), context)
    if decision == "refuse":
        return await decide.refuse(return_id, form.to(ReturnRefusal), context)
    if decision == "withdraw":
        return await ask.withdraw(return_id, context)
    if decision == "receive":
        return await settle.receive(return_id, form.to(ReturnReceiptDraft), context)
    if decision == "exchange":
        early = quoted(settle.exchange, return_id, EarlyExchange(), context, may_refund=may_refund)
        return await early
    closing = _settlement(form)
    return await quoted(settle.close, return_id, closing, context, may_refund=may_refund)


async def _making(request: AnyRequest, visitor: Visitor, order_id: UUID, form: Form) -> Page:
    context = forms.context(request, visitor)
    async with reading() as session:
        order = await orders.by_id(session, order_id)
        found = await returnable.of_order(session, order_id, context, for_staff=True)
    return frames.shown(
        request,
        visitor,
        "orders/make_return.html",
        form,
        order=order,
        returnable=found,
        sold={line.id: line for line in order.lines},
    )


async def _page(request: AnyRequest, visitor: Visitor, return_id: UUID, form: Form) -> Page:
    context = forms.context(request, visitor)
    async with reading() as session:
        found = await returns_on_record.by_id(session, return_id, context.locale)
        moves = return_moves.of(found)
        settlement, exchanges = None, False
        if moves.can_close:
            closing = await _closing(request, return_id, form, context)
            settlement = await settling.preview(session, return_id, closing)
            exchanges = return_moves.orders_something(found, closing)
        places = await locations.every(session)
        ways = await options.every(session) if moves.can_choose_exchange else []
    return frames.shown(
        request,
        visitor,
        "orders/return.html",
        form,
        it=found,
        moves=moves,
        settlement=settlement,
        exchanges=exchanges,
        ways=[(str(it.id), _named(it.names, context.locale)) for it in ways],
        spare=range(SPARE_LINES),
        locations=places,
    )


def _named(names: Mapping[Locale, str], locale: Locale) -> str:
    return names.get(locale) or next(iter(names.values()))


async def _closing(
    request: AnyRequest, return_id: UUID, form: Form, context: Context
) -> ReturnClosing:
    """Return what the form of the settlement says; where it is unusable, the policy decides."""
    if not form.get("settle"):
        return ReturnClosing()
    try:
        return _settlement(await _typed(return_id, form, context))
    except (forms.FormIncomplete, forms.AmountUnreadable, NothingInstead, Malformed) as error:
        frames.refused(request, form, error)
        return ReturnClosing()
