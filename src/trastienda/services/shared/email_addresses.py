"""The rule for e-mail addresses to which mail can be sent. No name server is queried.

It is that of RFC 5321 with RFC 6531's letters, without what mailboxes never have in practice:
quoted local parts, and domains that are numbers. The package email-validator has nearly the same
rule, but refuses `.local` and `.test`, which local servers use, and needs a DNS library.
"""

import re
import unicodedata
from typing import NamedTuple

import idna

from trastienda.errors import Invalid
from trastienda.services.shared.hostile_text import CODED

LONGEST = 254  # RFC 3696, erratum 1690
LONGEST_LOCAL = 64  # bytes; RFC 5321, 4.5.3.1.1
LOCAL = re.compile(r"[^\s@.\"(),:;<>\[\\\]]+(\.[^\s@.\"(),:;<>\[\\\]]+)*")
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)  # RFC 1123
UNSEEN = ("C", "Z")
"""Unicode's categories of invisible characters."""


class Mailbox(NamedTuple):
    local: str
    domain: str
    """In ASCII (IDNA 2008), so that any server can deliver to it."""


def parse(email: str, pointer: str = "/email") -> Mailbox:
    """Split an address. Raise AddressUnusable, with the field, if it cannot be valid."""
    local, _, domain = email[: LONGEST + 1].rpartition("@")
    mailbox = Mailbox(local, _ascii(domain))
    labels = mailbox.domain.split(".")
    fits = len(email) <= LONGEST and len(local.encode()) <= LONGEST_LOCAL
    is_local = LOCAL.fullmatch(local) and all(map(_visible, local)) and CODED not in local
    is_domain = all(map(LABEL.fullmatch, labels)) and not labels[-1].isdigit()
    if not (fits and is_local and is_domain):
        raise AddressUnusable(pointer=pointer)
    return mailbox


def _ascii(domain: str) -> str:
    """Return a domain in ASCII, or an empty string if it cannot be valid."""
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return ""


def _visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in UNSEEN


class AddressUnusable(Invalid):
    """No mail can go to this e-mail address."""
