"""From what happened to jobs: each event once, in the order of its aggregate, whatever dies."""

import asyncio
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from support.background import ask, body, change, files_of, forget_jobs, jobs_about, read, relay_all
from support.products import a_cart_to_order, a_sku_for_sale, an_order, check_out

from trastienda.controllers.jobs import jobs as controller
from trastienda.database.db import Reading, together, transaction, utcnow
from trastienda.jobs import events as outbox
from trastienda.jobs import mail, worker
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events, relay
from trastienda.services.events.relay import Relayed
from trastienda.services.events.types import CATALOGUE, ORDER_PLACED, PAYMENT_DECLINED
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job
from trastienda.services.mail import attempts, causes
from trastienda.services.mail.attempts import QueuedMail
from trastienda.services.mail.causes import Cause
from trastienda.services.mail.table import TYPES
from trastienda.services.webhooks import deliveries as webhook_deliveries
from trastienda.settings import Settings

SOMEBODY = "somebody@example.com"


@pytest.fixture(autouse=True)
async def nothing_waits(shop: object) -> None:
    await relay_all()


async def append(aggregate_id: UUID, *types: str) -> None:
    for type_ in types:
        async with transaction() as session:
            event_type, now = CATALOGUE[type_], Context(utcnow())
            await events.append(session, event_type, aggregate_id, {"email": SOMEBODY}, now)


async def positions(*aggregate_ids: UUID) -> list[int | None]:
    rows = await ask(
        "SELECT position FROM events WHERE aggregate_id = ANY (%s) ORDER BY position",
        list(aggregate_ids),
    )
    return [position for (position,) in rows]


async def of_event(session: Reading, event: Relayed) -> list[QueuedMail]:
    assert event.event
    return await causes.mails(session, Cause(event.id, event.event))


async def told(aggregate_id: UUID) -> list[str]:
    """List the types of the events that mails are queued about, in the order of their sending."""
    rows = await ask(
        "SELECT events.type FROM letters_sent JOIN events ON events.id = letters_sent.event_id"
        " WHERE letters_sent.aggregate_id = %s ORDER BY letters_sent.id",
        aggregate_id,
    )
    return [type_ for (type_,) in rows]


async def test_two_relays_at_once_relay_each_event_once_and_in_order() -> None:
    types = ["order.placed", "order.link_wanted", "order.fulfilled"]
    aggregates = [uuid4() for _ in range(70)]
    await asyncio.gather(*(append(each, *types) for each in aggregates))
    await asyncio.gather(relay_all(), relay_all(), relay_all())

    await relay_all()
    assert [await told(each) for each in aggregates] == [types] * 70


async def test_while_one_node_relays_the_others_go_on_without_waiting() -> None:
    mine = uuid4()
    await append(mine, "order.placed", "order.link_wanted")
    async with transaction() as session:
        assert await relay.claim(session)
        assert not await outbox.relay()
        assert await told(mine) == []
        await session.driver.rollback()

    await outbox.relay()
    assert await told(mine) == ["order.placed", "order.link_wanted"]


async def test_a_relay_that_dies_loses_nothing() -> None:
    mine = uuid4()
    await append(mine, "order.placed")
    async with transaction() as session:
        await relay.claim(session)
        placed = await relay.assign_positions(session, 100, utcnow())
        await together(session, webhook_deliveries.fanning_out(placed, utcnow()))
        await session.driver.rollback()  # as PostgreSQL does when the connection is gone

    assert (await told(mine), await positions(mine)) == ([], [None])
    await relay_all()
    assert await told(mine) == ["order.placed"]


@pytest.mark.parametrize("payment", [{}, {"provider": "test", "token": "ok"}])
async def test_a_checkout_waits_for_nothing_that_the_relay_holds(
    staff: AsyncClient, buyer: AsyncClient, payment: dict[str, str]
) -> None:
    sku = await a_sku_for_sale(staff)
    first, second = [await a_cart_to_order(buyer, **{sku: 1}) for _ in range(2)]
    await check_out(buyer, first["id"])
    async with transaction() as session:
        await relay.claim(session)
        placed = await relay.assign_positions(session, 1_000, utcnow(), TYPES)
        mails = [it for each in placed if each.event for it in await of_event(session, each)]
        await together(
            session,
            webhook_deliveries.fanning_out(placed, utcnow()),
            attempts.queueing(mails, utcnow(), due=utcnow()),
            relay.notifying(relay.CHANNEL, "1"),
        )
        async with asyncio.timeout(120):
            answer = await check_out(buyer, second["id"], **payment)
        await session.driver.rollback()

    assert placed
    assert answer.status_code == 201


