"""Orders, as staff see and carry them out."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.params import FromPath, JSONBody

from trastienda.controllers import orders
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.orders.order import OrderView, PaymentDue
from trastienda.schemas.payments.payment import CaptureDraft
from trastienda.schemas.pricing.explanation import Explanation
from trastienda.services.orders import explanations
from trastienda.services.orders.orders import by_id


@get()
async def get_order_for_staff(order_id: FromPath[UUID]) -> Response[OrderView]:
    """Read an order."""
    async with reading() as session:
        return versioned(await by_id(session, order_id))


@get()
async def explain_order(order_id: FromPath[UUID]) -> Explanation:
    """Say where each part of an order's total comes from, as it was when it was placed."""
    async with reading() as session:
        return await explanations.of_order(session, order_id)


@post(status_code=200, opt={"refuses": [503]})
async def capture_order(
    request: Request[Any, Any, Any],
    context: RequestContext,
    order_id: FromPath[UUID],
    data: JSONBody[CaptureDraft | None] = None,
) -> Response[OrderView]:
    """Capture what is held for an order; where nothing is, note that its money has come.

    The body may be left out: then it is all of it. Of what is held, a smaller amount lets go of the
    rest.
    """
    providers = held(request).providers
    return versioned(await orders.capture(order_id, data or CaptureDraft(), providers, context))


@post(status_code=200)
async def cancel_order(
    request: Request[Any, Any, Any],
    visitor: Asking,
    context: RequestContext,
    order_id: FromPath[UUID],
) -> Response[OrderView]:
    """Call off an order of which nothing was sent; its stock can be sold again.

    What was paid is refunded: that needs the scope `refunds.write` as well. What is only held is
    let go.
    """
    may_refund = "refunds.write" in visitor.scopes
    providers = held(request).providers
    return versioned(await orders.cancel(order_id, providers, context, may_refund=may_refund))


@put()
async def set_payment_due(
    context: RequestContext, order_id: FromPath[UUID], data: JSONBody[PaymentDue]
) -> Response[OrderView]:
    """Give the buyer of an unpaid order another time to pay, or no end (null).

    A day before the new end they are reminded anew.
    """
    return versioned(await orders.set_payment_due(order_id, data, context))
