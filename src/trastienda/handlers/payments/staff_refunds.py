"""Payments and refunds of orders, as staff see and grant them."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import payments
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.schemas.payments.refund import (
    OrderPayments,
    Refundable,
    RefundDraft,
    Refunds,
    RefundView,
)
from trastienda.services.orders import orders
from trastienda.services.payments import listing, refunds


@get()
async def list_order_payments(order_id: FromPath[UUID]) -> OrderPayments:
    """List what pays an order, the oldest first: refunds go back through them in this order."""
    async with reading() as session:
        return await listing.of_order(session, order_id)


@get()
async def get_refundable(order_id: FromPath[UUID]) -> Refundable:
    """Say what can still be paid back of an order: units and amounts of lines, and shipping."""
    async with reading() as session:
        return await refunds.still_refundable(session, await orders.by_id(session, order_id))


@get()
async def list_order_refunds(order_id: FromPath[UUID]) -> Refunds:
    """List the refunds of an order, the oldest first."""
    async with reading() as session:
        await orders.by_id(session, order_id)
        return Refunds(await refunds.of_order(session, order_id))


@post()
async def refund_order(
    context: RequestContext, order_id: FromPath[UUID], data: JSONBody[RefundDraft]
) -> Response[RefundView]:
    """Pay back lines, shipping, or an amount; together never more than was captured.

    Units are worth what was paid for them, discounts and taxes included. The order counts the
    refund at once; the payment provider hears of it seconds later, and `status` and events say what
    came of it.
    """
    return versioned(await payments.refund(order_id, data, context), 201)


@get()
async def get_refund(refund_id: FromPath[UUID]) -> Response[RefundView]:
    """Read a refund."""
    async with reading() as session:
        return versioned(refunds.view(await refunds.by_id(session, refund_id)))


@post(status_code=200)
async def retry_refund(context: RequestContext, refund_id: FromPath[UUID]) -> Response[RefundView]:
    """Ask the provider once more to pay back what it refused."""
    return versioned(await payments.retry(refund_id, context))


@post(status_code=200)
async def withdraw_refund(
    context: RequestContext, refund_id: FromPath[UUID]
) -> Response[RefundView]:
    """Give up a refund that its provider refused: it can be granted anew, or otherwise."""
    return versioned(await payments.withdraw(refund_id, context))