@pytest.mark.parametrize("payment", [{}, {"provider": "test", "token": "ok"}])
async def test_buyers_neither_notify_nor_queue_jobs_and_tell_by_the_statements_that_change(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str], payment: dict[str, str]
) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    statements.clear()
    answer = await check_out(buyer, cart["id"], **payment)

    assert answer.status_code == 201
    assert not [it for it in statements if "pg_notify" in it or "procrastinate" in it]
    telling = [it for it in statements if "INSERT INTO events" in it]
    assert len(telling) == 2  # stock and order
    assert all(it.lstrip().startswith("WITH") for it in telling)


async def test_what_commits_late_gets_a_later_position_so_nobody_skips_it() -> None:
    early, late = uuid4(), uuid4()
    async with transaction() as session:
        await events.append(session, ORDER_PLACED, late, {}, Context(utcnow()))
        await append(early, "order.placed")  # it began later and is committed first
        await relay_all()
        ((read_up_to,),) = await ask("SELECT last FROM outbox")
        assert await positions(early) == [read_up_to]
    await relay_all()

    assert await positions(late) == [read_up_to + 1]


async def test_positions_have_no_gap_though_transactions_fail() -> None:
    aggregates = [uuid4() for _ in range(20)]

    async def some_fail(number: int) -> None:
        async with transaction() as session:
            await events.append(
                session, PAYMENT_DECLINED, aggregates[number], {}, Context(utcnow())
            )
            if number % 3 == 0:
                await session.driver.rollback()

    ((before,),) = await ask("SELECT last FROM outbox")
    await asyncio.gather(*map(some_fail, range(20)), relay_all())
    await relay_all()

    assert await positions(*aggregates) == list(range(before + 1, before + 14))


async def test_clocks_that_differ_do_not_turn_the_order_of_an_aggregate() -> None:
    mine = uuid4()
    for type_, ago in (("order.placed", 0), ("order.paid", 60), ("order.fulfilled", 120)):
        context = Context(utcnow() - timedelta(seconds=ago))
        async with transaction() as session:
            await events.append(session, CATALOGUE[type_], mine, {}, context)
    async with transaction() as session:  # the first alone would be the last of them by its time
        await relay.claim(session)
        placed = await relay.assign_positions(session, 1, utcnow())

    assert [event.type for event in placed] == ["order.placed", "order.paid", "order.fulfilled"]


async def test_an_event_that_nobody_cares_about_waits_no_longer() -> None:
    mine = uuid4()
    await append(mine, "user.verified", "order.placed")
    await relay_all()

    waiting = await ask("SELECT 1 FROM events WHERE aggregate_id = %s AND position IS NULL", mine)
    assert (waiting, await told(mine)) == ([], ["order.placed"])


async def test_a_batch_is_at_most_a_thousand_and_the_rest_follows_at_once() -> None:
    aggregates = [uuid4() for _ in range(1_001)]
    async with transaction() as session:
        for each in aggregates:
            await events.append(session, PAYMENT_DECLINED, each, {}, Context(utcnow()))

    assert [await outbox.relay(), await outbox.relay()] == [True, False]
    assert len(await positions(*aggregates)) == len(set(await positions(*aggregates))) == 1_001


async def test_the_last_event_of_an_aggregate_outlives_the_sweep_and_its_numbers_go_on() -> None:
    mine, waiting = uuid4(), uuid4()
    await append(mine, "order.placed", "order.paid", "order.fulfilled")
    await relay_all()
    await append(waiting, "order.placed", "order.paid")
    async with transaction() as session:
        assert await events.sweep(session, utcnow(), 1_000_000) >= 2
    await append(mine, "order.cancelled")

    query = "SELECT sequence, type FROM events WHERE aggregate_id = %s ORDER BY sequence"
    assert await ask(query, mine) == [(3, "order.fulfilled"), (4, "order.cancelled")]
    assert len(await ask(query, waiting)) == 2


async def swept_with_reads() -> tuple[int, int]:
    """Sweep; return how many are gone, and how many rows of events were read for that."""
    query = (
        "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint"
        " FROM pg_stat_xact_user_tables WHERE relname = 'events'"
    )
    async with transaction() as session:
        counts = []
        for step in (0, 1):
            gone = await events.sweep(session, utcnow(), 1_000) if step else 0
            row = await (await session.driver.execute(query)).fetchone()
            assert row is not None
            counts.append(int(row[0]))  # what other transactions read just now is in both
        return gone, counts[1] - counts[0]


async def sweep_all() -> None:
    while (await swept_with_reads())[0] == 1_000:
        pass


