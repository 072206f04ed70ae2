"""Edits of open orders, as staff make and read them."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import order_edits
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.order_edits.edit import OrderEditDraft, OrderEdits, OrderEditView
from trastienda.services.order_edits import edits
from trastienda.services.orders import orders


@get()
async def list_order_edits(order_id: FromPath[UUID]) -> OrderEdits:
    """List the edits of an order with what each replaced, the oldest first."""
    async with reading() as session:
        await orders.by_id(session, order_id)
        return OrderEdits(await edits.of_order(session, order_id))


@post(status_code=200)
async def edit_order(
    context: RequestContext, order_id: FromPath[UUID], data: JSONBody[OrderEditDraft]
) -> OrderEditView:
    """Change what an open order contains, where it goes, or what it costs.

    With `preview` nothing is changed, and the answer says what would come of it. What the order
    costs more is still to be paid; what it costs less than was captured is refunded at once.
    """
    return await quoted(order_edits.edit, order_id, data, context)
