"""Writing letters: pure, from what happened to a message in two parts, text and HTML."""

import re
from contextlib import suppress
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple

import idna
import mjml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from trastienda.database.models.text import Locale
from trastienda.schemas.letter import WordingDraft
from trastienda.services.letter_table import Facts, House, Letter, placeholders
from trastienda.services.letter_text import CODED, in_header, on_one_line
from trastienda.services.mail import nobody

LABEL = re.compile(r"[^\W_]([\w-]*[^\W_])?")  # RFC 1123, and RFC 6531's letters
LONGEST_LINE = 998  # bytes without its end; RFC 5322, 2.1.1
LONGEST_HEADER = 900
PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
FIELDS = ("subject", "heading", "intro", "closing")
LINES = {"subject", "heading"}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "letters"),
    autoescape=select_autoescape(["mjml"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class _Link(UnstructuredHeader, BaseHeader):
    """A header that stays whole, whoever writes it out: folded or encoded it would be no link."""

    def fold(self, *, policy: Policy) -> str:
        """Write it in one line (RFC 5322 allows 998 characters)."""
        return f"{self.name}: {self}{policy.linesep}"


class _Unbroken(BaseHeader):
    """A header in one line: what Python breaks at 78 characters may mean something else then."""

    def fold(self, *, policy: Policy) -> str:
        return super().fold(policy=policy.clone(max_line_length=LONGEST_HEADER))


def _headers() -> HeaderRegistry:
    registry = HeaderRegistry(base_class=_Unbroken)
    registry.map_to_type("list-unsubscribe", _Link)
    return registry


_LETTER = SMTP.clone(header_factory=_headers())


class Occasion(NamedTuple):
    """To whom a letter goes, when, in what words, and how it can be told from all others."""

    message_id: str
    """What stands before the @."""
    at: datetime
    to: str
    locale: Locale
    shop: str
    house: House
    wording: WordingDraft | None = None
    """The merchant's."""
    unsubscribe: str | None = None
    """Where the owner of the address can say that they want no more of these."""


class Parts(NamedTuple):
    """A letter as it is read."""

    subject: str
    text: str
    html: str


def parts(letter: Letter, data: Facts, occasion: Occasion) -> Parts:
    """Write what is read, from the data of the event."""
    locale = occasion.locale
    facts = letter.about.facts(data, occasion.house, locale)
    facts = on_one_line(facts | {"shop": occasion.shop})
    words = {field: _words(letter, field, facts, occasion) for field in FIELDS}
    said: Facts = {
        name: _in_one_line(text) if name in LINES else _paragraphs(text)
        for name, text in words.items()
    }
    facts |= said | {
        "letter": letter.name,
        "why": letter.why,
        "locale": locale.value,
        "unsubscribe": occasion.unsubscribe,
    }
    text = _templates.get_template(f"{letter.about.frame}.txt").render(facts)
    page = _templates.get_template(f"{letter.about.frame}.mjml").render(facts)
    html = mjml.mjml2html(page, disable_comments=True, fonts={})  # nothing from other servers
    return Parts(said["subject"], re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def write(letter: Letter, data: Facts, occasion: Occasion) -> EmailMessage:
    """Write a letter, ready to be sent. Raise MailRefused for an address that cannot be one."""
    recipient = _recipient(occasion.to)
    written = parts(letter, data, occasion)
    sender = _sender(occasion)
    message = EmailMessage(_LETTER)
    message["Subject"] = in_header(written.subject)
    message["From"] = sender
    message["To"] = recipient
    message["Date"] = occasion.at  # of the event: the same letter, however often it is written
    message["Message-ID"] = f"<{occasion.message_id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes, please
    if occasion.unsubscribe:
        message["List-Unsubscribe"] = f"<{occasion.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(written.text, cte=_encoding(written.text))
    message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = occasion.locale.value
    return message


def _encoding(text: str) -> str:
    """Leave a text as it is, for a file to be read, if no line is longer than mail may have."""
    longest = max(len(line.encode()) for line in text.split("\n"))
    return "8bit" if longest <= LONGEST_LINE else "quoted-printable"


def unknown_placeholder(letter: Letter, text: str) -> str | None:
    """Name the first placeholder in a merchant's text that means nothing in this letter."""
    known = placeholders(letter)
    return next((name for name in PLACEHOLDER.findall(text) if name not in known), None)


def _words(letter: Letter, field: str, facts: Facts, occasion: Occasion) -> str:
    """Say it in the merchant's words, or in ours. A merchant's text is never a template."""
    own: str | None = getattr(occasion.wording, field, None)
    if own is None:
        ours = _templates.get_template(f"{occasion.locale.value}/{letter.name}.jinja")
        return "".join(ours.blocks[field](ours.new_context(facts)))
    known = placeholders(letter)
    return PLACEHOLDER.sub(lambda it: str(facts[it[1]]) if it[1] in known else it[0], own)


def _in_one_line(text: str) -> str:
    line: str = on_one_line(text)
    return line


def _paragraphs(text: str) -> list[str]:
    found = map(_in_one_line, re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return [paragraph for paragraph in found if paragraph]


def _sender(occasion: Occasion) -> Address:
    name, address = parseaddr(occasion.house.sender)
    mailbox = _mailbox(address)
    shown = in_header(name or _in_one_line(occasion.shop))
    return Address(shown, mailbox.username, mailbox.domain)


def _recipient(address: str) -> Address:
    """Refuse what cannot be an address.

    Python's headers, and other servers, would read a part of it as another one, or as code.
    """
    mailbox = _mailbox(address)
    labels = mailbox.domain.split(".")
    if CODED in address or not all(map(LABEL.fullmatch, labels)):
        raise nobody()
    return mailbox


def _mailbox(address: str) -> Address:
    """Take an address apart by hand, so that nothing in it is read as the syntax of a header.

    The domain travels in ASCII (IDNA 2008): any server can deliver to it.
    """
    username, _, domain = address.rpartition("@")
    if not domain.isascii():
        with suppress(idna.IDNAError):  # no domain at all: its server will say so
            domain = idna.encode(domain, uts46=True).decode()
    return Address(username=username, domain=domain)
