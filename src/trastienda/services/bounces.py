"""Reports of mail servers that a letter could not be delivered (RFC 3464): pure."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import NamedTuple

from trastienda.errors import Invalid

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[\w.]{0,80})@[^>\s]+>")
OF_US = ("5.1.7", "5.1.8")
"""The sender's address is not liked: it says nothing about the recipient's."""
FOR_NOW = (*OF_US, "5.0.", "5.1.9", "5.2.2", "5.2.3", "5.3.", "5.4.", "5.5.", "5.6.", "5.7.")
"""Full, too large, not liked, or for no reason: the next letter may get in."""
NESTS = re.compile(rb"multipart/|message/", re.IGNORECASE)
MOST_NESTS = 32
"""A report has three or four parts that may hold others; each level costs the parser time."""


class Report(NamedTuple):
    """That a letter came back for good."""

    message_id: str
    """What stood before the @."""
    status: str


def hopeless(status: str) -> bool:
    """Say whether nothing will ever reach an address of which a server says this (RFC 3463)."""
    return status.startswith("5.") and not status.startswith(FOR_NOW)


def read(raw: bytes) -> Report | None:
    """Read a report; None when it is about a delay, or a success. Raise BounceUnreadable.

    Anybody can send one: the newer policies of Python's parser take minutes over some headers.
    """
    if len(NESTS.findall(raw)) > MOST_NESTS:
        raise BounceUnreadable
    try:
        report = message_from_bytes(raw, policy=compat32)
        statuses = list(_statuses(report))
        message_id = _original(report)
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BounceUnreadable from error  # what Python's parser makes of hostile mail
    if report.get_content_type() != "multipart/report" or message_id is None or not statuses:
        raise BounceUnreadable
    failed = [status for action, status in statuses if action == "failed" and status[0] == "5"]
    return Report(message_id, failed[0]) if failed else None


def _statuses(report: Message) -> Iterator[tuple[str, str]]:
    """Give action and status of each recipient."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks if isinstance(blocks, list) else ():
                if not isinstance(block, Message):
                    continue
                found = STATUS.search(str(block.get("Status", "")))
                if found and "Action" in block:
                    yield str(block["Action"]).strip().lower(), found[0]


def _original(report: Message) -> str | None:
    """Find the Message-ID of the letter that the report gives back, whole or its headers."""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            headers = first if isinstance(first, Message) else None
        elif kind == "text/rfc822-headers":
            given = part.get_payload(decode=True)
            headers = message_from_bytes(given) if isinstance(given, bytes) else None
        else:
            continue
        found = OURS.search(str(headers["Message-ID"])) if headers is not None else None
        if found:
            return found[1]
    return None


class BounceUnreadable(Invalid):
    """This is no report of a mail server about a letter (RFC 3464)."""
