"""What staff do with the endpoints that events are sent to."""

from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.webhook import Webhook
from trastienda.schemas.terms import Terms
from trastienda.schemas.webhook import (
    WebhookDraft,
    WebhookPatch,
    WebhookView,
    WebhookWithSecret,
)
from trastienda.services import event_types, events, webhook_health, webhook_sending, webhooks

OVERLAP = timedelta(hours=24)
"""How long the secret before a rotation signs as well."""


@use_case
async def create(draft: WebhookDraft, terms: Terms) -> WebhookWithSecret:
    """Make an endpoint; its secret is in the answer and nowhere else.

    Raise WebhookTypeUnknown, WebhookUrlUnusable or WebhooksFull.
    """
    webhooks.check_types(draft.types)
    webhooks.check_url(draft.url)
    secret = webhook_sending.fresh_secret()
    async with transaction(terms.once) as session:
        webhook = Webhook(**msgspec.structs.asdict(draft), secret=b"", created_at=terms.asked_at)
        await webhooks.add(session, webhook, secret)
        view = await webhooks.view(session, webhook.id)
        what = event_types.WEBHOOK.created
        await events.append(session, what, webhook.id, webhooks.told(view), terms)
        await session.answer(_with_secret(view, None))  # it is kept as it is: no secret
    return _with_secret(view, secret)


@use_case
async def change(webhook_id: UUID, patch: WebhookPatch, terms: Terms) -> WebhookView:
    """Change an endpoint; a new address or `active` gives it a fresh start.

    Raise WebhookNotFound, WebhookChanged, WebhookTypeUnknown or WebhookUrlUnusable.
    """
    given = {name: it for name, it in msgspec.structs.asdict(patch).items() if it is not UNSET}
    webhooks.check_types(given.get("types", ()))
    if "url" in given:
        webhooks.check_url(given["url"])
    async with transaction(terms.once) as session:
        webhook = await webhooks.claim(session, webhook_id, terms.seen)
        if given.get("active") or given.get("url", webhook.url) != webhook.url:
            webhook.start_afresh()
            await webhook_health.hurry(session, webhook_id, terms.asked_at)
        for name, value in given.items():
            setattr(webhook, name, value)
        webhook.version += 1
        await session.orm.flush()
        view = await webhooks.view(session, webhook_id)
        what = event_types.WEBHOOK.changed
        await events.append(session, what, webhook_id, webhooks.told(view), terms)
        return await session.answer(view)


@use_case
async def rotate(webhook_id: UUID, terms: Terms) -> WebhookWithSecret:
    """Give an endpoint a new secret; for a day the one before signs too.

    Raise WebhookNotFound or WebhookChanged.
    """
    secret = webhook_sending.fresh_secret()
    async with transaction(terms.once) as session:
        webhook = await webhooks.claim(session, webhook_id, terms.seen)
        webhook.previous_secret = webhook.secret
        webhook.previous_until = terms.asked_at + OVERLAP
        webhook.secret = webhooks.sealed(webhook_id, secret)
        webhook.version += 1
        await session.orm.flush()
        view = await webhooks.view(session, webhook_id)
        what = event_types.WEBHOOK_ROTATED
        await events.append(session, what, webhook_id, webhooks.told(view), terms)
        await session.answer(_with_secret(view, None))
    return _with_secret(view, secret)


@use_case
async def remove(webhook_id: UUID, terms: Terms) -> None:
    """Take an endpoint away with all that waits for it. Raise WebhookNotFound or WebhookChanged."""
    async with transaction(terms.once) as session:
        webhook = await webhooks.claim(session, webhook_id, terms.seen)
        await webhooks.remove(session, webhook)
        await events.tell_gone(session, event_types.WEBHOOK.deleted, webhook_id, terms)


def _with_secret(view: WebhookView, secret: str | None) -> WebhookWithSecret:
    return WebhookWithSecret(**msgspec.structs.asdict(view), secret=secret)
