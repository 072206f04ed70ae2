"""The list of orders: its filters stand in the address, and many orders are dealt with at once."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from litestar import Response, get, post

from trastienda.controllers import orders
from trastienda.database.db import reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.orders import tagging
from trastienda.handlers.pages.answers import AnyRequest, Undo
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.middlewares.answers.errors import status_of
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.orders.note import BulkFulfilment, BulkResults
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.orders import listing
from trastienda.services.pages import order_filters, saved_views

Page = Response[Any]


class Done(NamedTuple):
    """What was done to many orders, and the form that takes it back."""

    results: BulkResults | None = None
    undo: Undo | None = None


NOTHING = Done()


@get()
async def show_orders(request: AnyRequest, visitor: Asking) -> Page:
    """List orders, with the filters of the address."""
    return await _page(request, visitor)


@post(status_code=200)
async def act_on_orders(request: AnyRequest, visitor: Asking) -> Page:
    """Send or tag the orders that were chosen; each has a result of its own."""
    form, done = forms.sent(request), NOTHING
    context = forms.context(request, visitor, form)
    try:
        if form.get("do") == "fulfil":
            statuses = orders.Statuses(201, status_of)
            draft = Form([("orders", it) for it in form.all("orders")]).to(BulkFulfilment)
            work = orders.fulfil_many(draft, held(request).providers, context, statuses)
            done = Done(await forms.once(work, BulkResults))
        elif form.get(tagging.CHANGES):
            done = Done(await tagging.take_back(form, context))
        else:
            done = Done(*await tagging.tag(form, context, frames.here(request)))
    except forms.Refusal as error:
        return await _page(request, visitor, done, frames.refused(request, form, error))
    return await _page(request, visitor, done, form)


async def _page(
    request: AnyRequest, visitor: Visitor, done: Done = NOTHING, form: Form | None = None
) -> Page:
    results = done.results
    asked = {name: frames.asked(request, name) for name in order_filters.NAMES}
    filters = order_filters.read(asked, frames.zone())
    wanted = order_filters.wanted(filters, frames.SHOWN, frames.cursor(request))
    async with reading() as session:
        found = await listing.page(session, wanted)
        saved = await saved_views.of(session, visitor.user_id, "orders")
    return frames.shown(
        request,
        visitor,
        "orders/list.html",
        form,
        told=frames.Told(marked("The tags were changed."), done.undo) if done.undo else None,
        items=found.items,
        filters=filters,
        asked=asked,
        chips=_chips(filters),
        views=[(label, f"/admin/orders?{urlencode(query)}") for label, query in VIEWS],
        names=NAMES_OF_FILTERS,
        saved=saved,
        states=order_filters.STATES,
        results={it.id: it for it in results.items} if results else {},
        failed=sum(1 for it in results.items if it.problem) if results else 0,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


def _chips(filters: dict[str, Any]) -> list[tuple[str, Any, str]]:
    """Return the filters in use, each with the address of the same list without it."""
    given = {name: order_filters.text(it) for name, it in filters.items() if it is not None}
    return [(name, filters[name], _without(given, name)) for name in given]


def _without(given: dict[str, str], name: str) -> str:
    kept = {other: it for other, it in given.items() if other != name}
    return f"/admin/orders?{urlencode(kept)}"


VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    (marked("All"), {}),
    (marked("To ship"), order_filters.TO_SHIP),
    (marked("To capture"), order_filters.TO_CAPTURE),
    (marked("Unpaid"), order_filters.UNPAID),
)
"""The lists that every shop needs; each is a list with filters."""
NAMES_OF_FILTERS = {
    "q": marked("Search"),
    "status": marked("Order"),
    "payment_status": marked("Payment"),
    "fulfilment_status": marked("Shipping"),
    "sku": marked("SKU"),
    "tag": marked("Tag"),
    "email": marked("E-mail"),
    "customer_id": marked("Customer"),
    "placed_from": marked("From"),
    "placed_until": marked("Until"),
}
