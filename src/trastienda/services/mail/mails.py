"""Writing mails: pure, from the data of an event to a message with a text and an HTML part."""

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

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.mail.mail import WordingDraft
from trastienda.services.mail.rendering import Facts, MailSettings, Rendering
from trastienda.services.mail.table import Mail, placeholders
from trastienda.services.mail.transport import invalid_address
from trastienda.services.shared import email_addresses as mailboxes
from trastienda.services.shared.email_addresses import AddressUnusable
from trastienda.services.shared.hostile_text import in_header, on_one_line

LONGEST_LINE = 998  # bytes without its end; RFC 5322, 2.1.1
LONGEST_HEADER = 900
PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")
FIELDS = ("subject", "heading", "intro", "closing")
LINES = {"subject", "heading"}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["mjml"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class _Link(UnstructuredHeader, BaseHeader):
    """A header that is never folded or encoded: a link would not survive it."""

    def fold(self, *, policy: Policy) -> str:
        """Write the header in one line (RFC 5322 allows 998 characters)."""
        return f"{self.name}: {self}{policy.linesep}"


class _Unbroken(BaseHeader):
    """A header that is never folded: some servers misread what Python's folding makes of it."""

    def fold(self, *, policy: Policy) -> str:
        return super().fold(policy=policy.clone(max_line_length=LONGEST_HEADER))


def _headers() -> HeaderRegistry:
    registry = HeaderRegistry(base_class=_Unbroken)
    registry.map_to_type("list-unsubscribe", _Link)
    return registry


_POLICY = SMTP.clone(header_factory=_headers())


class Envelope(NamedTuple):
    """The recipient of a mail, and what else it depends on besides the event's data."""

    message_id: str
    """The part before the @, unique to this mail."""
    at: datetime
    to: str
    locale: Locale
    shop: str
    mail_settings: MailSettings
    wording: WordingDraft | None = None
    """The merchant's wording, if there is one."""
    unsubscribe: str | None = None
    """The link to unsubscribe; None for transactional mails."""


class Content(NamedTuple):
    """A mail as its reader sees it."""

    subject: str
    text: str
    html: str


def render(mail: Mail, data: Facts, envelope: Envelope) -> Content:
    """Render subject, text and HTML from the data of the event."""
    locale = envelope.locale
    facts = mail.about.facts(data, Rendering(envelope.mail_settings, locale, envelope.at))
    facts = on_one_line(facts | {"shop": envelope.shop})
    words = {field: _words(mail, field, facts, envelope) for field in FIELDS}
    said: Facts = {
        name: _in_one_line(text) if name in LINES else _paragraphs(text)
        for name, text in words.items()
    }
    facts |= said | {
        "mail": mail.name,
        "why": mail.why,
        "locale": locale.value,
        "unsubscribe": envelope.unsubscribe,
    }
    text = _templates.get_template(f"{mail.about.frame}.txt").render(facts)
    page = _templates.get_template(f"{mail.about.frame}.mjml").render(facts)
    html = mjml.mjml2html(page, disable_comments=True, fonts={})  # loads nothing from other servers
    return Content(said["subject"], re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def write(mail: Mail, data: Facts, envelope: Envelope) -> EmailMessage:
    """Return a mail, ready to be sent. Raise MailRefused for an address that cannot be valid."""
    recipient = _recipient(envelope.to)
    written = render(mail, data, envelope)
    sender = _sender(envelope)
    message = EmailMessage(_POLICY)
    message["Subject"] = in_header(written.subject)
    message["From"] = sender
    message["To"] = recipient
    message["Date"] = envelope.at  # the event's time, so that writing it again makes the same mail
    message["Message-ID"] = f"<{envelope.message_id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: asks for no automatic replies
    if envelope.unsubscribe:
        message["List-Unsubscribe"] = f"<{envelope.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(written.text, cte=_encoding(written.text))
    message.add_alternative(written.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = envelope.locale.value
    return message


def _encoding(text: str) -> str:
    """Choose 8bit, which is readable in a file, unless a line is longer than mail allows."""
    longest = max(len(line.encode()) for line in text.split("\n"))
    return "8bit" if longest <= LONGEST_LINE else "quoted-printable"


def unknown_placeholder(mail: Mail, text: str) -> str | None:
    """Return the first placeholder in a merchant's text that this mail does not have, or None."""
    known = placeholders(mail)
    return next((name for name in PLACEHOLDER.findall(text) if name not in known), None)


def _words(mail: Mail, field: str, facts: Facts, envelope: Envelope) -> str:
    """Return one field in the merchant's wording or the default one.

    A merchant's text is never run as a template: only known placeholders are replaced.
    """
    own: str | None = getattr(envelope.wording, field, None)
    if own is None:
        ours = _templates.get_template(f"{envelope.locale.value}/{mail.name}.jinja")
        return "".join(ours.blocks[field](ours.new_context(facts)))
    known = placeholders(mail)
    return PLACEHOLDER.sub(lambda it: str(facts[it[1]]) if it[1] in known else it[0], own)


def _in_one_line(text: str) -> str:
    line: str = on_one_line(text)
    return line


def _paragraphs(text: str) -> list[str]:
    found = map(_in_one_line, re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    return [paragraph for paragraph in found if paragraph]


def _sender(envelope: Envelope) -> Address:
    name, address = parseaddr(envelope.mail_settings.sender)
    mailbox = _mailbox(address)
    shown = in_header(name or _in_one_line(envelope.shop))
    return Address(shown, mailbox.username, mailbox.domain)


def _recipient(address: str) -> Address:
    """Parse the recipient's address. Raise MailRefused if it cannot be valid.

    Otherwise Python's header parser, or a server, could read a part of it as a second address.
    """
    try:
        mailbox = mailboxes.parse(address)
    except AddressUnusable:
        raise invalid_address() from None
    return Address(username=mailbox.local, domain=mailbox.domain)


def _mailbox(address: str) -> Address:
    """Split our own address by hand, so that nothing in it is parsed as header syntax."""
    username, _, domain = address.rpartition("@")
    if not domain.isascii():
        with suppress(idna.IDNAError):  # no valid domain: the server will say so
            domain = idna.encode(domain, uts46=True).decode()
    return Address(username=username, domain=domain)
