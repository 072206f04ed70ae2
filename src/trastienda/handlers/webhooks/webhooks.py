"""Webhooks, as staff see and write them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.webhooks import webhooks
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.handlers.shared.process import held
from trastienda.schemas.webhooks.webhook import (
    WebhookDraft,
    WebhookPage,
    WebhookPatch,
    WebhookView,
    WebhookWithSecret,
)
from trastienda.services.webhooks import webhooks as webhooks_on_record


@get()
async def list_webhooks(
    request: Request[Any, Any, Any], limit: Limit = 24, cursor: Cursor = None
) -> Response[WebhookPage]:
    """List the webhooks, the oldest first."""
    async with reading() as session:
        page = await webhooks_on_record.page(session, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_webhook(
    request: Request[Any, Any, Any], context: RequestContext, data: JSONBody[WebhookDraft]
) -> Response[WebhookWithSecret]:
    """Have events sent to an address. Only this answer holds the secret."""
    return versioned(await webhooks.create(data, held(request).sender, context), 201)


@get()
async def get_webhook(webhook_id: FromPath[UUID]) -> Response[WebhookView]:
    """Read a webhook and its state: active, paused, resting or disabled."""
    async with reading() as session:
        return versioned(await webhooks_on_record.view(session, webhook_id))


@patch()
async def change_webhook(
    request: Request[Any, Any, Any],
    context: RequestContext,
    webhook_id: FromPath[UUID],
    data: JSONBody[WebhookPatch],
) -> Response[WebhookView]:
    """Change a webhook. `active: true` or a new address clears its failures."""
    return versioned(await webhooks.change(webhook_id, data, held(request).sender, context))


@delete()
async def delete_webhook(context: RequestContext, webhook_id: FromPath[UUID]) -> None:
    """Delete a webhook, with its log and its waiting deliveries."""
    await webhooks.remove(webhook_id, context)


@post(status_code=200)
async def rotate_webhook_secret(
    context: RequestContext, webhook_id: FromPath[UUID]
) -> Response[WebhookWithSecret]:
    """Give a webhook a new secret. For 24 hours requests carry both signatures."""
    return versioned(await webhooks.rotate(webhook_id, context))
