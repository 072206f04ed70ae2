"""What became of events on their way to a webhook, and sending them once more."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers import webhook_deliveries
from trastienda.database.db import reading, utcnow
from trastienda.database.models.webhook import DeliveryState
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.middlewares.access import Asking
from trastienda.schemas.webhook_delivery import (
    DeliveriesWanted,
    DeliveryDetail,
    DeliveryPage,
    DeliveryView,
    ReplayView,
    ReplayWanted,
)
from trastienda.services import webhook_log, webhooks

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
    """List what was sent to a webhook or waits for it, the newest first, for 30 days."""
    wanted = DeliveriesWanted(webhook_id=webhook_id, state=in_state, limit=limit, cursor=cursor)
    async with reading() as session:
        await webhooks.view(session, webhook_id)
        page = await webhook_log.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_webhook_delivery(
    webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> DeliveryDetail:
    """Read a delivery with all its tries: request headers, status, time, start of the answer."""
    async with reading() as session:
        return await webhook_log.detail(session, webhook_id, delivery_id)


@post(status_code=202)
async def replay_webhook_delivery(
    terms: Asked, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> DeliveryView:
    """Send an event once more, under the same `webhook-id`."""
    return await webhook_deliveries.send_again(webhook_id, delivery_id, terms)


@post(status_code=202)
async def replay_webhook_events(
    terms: Asked, webhook_id: FromPath[UUID], data: JSONBody[ReplayWanted]
) -> ReplayView:
    """Send the events of a time or of a range of positions, at most 10,000 in one call."""
    return await webhook_deliveries.replay(webhook_id, data, terms)


@post(status_code=200)
async def test_webhook(visitor: Asking, webhook_id: FromPath[UUID]) -> DeliveryDetail:
    """Send `webhook.test` to this webhook only, at once, and say what came of it."""
    return await webhook_deliveries.try_out(webhook_id, visitor.actor, utcnow())
