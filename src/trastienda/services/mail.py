"""Sending mail: to a server, or as files into a folder where there is none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
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

from trastienda import folder
from trastienda.errors import Invalid, Unavailable
from trastienda.services.bounces import OF_US, STATUS, hopeless

PATIENCE = 20.0  # seconds for each answer of a mail server
WHOLE = 45.0  # seconds for all of it: then nobody is sending the letter here any more
SUBMISSION, SUBMISSIONS = 587, 465  # RFC 6409, RFC 8314
HERE = {"localhost", "127.0.0.1", "::1"}
NO_MAILBOX = 553  # RFC 5321, 4.2.2
PERMANENT = 500  # RFC 5321, 4.2.1: from here on, the same again will be refused again


class Post(NamedTuple):
    """How mail leaves: by the server at `smtp_url`, or as files into `files`."""

    smtp_url: str | None
    files: Path


@asynccontextmanager
async def sent(letter: EmailMessage, post: Post) -> AsyncIterator[None]:
    """Send a letter, and run the block as soon as it is: before we take leave of the server.

    Raise MailDelayed when it may work later, MailRefused when it never will. Neither says to whom,
    nor repeats what the server said: it might.
    """
    async with AsyncExitStack() as line:
        if post.smtp_url is None:
            await asyncio.to_thread(_keep, letter, post.files)
        else:
            await _submit(letter, post.smtp_url, line)
        yield


async def _submit(letter: EmailMessage, url: str, line: AsyncExitStack) -> None:
    """Hand a letter to a server; the connection is closed with `line`."""
    try:
        async with asyncio.timeout(WHOLE):
            client = await line.enter_async_context(_client(url))
            try:
                await client.send_message(letter)
            except (ConnectionError, TimeoutError, asyncio.CancelledError):
                client.close()  # there is nobody to take leave of, or no time
                raise
    except (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupported, ValueError) as refusal:
        raise _refusal(refusal) from None
    except SMTPResponseException as refusal:  # of us, not of this letter: somebody can mend it
        raise MailDelayed(code=refusal.code, reason=type(refusal).__name__) from None
    except (SMTPException, OSError) as lost:
        raise MailDelayed(reason=str(lost) or type(lost).__name__) from None


def _client(url: str) -> SMTP:
    """Speak to a server: over TLS, if it has that; a password only over TLS, or here."""
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
        validate_certs=not near,  # what a machine says to itself nobody else hears
        timeout=PATIENCE,
    )


def nobody() -> "MailRefused":
    """Make the refusal of an address that cannot be one."""
    refused = MailRefused(code=NO_MAILBOX)
    refused.gone = True
    return refused


def _keep(letter: EmailMessage, files: Path) -> None:
    """Write a letter under a name of its own: written again, it is still one letter."""
    number = str(letter["Message-ID"]).strip("<>").partition("@")[0]
    moment = parsedate_to_datetime(str(letter["Date"])).astimezone(UTC)
    try:
        files.mkdir(mode=0o700, exist_ok=True)
        content = flatten_message(letter, utf8=not str(letter["To"]).isascii())
        folder.write(files / f"{moment:%Y%m%dT%H%M%SZ}-{number}.eml", content)
    except OSError as error:
        raise MailDelayed(reason=str(error.strerror)) from None


def _refusal(refusal: Exception) -> "MailDelayed | MailRefused":
    """Say whether it is for good, and for what reason: a number, never the server's words."""
    code = _code(refusal)
    status = _status(refusal)
    if code < PERMANENT or status in OF_US:  # many servers say of the sender with each recipient
        return MailDelayed(code=code)
    error = MailRefused(code=code)
    error.status = status
    # A 550 without a reason may be "no relaying": then it would be so of every address.
    error.gone = status is not None and hopeless(status)
    return error


def _status(refusal: Exception) -> str | None:
    """Give the reason why an address was refused, if the server numbers reasons."""
    if not isinstance(refusal, SMTPRecipientsRefused):
        return None
    found = STATUS.search(" ".join(each.message for each in refusal.recipients))
    return found[0] if found else None


def _code(refusal: Exception) -> int:
    """Give the reply code of a refused letter, or that of an address of a wrong shape."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return max(each.code for each in refusal.recipients)
    return refusal.code if isinstance(refusal, SMTPDataError) else NO_MAILBOX


class MailDelayed(Unavailable):
    """The mail could not be sent now."""


class MailRefused(Invalid):
    """The mail cannot be delivered."""

    status: str | None = None
    """Why, as mail servers number it (RFC 3463), if the address was refused."""
    gone = False
    """Whether nothing will ever reach the address."""
