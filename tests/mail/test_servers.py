"""Handing mail to a server: one that takes it, one that refuses it, and one that is away."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import msgspec
import pytest
import trustme
from aiosmtpd.smtp import SMTP, Envelope, LoginPassword, Session
from httpx import AsyncClient
from procrastinate.jobs import Job
from support.background import ask, change, events_about, jobs_about, relay_all, work_off
from support.people import an_address
from support.processes.nodes import free_port
from support.products import an_order
from support.servers.mail import TAKEN, Office, listening, send

from trastienda.database.db import utcnow
from trastienda.jobs import mail
from trastienda.services.mail.attempts import LEASE, LetterInHand
from trastienda.services.mail.transport import MailDelayed, MailRefused, Transport
from trastienda.settings import Settings, WrongSetting, read


class Slow(Office):
    """Takes mails, and says nothing to who takes leave until `patience` is over."""

    def __init__(self, patience: Callable[[], Awaitable[bool]]) -> None:
        super().__init__()
        self.patience, self.over = patience, False

    async def handle_QUIT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        self.over = await self.patience()
        return "221 Bye"


class Thinking(Office):
    """Has a mail, and does not say for a long time whether it takes it."""

    def __init__(self, to_mail: str = TAKEN) -> None:
        super().__init__(to_mail=to_mail)
        self.asked, self.thought = asyncio.Event(), asyncio.Event()

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.asked.set()
        await self.thought.wait()
        return await super().handle_DATA(server, session, envelope)


def a_mail(to: str | Address = "ada@example.com") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "shop@example.com", to, "Su pedido"
    mail.set_content("Año nuevo\n", cte="8bit")
    return mail


@pytest.fixture
def transport_to(settings: Settings) -> Callable[[str], Transport]:
    return lambda url: Transport(url, settings.data / "mail")


async def test_a_server_gets_the_mail(transport_to: Callable[[str], Transport]) -> None:
    office = Office()
    async with listening(office) as port:
        await send(a_mail(), transport_to(f"smtp://127.0.0.1:{port}"))

    (content,) = office.mails
    assert office.recipients == ["ada@example.com"]
    assert b"To: ada@example.com\r\nSubject: Su pedido\r\n" in content
    assert content.endswith("\r\n\r\nAño nuevo\r\n".encode())


async def test_a_server_that_offers_tls_gets_login_and_mail_over_it(
    transport_to: Callable[[str], Transport],
) -> None:
    office, context = Office(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    options: dict[str, Any] = {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": office.authenticate,
    }
    async with listening(office, **options) as port:
        await send(a_mail(), transport_to(f"smtp://shop:p%40ss%2Fword@127.0.0.1:{port}"))

    assert office.logins == [LoginPassword(b"shop", b"p@ss/word")]
    assert (office.encrypted, len(office.mails)) == ([True], 1)


async def test_a_password_is_not_sent_in_the_open(transport_to: Callable[[str], Transport]) -> None:
    office = Office()
    options: dict[str, Any] = {
        "auth_require_tls": False,
        "authenticator": office.authenticate,
    }
    async with listening(office, host="127.0.0.2", **options) as port:  # not known to be near
        with pytest.raises(MailDelayed) as delayed:
            await send(a_mail(), transport_to(f"smtp://shop:p%40ss%2Fword@127.0.0.2:{port}"))

    assert "STARTTLS" in str(delayed.value)
    assert (office.logins, office.mails) == ([], [])


@pytest.mark.parametrize(
    ("office", "error", "code"),
    [
        (Office(to_recipient="550 5.1.1 <ada@example.com> is unknown"), MailRefused, 550),
        (Office(to_recipient="451 4.2.0 later, <ada@example.com>"), MailDelayed, 451),
        (Office(to_mail="554 5.7.1 no, <ada@example.com>"), MailRefused, 554),
        (Office(to_mail="452 4.3.1 full"), MailDelayed, 452),
    ],
)
async def test_a_refusal_is_for_good_or_for_now_and_names_nobody(
    transport_to: Callable[[str], Transport], office: Office, error: type[Exception], code: int
) -> None:
    async with listening(office) as port:
        with pytest.raises(error) as refused:
            await send(a_mail(), transport_to(f"smtp://127.0.0.1:{port}"))

    assert str(refused.value) == f"('{error.__name__}', {{'code': {code}}})"


async def test_a_wrong_password_can_be_mended(transport_to: Callable[[str], Transport]) -> None:
    office = Office()
    options: dict[str, Any] = {
        "auth_require_tls": False,
        "authenticator": office.authenticate,
    }
    async with listening(office, **options) as port:
        with pytest.raises(MailDelayed) as delayed:
            await send(a_mail(), transport_to(f"smtp://shop:wrong@127.0.0.1:{port}"))

    assert delayed.value.facts == {"code": 535, "reason": "SMTPAuthenticationError"}


@pytest.mark.parametrize("username", ["ada", "<all>,everybody", "josé"])
async def test_the_recipient_is_who_the_mail_says(
    transport_to: Callable[[str], Transport], username: str
) -> None:
    office, to = Office(), Address(username=username, domain="example.com")
    async with listening(office) as port:
        await send(a_mail(to), transport_to(f"smtp://127.0.0.1:{port}"))

    assert office.recipients == [to.addr_spec]


@pytest.mark.parametrize(
    "url",
    [
        "smtp://mail.example",
        "smtps://shop:p%40ss%2Fword@mail.example:465",
        "smtp://shop@[2001:db8::1]:25/",
    ],
)
def test_the_address_of_a_server_can_be_set(url: str) -> None:
    assert read({"TRASTIENDA_SMTP_URL": url}).smtp_url == url


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TRASTIENDA_SMTP_URL", "mail.example:587"),
        ("TRASTIENDA_SMTP_URL", "https://mail.example"),
        ("TRASTIENDA_SMTP_URL", "smtp://shop:p@ss/word@mail.example"),
        ("TRASTIENDA_MAIL_FROM", "The shop"),
        ("TRASTIENDA_STOREFRONT_URL", "shop.example"),
    ],
)
def test_a_wrong_setting_is_named(variable: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{variable}: "):
        read({variable: value})


async def events_of(order: dict[str, Any]) -> list[UUID]:
    await relay_all()
    return await events_about(order["id"])


async def test_mail_waits_for_a_server_that_is_away(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order, office, port = await an_order(staff, buyer), Office(), free_port()
    (event,) = await events_of(order)
    there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
    await work_off(there, order["id"])
    assert await jobs_about(order["id"]) == [(event, "todo", 1)]

    await change("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE lock = %s", order["id"])
    async with listening(office, port):
        await work_off(there, order["id"])

    assert await jobs_about(order["id"]) == []
    assert sum(f"Message-ID: <{event}@localhost>".encode() in it for it in office.mails) == 1


async def test_mail_that_nobody_takes_ends_as_failed_and_is_told_once(
    staff: AsyncClient,
    buyer: AsyncClient,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    order = await an_order(staff, buyer, email="nobody@example.com")
    (event,) = await events_of(order)
    async with listening(Office(to_recipient="550 5.7.1 <nobody@example.com> no")) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        await work_off(there, order["id"])

    assert await jobs_about(order["id"]) == [(event, "failed", 1)]
    everything = caplog.text + "".join(capsys.readouterr())
    told = [it for it in everything.splitlines() if "error" in it and str(event) in it]
    assert len(told) == 1
    assert "MailRefused" in told[0]
    assert "nobody@" not in everything
    assert order["access_token"] not in everything


async def test_a_later_mail_about_an_order_waits_for_the_earlier_one(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{order['id']}/capture")
    placed, paid = await events_of(order)
    async with listening(Office(to_recipient="451 later")) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        await work_off(there, order["id"])

    assert await jobs_about(order["id"]) == [(placed, "todo", 1)]
    assert [await mails_of(it) for it in (placed, paid)] == [[("delayed", 1)], [("queued", 0)]]
    await change("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE lock = %s", order["id"])
    async with listening(office := Office()) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        await work_off(there, order["id"])  # the job, and what waited for it the next time
        await work_off(there, order["id"])

    assert [
        f"<{it}@".encode() in told for it, told in zip((placed, paid), office.mails, strict=True)
    ]
    assert [await mails_of(it) for it in (placed, paid)] == [[("sent", 2)], [("sent", 1)]]


async def test_a_mail_that_was_taken_is_noted_before_anybody_says_goodbye(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await relay_all()
    (event,) = await events_about(order["id"])

    async def noted() -> bool:
        rows = await ask("SELECT state FROM letters_sent WHERE event_id = %s", event)
        return rows == [("sent",)]

    office = Slow(noted)
    async with listening(office) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        await mail.sending(there)(str(event))

    assert len(office.mails) == 1
    assert office.over


async def mails_of(event: UUID) -> list[tuple[str, int]]:
    return await ask("SELECT state, attempts FROM letters_sent WHERE event_id = %s", event)


async def test_two_workers_do_not_send_the_same_mail_at_once(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    (event,) = await events_of(await an_order(staff, buyer))
    office = Thinking()
    async with listening(office) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        first = asyncio.ensure_future(mail.sending(there)(str(event)))
        await office.asked.wait()
        with pytest.raises(LetterInHand) as busy:  # as when the queue takes the first for dead
            await mail.sending(there)(str(event))
        office.thought.set()
        await first
        await mail.sending(there)(str(event))

    assert len(office.mails) == 1
    assert await mails_of(event) == [("sent", 1)]
    decision = mail.RETRIES.get_retry_decision(
        exception=busy.value, job=Job(queue="mail", lock=None, queueing_lock=None, task_name="mail")
    )
    assert decision is not None
    assert decision.retry_at is not None
    assert decision.retry_at > utcnow() + timedelta(seconds=40)


async def test_who_sends_for_too_long_gives_up_before_another_one_begins(
    transport_to: Callable[[str], Transport],
) -> None:
    assert transport_to("smtp://127.0.0.1").deadline + 10 < LEASE
    office = Thinking()
    async with listening(office) as port:
        with pytest.raises(MailDelayed):
            await send(a_mail(), transport_to(f"smtp://127.0.0.1:{port}")._replace(deadline=1.0))
        assert office.asked.is_set()
        office.thought.set()


async def test_who_is_late_does_not_undo_what_another_one_has_noted(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    (event,) = await events_of(await an_order(staff, buyer, email=email))
    slow, quick = Thinking("550 5.1.1 nobody"), Office()
    async with listening(slow) as one, listening(quick) as two:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{one}")
        late = asyncio.ensure_future(mail.sending(there)(str(event)))
        await slow.asked.wait()
        await change("UPDATE letters_sent SET leased_until = now() WHERE event_id = %s", event)
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{two}")
        await mail.sending(there)(str(event))
        slow.thought.set()
        with pytest.raises(MailRefused):
            await late

    assert len(quick.mails) == 1
    assert await mails_of(event) == [("sent", 2)]
    assert await ask("SELECT 1 FROM mail_suppressions WHERE email = %s", email) == []
