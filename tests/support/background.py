"""What the job worker does, done at once: events are relayed, mails are written and read."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from trastienda.database.db import reading, transaction
from trastienda.jobs import events as outbox
from trastienda.jobs import mail
from trastienda.jobs.queue import queue
from trastienda.settings import Settings


async def relay_all() -> None:
    while await outbox.relay():
        pass


async def jobs_about(aggregate_id: object) -> list[tuple[UUID, str, int]]:
    """List the jobs about something as queued: event, status and tries so far."""
    rows = await ask(
        "SELECT args ->> 'event', status::text, attempts FROM procrastinate_jobs"
        " WHERE lock = %s ORDER BY id",
        str(aggregate_id),
    )
    return [(UUID(event), status, attempts) for event, status, attempts in rows]


async def events_about(aggregate_id: object) -> list[UUID]:
    """List the events about something that cause mails, in the order in which these are sent."""
    rows = await ask(
        "SELECT event_id FROM letters_sent WHERE aggregate_id = %s ORDER BY id",
        UUID(str(aggregate_id)),
    )
    return list(dict.fromkeys(event for (event,) in rows))


async def mails_about(aggregate_id: object, settings: Settings) -> list[EmailMessage]:
    """Relay what has happened, send the mails about one thing, as a job would, and read them."""
    await relay_all()
    events = await events_about(aggregate_id)
    send = mail.sending(settings)
    for event in events:
        await send(str(event))
    return [mail for event in events for mail in map(read, files_of(event, settings))]


def files_of(event: UUID, settings: Settings) -> list[Path]:
    return sorted((settings.data / "mail").glob(f"*-{event}*.eml"))


def read(file: Path) -> EmailMessage:
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def body(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    content: str = part.get_content()
    return content.replace("\r\n", "\n")


async def work_off(settings: Settings, aggregate_id: object) -> None:
    """Let a worker send the mails and do the jobs about one thing whose time has come."""
    await forget_jobs(aggregate_id)
    mailer = mail.Mailer(settings)
    while await mailer.take():
        await mailer.idle()
    app, url = queue(settings), settings.database_url or ""
    pool = AsyncConnectionPool(url, min_size=1, max_size=3, open=False)
    async with pool, app.open_async(pool):
        await app.run_worker_async(
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs="successful",
        )


async def forget_jobs(aggregate_id: object = None) -> None:
    """Leave nothing to a worker but what is about one thing: other tests' is done for nobody."""
    await relay_all()
    await change(
        "UPDATE letters_sent SET due_at = NULL"
        " WHERE due_at IS NOT NULL AND aggregate_id::text IS DISTINCT FROM %s",
        str(aggregate_id),
    )
    await change(
        "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND lock IS DISTINCT FROM %s",
        str(aggregate_id),
    )


async def ask(query: LiteralString, *values: object) -> list[Any]:
    async with reading() as session:
        rows = await session.driver.execute(query, values)
        return await rows.fetchall()


async def change(statement: LiteralString, *values: object) -> int:
    """Make it as if time had passed, or somebody had died."""
    async with transaction() as session:
        return (await session.driver.execute(statement, values)).rowcount


async def go_to(aggregate_id: object, email: str) -> None:
    """Make it as if what happened had been told of this address, before it would be refused."""
    changed = await change(
        "UPDATE events SET data = data || jsonb_build_object('email', %s::text)"
        " WHERE aggregate_id = %s",
        email,
        aggregate_id,
    )
    assert changed
