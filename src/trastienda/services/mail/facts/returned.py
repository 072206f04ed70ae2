"""What mails say of a return. What its customer or staff typed is shown, never made a link."""

import msgspec
from babel import Locale as Language
from babel.dates import format_date

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.returns.order_return import ReturnSnapshot
from trastienda.services.mail.rendering import Facts, Rendering, orders_page
from trastienda.services.orders import access as order_access
from trastienda.services.shared import currencies
from trastienda.services.shared.hostile_text import unlinked


def facts(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of a return for its customer, with a link to the order."""
    mail_settings, locale, at = rendering
    told = msgspec.convert(data, ReturnSnapshot)
    token = order_access.token_for(told.order_id, at)
    language, fresh = Language.parse(locale.value), told.exchange_order
    credit = fresh.captured if fresh else 0
    return {
        "order_number": told.order_number,
        "return_number": told.number,
        "lines": [
            {
                "name": it.name,
                "quantity": it.quantity,
                "received": it.restocked_quantity + it.written_off_quantity,
            }
            for it in told.lines
        ],
        "reason": told.reason.name,
        "note": unlinked(told.note or ""),
        "refusal": told.refusal or "",
        "instructions": told.instructions or "",
        "label_reference": told.label_reference or "",
        "expires_on": format_date(told.expires_at, "long", language) if told.expires_at else "",
        "refund_amount": _written((told.refunded or 0) - credit, told.currency, locale),
        "exchange_number": fresh.number if fresh else "",
        "exchange_due": _written(fresh.total - credit, told.currency, locale) if fresh else "",
        "deduction_amount": _written(told.deduction, told.currency, locale),
        "see": "see",
        "link": f"{orders_page(mail_settings)}/{told.order_id}?access_token={token}",
    }


def for_merchant(data: Facts, rendering: Rendering) -> Facts:
    """Return the same for staff; the link works only for those who log in."""
    link = f"{rendering.mail_settings.api}/v1/admin/returns/{data['id']}"
    return facts(data, rendering) | {"see": "see_admin", "link": link}


def _written(amount: int | None, currency: str, locale: Locale) -> str:
    """Write an amount for people; nothing where there is none."""
    return currencies.written(amount, currency, locale) if amount else ""
