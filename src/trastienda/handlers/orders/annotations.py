"""Tags, notes and timelines of orders, and what staff do to many orders at once."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.params import FromPath, FromQuery, JSONBody

from trastienda.controllers import orders
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.handlers.shared.process import held
from trastienda.middlewares.answers.errors import status_of
from trastienda.schemas.orders.note import (
    BulkFulfilment,
    BulkResults,
    BulkTags,
    NoteDraft,
    NoteView,
    TagsDraft,
)
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.orders.timeline import Timeline, TimelineSort, TimelineWanted
from trastienda.services.orders import timeline


@put()
async def tag_order(
    context: RequestContext, order_id: FromPath[UUID], data: JSONBody[TagsDraft]
) -> Response[OrderView]:
    """Give an order these tags and no others.

    They are kept in lower case and in order; buyers never see them.
    """
    return versioned(await orders.tag(order_id, data, context))


@post()
async def note_order(
    context: RequestContext, order_id: FromPath[UUID], data: JSONBody[NoteDraft]
) -> NoteView:
    """Add a note to an order. It stays as it is, and stands in the timeline."""
    return await orders.note(order_id, data, context)


@get()
async def get_timeline(
    request: Request[Any, Any, Any],
    order_id: FromPath[UUID],
    limit: Limit = 100,
    cursor: Cursor = None,
    sort: FromQuery[TimelineSort] = TimelineSort.NEWEST,
) -> Response[Timeline]:
    """List what happened around an order, and who did it: events, payments, emails and notes."""
    wanted = TimelineWanted(limit=limit, cursor=cursor, sort=sort)
    async with reading() as session:
        page = await timeline.of_order(session, order_id, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post(status_code=200)
async def fulfil_orders(
    request: Request[Any, Any, Any], context: RequestContext, data: JSONBody[BulkFulfilment]
) -> BulkResults:
    """Send all that is left of each of these orders; each has a result of its own.

    With an `Idempotency-Key` a request that was interrupted goes on where it ended.
    """
    statuses = orders.Statuses(201, status_of)
    return await orders.fulfil_many(data, held(request).providers, context, statuses)


@post(status_code=200)
async def tag_orders(context: RequestContext, data: JSONBody[BulkTags]) -> BulkResults:
    """Add tags to each of these orders and take others away; each has a result of its own."""
    return await orders.tag_many(data, context, orders.Statuses(200, status_of))
