"""Letters in which strangers have had a say: they stay one letter, to one address, of one shape."""

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

from trastienda.database.models.text import Locale
from trastienda.schemas.letter import WordingDraft
from trastienda.services import letters
from trastienda.services.letter_table import LETTERS, House
from trastienda.services.letters import Occasion
from trastienda.services.mail import MailRefused
from trastienda.services.tokens import signing

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
    letter = LETTERS[name]
    wording = WordingDraft(
        subject=f"S {text.translate(SHOWN)} {{name}}", heading="{name}", intro=text, closing=text
    )
    house = House("shop@shop.example", "https://shop.example", "https://front.example")
    occasion = Occasion("x", datetime.now(UTC), "ada@example.com", Locale.ENGLISH, text, house)
    with signing("s" * 32):
        data = named(deepcopy(letter.about.sample), text)
        letter_ = letters.write(letter, data, occasion._replace(wording=wording))
    return as_sent(letter_)


def as_sent(letter: EmailMessage) -> EmailMessage:
    """Read a letter as it is handed to a server, with headers as that library breaks them."""
    content = flatten_message(letter, utf8=not str(letter["To"]).isascii())
    read = message_from_bytes(content, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def shape(letter: EmailMessage) -> tuple[list[str], set[str], set[str]]:
    part = letter.get_body(("html",))
    assert part is not None
    page = Shape(part.get_content())
    return letter.keys(), page.tags, page.attributes


@pytest.mark.parametrize("name", ["order_placed", "order_fulfilled", "cart_reminder"])
@settings(max_examples=12)
@given(text=HOSTILE)
def test_whatever_names_hold_a_letter_keeps_its_headers_and_its_shape(name: str, text: str) -> None:
    letter = written(name, text)

    assert shape(letter) == shape(written(name, "Ada"))
    assert letter["To"] == "ada@example.com"
    assert [it.addr_spec for it in letter["From"].addresses] == ["shop@shop.example"]


@pytest.mark.parametrize("text", PIECES)
def test_no_single_piece_does_either(text: str) -> None:
    assert shape(written("order_placed", text)) == shape(written("order_placed", "Ada"))


def written_to(address: str) -> EmailMessage:
    house = House("shop@shop.example", "https://shop.example")
    occasion = Occasion("x", datetime.now(UTC), address, Locale.ENGLISH, "Shop", house)
    return letters.write(LETTERS["known_already"], {}, occasion)


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?=0d=0aBcc:x?=@evil.example",
        "a@=?utf-8?q?evil?=.example",
        "ada@[",
        "ada@e.,．a<",
    ],
)
def test_an_address_that_cannot_be_one_gets_no_letter(address: str) -> None:
    with pytest.raises(MailRefused) as refused:
        written_to(address)

    assert refused.value.gone


@settings(max_examples=60)
@given(
    local=st.text("ab.,;:<>()[]\"\\'!#=?_é\u200b", min_size=1, max_size=8),
    domain=st.text("aab-._[<=?é", min_size=1, max_size=8),
)
def test_a_letter_goes_to_the_one_address_that_was_typed_or_to_nobody(
    local: str, domain: str
) -> None:
    with suppress(MailRefused):
        letter = written_to(f"{local}@{domain}")
        (recipient,) = letter["To"].addresses
        assert recipient.username == local
        read = as_sent(letter)
        assert (read.keys(), len(read["To"].addresses)) == (letter.keys(), 1)


def test_no_line_of_a_letter_is_longer_than_mail_may_have() -> None:
    letter = LETTERS["known_already"]
    house = House("shop@shop.example", "https://shop.example")
    occasion = Occasion("x", datetime.now(UTC), "ada@example.com", Locale.ENGLISH, "Shop", house)
    wording = WordingDraft(intro="ñ" * 4_000)
    content = flatten_message(letters.write(letter, {}, occasion._replace(wording=wording)))

    assert max(map(len, content.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
