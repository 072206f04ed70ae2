"""A webhook's deliveries, and sending them again."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers.webhooks import deliveries
from trastienda.database.db import reading, utcnow
from trastienda.database.models.webhooks.webhook import DeliveryState
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.webhooks.delivery import (
    DeliveriesWanted,
    DeliveryDetail,
    DeliveryPage,
    DeliveryView,
    ReplayView,
    ReplayWanted,
)
from trastienda.services.webhooks import log, webhooks

State = Annotated[
    DeliveryState | None,
    QueryParameter(name="state", description="Those in this state only."),
]


@get()
async def list_webhook_deliveries(
    request: Request[Any, Any, Any],
    webhook_id: FromPath[UUID],
    in_state: State = None,
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Response[DeliveryPage]:
    """List the deliveries to a webhook, sent or waiting, the newest first, for 30 days."""
    wanted = DeliveriesWanted(webhook_id=webhook_id, state=in_state, limit=limit, cursor=cursor)
    async with reading() as session:
        await webhooks.view(session, webhook_id)
        page = await log.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_webhook_delivery(
    webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> DeliveryDetail:
    """Read a delivery with all its tries: request headers, status, time, start of the answer."""
    async with reading() as session:
        return await log.detail(session, webhook_id, delivery_id)


@post(status_code=202)
async def replay_webhook_delivery(
    context: RequestContext, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> DeliveryView:
    """Send an event once more, under the same `webhook-id`."""
    return await deliveries.send_again(webhook_id, delivery_id, context)


@post(status_code=202)
async def replay_webhook_events(
    context: RequestContext, webhook_id: FromPath[UUID], data: JSONBody[ReplayWanted]
) -> ReplayView:
    """Send the events of a time or of a range of positions, at most 10,000 in one call."""
    return await deliveries.replay(webhook_id, data, context)


@post(status_code=200)
async def test_webhook(
    request: Request[Any, Any, Any], visitor: Asking, webhook_id: FromPath[UUID]
) -> DeliveryDetail:
    """Send `webhook.test` to this webhook only, at once, and say what came of it."""
    sender = held(request).sender
    return await deliveries.send_test(webhook_id, sender, visitor.actor, utcnow())
