"""Draft orders: putting one together, sending it to its buyer, or making it an order."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from trastienda.controllers import draft_orders
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import Reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.kinds.listing import page, tax_class_choices
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section, Way
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.draft_orders.draft_order import (
    Completion,
    DraftOrderDraft,
    DraftOrderLink,
    DraftOrderPatch,
)
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.draft_orders import drafts
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.pages import draft_moves
from trastienda.services.shipping import options

Page = Response[Any]
AMOUNT: dict[str, Any] = {"way": Way.AMOUNT, "currency": "currency"}
DISCOUNT = (
    Field("percent", marked("Per cent")),
    Field("amount", marked("Amount"), **AMOUNT),
    Field("reason", marked("Why")),
)
LINE = (
    Field("sku", marked("SKU")),
    Field("quantity", marked("Units")),
    Field("unit_price", marked("Another price"), **AMOUNT),
    Field("reason", marked("Why")),
    Field("staff_discount", marked("Discount off each unit"), columns=DISCOUNT, is_rare=True),
)
CUSTOM = (
    Field("title", marked("What")),
    Field("quantity", marked("Units")),
    Field("unit_price", marked("Price"), **AMOUNT),
    Field("sku", marked("Your reference"), is_rare=True),
    Field("tax_class", marked("Tax class"), choices="tax_classes", is_rare=True),
    Field("requires_shipping", marked("It is shipped"), is_rare=True),
    Field("staff_discount", marked("Discount off each unit"), columns=DISCOUNT, is_rare=True),
)


async def _choices(session: Reading, context: Context) -> dict[str, Choices]:
    ways = await options.every(session)
    return {
        "currencies": [(it, it) for it in channels.current().currencies],
        "tax_classes": await tax_class_choices(session),
        "options": [
            (str(it.id), it.names.get(context.locale) or next(iter(it.names.values())))
            for it in ways
        ],
    }


async def _read(_session: Reading, draft_id: UUID, context: Context) -> Any:  # noqa: ANN401 - its view
    return await quoted(draft_orders.show, draft_id, context)


async def _beside(_request: AnyRequest, _session: Reading, view: Any, _: Context) -> dict[str, Any]:  # noqa: ANN401
    return {"draft": view, "moves": draft_moves.of(view)}


DRAFT_ORDERS = Record(
    path="draft-orders",
    can_undo=False,
    title=marked("Draft orders"),
    one=marked("Draft order"),
    new=marked("New draft order"),
    empty=marked("A draft order is put together for a buyer, who then orders it by a link."),
    write="orders.write",
    columns=(
        Column(marked("For"), "email"),
        Column(marked("State"), "status", "label"),
        Column(marked("Made"), "created_at", "moment"),
        Column(marked("Until"), "expires_at", "moment"),
    ),
    sections=(
        Section(
            marked("What is ordered"),
            (
                Field("email", marked("E-mail of the buyer")),
                Field("lines", marked("Lines"), columns=LINE, of=draft_moves.lines),
                Field(
                    "custom_lines",
                    marked("What is not in the shop"),
                    columns=CUSTOM,
                    of=draft_moves.custom_lines,
                ),
                Field("staff_discount", marked("Discount off all of it"), columns=DISCOUNT),
                Field("coupons", marked("Codes")),
                Field("currency", marked("Currency"), choices="currencies"),
            ),
        ),
        Section(
            marked("Where it goes"),
            (
                Field("shipping_address", marked("Shipping address")),
                Field(
                    "shipping_option",
                    marked("Shipping option"),
                    choices="options",
                    of=draft_moves.option,
                ),
                Field("shipping_price", marked("Another price of shipping"), **AMOUNT),
                Field("billing_address", marked("Billing address, if it is another one")),
            ),
        ),
        Section(
            marked("Beside it"),
            (
                Field("note", marked("Note for staff")),
                Field("expires_at", marked("Until")),
                Field(
                    "reserve_until",
                    marked("Stock is reserved until"),
                    hint=marked("Empty: none is."),
                ),
                Field("locale", marked("Language")),
                Field("customer_id", marked("Id of the account")),
            ),
            folded=True,
        ),
    ),
    listed=lambda session, cursor, _: page(drafts.page(session, frames.SHOWN, cursor, None, None)),
    read=_read,
    called=lambda view: str(view.email),
    draft=DraftOrderDraft,
    patch=DraftOrderPatch,
    create=lambda _, draft, context: quoted(draft_orders.create, draft, context),
    change=lambda _, draft_id, patch, context: quoted(
        draft_orders.change, draft_id, patch, context
    ),
    remove=lambda _, draft_id, context: draft_orders.remove(draft_id, context),
    choices=_choices,
    more=_beside,
    beside="admin/records/beside/draft_order.html",
)


@post(status_code=200)
async def send_draft_by_form(
    request: AnyRequest,
    visitor: Asking,
    mail_settings: NamedDependency[MailSettings],
    draft_id: FromPath[UUID],
) -> Page:
    """Mail the buyer what was put together for them."""
    form, address = forms.sent(request), f"/admin/draft-orders/{draft_id}"
    try:
        context = forms.context(request, visitor, form)
        work = quoted(draft_orders.send, draft_id, mail_settings, context)
        link = await forms.once(work, DraftOrderLink)
    except forms.Refusal as error:
        return _not_done(request, visitor, address, error)
    return frames.done(request, address, marked("It is on its way to %(email)s."), email=link.email)


@post(status_code=200)
async def complete_draft_by_form(
    request: AnyRequest, visitor: Asking, draft_id: FromPath[UUID]
) -> Page:
    """Turn a draft order into an order."""
    form, address = forms.sent(request), f"/admin/draft-orders/{draft_id}"
    try:
        context = forms.context(request, visitor, form)
        completion = form.to(Completion)
        work = quoted(draft_orders.complete, draft_id, completion, context)
        order = await forms.once(work, OrderView)
    except forms.Refusal as error:
        return _not_done(request, visitor, address, error)
    return frames.done(request, f"/admin/orders/{order.id}", marked("It is an order now."))


def _not_done(request: AnyRequest, visitor: Any, address: str, error: Any) -> Page:  # noqa: ANN401
    form = frames.refused(request, Form(), error)
    return frames.shown(request, visitor, "refused.html", form, back=address)
