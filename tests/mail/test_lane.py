"""First attempts at mails: leased many at once, left to a job if they fail, and never lost."""

import asyncio
import socket
from uuid import UUID, uuid4

import msgspec
import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import (
    ask,
    change,
    events_about,
    forget_jobs,
    jobs_about,
    relay_all,
    work_off,
)
from support.products import an_order
from support.servers.mail import Office, listening

from trastienda.controllers.mail import mails
from trastienda.database.db import reading, transaction, utcnow
from trastienda.jobs import mail
from trastienda.jobs.mail import Mailer, Noted
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import ORDER_PLACED
from trastienda.services.jobs import listing, neglect
from trastienda.services.jobs.neglect import JobsNeglected
from trastienda.services.mail.attempts import SendAttempt
from trastienda.settings import Settings


@pytest.fixture(autouse=True)
async def nothing_waits(shop: ASGIApp) -> None:
    await forget_jobs()


async def waiting(*emails: object) -> list[UUID]:
    """Let an order be placed for each address, which nobody can write a mail about; return them."""
    mine = [uuid4() for _ in emails]
    async with transaction() as session:
        for order, email in zip(mine, emails, strict=True):
            context = Context(utcnow())
            await events.append(session, ORDER_PLACED, order, {"email": email}, context)
    await relay_all()
    return mine


async def states(order: UUID | str) -> list[tuple[str, int]]:
    query = "SELECT state, attempts FROM letters_sent WHERE aggregate_id = %s ORDER BY id"
    return await ask(query, UUID(str(order)))


async def test_many_mails_are_leased_and_noted_with_one_statement_each(
    statements: list[str],
) -> None:
    orders = await waiting(*[f"{n}@example.com" for n in range(mail.AT_ONCE + 1)])
    statements.clear()
    leased = await mails.lease(mail.AT_ONCE)
    assert [it.event.aggregate_id for it in leased if it.event] == orders[:-1]
    assert {it.others_wait for it in leased} == {True}
    assert len([it for it in statements if it not in {"BEGIN", "COMMIT"}]) == 1

    statements.clear()
    noted = Noted()
    await asyncio.gather(*(noted.note(it.attempt) for it in leased))
    assert sum("UPDATE letters_sent" in it for it in statements) == 1
    assert [await states(it) for it in orders] == [[("sent", 1)]] * mail.AT_ONCE + [[("queued", 0)]]


async def test_workers_side_by_side_send_each_mail_once(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    office, orders = Office(), [await an_order(staff, buyer) for _ in range(3)]
    await relay_all()
    async with listening(office) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        workers = [Mailer(there) for _ in range(3)]
        taken = await asyncio.gather(*(it.take() for it in workers))
        await asyncio.gather(*(it.idle() for it in workers))

    assert (sum(taken), len(office.mails)) == (3, 3)
    assert [await states(it["id"]) for it in orders] == [[("sent", 1)]] * 3
    assert await jobs_about(orders[0]["id"]) == []


async def test_a_mail_whose_worker_dies_is_sent_by_a_job(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order, office = await an_order(staff, buyer), Office()
    await relay_all()
    (event,) = await events_about(order["id"])
    (leased,) = await mails.lease(9)
    await mail.take_up()
    assert await jobs_about(order["id"]) == []  # it may be alive

    await change("UPDATE letters_sent SET leased_until = now() WHERE id = %s", leased.attempt[0])
    await asyncio.gather(*(mail.take_up() for _ in range(3)))
    assert await jobs_about(order["id"]) == [(event, "todo", 1)]
    kept = "SELECT args #>> '{failure,kind}', args #> '{failure,deaths}' FROM procrastinate_jobs"
    assert await ask(f"{kept} WHERE lock = %s", order["id"]) == [("WorkerDied", 1)]

    async with listening(office) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        await work_off(there, order["id"])
    assert (len(office.mails), await jobs_about(order["id"])) == (1, [])
    assert await states(order["id"]) == [("sent", 2)]


async def test_a_worker_that_stops_leaves_its_mail_to_others_at_once(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await relay_all()
    with socket.create_server(("127.0.0.1", 0)) as silent:  # nobody answers there
        port = silent.getsockname()[1]
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        mailer = Mailer(there)
        assert await mailer.take() == 1
        await mailer.idle(patience=0.01)

    (again,) = await mails.lease(9)
    assert (again.event and str(again.event.aggregate_id), again.attempt.number) == (order["id"], 2)


async def test_a_mail_that_cannot_be_written_is_kept_as_a_failed_job(
    staff: AsyncClient, settings: Settings
) -> None:
    (order,) = await waiting("ana@example.com")
    mailer = Mailer(settings)
    assert await mailer.take() == 1
    await mailer.idle()

    ((event, status, tries),) = await jobs_about(order)
    assert (status, tries) == ("failed", 1)
    (job,) = [
        it
        for it in (await staff.get("/v1/admin/jobs?status=failed&task=mail")).json()["items"]
        if it["event_id"] == str(event)
    ]
    assert job["failure"]["kind"] == "ValidationError"
    assert job["failure"]["reason"].startswith("services/mail/facts/")
    assert job["queued_at"]
    assert (await staff.post(f"/v1/admin/jobs/{job['id']}/retry")).status_code == 204
    assert await jobs_about(order) == [(event, "todo", 0)]


async def test_an_event_that_no_mail_can_be_made_of_holds_up_no_other() -> None:
    strange, order = await waiting(5, "ana@example.com")

    ((_, status, tries),) = await jobs_about(strange)
    assert (status, tries, await states(strange)) == ("todo", 0, [])
    assert await states(order) == [("queued", 0)]


async def test_mails_that_nobody_sends_are_told_of() -> None:
    (order,) = await waiting("ana@example.com")
    ago = "UPDATE letters_sent SET due_at = now() - interval '10 minutes' WHERE aggregate_id = %s"
    async with reading() as session:
        before = await neglect.longest(session)
        await change(ago, order)
        assert await neglect.longest(session) >= max(600, before)
        with pytest.raises(JobsNeglected):
            await neglect.refuse(session)
        (counted,) = [
            it
            for it in await listing.counts(session)
            if (it.task, it.status) == ("mail", "todo") and it.jobs and it.oldest_seconds >= 600
        ]
        assert counted.jobs >= 1
        held = SendAttempt(await held_mail(order), 0)
        assert await neglect.longest(session) < 600
        await mails.release(held)


async def held_mail(order: UUID) -> UUID:
    """Let a worker be at it."""
    lease = "UPDATE letters_sent SET leased_until = now() + interval '1 minute'"
    await change(f"{lease} WHERE aggregate_id = %s", order)
    ((id_,),) = await ask("SELECT id FROM letters_sent WHERE aggregate_id = %s", order)
    return UUID(str(id_))
