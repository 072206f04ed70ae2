"""Draft orders, as staff put them together and their buyers order them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter

from trastienda.controllers import draft_orders
from trastienda.controllers.outside.quotes import quoted
from trastienda.database.db import reading
from trastienda.database.models.draft_orders.draft_order import DraftOrderStatus
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.draft_orders.draft_order import (
    Acceptance,
    Completion,
    DraftOrderDraft,
    DraftOrderLink,
    DraftOrderPage,
    DraftOrderPatch,
    DraftOrderView,
)
from trastienda.schemas.orders.order import OrderView
from trastienda.services.draft_orders import drafts
from trastienda.services.mail.rendering import MailSettings

DraftToken = Annotated[str | None, HeaderParameter(name="X-Draft-Order-Token", max_length=200)]
LinkToken = Annotated[str | None, QueryParameter(max_length=200)]


@get()
async def list_draft_orders(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    status: FromQuery[DraftOrderStatus | None] = None,
    *,
    expired: FromQuery[bool | None] = None,
) -> Response[DraftOrderPage]:
    """List draft orders, the newest first."""
    async with reading() as session:
        page = await drafts.page(session, limit, cursor, status, expired)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_draft_order(
    context: RequestContext, data: JSONBody[DraftOrderDraft]
) -> Response[DraftOrderView]:
    """Put an order together for a buyer. Stock is reserved only with `reserve_until`."""
    return versioned(await quoted(draft_orders.create, data, context), 201)


@get()
async def get_draft_order(
    context: RequestContext, draft_id: FromPath[UUID]
) -> Response[DraftOrderView]:
    """Read a draft order at the prices of now; `problems` lists why it cannot be an order yet."""
    return versioned(await quoted(draft_orders.show, draft_id, context))


@patch()
async def change_draft_order(
    context: RequestContext, draft_id: FromPath[UUID], data: JSONBody[DraftOrderPatch]
) -> Response[DraftOrderView]:
    """Change a draft order that is no order yet, also one that was sent."""
    return versioned(await quoted(draft_orders.change, draft_id, data, context))


@delete()
async def delete_draft_order(context: RequestContext, draft_id: FromPath[UUID]) -> None:
    """Delete a draft order that is no order yet."""
    await draft_orders.remove(draft_id, context)


@post(status_code=200)
async def send_draft_order(
    context: RequestContext,
    mail_settings: NamedDependency[MailSettings],
    draft_id: FromPath[UUID],
) -> DraftOrderLink:
    """Mail the buyer what was put together for them, with a link to order it, and return the link.

    Whoever has the link sees the draft order, and can order it.
    """
    return await quoted(draft_orders.send, draft_id, mail_settings, context)


@post()
async def complete_draft_order(
    context: RequestContext,
    draft_id: FromPath[UUID],
    data: JSONBody[Completion | None] = None,
) -> Response[OrderView]:
    """Turn a draft order into an order: unpaid, or with `paid` as if its money had come."""
    completion = data or Completion()
    return versioned(await quoted(draft_orders.complete, draft_id, completion, context), 201)


@get()
async def get_sent_draft_order(
    visitor: Asking,
    context: RequestContext,
    draft_id: FromPath[UUID],
    token: DraftToken = None,
    access_token: LinkToken = None,
) -> Response[DraftOrderView]:
    """Read what was put together for you, by the token of its link or as its customer."""
    opened_by = token or access_token
    show = draft_orders.show_to_buyer
    return versioned(await quoted(show, draft_id, visitor.user_id, opened_by, context))


@post(
    responses={
        200: ResponseSpec(OrderView, generate_examples=False),
        201: ResponseSpec(OrderView, generate_examples=False),
    },
)
async def order_draft_order(  # noqa: PLR0913 - each is a parameter of the address
    visitor: Asking,
    context: RequestContext,
    *,
    draft_id: FromPath[UUID],
    data: JSONBody[Acceptance | None] = None,
    token: DraftToken = None,
    access_token: LinkToken = None,
) -> Response[OrderView]:
    """Order what was put together for you: the order is placed unpaid, to be paid at once.

    Pay it with `POST /v1/orders/{order_id}/payments` and the `access_token` of the answer. Once
    more answers 200 with the same order.
    """
    reader = visitor.user_id, token or access_token
    placed = await quoted(draft_orders.accept, draft_id, reader, data or Acceptance(), context)
    return versioned(placed.order, 200 if placed.again else 201)
