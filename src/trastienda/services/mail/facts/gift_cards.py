"""What the email with the code of a gift card says. Pure."""

from datetime import datetime
from typing import Any

from babel import Locale as Language
from babel.dates import format_date

from trastienda.database.models.shared.text import Locale
from trastienda.services.shared import currencies
from trastienda.services.shared.hostile_text import unlinked


def facts(data: dict[str, Any], locale: Locale) -> dict[str, Any]:
    """Say what a gift card is worth, until when, and its code, which is in no event.

    What its buyer wrote is shown, but never becomes a link.
    """
    ends, language = data["expires_at"], Language.parse(locale.value)
    return {
        "code": data["code"],
        "message": unlinked(data.get("message") or ""),
        "from_name": unlinked(data.get("from_name") or ""),
        "gift_card_balance": currencies.written(data["balance"], data["currency"], locale),
        "expires_on": format_date(datetime.fromisoformat(ends), "long", language) if ends else "",
    }
