"""Returns, as staff make, decide, receive and settle them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from trastienda.controllers.outside.quotes import quoted
from trastienda.controllers.returns import ask, decide, settle
from trastienda.database.db import reading
from trastienda.database.models.returns.order_return import ReturnState
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.returns.order_return import (
    EarlyExchange,
    Returnable,
    ReturnApproval,
    ReturnClosing,
    ReturnReceiptDraft,
    ReturnRefusal,
    ReturnsWanted,
    Settlement,
    StaffReturnDraft,
    StaffReturnPage,
    StaffReturnView,
)
from trastienda.services.returns import returnable, settling
from trastienda.services.returns import returns as returns_on_record

Reason = Annotated[str | None, QueryParameter(max_length=64, description="The code of a reason.")]
OrderNumber = Annotated[int | None, QueryParameter(ge=1, le=10**15)]


@get()
async def list_all_returns(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    context: RequestContext,
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    status: FromQuery[ReturnState | None] = None,
    reason: Reason = None,
    order_number: OrderNumber = None,
) -> Response[StaffReturnPage]:
    """List returns, the newest first."""
    filters = {"status": status, "reason": reason, "order_number": order_number}
    wanted = ReturnsWanted(limit=limit, cursor=cursor, **filters)  # type: ignore[arg-type]
    async with reading() as session:
        page = await returns_on_record.page(session, wanted, context.locale)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_returnable_for_staff(context: RequestContext, order_id: FromPath[UUID]) -> Returnable:
    """Say what of an order can be returned, also when the customer's time for it has ended."""
    async with reading() as session:
        return await returnable.of_order(session, order_id, context, for_staff=True)


@post()
async def make_return(
    context: RequestContext, order_id: FromPath[UUID], data: JSONBody[StaffReturnDraft]
) -> Response[StaffReturnView]:
    """Make a return for a customer. It is approved at once, also when their time has ended."""
    return versioned(await ask.make(order_id, data, context), 201)


@get()
async def get_return(
    context: RequestContext, return_id: FromPath[UUID]
) -> Response[StaffReturnView]:
    """Read a return."""
    async with reading() as session:
        return versioned(await returns_on_record.by_id(session, return_id, context.locale))


@post(status_code=200)
async def approve_return(
    context: RequestContext, return_id: FromPath[UUID], data: JSONBody[ReturnApproval]
) -> Response[StaffReturnView]:
    """Let the goods come; the customer is told how by mail."""
    return versioned(await decide.approve(return_id, data, context))


@post(status_code=200)
async def refuse_return(
    context: RequestContext, return_id: FromPath[UUID], data: JSONBody[ReturnRefusal]
) -> Response[StaffReturnView]:
    """Refuse a return; the customer is told why by mail."""
    return versioned(await decide.refuse(return_id, data, context))


@post(status_code=200)
async def withdraw_return(
    context: RequestContext, return_id: FromPath[UUID]
) -> Response[StaffReturnView]:
    """Give a return up for its customer, before anything has arrived."""
    return versioned(await ask.withdraw(return_id, context))


@post()
async def receive_return(
    context: RequestContext, return_id: FromPath[UUID], data: JSONBody[ReturnReceiptDraft]
) -> Response[StaffReturnView]:
    """Note goods that arrived, all or a part: each is restocked or written off at once."""
    return versioned(await settle.receive(return_id, data, context), 201)


@post(status_code=200)
async def exchange_return(
    visitor: Asking,
    context: RequestContext,
    return_id: FromPath[UUID],
    data: JSONBody[EarlyExchange],
) -> Response[StaffReturnView]:
    """Order what is wanted instead before the goods have arrived, so that it can be sent at once.

    The new order is unpaid and does not expire: what arrives pays it when the return is closed, and
    the customer is asked for the rest then. Needs the scope `refunds.write` as well.
    """
    may_refund = "refunds.write" in visitor.scopes
    early = quoted(settle.exchange, return_id, data, context, may_refund=may_refund)
    return versioned(await early)


@post(status_code=200)
async def preview_settlement(
    return_id: FromPath[UUID], data: JSONBody[ReturnClosing]
) -> Settlement:
    """Say what closing a return would pay back now, without doing it."""
    async with reading() as session:
        return await settling.preview(session, return_id, data)


@post(status_code=200)
async def close_return(
    visitor: Asking,
    context: RequestContext,
    return_id: FromPath[UUID],
    data: JSONBody[ReturnClosing],
) -> Response[StaffReturnView]:
    """Settle what arrived, and expect nothing more.

    Its worth is refunded, less what the policy keeps; what you send goes before the policy. Where
    something else is wanted instead, its worth pays a new order, and only the rest is refunded.
    Either needs the scope `refunds.write` as well.
    """
    may_refund = "refunds.write" in visitor.scopes
    closing = quoted(settle.close, return_id, data, context, may_refund=may_refund)
    return versioned(await closing)
