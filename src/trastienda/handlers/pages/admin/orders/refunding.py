"""Refunds: what is to be paid back is worked out by the server before anybody clicks."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers import payments
from trastienda.database.db import reading
from trastienda.errors import Conflict, ShopError
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.orders.deciding import address_of, carried_out
from trastienda.handlers.pages.admin.orders.rows import Counted, counted, in_minor_units
from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.payments.refund import RefundDraft, RefundView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.orders import orders
from trastienda.services.pages import refund_preview
from trastienda.services.payments import refunds

Page = Response[Any]
REFUND = "refund"
"""What the button of the form says that pays back; the other one only works the amount out."""
CHOSEN = (Field("reason", marked("Reason")), Field("to", marked("How it is paid back")))


class AmountChanged(Conflict):
    """The amount is another one than was shown: look at it again."""


@get()
async def show_refund(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Show the form of a refund."""
    return await _page(request, visitor, order_id, Form())


@post(status_code=200)
async def refund_by_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Work out what would be paid back; with the button that names the amount, pay it back."""
    form = forms.sent(request)
    if form.get("do") != REFUND:
        return await _page(request, visitor, order_id, form)
    rows = counted(form)
    try:
        draft, amount = await _worked_out(request, order_id, rows)
        if form.get("amount_seen") != str(amount):
            raise AmountChanged
        work = payments.refund(order_id, draft, forms.context(request, visitor, form))
        await forms.once(work, RefundView)
    except forms.Refusal as error:
        return await _page(request, visitor, order_id, _refused(request, form, rows, error))
    return frames.done(request, address_of(order_id), marked("The refund is on its way."))


@post(status_code=200)
async def retry_refund_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], refund_id: FromPath[UUID]
) -> Page:
    """Ask the provider once more to pay back what it refused."""

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401 - the refund's view
        return await payments.retry(refund_id, context)

    return await carried_out(request, visitor, order_id, work, marked("The refund is tried again."))


@post(status_code=200)
async def withdraw_refund_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], refund_id: FromPath[UUID]
) -> Page:
    """Give up a refund that its provider refused."""

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401
        return await payments.withdraw(refund_id, context)

    return await carried_out(request, visitor, order_id, work, marked("The refund was given up."))


async def _page(request: AnyRequest, visitor: Visitor, order_id: UUID, form: Form) -> Page:
    """Show the form, with what it would pay back as it stands."""
    amount = None
    if (form.pairs and form.problem is None) or isinstance(form.problem, AmountChanged):
        amount = await _shown_amount(request, order_id, form)
    async with reading() as session:
        order = await orders.by_id(session, order_id)
        left = await refunds.still_refundable(session, order)
    room = frames.room(request)
    known = fields.specs(RefundDraft)
    return frames.shown(
        request,
        visitor,
        "orders/refund.html",
        form,
        order=order,
        left=left,
        sold={line.id: line for line in order.lines},
        amount=amount,
        choices={it.name: fields.options(it, known[it.name], room) for it in CHOSEN},
    )


async def _shown_amount(request: AnyRequest, order_id: UUID, form: Form) -> int | None:
    rows = counted(form)
    try:
        _, amount = await _worked_out(request, order_id, rows)
    except forms.Refusal as error:
        _refused(request, form, rows, error)
        return None
    return amount


async def _worked_out(
    request: AnyRequest, order_id: UUID, rows: Counted
) -> tuple[RefundDraft, int]:
    """Read the refund that a form describes; return what it would pay back, too."""
    async with reading() as session:
        order = await orders.by_id(session, order_id)
        locale = frames.locale(request)
        typed = in_minor_units(rows.form, order.currency, locale, "amount", "shipping")
        draft = typed.to(RefundDraft)
        return draft, await refund_preview.amount(session, order, draft)


def _refused(request: AnyRequest, form: Form, rows: Counted, error: ShopError) -> Form:
    frames.refused(request, form, error)
    rows.beside(form)
    return form
