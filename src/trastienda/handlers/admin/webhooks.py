"""Webhooks, as staff see and write them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers import webhooks
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.webhook import (
    WebhookDraft,
    WebhookPage,
    WebhookPatch,
    WebhookView,
    WebhookWithSecret,
)
from trastienda.services import webhooks as webhooks_on_record


@get()
async def list_webhooks(
    request: Request[Any, Any, Any], limit: Limit = 24, cursor: Cursor = None
) -> Response[WebhookPage]:
    """List the webhooks, the oldest first."""
    async with reading() as session:
        page = await webhooks_on_record.page(session, limit, cursor)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_webhook(terms: Asked, data: JSONBody[WebhookDraft]) -> Response[WebhookWithSecret]:
    """Have events sent to an address. The answer holds the secret, once."""
    return versioned(await webhooks.create(data, terms), 201)


@get()
async def get_webhook(webhook_id: FromPath[UUID]) -> Response[WebhookView]:
    """Read a webhook and how it is: active, paused, resting or disabled."""
    async with reading() as session:
        return versioned(await webhooks_on_record.view(session, webhook_id))


@patch()
async def change_webhook(
    terms: Asked, webhook_id: FromPath[UUID], data: JSONBody[WebhookPatch]
) -> Response[WebhookView]:
    """Change a webhook. `active: true` and a new address let it start afresh."""
    return versioned(await webhooks.change(webhook_id, data, terms))


@delete()
async def delete_webhook(terms: Asked, webhook_id: FromPath[UUID]) -> None:
    """Take a webhook away, with its log and all that waits for it."""
    await webhooks.remove(webhook_id, terms)


@post(status_code=200)
async def rotate_webhook_secret(
    terms: Asked, webhook_id: FromPath[UUID]
) -> Response[WebhookWithSecret]:
    """Give a webhook a new secret. For 24 hours requests carry both signatures."""
    return versioned(await webhooks.rotate(webhook_id, terms))
