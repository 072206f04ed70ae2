"""An order, for whoever has its link or owns it: its state, its invoices, and paying it later."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers import orders
from trastienda.database.db import reading
from trastienda.errors import Unavailable
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.refusals import PaymentBusy
from trastienda.handlers.pages.storefront import paying
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.identity.client import Counted
from trastienda.schemas.orders.order import OrderLinkDraft, OrderView
from trastienda.schemas.payments.payment import (
    CheckoutPending,
    OrderPaymentDraft,
    OrderPaymentStatus,
)
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.invoices import invoices
from trastienda.services.orders import orders as orders_on_record
from trastienda.services.orders.orders import Reader
from trastienda.services.payments.providers import offers
from trastienda.services.payments.providers.offers import Payable
from trastienda.services.returns import returnable
from trastienda.services.returns import returns as returns_on_record

LONGEST_TOKEN = 200


def reader_of(request: AnyRequest, visitor: Visitor, order_id: UUID) -> Reader:
    """Return who reads an order: its owner, or whoever has its link."""
    token = request.query_params.get("access_token") or None
    to_staff = offers.is_staff(visitor)
    return Reader(order_id, visitor.user_id, token and token[:LONGEST_TOKEN], to_staff=to_staff)


def opened_by(reader: Reader) -> str:
    """Return what the links of an order's pages carry on: the token of its link."""
    return f"?{urlencode({'access_token': reader.token})}" if reader.token else ""


@get()
async def show_order(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Response[str]:
    """Show an order: where it is, what it cost, its invoices, and what can be returned."""
    reader, context = reader_of(request, visitor, order_id), forms.context(request, visitor)
    frame = await framed(request)
    async with reading() as session:
        order = await orders_on_record.readable(session, reader, context.asked_at)
        bills = await invoices.of_order(session, order_id)
        back = await returns_on_record.of_order(session, order_id, context.locale)
        may_return = await returnable.of_order(session, order_id, context)
    return answers.page(
        frame,
        "storefront/order.html",
        keep=answers.PERSONAL,
        order=order,
        sold={line.id: line for line in order.lines},
        invoices=bills,
        returns=back,
        may_return=may_return,
        can_return=any(it.quantity for it in may_return.lines),
        opened_by=opened_by(reader),
        is_new=request.query_params.get("thanks") == "1",
    )


@get()
async def show_payment(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Response[Any]:
    """Show what is still to be paid of an order, and how."""
    return await _payment_page(request, visitor, order_id, Form())


@post(status_code=200)
async def pay_order_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Response[Any]:
    """Pay what is still to be paid of an order."""
    form, reader = forms.sent(request), reader_of(request, visitor, order_id)
    context, process = forms.context(request, visitor, form), held(request)
    back = f"/orders/{order_id}/paid{opened_by(reader)}"
    try:
        draft = paying.with_token(form).to(OrderPaymentDraft)
        draft.payment.return_url = request.app.state["views"].address + back
        work = orders.pay(reader, draft, process.providers, context)
        paid = await forms.once(work, OrderView)
    except forms.Refusal as error:
        refused = answers.refused(request, form, error)
        return await _payment_page(request, visitor, order_id, refused)
    if isinstance(paid, CheckoutPending):
        return paying.onward(request, await framed(request), paid.payment, back)
    return answers.go(request, f"/orders/{order_id}{opened_by(reader)}")


@get()
async def come_back_to_order(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Response[Any]:
    """Say how the payment of an order stands when its buyer comes back from a second step."""
    reader, context = reader_of(request, visitor, order_id), forms.context(request, visitor)
    stands = await _standing(request, reader, context)
    if paying.waits(stands):
        back = f"/orders/{order_id}/paid{opened_by(reader)}"
        return paying.wait(request, await framed(request), stands, back)
    if stands.order.outstanding:
        form = answers.refused(request, Form(), paying.NotPaid())
        return await _payment_page(request, visitor, order_id, form)
    return answers.go(request, f"/orders/{order_id}{opened_by(reader)}")


async def _standing(request: AnyRequest, reader: Reader, context: Context) -> OrderPaymentStatus:
    """Say how a payment stands; who does not want to make it ends it, if that is possible now."""
    providers = held(request).providers
    if paying.cancelled(request):
        with suppress(PaymentBusy, Unavailable):
            return await orders.cancel_payment_of_order(reader, providers, context)
    return await orders.payment_of_order(reader, providers, context)


async def _payment_page(
    request: AnyRequest, visitor: Visitor, order_id: UUID, form: Form
) -> Response[Any]:
    reader, context = reader_of(request, visitor, order_id), forms.context(request, visitor)
    async with reading() as session:
        order = await orders_on_record.readable(session, reader, context.asked_at)
    if not order.outstanding:
        return answers.go(request, f"/orders/{order_id}{opened_by(reader)}")
    what = Payable(
        order.outstanding, order.currency, order.billing_address.country, to_staff=reader.to_staff
    )
    found = offers.offered(held(request).providers, what)
    return answers.page(
        await framed(request),
        "storefront/pay.html",
        status=form.status,
        keep=answers.PERSONAL,
        order=order,
        form=form,
        providers=[it for it in found if paying.takes_at_once(it)],
        opened_by=opened_by(reader),
    )


@get()
async def find_order(request: AnyRequest) -> Response[str]:
    """Show the form that asks for a new link to an order."""
    return await _finding(request, Form())


@post(status_code=200)
async def send_order_link(request: AnyRequest, visitor: Asking, client: Counted) -> Response[Any]:
    """Mail a new link to an order; the answer is the same whether or not there is such an order."""
    form = forms.sent(request)
    try:
        context = forms.context(request, visitor, form)
        await orders.ask_for_link(form.to(OrderLinkDraft), client, context)
    except forms.Refusal as error:
        return await _finding(request, answers.refused(request, form, error))
    told = answers.framed(request).text(
        "If there is such an order, its link is on its way to you by mail."
    )
    return answers.go(request, "/orders/find", told=told)


async def _finding(request: AnyRequest, form: Form) -> Response[str]:
    frame = await framed(request)
    return answers.page(
        frame, "storefront/find_order.html", status=form.status, keep=answers.PERSONAL, form=form
    )
