"""Parcels: packing them, and what becomes of each."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from trastienda.controllers import orders
from trastienda.errors import Invalid
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.orders import order as order_page
from trastienda.handlers.pages.admin.orders.deciding import address_of, carried_out
from trastienda.handlers.pages.admin.orders.rows import counted
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.orders.fulfilment import FulfilmentDraft, FulfilmentPatch
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.context import Context

Page = Response[Any]


class NothingToSend(Invalid):
    """Say how many units of a line are in the parcel."""


@post(status_code=200)
async def fulfil_by_form(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Send units of an order as one parcel."""
    form = forms.sent(request)
    rows = counted(form)
    try:
        draft = rows.form.to(FulfilmentDraft)
        if draft.lines is None and form.get("lines/0/line_id"):
            raise NothingToSend
        context = forms.context(request, visitor, form)
        work = orders.fulfil(order_id, draft, held(request).providers, context)
        await forms.once(work, OrderView)
    except forms.Refusal as error:
        frames.refused(request, form, error)
        rows.beside(form)
        return await order_page.page(request, visitor, order_id, form)
    return frames.done(request, address_of(order_id), marked("The parcel was packed."))


@post(status_code=200)
async def change_parcel_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], fulfilment_id: FromPath[UUID]
) -> Page:
    """Change the carrier, tracking or label of a parcel."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401 - the parcel's view
        patch = form.to(FulfilmentPatch)
        return await orders.change_fulfilment(fulfilment_id, patch, context)

    return await carried_out(request, visitor, order_id, work, marked("The parcel was changed."))


@post(status_code=200)
async def collect_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], fulfilment_id: FromPath[UUID]
) -> Page:
    """Note that the buyer has picked a parcel up."""

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401
        return await orders.collect(fulfilment_id, context)

    return await carried_out(request, visitor, order_id, work, marked("The parcel was picked up."))


@post(status_code=200)
async def deliver_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], fulfilment_id: FromPath[UUID]
) -> Page:
    """Note that a parcel has reached the buyer."""

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401
        return await orders.deliver(fulfilment_id, context)

    return await carried_out(request, visitor, order_id, work, marked("The parcel has arrived."))


@post(status_code=200)
async def unpack_by_form(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID], fulfilment_id: FromPath[UUID]
) -> Page:
    """Unpack a parcel that was not picked up."""

    async def work(_: Form, context: Context) -> Any:  # noqa: ANN401
        return await orders.cancel_fulfilment(fulfilment_id, context)

    return await carried_out(request, visitor, order_id, work, marked("The parcel was unpacked."))
