"""Changing an order after it was placed: what would come of it is shown before it is done."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers import order_edits
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.kinds.listing import tax_class_choices
from trastienda.handlers.pages.admin.orders.deciding import address_of
from trastienda.handlers.pages.admin.orders.rows import Counted, counted, in_minor_units
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.order_edits.edit import OrderEditDraft, OrderEditView
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.orders import orders
from trastienda.services.shipping import options

Page = Response[Any]
EDIT = "edit"
"""What the button says that changes the order; the other one only shows what would be."""


@get()
async def show_edit(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Show the form that changes an order."""
    return await _page(request, visitor, order_id, Form(), None)


@post(status_code=200)
async def edit_by_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Show what an edit would change, or change it."""
    form, preview = forms.sent(request), None
    does = form.get("do") == EDIT
    async with reading() as session:
        order = await orders.by_id(session, order_id)
    rows = _meant(form, order)
    try:
        draft = _draft(request, order, rows["add_custom"].form, preview=not does)
        context = forms.context(
            request, visitor, form if does else Form([("version", form.get("version"))])
        )
        preview = await forms.once(
            quoted(order_edits.edit, order_id, draft, context), OrderEditView
        )
    except forms.Refusal as error:
        frames.refused(request, form, error)
        for name, counted_rows in rows.items():
            counted_rows.beside(form, name)
        does = False
    if not does:
        return await _page(request, visitor, order_id, form, preview)
    return frames.done(request, address_of(order_id), marked("The order was changed."))


def _meant(form: Form, order: OrderView) -> dict[str, Counted]:
    """Leave out the lines that were not changed, and the rows that were not filled in.

    The last of the forms that are returned has gone through all of it.
    """
    was = {str(line.id): str(line.quantity) for line in order.lines}
    lines = counted(_changed(form, was), "lines", "changed")
    kept = Form([it for it in lines.form.pairs if not it[0].endswith("/changed") and it[0] != "do"])
    added = counted(kept, "add")
    return {"lines": lines, "add": added, "add_custom": counted(added.form, "add_custom")}


def _draft(request: AnyRequest, order: OrderView, form: Form, *, preview: bool) -> OrderEditDraft:
    """Read the form: addresses that were not changed are left out."""
    typed = in_minor_units(
        form, order.currency, frames.locale(request), "unit_price", "shipping_price"
    )
    draft = typed.to(OrderEditDraft, preview=str(preview).lower())
    if draft.shipping_address == order.shipping_address:
        draft.shipping_address = None
    if draft.billing_address == order.billing_address:
        draft.billing_address = None
    return draft


def _changed(form: Form, was: dict[str, str]) -> Form:
    """Mark the lines whose number or price was typed anew."""
    marks = []
    for name, line_id in form.pairs:
        if name.startswith("lines/") and name.endswith("/line"):
            start = name.removesuffix("line")
            differs = form.get(f"{start}quantity") != was.get(line_id) or form.get(
                f"{start}unit_price"
            )
            marks.append((f"{start}changed", "yes" if differs else ""))
    return Form([*form.pairs, *marks])


async def _page(
    request: AnyRequest, visitor: Visitor, order_id: UUID, form: Form, preview: OrderEditView | None
) -> Page:
    async with reading() as session:
        order = await orders.by_id(session, order_id)
        ways = await options.every(session)
        tax_classes = await tax_class_choices(session)
    if not form.pairs:
        form = Form(_texts(order.shipping_address, "shipping_address"))
        form.pairs += _texts(order.billing_address, "billing_address")
    return frames.shown(
        request,
        visitor,
        "orders/edit.html",
        form,
        order=order,
        preview=preview,
        shipping_options=ways,
        tax_classes=tax_classes,
        spare=range(3),
        custom=range(2),
    )


def _texts(address: Any, below: str) -> list[tuple[str, str]]:  # noqa: ANN401 - an address
    values = {name: getattr(address, name) for name in address.__struct_fields__}
    return [(f"{below}/{name}", text) for name, text in values.items() if text]
