"""The facts of the mail with a draft order, and the link to where it is ordered."""

from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
from babel import Locale as Language
from msgspec import structs

from trastienda.schemas.draft_orders.draft_order import DraftOrderView
from trastienda.services.draft_orders import links
from trastienda.services.mail.rendering import Facts, MailSettings, Rendering, moment
from trastienda.services.shared import currencies
from trastienda.services.shared.hostile_text import unlinked


def of_draft_order(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of a draft order; what was typed into it never becomes a link."""
    mail_settings, locale, at = rendering
    draft = msgspec.convert(data, DraftOrderView)
    address = unlinked(draft.shipping_address)
    billing = unlinked(draft.billing_address) if draft.billing_address else address
    language = Language.parse(locale.value)
    money = partial(currencies.written, currency=draft.currency, locale=locale)
    return {
        "order": structs.replace(draft, shipping_address=address, billing_address=billing),
        "money": money,
        "countries": language.territories,
        "see": "order_it",
        "link": draft_page(mail_settings, draft.id, at),
        "order_total": money(draft.totals.total),
        "due_at": moment(draft.expires_at, language) if draft.expires_at else "",
        "name": billing.name if billing else "",
    }


def of_expired(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of a draft order that can be ordered no more: it has no link."""
    return of_draft_order(data, rendering) | {"link": None}


def draft_page(mail_settings: MailSettings, draft_id: UUID, since: datetime) -> str:
    """Return the link to where a draft order is ordered; without a front-end, to itself."""
    base = mail_settings.storefront or f"{mail_settings.api}/v1"
    return f"{base}/draft-orders/{draft_id}?access_token={links.token_for(draft_id, since)}"
