"""What staff do with webhooks: the endpoints that events are sent to."""

from datetime import timedelta
from uuid import UUID

import msgspec

from trastienda.database.db import transaction, use_case
from trastienda.database.models.webhooks.webhook import Webhook
from trastienda.schemas.shared.context import Context
from trastienda.schemas.webhooks.webhook import (
    WebhookDraft,
    WebhookPatch,
    WebhookView,
    WebhookWithSecret,
)
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared import email_addresses as mailboxes
from trastienda.services.shared.records import given, rewrite
from trastienda.services.webhooks import health, sending, webhooks
from trastienda.services.webhooks.sending import Sender

OWNER = "/owner_email"
OVERLAP = timedelta(hours=24)
"""How long the previous secret signs beside the new one after a rotation."""


@use_case
async def create(draft: WebhookDraft, sender: Sender, context: Context) -> WebhookWithSecret:
    """Create an endpoint that `sender` may call; only this answer holds its secret.

    Raise WebhookTypeUnknown, WebhookUrlUnusable, AddressUnusable or WebhooksFull.
    """
    webhooks.check_types(draft.types)
    webhooks.check_url(draft.url, sender)
    mailboxes.parse(draft.owner_email, OWNER)
    secret = sending.fresh_secret()
    async with transaction(context.once) as session:
        webhook = Webhook(**msgspec.structs.asdict(draft), secret=b"", created_at=context.asked_at)
        await webhooks.add(session, webhook, secret)
        view = await webhooks.view(session, webhook.id)
        event_type = event_types.WEBHOOK.created
        await events.append(session, event_type, webhook.id, webhooks.redacted(view), context)
        await session.answer(_with_secret(view, None))  # repeated requests get no secret
    return _with_secret(view, secret)


@use_case
async def change(
    webhook_id: UUID, patch: WebhookPatch, sender: Sender, context: Context
) -> WebhookView:
    """Change an endpoint; a new address or `active` resets its failures.

    Raise WebhookNotFound, WebhookChanged, WebhookTypeUnknown, WebhookUrlUnusable or
    AddressUnusable.
    """
    fields = given(patch)
    webhooks.check_types(fields.get("types", ()))
    if "url" in fields:
        webhooks.check_url(fields["url"], sender)
    if "owner_email" in fields:
        mailboxes.parse(fields["owner_email"], OWNER)
    async with transaction(context.once) as session:
        webhook = await webhooks.claim(session, webhook_id, context.seen)
        if fields.get("active") or fields.get("url", webhook.url) != webhook.url:
            webhook.reset_failures()
            await health.make_due(session, webhook_id, context.asked_at)
        rewrite(webhook, fields)
        await webhooks.save(session, webhook)
        view = await webhooks.view(session, webhook_id)
        event_type = event_types.WEBHOOK.changed
        await events.append(session, event_type, webhook_id, webhooks.redacted(view), context)
        return await session.answer(view)


@use_case
async def rotate(webhook_id: UUID, context: Context) -> WebhookWithSecret:
    """Give an endpoint a new secret; for a day, the previous one signs too.

    Raise WebhookNotFound or WebhookChanged.
    """
    secret = sending.fresh_secret()
    async with transaction(context.once) as session:
        webhook = await webhooks.claim(session, webhook_id, context.seen)
        webhook.previous_secret = webhook.secret
        webhook.previous_until = context.asked_at + OVERLAP
        webhook.secret = webhooks.sealed(webhook_id, secret)
        webhook.version += 1
        await webhooks.save(session, webhook)
        view = await webhooks.view(session, webhook_id)
        event_type = event_types.WEBHOOK_ROTATED
        await events.append(session, event_type, webhook_id, webhooks.redacted(view), context)
        await session.answer(_with_secret(view, None))
    return _with_secret(view, secret)


@use_case
async def remove(webhook_id: UUID, context: Context) -> None:
    """Delete an endpoint and its deliveries. Raise WebhookNotFound or WebhookChanged."""
    async with transaction(context.once) as session:
        webhook = await webhooks.claim(session, webhook_id, context.seen)
        await webhooks.remove(session, webhook)
        await events.record_deletion(session, event_types.WEBHOOK.deleted, webhook_id, context)


def _with_secret(view: WebhookView, secret: str | None) -> WebhookWithSecret:
    return WebhookWithSecret(**msgspec.structs.asdict(view), secret=secret)
