"""Letters to customers: pure, from what happened to a message in two parts, text and HTML."""

import unicodedata
from contextlib import suppress
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import idna
import msgspec
from babel import Locale as Language
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from trastienda.database.models.text import Locale
from trastienda.schemas.order import OrderView
from trastienda.services import currencies, order_access

OF_ORDERS = {
    "order.placed": "order_placed",
    "order.paid": "order_paid",
    "order.cancelled": "order_cancelled",
    "order.fulfilled": "order_fulfilled",
}
REGISTERED, REPEATED = "user.registered", "user.registration_repeated"
WEBHOOK_DISABLED = "webhook.disabled"
TYPES = frozenset({*OF_ORDERS, REGISTERED, REPEATED, WEBHOOK_DISABLED})
"""The events that somebody gets a letter about."""

CONTROL = {"Cc", "Cs", "Zl", "Zp"}
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "letters"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class House(NamedTuple):
    """Whose letters these are: `sender` is an address, with or without a name."""

    sender: str
    api: str
    """Where our API is reached, without a slash at the end."""
    storefront: str | None = None
    """Where customers shop, without a slash at the end; None while there is no front-end."""


class Occasion(NamedTuple):
    """What a letter is about, and in what words."""

    event_id: UUID
    at: datetime
    locale: Locale
    shop: str
    house: House


def about_order(type_: str, data: dict[str, Any], occasion: Occasion) -> EmailMessage:
    """Write about an order, from the data of its event."""
    order = msgspec.convert(_on_one_line(data), OrderView)
    token = order_access.with_token(order).access_token
    house, language = occasion.house, Language.parse(occasion.locale.value)
    place = f"{house.storefront}/orders" if house.storefront else f"{house.api}/v1/orders"
    facts = {
        "order": order,
        "money": partial(currencies.written, currency=order.currency, locale=occasion.locale),
        "placed_on": format_date(order.placed_at, "long", language),
        "countries": language.territories,
        "link": f"{place}/{order.id}?access_token={token}",
    }
    return _letter(OF_ORDERS[type_], order.email, occasion, **facts)


def verify(email: str, token: str, occasion: Occasion) -> EmailMessage:
    """Ask somebody to prove that an address is theirs.

    It repeats nothing that was typed in while registering, name included: anybody may register
    any address, and must not be able to send it words of their own through us.
    """
    storefront = occasion.house.storefront
    link = f"{storefront}/verify?token={token}" if storefront else None
    return _letter("verify", email, occasion, token=token, link=link)


def known_already(email: str, occasion: Occasion) -> EmailMessage:
    """Tell somebody with an account that their address was registered once more."""
    return _letter("known_already", email, occasion)


def webhook_disabled(data: dict[str, Any], occasion: Occasion) -> EmailMessage:
    """Tell the owner of a webhook that it gets nothing more, from the data of the event."""
    return _letter("webhook_disabled", data["owner_email"], occasion, webhook=_on_one_line(data))


def _letter(name: str, to: str, occasion: Occasion, **facts: object) -> EmailMessage:
    """Fill in the two templates; the first line of the text is the subject."""
    facts |= {"shop": _on_one_line(occasion.shop), "locale": occasion.locale.value}
    folder = occasion.locale.value
    text = _templates.get_template(f"{folder}/{name}.txt").render(facts)
    subject, _, text = text.partition("\n")
    page = _templates.get_template(f"{folder}/{name}.html").render(facts, subject=subject)
    sender = _sender(occasion)
    letter = EmailMessage(SMTP)
    letter["Subject"] = subject
    letter["From"] = sender
    letter["To"] = _mailbox(to)
    letter["Date"] = occasion.at  # of the event: the same letter, however often it is written
    letter["Message-ID"] = f"<{occasion.event_id}@{sender.domain}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes, please
    letter.set_content(text.strip() + "\n", cte="8bit")  # so that a file can be read as it is
    letter.add_alternative(page, subtype="html", cte="quoted-printable")
    letter["Content-Language"] = occasion.locale.value
    return letter


def _sender(occasion: Occasion) -> Address:
    name, address = parseaddr(occasion.house.sender)
    mailbox = _mailbox(address)
    return Address(name or _on_one_line(occasion.shop), mailbox.username, mailbox.domain)


def _mailbox(address: str) -> Address:
    """Take an address apart by hand, so that nothing in it is read as the syntax of a header.

    The domain travels in ASCII (IDNA 2008): any server can deliver to it.
    """
    username, _, domain = address.rpartition("@")
    if not domain.isascii():
        with suppress(idna.IDNAError):  # no domain at all: its server will say so
            domain = idna.encode(domain, uts46=True).decode()
    return Address(username=username, domain=domain)


def _on_one_line(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Drop from all texts in `value` what could start a line or turn the order of writing."""
    if isinstance(value, str):
        harmless = ("" if it in BIDI else " " if _controls(it) else it for it in value)
        return " ".join("".join(harmless).split())
    if isinstance(value, dict):
        return {_on_one_line(key): _on_one_line(each) for key, each in value.items()}
    return [_on_one_line(each) for each in value] if isinstance(value, list) else value


def _controls(character: str) -> bool:
    return unicodedata.category(character) in CONTROL
