"""What staff do with an order by one button of its page: each ends there again."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from trastienda.controllers import orders
from trastienda.controllers.invoices import issue as invoices
from trastienda.database.db import reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.orders import order as order_page
from trastienda.handlers.pages.admin.orders.rows import in_minor_units
from trastienda.handlers.pages.admin.records.fields import Field
from trastienda.handlers.pages.admin.records.reading import read
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.invoices.invoice import CancellationDraft
from trastienda.schemas.orders.note import NoteDraft, TagsDraft
from trastienda.schemas.orders.order import OrderView, PaymentDue
from trastienda.schemas.payments.payment import CaptureDraft
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.orders import orders as orders_on_record

Page = Response[Any]
Work = Callable[[Form, Context], Awaitable[Any]]
TAGS = (Field("tags", marked("Tags"), with_commas=True),)
DUE = (Field("payment_due_at", marked("Time to pay")),)


def address_of(order_id: UUID) -> str:
    return f"/admin/orders/{order_id}"


async def carried_out(
    request: AnyRequest, visitor: Visitor, order_id: UUID, work: Work, told: str
) -> Page:
    """Do what a form of an order's page asks for; what is refused is said on that page."""
    form = forms.sent(request)
    try:
        await forms.once(work(form, forms.context(request, visitor, form)), Any)
    except forms.Refusal as error:
        refused = frames.refused(request, form, error)
        return await order_page.page(request, visitor, order_id, refused)
    return frames.done(request, address_of(order_id), told)


@post(status_code=200)
async def capture_by_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Capture what is held for an order, or note that its money has come."""
    locale = frames.locale(request)

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401 - the order's view
        typed = in_minor_units(form, form.get("currency"), locale, "amount")
        draft = Form([it for it in typed.pairs if it[0] == "amount"]).to(CaptureDraft)
        return await orders.capture(order_id, draft, held(request).providers, context)

    return await carried_out(request, visitor, order_id, work, marked("The money was captured."))


@post(status_code=200)
async def cancel_by_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Call off an order of which nothing was sent."""
    may_refund, providers = "refunds.write" in visitor.scopes, held(request).providers

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401
        return await orders.cancel(order_id, providers, context, may_refund=may_refund)

    return await carried_out(request, visitor, order_id, work, marked("The order was cancelled."))


@post(status_code=200)
async def set_payment_due_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Page:
    """Give the buyer another time to pay, or no end."""
    room = frames.room(request)

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        return await orders.set_payment_due(
            order_id, read(form, PaymentDue, DUE, room, changes=True), context
        )

    return await carried_out(
        request, visitor, order_id, work, marked("The time to pay was changed.")
    )


@post(status_code=200)
async def send_payment_link_by_form(
    request: AnyRequest,
    visitor: Asking,
    mail_settings: NamedDependency[MailSettings],
    order_id: FromPath[UUID],
) -> Page:
    """Mail the buyer a link to pay."""

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401
        return await orders.request_payment(order_id, mail_settings, context)

    return await carried_out(
        request, visitor, order_id, work, marked("The link to pay is on its way.")
    )


@post(status_code=200)
async def tag_by_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Give an order these tags and no others; the ones before can be had back."""
    form, room = forms.sent(request), frames.room(request)
    async with reading() as session:
        before = (await orders_on_record.by_id(session, order_id)).tags or []
    try:
        draft = read(form, TagsDraft, TAGS, room, changes=True)
        context = forms.context(request, visitor, form)
        await forms.once(orders.tag(order_id, draft, context), OrderView)
    except forms.Refusal as error:
        refused = frames.refused(request, form, error)
        return await order_page.page(request, visitor, order_id, refused)
    undo = (request.scope["path"], {"tags": ", ".join(before)})
    return frames.done_with_undo(
        request, address_of(order_id), marked("The tags were saved."), undo
    )


@post(status_code=200)
async def note_by_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Add a note to an order."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        return await orders.note(order_id, form.to(NoteDraft), context)

    return await carried_out(request, visitor, order_id, work, marked("The note was added."))


@post(status_code=200)
async def issue_invoice_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Page:
    """Issue the invoice of an order."""

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401
        return await invoices.issue(order_id, context)

    return await carried_out(request, visitor, order_id, work, marked("The invoice was issued."))


@post(status_code=200)
async def cancel_invoice_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], invoice_id: FromPath[UUID]
) -> Page:
    """Say that an invoice was issued in error."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        return await invoices.cancel(invoice_id, form.to(CancellationDraft), context)

    return await carried_out(request, visitor, order_id, work, marked("The invoice was cancelled."))
