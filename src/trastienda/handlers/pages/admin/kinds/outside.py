"""Webhooks and payment providers."""

from collections.abc import Iterable
from typing import Any

from trastienda.controllers.payments import providers
from trastienda.controllers.webhooks import webhooks
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin import frames, words
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
    """Return the kinds, and the credentials of each: `credentials/stripe`.

    `credentials` are those of all kinds, and `credentials of` says which kinds ask for each.
    """
    by_kind = {name: _named(kind.credentials) for name, kind in KINDS.items()}
    every = sorted({it for named in by_kind.values() for it in named})
    askers = [
        (it, ", ".join(_brand(kind) for kind in by_kind if it in by_kind[kind])) for it in every
    ]
    return {
        "kinds": [(it, _brand(it)) for it in KINDS],
        "credentials": every,
        "credentials of": [(name, brands) for (name, _), brands in askers],
        **{f"credentials/{kind}": named for kind, named in by_kind.items()},
    }


def _brand(kind: str) -> str:
    return BRANDS.get(kind, kind)


def _named(credentials: Iterable[str]) -> list[tuple[str, str]]:
    return [(it, words.of(it)) for it in credentials]


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
                    choices="credentials",
                    depends_on="kind",
                    hint=marked(
                        "Encrypted, and never shown again. What stays empty stays as it is."
                    ),
                ),
                Field(
                    "options",
                    marked("Options"),
                    hint=marked(
                        "name = value, one a line. Mercado Pago: public_key, country;"
                        " PayPal: webhook_id; Stripe: setup_future_usage (optional)"
                    ),
                ),
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
