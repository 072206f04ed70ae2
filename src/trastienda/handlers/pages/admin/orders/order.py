"""One order: what is owed on top, what was sold, its money, and all that happened."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from trastienda.database.db import Reading, reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.orders.timeline import TimelineWanted
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.invoices import invoices
from trastienda.services.order_edits import edits
from trastienda.services.orders import explanations, fulfilments, orders, timeline
from trastienda.services.pages import order_moves
from trastienda.services.payments import listing, refunds
from trastienda.services.returns import returns as returns_on_record

Page = Response[Any]


@get()
async def show_order(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Show an order to staff."""
    return await page(request, visitor, order_id)


async def page(
    request: AnyRequest, visitor: Visitor, order_id: UUID, form: Form | None = None
) -> Page:
    """Show an order; `form` is one of its forms that was refused."""
    context = forms.context(request, visitor)
    async with reading() as session:
        order = await orders.by_id(session, order_id)
        facts = {
            "payments": (await listing.of_order(session, order_id)).items,
            "refunds": await refunds.of_order(session, order_id),
            "parcels": await fulfilments.of_order(session, order_id),
            "timeline": await timeline.of_order(session, order_id, TimelineWanted()),
            "edits": await edits.of_order(session, order_id),
            **await _of_others(session, visitor, order_id, context),
        }
    return frames.shown(
        request,
        visitor,
        "orders/order.html",
        form,
        order=order,
        moves=order_moves.of(order),
        sold={line.id: line for line in order.lines},
        **facts,
    )


async def _of_others(
    session: Reading, visitor: Visitor, order_id: UUID, context: Context
) -> dict[str, Any]:
    """Read what needs scopes of its own; without them there is none to be seen."""
    may_invoices, may_returns = (
        "invoices.read" in visitor.scopes,
        "returns.read" in visitor.scopes,
    )
    back = returns_on_record.of_order(session, order_id, context.locale) if may_returns else None
    return {
        "returns": await back if back else [],
        "invoices": await invoices.of_order(session, order_id) if may_invoices else [],
    }


@get()
async def explain_order_page(
    request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]
) -> Page:
    """Show where each part of an order's total comes from."""
    async with reading() as session:
        order = await orders.by_id(session, order_id)
        steps = await explanations.of_order(session, order_id)
    return frames.shown(request, visitor, "orders/explanation.html", order=order, explanation=steps)


@get()
async def show_packing_slip(request: AnyRequest, visitor: Asking, order_id: FromPath[UUID]) -> Page:
    """Show what is to be packed of an order, to be printed."""
    async with reading() as session:
        order = await orders.by_id(session, order_id)
    return frames.shown(
        request, visitor, "orders/packing_slip.html", order=order, moves=order_moves.of(order)
    )
