"""Returns of an order, as its buyer asks for them."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.returns import ask as returns
from trastienda.database.db import reading
from trastienda.handlers.orders.readable import expect_readable
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.handlers.pages.storefront.orders import opened_by, reader_of
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.returns.order_return import ReturnDraft, ReturnView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.orders import orders as orders_on_record
from trastienda.services.returns import returnable

NONE = ("", "0")


@get()
async def show_return_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Response[str]:
    """Show what of an order can be returned, and the form that asks for it."""
    return await _shown(request, visitor, order_id, Form())


@post(status_code=200)
async def ask_for_return_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Response[Any]:
    """Ask to return units of an order; the shop answers by mail."""
    form, reader = forms.sent(request), reader_of(request, visitor, order_id)
    async with reading() as session:
        await expect_readable(session, visitor, order_id, reader.token)
    try:
        context = forms.context(request, visitor, form)
        draft = _without_none(form).to(ReturnDraft)
        await forms.once(returns.ask(order_id, draft, context), ReturnView)
    except forms.Refusal as error:
        return await _shown(request, visitor, order_id, answers.refused(request, form, error))
    told = answers.framed(request).text("We have your return, and write to you soon.")
    return answers.go(request, f"/orders/{order_id}{opened_by(reader)}", told=told)


@post(status_code=200)
async def withdraw_return_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], return_id: FromPath[UUID]
) -> Response[Any]:
    """Give up a return of which nothing has arrived."""
    form, reader = forms.sent(request), reader_of(request, visitor, order_id)
    async with reading() as session:
        await expect_readable(session, visitor, order_id, reader.token)
    context = forms.context(request, visitor, form)
    await forms.once(returns.withdraw_own(order_id, return_id, context), ReturnView)
    told = answers.framed(request).text("The return is withdrawn.")
    return answers.go(request, f"/orders/{order_id}{opened_by(reader)}", told=told)


def _without_none(form: Form) -> Form:
    """Leave out the lines of which nothing is to be returned."""
    names = {name for name, text in form.pairs if name.endswith("/quantity") and text in NONE}
    left_out = {name.rpartition("/")[0] for name in names}
    return Form([pair for pair in form.pairs if pair[0].rpartition("/")[0] not in left_out - {""}])


async def _shown(
    request: AnyRequest, visitor: Visitor, order_id: UUID, form: Form
) -> Response[str]:
    reader, context = reader_of(request, visitor, order_id), forms.context(request, visitor)
    async with reading() as session:
        order = await orders_on_record.readable(session, reader, context.asked_at)
        found = await returnable.of_order(session, order_id, context)
    return answers.page(
        await framed(request),
        "storefront/return.html",
        status=form.status,
        keep=answers.PERSONAL,
        order=order,
        sold={line.id: line for line in order.lines},
        returnable=found,
        lines=[it for it in found.lines if it.quantity],
        form=form,
        opened_by=opened_by(reader),
    )
