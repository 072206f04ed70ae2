"""Sending a mail: to a mail server, or into a file where there is none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from aiosmtplib.email import flatten_message

from trastienda.errors import Invalid, Unavailable
from trastienda.services.mail.bounces import SENDER_REFUSED, STATUS, unreachable
from trastienda.system import files

REPLY = 20.0  # seconds for each answer of a mail server
DEADLINE = 45.0  # seconds for the whole conversation; shorter than the lease on a mail
SUBMISSION, SUBMISSIONS = 587, 465  # RFC 6409, RFC 8314
ABANDONED = 60.0  # seconds after which an unfinished file belongs to a writer that died
HERE = {"localhost", "127.0.0.1", "::1"}
NO_MAILBOX = 553  # RFC 5321, 4.2.2
PERMANENT = 500  # RFC 5321, 4.2.1: from here on, repeating the same is pointless


class Transport(NamedTuple):
    """How mail leaves: by the server at `smtp_url` within `deadline` seconds, or into `files`."""

    smtp_url: str | None
    files: Path
    deadline: float = DEADLINE


@asynccontextmanager
async def sent(mail: EmailMessage, transport: Transport) -> AsyncIterator[None]:
    """Send a mail, and run the block as soon as it is accepted, before the connection is closed.

    Raise MailDelayed if a later attempt may succeed, MailRefused if none will. Neither holds the
    recipient or the server's words, which may repeat the address.
    """
    async with AsyncExitStack() as line:
        if transport.smtp_url is None:
            await asyncio.to_thread(_write_file, mail, transport.files)
        else:
            await _submit(mail, transport.smtp_url, transport.deadline, line)
        yield


async def _submit(mail: EmailMessage, url: str, deadline: float, line: AsyncExitStack) -> None:
    """Hand a mail to a server within `deadline` seconds; the connection is closed with `line`."""
    try:
        async with asyncio.timeout(deadline):
            client = await line.enter_async_context(_client(url))
            try:
                await client.send_message(mail)
            except (ConnectionError, TimeoutError, asyncio.CancelledError):
                client.close()  # the server is gone, or there is no time to say goodbye
                raise
    except (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupported, ValueError) as refusal:
        raise _refusal(refusal) from None
    except SMTPResponseException as refusal:  # about us, not this mail: somebody can fix it
        raise MailDelayed(code=refusal.code, reason=type(refusal).__name__) from None
    except (SMTPException, OSError) as lost:
        raise MailDelayed(reason=str(lost) or type(lost).__name__) from None


def _client(url: str) -> SMTP:
    """Return a client: over TLS if the server has it; passwords only so, or to this machine."""
    server = urlsplit(url)
    secure, near = server.scheme == "smtps", server.hostname in HERE
    may_be_plain = near or server.username is None
    return SMTP(
        hostname=server.hostname,
        port=server.port or (SUBMISSIONS if secure else SUBMISSION),
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=secure,
        start_tls=False if secure else None if may_be_plain else True,
        validate_certs=not near,  # traffic to this machine does not pass a network
        timeout=REPLY,
    )


def invalid_address() -> "MailRefused":
    """Return the refusal of an address that cannot be valid."""
    refused = MailRefused(code=NO_MAILBOX)
    refused.gone = True
    return refused


def _write_file(mail: EmailMessage, folder: Path) -> None:
    """Write a mail into a file named by its Message-ID, so that writing it again replaces it."""
    number = str(mail["Message-ID"]).strip("<>").partition("@")[0]
    moment = parsedate_to_datetime(str(mail["Date"])).astimezone(UTC)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        content = flatten_message(mail, utf8=not str(mail["To"]).isascii())
        files.write(folder / f"{moment:%Y%m%dT%H%M%SZ}-{number}.eml", content)
    except OSError as error:
        raise MailDelayed(reason=str(error.strerror)) from None


def clear(folder: Path, now: float) -> int:
    """Delete unfinished files of writers that died; return how many. `now` is in Unix seconds.

    A slow writer that is still alive loses its draft, and its mail is written again.
    """
    removed = 0
    for draft in folder.glob(".*.eml.*"):
        with suppress(FileNotFoundError):
            if draft.stat().st_mtime < now - ABANDONED:
                draft.unlink()
                removed += 1
    return removed


def _refusal(refusal: Exception) -> "MailDelayed | MailRefused":
    """Return the error for a refusal. The server's words may hold the address: numbers only."""
    code = _code(refusal)
    status = _status(refusal)
    if code < PERMANENT or status in SENDER_REFUSED:  # some servers object to the sender this way
        return MailDelayed(code=code)
    error = MailRefused(code=code)
    error.status = status
    # A 550 without a status may mean "no relaying", which would be true of every address.
    error.gone = status is not None and unreachable(status)
    return error


def _status(refusal: Exception) -> str | None:
    """Return the status code (RFC 3463) of a refused address, if the server gave one."""
    if not isinstance(refusal, SMTPRecipientsRefused):
        return None
    found = STATUS.search(" ".join(each.message for each in refusal.recipients))
    return found[0] if found else None


def _code(refusal: Exception) -> int:
    """Return the reply code of a refusal, or NO_MAILBOX for an address of an invalid form."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return max(each.code for each in refusal.recipients)
    return refusal.code if isinstance(refusal, SMTPDataError) else NO_MAILBOX


class MailDelayed(Unavailable):
    """The mail could not be sent now."""


class MailRefused(Invalid):
    """The mail cannot be delivered."""

    status: str | None = None
    """The reason, as mail servers number it (RFC 3463), if the address was refused."""
    gone = False
    """Whether the address can never be reached."""
