"""Customers: finding them, what they bought, notes, and what the law lets them ask for."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.customers import erase, notes
from trastienda.database.db import reading
from trastienda.errors import Malformed
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.records.pages import NameDiffers
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.customers.customer import (
    CustomerNoteDraft,
    CustomerNoteView,
    CustomerPage,
    CustomersWanted,
)
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.customers import customers, erasure, listing
from trastienda.services.customers import notes as notes_on_record

Page = Response[Any]
MOST_NOTES = 100


@get()
async def show_customers(request: AnyRequest, visitor: Asking) -> Page:
    """List customers, or those whose address or name matches."""
    q, group = frames.asked(request, "q"), frames.asked(request, "group", 64)
    wanted = CustomersWanted(limit=frames.SHOWN, cursor=frames.cursor(request), q=q, group=group)
    async with reading() as session:
        try:
            found = await listing.page(session, wanted)
        except Malformed:
            if wanted.cursor:
                raise
            found = CustomerPage([], None)  # nothing that a name or an address could have
    return frames.shown(
        request,
        visitor,
        "people/customers.html",
        items=found.items,
        q=q,
        group=group,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


@get()
async def show_customer(request: AnyRequest, visitor: Asking, user_id: FromPath[UUID]) -> Page:
    """Show a customer."""
    return await _page(request, visitor, user_id, Form())


@post(status_code=200)
async def note_customer_by_form(
    request: AnyRequest, visitor: Asking, user_id: FromPath[UUID]
) -> Page:
    """Add a note about a customer."""
    form = forms.sent(request)
    try:
        draft = form.to(CustomerNoteDraft)
        work = notes.add(user_id, draft, forms.context(request, visitor, form))
        await forms.once(work, CustomerNoteView)
    except forms.Refusal as error:
        return await _page(request, visitor, user_id, frames.refused(request, form, error))
    return frames.done(request, f"/admin/customers/{user_id}", marked("The note was added."))


@get()
async def download_customer(user_id: FromPath[UUID]) -> Response[bytes]:
    """Save all that is kept about a customer, to be handed to them."""
    async with reading() as session:
        document = await erasure.export(session, user_id)
    headers = {"content-disposition": f'attachment; filename="customer-{user_id}.json"'}
    return Response(document, media_type="application/json", headers=headers)


@post(status_code=200)
async def erase_customer_by_form(
    request: AnyRequest, visitor: Asking, user_id: FromPath[UUID]
) -> Page:
    """Erase the personal data of a customer, for good, once their address was typed."""
    form = forms.sent(request)
    context, told = forms.context(request, visitor, form), marked("The personal data were erased.")
    if await forms.done_before(context.once):
        return frames.done(request, "/admin/customers", told)
    async with reading() as session:
        card = await listing.card(session, user_id)
    try:
        if form.get("name_again").strip() != card.email:
            raise NameDiffers(pointer="/name_again")
        await forms.once(erase.erase(user_id, context), Any)
    except forms.Refusal as error:
        return await _page(request, visitor, user_id, frames.refused(request, form, error))
    return frames.done(request, "/admin/customers", told)


async def _page(request: AnyRequest, visitor: Visitor, user_id: UUID, form: Form) -> Page:
    may_orders, may_credit = ({it} <= visitor.scopes for it in ("orders.read", "credit.read"))
    async with reading() as session:
        found = await customers.view(
            session, user_id, with_orders=may_orders, with_credit=may_credit
        )
        written = await notes_on_record.page(session, user_id, MOST_NOTES, None)
    return frames.shown(
        request, visitor, "people/customer.html", form, it=found, notes=written.items
    )