async def test_a_sweep_reads_what_it_forgets_and_not_again_what_stays() -> None:
    await sweep_all()
    mine = uuid4()
    await append(mine, "order.placed")
    await change(
        "INSERT INTO events (id, aggregate, aggregate_id, sequence, type, schema_version, data,"
        " actor, created_at)"
        " SELECT gen_random_uuid(), 'test', gen_random_uuid(), 1, 'zone.created', 1, '{}',"
        " 'system', now() FROM generate_series(1, 3000)"
    )
    await relay_all()
    gone, walked = await swept_with_reads()
    assert (gone, walked >= 3_000) == (0, True)  # all of them are the last of theirs
    gone, walked = await swept_with_reads()
    assert (gone, walked) == (0, 1)

    await append(mine, "order.paid", "order.fulfilled")
    await relay_all()
    gone, walked = await swept_with_reads()
    assert gone == 2
    assert walked < 30
    query = "SELECT sequence FROM events WHERE aggregate_id = %s"
    assert await ask(query, mine) == [(3,)]
    assert await change("DELETE FROM events WHERE aggregate = 'test'") == 3_000


async def test_two_sweeps_at_once_and_small_batches_forget_each_event_once() -> None:
    await sweep_all()
    aggregates = [uuid4() for _ in range(6)]
    for each in aggregates:
        await append(each, "order.placed", "order.paid", "order.fulfilled")
    await relay_all()
    async with transaction() as session:
        assert await events.sweep(session, utcnow(), 5) == 5
        gone, _ = await swept_with_reads()
        assert gone == 0  # another node is at it
    gone, _ = await swept_with_reads()

    assert gone == 7
    query = "SELECT sequence FROM events WHERE aggregate_id = ANY (%s)"
    assert await ask(query, aggregates) == [(3,)] * 6


async def test_twenty_changes_of_an_order_at_once_are_told_without_a_gap(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, stock=20): 20})
    order = (await check_out(buyer, cart["id"])).json()
    one = {"lines": [{"line_id": order["lines"][0]["id"], "quantity": 1}]}
    path = f"/v1/admin/orders/{order['id']}/fulfilments"
    answers = await asyncio.gather(*(staff.post(path, json=one) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {201}
    rows = await ask(
        "SELECT sequence, type, data -> 'version' FROM events WHERE aggregate_id = %s"
        " ORDER BY sequence",
        order["id"],
    )
    sent = [(number, "order.fulfilled", number) for number in range(2, 22)]
    assert rows == [(1, "order.placed", 1), *sent]


async def a_job_of_a_worker(silent_for: str) -> tuple[UUID, int]:
    """Let a worker take the job of an event, and not be heard for a while."""
    mine = uuid4()
    async with transaction() as session:
        await job_queue.defer(session, [Job(mail.TASK, uuid4(), str(mine))])
    ((worker_id,),) = await ask("SELECT worker_id FROM procrastinate_register_worker_v1()")
    await change(
        "UPDATE procrastinate_workers SET last_heartbeat = now() - %s::interval WHERE id = %s",
        silent_for,
        worker_id,
    )
    await change(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE lock = %s",
        worker_id,
        str(mine),
    )
    return mine, worker_id


async def statuses(aggregate_id: UUID) -> list[tuple[str, int]]:
    return [(status, attempts) for _, status, attempts in await jobs_about(aggregate_id)]


async def test_a_job_whose_worker_is_not_heard_of_is_taken_up_once() -> None:
    mine, _ = await a_job_of_a_worker("61 seconds")
    await asyncio.gather(*(controller.take_up() for _ in range(5)))

    assert await statuses(mine) == [("todo", 1)]


async def test_a_job_whose_worker_is_forgotten_is_taken_up() -> None:
    mine, worker_id = await a_job_of_a_worker("0 seconds")
    await ask("SELECT procrastinate_unregister_worker_v1(%s)", worker_id)
    await controller.take_up()

    assert await statuses(mine) == [("todo", 1)]


async def test_a_job_whose_worker_lives_is_left_alone() -> None:
    mine, _ = await a_job_of_a_worker("50 seconds")
    await controller.take_up()

    assert await statuses(mine) == [("doing", 0)]


async def the_mail_about(order: dict[str, Any], settings: Settings) -> EmailMessage:
    """Wait until a worker has written it."""
    while True:
        query = "SELECT id FROM events WHERE aggregate_id = %s"
        ((event,),) = await ask(query, order["id"])
        if files := files_of(event, settings):
            return read(files[0])
        await asyncio.sleep(0.05)


async def test_a_worker_writes_the_mail_about_an_order_and_stops_when_asked(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    await forget_jobs()
    stopping = asyncio.Event()
    working = asyncio.create_task(worker.work(settings, stopping))
    try:
        order = await an_order(staff, buyer)
        mail = await asyncio.wait_for(the_mail_about(order, settings), 120)
    finally:
        stopping.set()
        await asyncio.wait_for(working, 120)

    assert f"We have received your order {order['number']} " in body(mail)
    assert await jobs_about(order["id"]) == []
