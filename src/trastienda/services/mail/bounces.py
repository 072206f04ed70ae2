"""Reading the reports of mail servers about mails that bounced (RFC 3464): pure."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from typing import NamedTuple

from trastienda.errors import Invalid

STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
OURS = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}[\w.]{0,80})@[^>\s]+>")
SENDER_REFUSED = ("5.1.7", "5.1.8")
"""The server objects to the sender, which says nothing about the recipient."""
TEMPORARY = (
    *SENDER_REFUSED,
    "5.0.",
    "5.1.9",
    "5.2.2",
    "5.2.3",
    "5.3.",
    "5.4.",
    "5.5.",
    "5.6.",
    "5.7.",
)
"""Mailbox full, mail too large, policy, or no reason given: the next mail may be accepted."""
NESTED = re.compile(rb"multipart/|message/", re.IGNORECASE)
MOST_NESTED = 32
"""A genuine report has three or four nested parts; each level costs the parser time."""


class Report(NamedTuple):
    """The report that a mail bounced for good."""

    message_id: str
    """The part before the @."""
    status: str


def unreachable(status: str) -> bool:
    """Say whether a status code means that the address can never be reached (RFC 3463)."""
    return status.startswith("5.") and not status.startswith(TEMPORARY)


def read(raw: bytes) -> Report | None:
    """Read a report; return None if it is about a delay or a success. Raise BounceUnreadable.

    Anybody can send one, so it is parsed with Python's older policy: the newer ones take minutes
    over some headers.
    """
    if len(NESTED.findall(raw)) > MOST_NESTED:
        raise BounceUnreadable
    try:
        report = message_from_bytes(raw, policy=compat32)
        statuses = list(_statuses(report))
        message_id = _original(report)
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise BounceUnreadable from error  # what Python's parser raises for hostile mail
    if report.get_content_type() != "multipart/report" or message_id is None or not statuses:
        raise BounceUnreadable
    failed = [status for action, status in statuses if action == "failed" and status[0] == "5"]
    return Report(message_id, failed[0]) if failed else None


def _statuses(report: Message) -> Iterator[tuple[str, str]]:
    """Return the action and status of each recipient."""
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
    """Return the Message-ID of the mail that the report encloses, in full or as headers alone."""
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
