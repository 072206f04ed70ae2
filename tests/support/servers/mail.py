"""Mail servers on loopback: they take mails, refuse them, or send them back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from trastienda.services.mail.transport import Transport, sent

TAKEN = "250 OK"


class Office:
    """What a mail server has taken, and what it says to each recipient and to the whole."""

    def __init__(self, to_recipient: str = TAKEN, to_mail: str = TAKEN) -> None:
        self.mails: list[bytes] = []
        self.recipients: list[str] = []
        self.logins: list[LoginPassword] = []
        self.encrypted: list[bool] = []
        self.to_recipient, self.to_mail = to_recipient, to_mail

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_recipient == TAKEN:
            envelope.rcpt_tos.append(address)
            self.recipients.append(address)
            self.encrypted.append(session.ssl is not None)
        return self.to_recipient

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.to_mail == TAKEN:
            assert isinstance(envelope.content, bytes)
            self.mails.append(envelope.content)
        return self.to_mail

    def authenticate(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _mechanism: str,
        data: LoginPassword,
    ) -> AuthResult:
        self.logins.append(data)
        return AuthResult(success=data.password == b"p@ss/word", handled=False)


@asynccontextmanager
async def listening(
    office: Office,
    port: int = 0,
    host: str = "127.0.0.1",
    **options: Any,  # noqa: ANN401
) -> AsyncIterator[int]:
    """Open for business on loopback; give the port."""

    def smtp() -> SMTP:
        return SMTP(office, hostname="mail.example", enable_SMTPUTF8=True, **options)

    server = await asyncio.get_running_loop().create_server(smtp, host, port)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def send(mail: EmailMessage, by: Transport) -> None:
    async with sent(mail, by):
        pass


def a_report(message_id: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    return f"""\
From: MAILER-DAEMON@mail.example
To: shop@localhost
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

It could not be delivered.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; somebody@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no

--x
Content-Type: text/rfc822-headers

Message-ID: <{message_id}@localhost>
Subject: Your order

--x--
""".replace("\n", "\r\n").encode()
