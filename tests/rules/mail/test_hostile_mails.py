"""Mails in which strangers have had a say: they stay one mail, to one address, of one shape."""

from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from typing import Any

import pytest
from aiosmtplib.email import flatten_message
from hypothesis import given, settings
from hypothesis import strategies as st

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.mail.mail import WordingDraft
from trastienda.services.mail import mails
from trastienda.services.mail.mails import Envelope
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.mail.table import MAILS
from trastienda.services.mail.transport import MailRefused
from trastienda.services.shared.tokens import key_in_use

PIECES = (
    "Ada",
    " ",
    "=?utf-8?q?=0d=0aBcc:_all@evil.example?=",
    "=?utf-8?b?DQoNCkJ1eSBhdCBldmlsLmV4YW1wbGU=?=",
    "=?",
    "?=",
    "\r\nBcc: all@evil.example\r\n\r\nBuy",
    "\ufffe",
    "\uffff",
    "\u202e\u2066",
    "\u2028",
    "\u200b",
    "\x1b[31m",
    "<script>alert(1)</script>",
    "</mj-text><mj-raw><img src=x onerror=alert(1)></mj-raw>",
    "<mj-include path='/etc/passwd' />",
    "<![CDATA[",
    "]]>",
    "-->",
    "&#0;",
    "&lt;b&gt;",
    '" onclick="alert(1)',
    "javascript:alert(1)",
    "{name}",
    "{order_number.__class__}",
    "{{ 7 * 7 }}{% for x in range(10**9) %}",
    "👩‍👩‍👧‍👦é",
)
TYPED = {"name", "line1", "line2", "city", "region", "postal_code", "phone"}
HOSTILE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)
SHOWN = str.maketrans({"\r": " ", "\n": " ", "\x1b": " "})
"""In a subject and a heading the API takes no control characters."""


class Shape(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def named(data: Any, text: str) -> Any:  # noqa: ANN401 - JSON
    """Put `text` wherever people type names of themselves, of places and of goods."""
    if isinstance(data, dict):
        typed = {
            key: text[:20] if key in TYPED and it else named(it, text) for key, it in data.items()
        }
        return typed | ({"options": {text: text}} if "options" in typed else {})
    return [named(it, text) for it in data] if isinstance(data, list) else data


def written(name: str, text: str) -> EmailMessage:
    mail = MAILS[name]
    wording = WordingDraft(
        subject=f"S {text.translate(SHOWN)} {{name}}", heading="{name}", intro=text, closing=text
    )
    mail_settings = MailSettings(
        "shop@shop.example", "https://shop.example", "https://front.example"
    )
    envelope = Envelope(
        "x", datetime.now(UTC), "ada@example.com", Locale.ENGLISH, text, mail_settings
    )
    signed_with = key_in_use.set(b"s" * 32)
    data = named(deepcopy(mail.about.sample), text)
    mail_ = mails.write(mail, data, envelope._replace(wording=wording))
    key_in_use.reset(signed_with)
    return as_sent(mail_)


def as_sent(mail: EmailMessage) -> EmailMessage:
    """Read a mail as it is handed to a server, with headers as that library breaks them."""
    content = flatten_message(mail, utf8=not str(mail["To"]).isascii())
    read = message_from_bytes(content, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def shape(mail: EmailMessage) -> tuple[list[str], set[str], set[str]]:
    part = mail.get_body(("html",))
    assert part is not None
    page = Shape(part.get_content())
    return mail.keys(), page.tags, page.attributes


@pytest.mark.parametrize("name", ["order_placed", "order_fulfilled", "cart_reminder"])
@settings(max_examples=12)
@given(text=HOSTILE)
def test_whatever_names_hold_a_mail_keeps_its_headers_and_its_shape(name: str, text: str) -> None:
    mail = written(name, text)

    assert shape(mail) == shape(written(name, "Ada"))
    assert mail["To"] == "ada@example.com"
    assert [it.addr_spec for it in mail["From"].addresses] == ["shop@shop.example"]


@pytest.mark.parametrize("text", PIECES)
def test_no_single_piece_does_either(text: str) -> None:
    assert shape(written("order_placed", text)) == shape(written("order_placed", "Ada"))


def written_to(address: str) -> EmailMessage:
    mail_settings = MailSettings("shop@shop.example", "https://shop.example")
    envelope = Envelope("x", datetime.now(UTC), address, Locale.ENGLISH, "Shop", mail_settings)
    return mails.write(MAILS["known_already"], {}, envelope)


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?=0d=0aBcc:x?=@evil.example",
        "a@=?utf-8?q?evil?=.example",
        "ada@[",
        "ada@e.,．a<",
    ],
)
def test_an_address_that_cannot_be_one_gets_no_mail(address: str) -> None:
    with pytest.raises(MailRefused) as refused:
        written_to(address)

    assert refused.value.gone


@settings(max_examples=60)
@given(
    local=st.text("ab.,;:<>()[]\"\\'!#=?_é\u200b", min_size=1, max_size=8),
    domain=st.text("aab-._[<=?é", min_size=1, max_size=8),
)
def test_a_mail_goes_to_the_one_address_that_was_typed_or_to_nobody(
    local: str, domain: str
) -> None:
    with suppress(MailRefused):
        mail = written_to(f"{local}@{domain}")
        (recipient,) = mail["To"].addresses
        assert recipient.username == local
        read = as_sent(mail)
        assert (read.keys(), len(read["To"].addresses)) == (mail.keys(), 1)


def test_no_line_of_a_mail_is_longer_than_mail_may_have() -> None:
    mail = MAILS["known_already"]
    mail_settings = MailSettings("shop@shop.example", "https://shop.example")
    envelope = Envelope(
        "x", datetime.now(UTC), "ada@example.com", Locale.ENGLISH, "Shop", mail_settings
    )
    wording = WordingDraft(intro="ñ" * 4_000)
    content = flatten_message(mails.write(mail, {}, envelope._replace(wording=wording)))

    assert max(map(len, content.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
