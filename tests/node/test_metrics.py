"""What is measured: who may read it, what it says, and that it is all described."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from litestar.types import ASGIApp
from support.background import change, relay_all
from support.metrics import asked_from, measured
from support.people import a_browser, a_program

from trastienda import application
from trastienda.database.db import transaction, utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job
from trastienda.settings import Settings, Switch

DESCRIBED = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text()


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
async def test_a_program_on_the_machine_reads_metrics(shop: ASGIApp, peer: str) -> None:
    answer = await asked_from(shop, peer)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["Cache-Control"] == "no-store"


async def test_from_elsewhere_a_key_with_the_scope_reads_metrics(shop: ASGIApp) -> None:
    async with await a_program(shop, None, "metrics.read") as reader:
        assert (await reader.get("/metrics")).status_code == 200
    async with await a_program(shop, None, "jobs.read") as stranger:
        assert (await stranger.get("/metrics")).status_code == 403
    async with a_browser(shop) as buyer:
        assert (await buyer.get("/metrics")).status_code == 401


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_nobody_is_on_this_machine_by_way_of_a_proxy(shop: ASGIApp, name: str) -> None:
    assert (await asked_from(shop, "127.0.0.1", **{name: "127.0.0.1"})).status_code == 401
    assert (await asked_from(shop, "10.0.0.9", **{name: "127.0.0.1"})).status_code == 401


async def test_a_wrong_key_is_refused_also_from_this_machine(shop: ASGIApp) -> None:
    wrong = f"Bearer tk_{'0' * 12}_{'x' * 43}"

    assert (await asked_from(shop, "127.0.0.1", Authorization=wrong)).status_code == 401


async def test_behind_a_proxy_everybody_needs_a_key_whatever_the_proxy_says() -> None:
    settings = Settings(
        database_url="unused",
        secret="x" * 32,
        behind_proxy=Switch.ON,
        public_url="https://shop.example",
    )
    app = application.create(settings)

    assert (await asked_from(app, "127.0.0.1")).status_code == 401
    public = application.create(
        Settings(database_url="unused", secret="x" * 32, public_url="https://shop.example")
    )
    assert (await asked_from(public, "127.0.0.1", "https://shop.example")).status_code == 401


async def test_what_waits_and_what_was_given_up_is_counted(shop: ASGIApp) -> None:
    await relay_all()
    before, task, mine = await measured(shop), f"test-{uuid4().hex}", uuid4()
    async with transaction() as session:
        await job_queue.defer(session, [Job(task, uuid4(), str(uuid4())) for _ in range(3)])
        context = Context(utcnow())
        await events.append(session, event_types.CATALOGUE["user.verified"], mine, {}, context)
    waiting = await measured(shop)
    await change(
        "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = ("
        " SELECT min(id) FROM procrastinate_jobs WHERE task_name = %s)",
        task,
    )
    await relay_all()
    after = await measured(shop)

    assert waiting["trastienda_outbox_waiting_events",] == 1
    assert 0 < waiting["trastienda_outbox_lag_seconds",] < 60
    assert waiting["trastienda_oldest_waiting_job_seconds",] > 0
    assert after["trastienda_outbox_waiting_events",] == 0
    assert after["trastienda_outbox_lag_seconds",] == 0
    assert after["trastienda_events_total",] == before["trastienda_events_total",] + 1
    assert after["trastienda_jobs", "todo", task] == 2
    assert after["trastienda_jobs", "failed", task] == 1
    assert after["trastienda_dead_letters",] == before["trastienda_dead_letters",] + 1
    assert after["trastienda_pool_connections",] >= 1
    assert after["process_resident_memory_bytes",] > 1_000_000


async def test_every_name_is_described(shop: ASGIApp) -> None:
    names = {name for name, *_ in await measured(shop)}

    assert {name for name in names if f"`{name}`" not in DESCRIBED} == set()
    asked = re.findall(r"^ +expr: .*?(trastienda_\w+)", DESCRIBED, re.MULTILINE)
    assert asked
    assert set(asked) - names <= {"trastienda_letters_last_day"}  # there if mails are


async def test_metrics_cost_nine_statements(shop: ASGIApp, statements: list[str]) -> None:
    statements.clear()
    await asked_from(shop, "127.0.0.1")

    assert sum(it.lstrip().startswith("SELECT") for it in statements) == 9
