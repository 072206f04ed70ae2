"""The circumstances in which mails are written, and what several kinds of them say alike."""

from datetime import datetime
from typing import Any, NamedTuple

from babel import Locale as Language
from babel.dates import format_date, format_time

from trastienda.database.models.shared.text import Locale

Facts = dict[str, Any]


class MailSettings(NamedTuple):
    """The sender's facts: `sender` is an address, with or without a name."""

    sender: str
    api: str
    """The address of our API, without a final slash."""
    storefront: str | None = None
    """The address of the storefront, without a final slash; None while there is no front-end."""


class Rendering(NamedTuple):
    """The circumstances in which a mail is written; `at` is the time of its event."""

    mail_settings: MailSettings
    locale: Locale
    at: datetime


def orders_page(mail_settings: MailSettings) -> str:
    """Return where buyers see their orders, without a slash at the end."""
    if mail_settings.storefront:
        return f"{mail_settings.storefront}/orders"
    return f"{mail_settings.api}/v1/orders"


def moment(at: datetime, language: Language) -> str:
    return f"{format_date(at, 'long', language)}, {format_time(at, 'short', locale=language)} UTC"
