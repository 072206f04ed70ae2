"""Events about webhooks."""

from trastienda.schemas.events.event import EventType
from trastienda.schemas.webhooks.webhook import WebhookState, WebhookTest, WebhookTold
from trastienda.services.events.types.kinds import kind, resource

WEBHOOK = resource("webhook", "a webhook", WebhookTold)
WEBHOOK_ROTATED = kind("webhook.rotated", "A webhook got a new secret.", WebhookTold)
WEBHOOK_DISABLED = kind(
    "webhook.disabled", "A webhook failed for days or is gone, and gets nothing more.", WebhookTold
)
WEBHOOK_RESTING = kind(
    "webhook.resting",
    "A webhook has failed for hours, and is tried only now and then.",
    WebhookTold,
)
WEBHOOK_TROUBLES = {
    WebhookState.DISABLED: WEBHOOK_DISABLED,
    WebhookState.RESTING: WEBHOOK_RESTING,
}
WEBHOOK_TEST = EventType(
    name="webhook.test", told="Staff try a webhook, and nothing has happened.", data=WebhookTest
)
"""Sent to one webhook, and not part of the feed, so not in the catalogue. `/asyncapi.json` lists it
as a message of webhooks only."""
