"""Jobs that are due and that nobody takes are told of: at /health/ready, by doctor, in metrics."""

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import ASGITransport, AsyncClient
from litestar.types import ASGIApp
from support.applications import SECRET, an_empty_shop
from support.background import ask, change
from support.people import HERE, a_browser

from trastienda import application
from trastienda.database.db import reading, transaction
from trastienda.node import doctor
from trastienda.postgres.embedded import Embedded
from trastienda.services.jobs import neglect as job_neglect
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.neglect import JobsNeglected
from trastienda.services.jobs.queue import Job
from trastienda.settings import Settings

LONG_AGO = "UPDATE procrastinate_jobs SET scheduled_at = now() - interval '10 minutes'"


async def queue(*about: UUID) -> None:
    async with transaction() as session:
        await job_queue.defer(session, [Job("mail", uuid4(), str(it)) for it in about])


async def a_worker_does_one(silent: str) -> None:
    """Let a worker be at a job of the queue; its last sign of life is so old."""
    await change("INSERT INTO procrastinate_workers DEFAULT VALUES")
    await change("UPDATE procrastinate_workers SET last_heartbeat = now() - %s::interval", silent)
    await change(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id)"
        " FROM procrastinate_workers) WHERE id = (SELECT max(id) FROM procrastinate_jobs)"
    )


async def ready(app: ASGIApp) -> tuple[int, Any]:
    async with a_browser(app) as visitor:
        answer = await visitor.get("/health/ready")
        return answer.status_code, answer.json().get("type")


async def measured(app: ASGIApp) -> float:
    asgi: Any = app  # httpx and Litestar write the types of ASGI differently
    transport = ASGITransport(app=asgi, client=("127.0.0.1", 40_000))
    async with AsyncClient(transport=transport, base_url=HERE) as client:
        lines = (await client.get("/metrics")).text.splitlines()
    (value,) = [it for it in lines if it.startswith("trastienda_neglected_job_seconds ")]
    return float(value.split()[1])


async def found(server: Embedded, data: Path) -> doctor.Finding:
    ((name,),) = await ask("SELECT current_database()")
    url = server.url.replace("/trastienda?", f"/{name}?")
    settings = Settings(database_url=url, data=data, http_port=0)
    findings = await asyncio.to_thread(lambda: list(doctor.examine(settings)))
    (jobs,) = [it for it in findings if it.subject == "jobs"]
    return jobs


async def test_jobs_that_nobody_takes_are_told_of(
    server: Embedded, shop: ASGIApp, tmp_path: Path
) -> None:
    async with an_empty_shop(server, tmp_path, has_worker=True) as app:
        await queue(uuid4(), uuid4())
        assert await ready(app) == (200, None)
        assert not (await found(server, tmp_path)).remedy
        assert await measured(app) < job_neglect.PATIENCE

        await change(LONG_AGO)

        assert await ready(app) == (503, "/problems/jobs-neglected")
        assert 600 <= await measured(app) < 1_200
        told = await found(server, tmp_path)
        assert told.text.endswith("s, and no worker takes it")
        assert told.remedy.startswith("start trastienda up or worker")
        without = application.create(Settings(database_url="unused", secret=SECRET))
        assert await ready(without) == (200, None)

        await a_worker_does_one(silent="2 minutes")
        assert await ready(app) == (503, "/problems/jobs-neglected")
        await change("UPDATE procrastinate_workers SET last_heartbeat = now()")
        assert await ready(app) == (200, None)
        assert await measured(app) == 0


async def test_a_job_that_waits_for_another_one_about_the_same_is_not_due(
    empty_shop: ASGIApp,
) -> None:
    await queue(mine := uuid4(), mine)
    await change(LONG_AGO)
    await change(
        "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'"
        " WHERE id = (SELECT min(id) FROM procrastinate_jobs)"
    )

    async with reading() as session:
        await job_neglect.refuse(session)
        assert await job_neglect.longest(session) == 0


async def test_a_worker_between_two_jobs_of_many_neglects_none(empty_shop: ASGIApp) -> None:
    async def taken() -> None:
        await change(
            "DELETE FROM procrastinate_jobs WHERE id IN (SELECT min(id) FROM procrastinate_jobs)"
        )

    await queue(*(uuid4() for _ in range(3)))
    await change(LONG_AGO)

    async with reading() as session:
        await job_neglect.refuse(session, taken)
        with pytest.raises(JobsNeglected):
            await job_neglect.refuse(session)
