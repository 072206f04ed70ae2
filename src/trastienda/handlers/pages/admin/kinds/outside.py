"""Webhooks and payment providers."""

from typing import Any

from trastienda.controllers.payments import providers
from trastienda.controllers.webhooks import webhooks
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.frames import SHOWN
from trastienda.handlers.pages.admin.kinds.listing import everything, page
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section, Way
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.schemas.payments.provider import PaymentProviderDraft, PaymentProviderPatch
from trastienda.schemas.shared.context import Context
from trastienda.schemas.webhooks.delivery import DeliveriesWanted
from trastienda.schemas.webhooks.webhook import WebhookDraft, WebhookPatch, WebhookView
from trastienda.services.payments.providers import rows
from trastienda.services.payments.providers.kinds import KINDS
from trastienda.services.webhooks import log
from trastienda.services.webhooks import webhooks as webhooks_on_record


async def _deliveries(
    request: AnyRequest, session: Reading, view: WebhookView, _: Context
) -> dict[str, Any]:
    wanted = DeliveriesWanted(
        webhook_id=view.id, state=None, limit=SHOWN, cursor=frames.cursor(request)
    )
    return {"deliveries": await log.page(session, wanted)}


BRANDS = {
    "mercadopago": "Mercado Pago",
    "paypal": "PayPal",
    "stripe": "Stripe",
}
"""How payment providers write their names."""
WEBHOOKS = Record(
    path="webhooks",
    title=marked("Webhooks"),
    one=marked("Webhook"),
    new=marked("New webhook"),
    empty=marked("A webhook sends events to another program as they happen."),
    write="webhooks.write",
    columns=(
        Column(marked("Address"), "url"),
        Column(marked("Events"), "types", "words"),
        Column(marked("State"), "state", "choice"),
    ),
    sections=(
        Section(
            marked("Webhook"),
            (
                Field("url", marked("Address"), hint="https://…", way=Way.TEXT),
                Field(
                    "types", marked("Events"), hint=marked("One a line: order.placed, order.* or *")
                ),
                Field(
                    "owner_email",
                    marked("Who looks after it"),
                    hint=marked("They get a mail when it is switched off."),
                ),
                Field("description", marked("Description")),
                Field("ordered", marked("Each event only after the one before it")),
                Field("active", marked("Active")),
            ),
        ),
    ),
    listed=lambda session, cursor, _: page(webhooks_on_record.page(session, SHOWN, cursor)),
    read=lambda session, webhook_id, _: webhooks_on_record.view(session, webhook_id),
    called=lambda view: str(view.url),
    draft=WebhookDraft,
    patch=WebhookPatch,
    create=lambda request, draft, context: webhooks.create(draft, held(request).sender, context),
    change=lambda request, webhook_id, patch, context: webhooks.change(
        webhook_id, patch, held(request).sender, context
    ),
    remove=lambda _, webhook_id, context: webhooks.remove(webhook_id, context),
    more=_deliveries,
    beside="admin/records/beside/webhook.html",
    once="records/secret.html",
)


async def _fields_of_kinds(_session: Reading, _context: Context) -> dict[str, Choices]:
    """Return the kinds, and the names of all credentials that one of them asks for."""
    names = sorted({name for kind in KINDS.values() for name in kind.credentials})
    return {
        "kinds": [(it, BRANDS.get(it, it)) for it in KINDS],
        "credentials": [(it, it) for it in names],
    }


PAYMENT_PROVIDERS = Record(
    path="payment-providers",
    title=marked("Payment providers"),
    one=marked("Payment provider"),
    new=marked("Connect a provider"),
    empty=marked("Only payment by transfer or in cash is offered until a provider is connected."),
    write="providers.write",
    columns=(
        Column(marked("Name"), "name"),
        Column(marked("Kind"), "kind", "code"),
        Column(marked("Mode"), "mode", "choice"),
        Column(marked("Enabled"), "enabled", "yes"),
    ),
    sections=(
        Section(
            marked("Account"),
            (
                Field("kind", marked("Kind"), choices="kinds"),
                Field("name", marked("Name"), hint=marked("It never changes.")),
                Field("mode", marked("Mode")),
                Field("enabled", marked("It takes new payments")),
                Field(
                    "credentials",
                    marked("Credentials"),
                    way=Way.SECRETS,
                    hint=marked(
                        "Encrypted, and never shown again. What stays empty stays as it is."
                    ),
                ),
                Field("options", marked("Options"), hint=marked("name = value, one a line")),
            ),
        ),
        Section(
            marked("Where it is offered"),
            (
                Field(
                    "countries",
                    marked("Countries"),
                    hint=marked("Of billing addresses; none: all."),
                ),
                Field("currencies", marked("Currencies"), hint=marked("None: all that it takes.")),
                Field("channels", marked("Channels"), hint=marked("Their slugs; none: all.")),
                Field("position", marked("Position"), hint=marked("The lowest comes first.")),
            ),
            folded=True,
        ),
    ),
    listed=lambda session, _cursor, _context: everything(rows.every(session)),
    read=lambda session, provider_id, _: rows.by_id(session, provider_id),
    draft=PaymentProviderDraft,
    patch=PaymentProviderPatch,
    create=lambda request, draft, context: providers.create(
        draft, held(request).providers, context
    ),
    change=lambda request, provider_id, patch, context: providers.change(
        provider_id, patch, held(request).providers, context
    ),
    remove=lambda request, provider_id, context: providers.remove(
        provider_id, held(request).providers, context
    ),
    choices=_fields_of_kinds,
    beside="admin/records/beside/provider.html",
)
