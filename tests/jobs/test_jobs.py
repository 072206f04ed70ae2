"""The queue: what fails is tried again, what cannot be done is kept to be read and tried again."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from httpx import AsyncClient
from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Job as QueuedJob
from procrastinate.periodic import PeriodicDeferrer
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool
from support.background import ask, change, events_about, files_of, forget_jobs, relay_all
from support.imports.files import ALL as IMPORTS
from support.imports.files import checked, numbers, state
from support.invoicing import invoicing, issue, put_settings
from support.media.pictures import ALL as PICTURES
from support.media.pictures import uploaded
from support.processes.command_lines import typed
from support.products import a_sku, an_order

from trastienda.controllers.jobs import jobs as controller
from trastienda.database.db import transaction, utcnow
from trastienda.errors import Unavailable
from trastienda.jobs import invoices, mail, queue, retries, sweeps
from trastienda.jobs.imports import importing
from trastienda.jobs.media import rendering, sweeping
from trastienda.jobs.retries import Backoff, told
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import BULK, DEADLY, URGENT, USUAL, Job
from trastienda.services.mail.transport import MailDelayed
from trastienda.settings import Settings

Work = Callable[..., Awaitable[object]]


def a_task() -> str:
    return f"test-{uuid4().hex}"


async def a_job(task: str, priority: int = USUAL) -> int:
    """Queue a job; return its number."""
    mine = uuid4()
    async with transaction() as session:
        await job_queue.defer(session, [Job(task, mine, str(mine), priority)])
    ((job_id,),) = await ask("SELECT id FROM procrastinate_jobs WHERE lock = %s", str(mine))
    return int(job_id)


async def a_failed_job(task: str) -> int:
    job_id = await a_job(task)
    await change(
        "UPDATE procrastinate_jobs SET status = 'failed', attempts = 11 WHERE id = %s", job_id
    )
    return job_id


async def work_off(settings: Settings, task: str, work: Work, retry: Backoff) -> None:
    """Let a worker do the jobs of one task, one at a time."""
    app, url = App(connector=PsycopgConnector()), settings.database_url or ""
    queue.task(app, task, retry, work)
    pool = AsyncConnectionPool(url, min_size=1, max_size=2, open=False)
    async with pool, app.open_async(pool):
        await app.run_worker_async(
            queues=[task],
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs="successful",
        )


async def kill_the_worker_over(job_id: int) -> None:
    """Let a worker take a job and never be heard of again."""
    assert await change(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL"
        " WHERE id = %s AND status = 'todo'",
        job_id,
    )
    await controller.take_up()


async def seen(staff: AsyncClient, job_id: int) -> dict[str, Any]:
    answer = await staff.get(f"/v1/admin/jobs/{job_id}")
    assert answer.status_code == 200
    return dict(answer.json())


async def test_a_job_that_kills_its_workers_is_given_up(staff: AsyncClient) -> None:
    job_id = await a_job(a_task())
    for died in range(1, DEADLY):
        await kill_the_worker_over(job_id)
        job = await seen(staff, job_id)
        assert (job["status"], job["failure"]["deaths"]) == ("todo", died)
    await kill_the_worker_over(job_id)

    job = await seen(staff, job_id)
    assert (job["status"], job["attempts"]) == ("failed", DEADLY)
    assert (job["failure"]["kind"], job["failure"]["deaths"]) == ("WorkerDied", DEADLY)
    assert (await staff.post(f"/v1/admin/jobs/{job_id}/retry")).status_code == 204
    await kill_the_worker_over(job_id)
    assert (await seen(staff, job_id))["failure"]["deaths"] == 1


async def test_a_failure_between_two_deaths_begins_the_count_anew(staff: AsyncClient) -> None:
    job_id = await a_job(a_task())
    await kill_the_worker_over(job_id)
    await change("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", job_id)
    await retries.note(job_id, MailDelayed())

    failure = (await seen(staff, job_id))["failure"]
    assert (failure["kind"], failure["deaths"]) == ("MailDelayed", 0)
    assert failure["reason"] == "The mail could not be sent now."


NONSENSE = (
    "[]",
    "null",
    '"x"',
    '{"failure": "x"}',
    '{"failure": [1]}',
    '{"failure": {"deaths": "x"}}',
    '{"failure": {"deaths": 1e400}}',
    '{"failure": {"deaths": -1e400}}',
    '{"failure": {"deaths": 0.5}}',
)


async def test_a_job_that_makes_no_sense_is_in_no_others_way(staff: AsyncClient) -> None:
    task = a_task()
    jobs = [await a_job(task) for _ in (*NONSENSE, "good")]
    wrong = dict(zip(jobs, NONSENSE, strict=False))
    for job_id, given in wrong.items():
        given_to = "UPDATE procrastinate_jobs SET args = %s::jsonb WHERE id = %s"
        await change(given_to, given, job_id)
    await change("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = %s", task)
    listed = await staff.get("/v1/admin/jobs", params={"task": task})
    assert [it["failure"] for it in listed.json()["items"]] == [None] * len(jobs)
    assert await controller.retry_dead(task) == len(jobs)
    for job_id, given in wrong.items():
        await change(given_to, given, job_id)
    await change("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = %s", task)
    await controller.take_up()

    taken_up = [await seen(staff, it) for it in jobs]
    assert {it["failure"]["kind"] for it in taken_up} == {"WorkerDied"}
    assert (taken_up[-1]["status"], taken_up[-1]["failure"]["deaths"]) == ("todo", 1)


async def test_a_failed_job_says_why_without_secrets_and_is_done_when_retried(
    staff: AsyncClient, settings: Settings
) -> None:
    task, done = a_task(), list[str]()

    async def fails(event: str, token: str) -> None:
        raise ValueError(f"password {token} of ana@example.com", event)

    async def succeeds(event: str, token: str) -> None:
        assert token
        done.append(event)

    job_id = await a_job(task)
    await change(
        'UPDATE procrastinate_jobs SET args = args || \'{"token": "hunter2"}\' WHERE id = %s',
        job_id,
    )
    await work_off(settings, task, fails, Backoff(3, 60))
    answer = await staff.get("/v1/admin/jobs", params={"task": task, "status": "failed"})
    (job,) = answer.json()["items"]
    assert (job["id"], job["attempts"], job["failure"]["kind"]) == (job_id, 1, "ValueError")
    assert job["failure"]["reason"].startswith("jobs/queue.py, line ")
    assert "hunter2" not in answer.text
    assert "ana@" not in answer.text

    assert (await staff.post(f"/v1/admin/jobs/{job_id}/retry")).status_code == 204
    assert ((await seen(staff, job_id))["status"], done) == ("todo", [])
    await work_off(settings, task, succeeds, Backoff(3, 60))
    assert done == [job["event_id"]]
    assert (await staff.get(f"/v1/admin/jobs/{job_id}")).status_code == 404


async def test_what_may_pass_is_tried_again_later(staff: AsyncClient, settings: Settings) -> None:
    task = a_task()

    async def fails(event: str) -> None:
        raise MailDelayed(event=event)

    job_id, before = await a_job(task), utcnow()
    await work_off(settings, task, fails, Backoff(1, 60))
    after = utcnow()
    ((due,),) = await ask("SELECT scheduled_at FROM procrastinate_jobs WHERE id = %s", job_id)
    assert before + timedelta(seconds=48) <= due <= after + timedelta(seconds=72)
    assert (await seen(staff, job_id))["status"] == "todo"

    await change("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE id = %s", job_id)
    await work_off(settings, task, fails, Backoff(1, 60))
    assert (await seen(staff, job_id))["status"] == "failed"


def decided(error: BaseException, attempts: int) -> tuple[float, float] | None:
    """Say in how many seconds a job is tried again that is retried 4 times: from, and up to."""
    job = QueuedJob(
        id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts
    )
    begun = utcnow()
    decision = Backoff(4, 3, longest=50).get_retry_decision(exception=error, job=job)
    at = decision.retry_at if decision else None
    return ((at - utcnow()).total_seconds(), (at - begun).total_seconds()) if at else None


def test_pauses_grow_and_differ_up_to_the_longest_and_then_it_is_over() -> None:
    for attempts, wait in ((0, 3), (1, 9), (2, 27), (3, 50)):
        tries = [decided(Unavailable(), attempts) or (0, 0) for _ in range(50)]
        least, most = zip(*tries, strict=True)
        assert wait * 0.8 <= min(most) < wait < max(least) <= wait * 1.2
    assert decided(Unavailable(), 4) is None
    assert decided(ValueError(), 0) is None
    stopped = decided(asyncio.CancelledError(), 99)
    assert stopped is not None
    assert stopped[0] <= 0


def test_what_is_told_of_an_error_holds_nothing_of_its_text() -> None:
    refused = psycopg.errors.UniqueViolation("Key (email)=(ana@example.com) already exists.")

    assert told(refused) == "raised nowhere, SQLSTATE 23505"
    assert told(MailDelayed(code=451)) == "The mail could not be sent now."


async def test_one_of_five_who_retry_or_cancel_at_once_does_it(staff: AsyncClient) -> None:
    dead, waiting = await a_failed_job(a_task()), await a_job(a_task())
    retried = [staff.post(f"/v1/admin/jobs/{dead}/retry") for _ in range(5)]
    cancelled = [staff.delete(f"/v1/admin/jobs/{waiting}") for _ in range(5)]
    answers = await asyncio.gather(*retried, *cancelled)

    assert sorted(it.status_code for it in answers[:5]) == [204, 409, 409, 409, 409]
    assert sorted(it.status_code for it in answers[5:]) == [204, 409, 409, 409, 409]
    problems = {it.json()["type"] for it in answers if it.status_code == 409}
    assert problems == {"/problems/job-not-failed", "/problems/job-not-waiting"}
    assert (await seen(staff, dead))["attempts"] == 0
    assert (await seen(staff, waiting))["status"] == "cancelled"
    assert (await staff.post(f"/v1/admin/jobs/{waiting}/retry")).status_code == 204
    assert (await seen(staff, waiting))["status"] == "todo"


async def test_jobs_are_listed_newest_first_page_by_page(staff: AsyncClient) -> None:
    task = a_task()
    made = [await a_job(task) for _ in range(3)]
    first = (await staff.get("/v1/admin/jobs", params={"task": task, "limit": 2})).json()
    more = {"task": task, "limit": 2, "cursor": first["next_cursor"]}
    second = (await staff.get("/v1/admin/jobs", params=more)).json()

    assert [it["id"] for it in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None
    bad = [{**more, "status": "todo"}, {"status": "asleep"}, {"task": ""}, {"cursor": "x"}]
    answers = [await staff.get("/v1/admin/jobs", params=each) for each in bad]
    assert [it.status_code for it in answers] == [400] * 4
    for unknown in (2**63, 10**40, 0, -1):
        assert (await staff.get(f"/v1/admin/jobs/{unknown}")).status_code == 404
        assert (await staff.delete(f"/v1/admin/jobs/{unknown}")).status_code == 404


async def test_all_failed_jobs_of_a_task_are_retried_and_no_others(staff: AsyncClient) -> None:
    mine, other = a_task(), a_task()
    dead = [await a_failed_job(mine) for _ in range(3)]
    left = await a_failed_job(other)

    assert await controller.retry_dead(mine) == 3
    statuses = [(await seen(staff, each))["status"] for each in [*dead, left]]
    assert statuses == ["todo", "todo", "todo", "failed"]


@pytest.mark.usefixtures("shop")
async def test_what_is_urgent_goes_first_and_bulk_last(settings: Settings) -> None:
    task, order = a_task(), list[str]()

    async def noted(event: str) -> None:
        order.append(event)

    jobs = [await a_job(task, priority) for priority in (BULK, USUAL, URGENT)]
    rows = await ask(
        "SELECT args ->> 'event' FROM procrastinate_jobs WHERE id = ANY(%s) ORDER BY id", jobs
    )
    await work_off(settings, task, noted, Backoff(0, 1))

    assert set(order) == {event for (event,) in rows}
    assert order == [event for (event,) in rows][::-1]


@pytest.mark.usefixtures("shop")
async def test_a_mail_that_somebody_waits_for_is_urgent() -> None:
    await relay_all()
    registered, ordered, told = uuid4(), uuid4(), {"email": "ana@example.com"}
    async with transaction() as session:
        for type_, mine in ((event_types.ORDER_PLACED, ordered), (REGISTERED, registered)):
            await events.append(session, type_, mine, told, Context(utcnow()))
    await relay_all()

    query = "SELECT priority FROM letters_sent WHERE aggregate_id = %s"
    assert await ask(query, registered) == [(URGENT,)]
    assert await ask(query, ordered) == [(USUAL,)]


REGISTERED = event_types.CATALOGUE["user.registered"]


@pytest.mark.usefixtures("shop")
async def test_what_the_clock_asks_for_is_done_once_across_nodes_and_once_after_a_gap(
    settings: Settings,
) -> None:
    await change("DELETE FROM procrastinate_periodic_defers WHERE task_name = %s", sweeps.TASK)
    await change("DELETE FROM procrastinate_jobs WHERE task_name = %s", sweeps.TASK)
    noon = 1_800_000_000.0 // 86_400 * 86_400 + 43_200
    url = settings.database_url or ""
    async with AsyncConnectionPool(url, min_size=1, max_size=2, open=False) as pool:
        apps = [queue.queue(settings) for _ in range(2)]
        async with apps[0].open_async(pool), apps[1].open_async(pool):

            async def tick(at: float) -> int:
                """Let both nodes look at the clock, finish what is due; say how often it ran."""
                nodes = [
                    PeriodicDeferrer(app.periodic_registry, **app.periodic_defaults) for app in apps
                ]
                await asyncio.gather(
                    *(node.defer_jobs(node.get_previous_tasks(at=at)) for node in nodes)
                )
                return await change(
                    "DELETE FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
                    sweeps.TASK,
                )

            assert [await tick(noon + 5), await tick(noon + 60)] == [1, 0]
            assert [await tick(noon + 5 * 3_600 + 5), await tick(noon + 5 * 3_600 + 9)] == [1, 0]


async def mail_twice(
    work: Callable[[], Awaitable[None]], staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await relay_all()
    (event,) = await events_about(order["id"])
    await change("DELETE FROM letters_sent WHERE event_id = %s", event)  # as earlier versions did
    await again(event, job_queue.USUAL)
    await work()
    once = [file.read_bytes() for file in files_of(event, settings)]
    await again(event, job_queue.USUAL)
    await work()

    assert len(once) == len(files_of(event, settings)) == 1
    left = "SELECT 1 FROM procrastinate_jobs WHERE args ->> 'event' = %s"
    assert await ask(left, str(event)) == []


async def again(event: UUID, priority: int) -> None:
    """Queue the mail about an event a second time."""
    async with transaction() as session:
        await job_queue.defer(session, [Job(mail.TASK, event, str(uuid4()), priority)])


async def sweep_twice(work: Callable[[], Awaitable[None]], *_more: object) -> None:
    async def queued() -> None:
        await change(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES (%s, %s, '{\"timestamp\": 0}')",
            sweeps.TASK,
            sweeps.TASK,
        )
        await work()

    old, new = uuid4().bytes * 2, uuid4().bytes * 2
    query = "SELECT key FROM login_failures WHERE key = ANY(%s)"
    for key, hours in ((old, 25), (new, 23)):
        await change(
            "INSERT INTO login_failures (key, failures, last_at, blocked_until)"
            " VALUES (%s, 1, now() - make_interval(hours => %s), now())",
            key,
            hours,
        )
    for _ in range(2):
        await queued()
        assert await ask(query, [old, new]) == [(new,)]
        left = "SELECT FROM procrastinate_jobs WHERE task_name = %s AND args = %s"
        assert await ask(left, sweeps.TASK, Jsonb({"timestamp": 0})) == []


async def invoice_twice(
    work: Callable[[], Awaitable[None]], staff: AsyncClient, buyer: AsyncClient, _: Settings
) -> None:
    await put_settings(staff)
    order = UUID((await an_order(staff, buyer))["id"])
    await twice(invoices.ISSUE, order, work)

    assert await ask("SELECT count(*) FROM invoices WHERE order_id = %s", order) == [(1,)]


async def invoice_files_twice(
    work: Callable[[], Awaitable[None]], staff: AsyncClient, buyer: AsyncClient, _: Settings
) -> None:
    await put_settings(staff)
    invoice = UUID((await issue(staff, await an_order(staff, buyer)))["id"])
    await twice(invoices.FILES, invoice, work)

    assert await ask("SELECT count(*) FROM invoice_files WHERE invoice_id = %s", invoice) == [(1,)]
    told = "SELECT count(*) FROM events WHERE aggregate_id = %s"
    assert await ask(told, invoice) == [(1,)]


async def invoice_record_twice(
    work: Callable[[], Awaitable[None]], staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    issuer = f"J{uuid4().int % 10**8:08}"
    async with invoicing(staff, verifactu="test", tax_number=issuer, vat_number=None):
        await issue(staff, await an_order(staff, buyer))
    ((record,),) = await ask("SELECT id FROM invoice_records WHERE issuer = %s", issuer)
    await twice(invoices.RECORDS, record, work)

    kept = [it.name for it in (settings.data / "verifactu").glob(f"{issuer}-*")]
    assert kept == [f"{issuer}-00000001.json"]


async def picture_twice(
    work: Callable[[], Awaitable[None]], staff: AsyncClient, *_more: object
) -> None:
    media = await uploaded(staff)
    await twice(rendering.TASK, UUID(media["id"]), work)

    made = (await staff.get(f"{PICTURES}/{media['id']}")).json()
    assert (made["state"], made["version"]) == ("ready", 2)


async def picture_sweep_twice(
    work: Callable[[], Awaitable[None]], staff: AsyncClient, _: AsyncClient, settings: Settings
) -> None:
    waiting = settings.data / "media/originals" / (await uploaded(staff))["id"]
    orphan = waiting.with_name(str(uuid4()))
    orphan.write_bytes(b"left by a process that died before its picture was recorded")
    for file in (orphan, waiting):
        os.utime(file, (0, 0))
    for _again in range(2):
        await change(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES (%s, %s, '{\"timestamp\": 0}')",
            sweeping.TASK,
            sweeping.TASK,
        )
        await work()

        assert (orphan.exists(), waiting.exists()) == (False, True)


async def import_twice(
    work: Callable[[], Awaitable[None]], staff: AsyncClient, *_more: object
) -> None:
    row = {"slug": f"twice-{uuid4().hex}", "name": "Mug", "sku": a_sku(), "price": "12.50"}
    record = await checked(staff, [row])
    await staff.post(f"{IMPORTS}/{record['id']}/start")

    await twice(importing.TASK, UUID(record["id"]), work)

    assert numbers(await state(staff, record)) == (1, 0, 0, 0)


async def twice(task: str, about: UUID, work: Callable[[], Awaitable[None]]) -> None:
    for _ in range(2):
        async with transaction() as session:
            await job_queue.defer(session, [Job(task, about, str(uuid4()))])
        await work()
    left = "SELECT 1 FROM procrastinate_jobs WHERE args ->> 'event' = %s"
    assert await ask(left, str(about)) == []


TWICE: dict[str, Callable[..., Awaitable[None]]] = {
    mail.TASK: mail_twice,
    invoices.ISSUE: invoice_twice,
    invoices.FILES: invoice_files_twice,
    invoices.RECORDS: invoice_record_twice,
    sweeps.TASK: sweep_twice,
    importing.TASK: import_twice,
    rendering.TASK: picture_twice,
    sweeping.TASK: picture_sweep_twice,
}
"""For each task, a test that runs it twice and sees one effect."""
OURS = [name for name in queue.queue(Settings()).tasks if not name.startswith("builtin:")]


@pytest.mark.parametrize("task", [name for name in OURS if "procrastinate" not in name])
async def test_a_job_that_runs_twice_has_one_effect(
    task: str, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    async def work() -> None:
        app, url = queue.queue(settings), settings.database_url or ""
        pool = AsyncConnectionPool(url, min_size=1, max_size=2, open=False)
        async with pool, app.open_async(pool):
            await app.run_worker_async(
                queues=[task],
                wait=False,
                listen_notify=False,
                install_signal_handlers=False,
                delete_jobs="successful",
            )

    await forget_jobs()
    await TWICE[task](work, staff, buyer, settings)


async def test_jobs_are_looked_after_by_command(
    staff: AsyncClient, settings: Settings, tmp_path: Path
) -> None:
    task = f"[/b]{a_task()[:30]}"  # no markup of ours
    dead, waiting = await a_failed_job(task), await a_job(task)
    surroundings = {
        **os.environ,
        "DATABASE_URL": settings.database_url or "",
        "TRASTIENDA_DATA": str(tmp_path),
        "COLUMNS": "200",
    }

    listed, showing, counting, without, retried, cancelled, refused = await asyncio.to_thread(
        typed,
        surroundings,
        ("jobs", "list", "--status", "failed", "--task", task),
        ("jobs", "show", str(dead)),
        ("jobs", "stats"),
        ("jobs", "retry"),
        ("jobs", "retry", "--all-dead", "--task", task),
        ("jobs", "cancel", str(waiting)),
        ("jobs", "retry", str(dead)),
    )

    cells = [line.split("│")[1].strip() for line in listed.out.splitlines() if "│" in line]
    assert (listed.code, cells) == (0, [str(dead)])
    for said in (showing, counting):
        assert (said.code, task in said.out) == (0, True)
    assert without.code == 2
    assert (retried.code, retried.out + retried.err) == (0, "1 jobs are queued again.\n")
    assert cancelled == (0, "", "")
    why = "Only a job that has failed for good, or was cancelled, can be tried again. (todo)\n"
    assert (refused.code, refused.out + refused.err) == (1, why)
    statuses = [(await seen(staff, each))["status"] for each in (dead, waiting)]
    assert statuses == ["todo", "cancelled"]
