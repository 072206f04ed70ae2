"""Deliveries: signed, at least once, in order where asked; whoever fails, hangs or dies."""

import asyncio
import json
import shutil
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import trustme
from httpx import AsyncClient
from standardwebhooks import Webhook as Verifier
from support.applications import holding
from support.background import ask, body, change, forget_jobs, mails_about, relay_all
from support.servers.webhook_receivers import (
    OK,
    a_receiver,
    a_webhook,
    at,
    deliveries,
    happened,
    says,
    send_all,
    send_due,
    told_about,
    tried,
)

from trastienda.application import Application
from trastienda.controllers.webhooks import deliveries as webhook_deliveries
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.webhooks.webhook import Trouble
from trastienda.jobs import worker
from trastienda.jobs.webhooks import Dispatcher
from trastienda.services.webhooks.sending import Outcome, Sender
from trastienda.settings import Settings, Switch

NODE = Path(__file__).parents[1] / "node"
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)


@pytest.fixture(autouse=True)
async def sender(shop: Application) -> AsyncIterator[Sender]:
    """Let the shop send to this machine, and begin without endpoints."""
    await relay_all()
    await change("DELETE FROM webhooks")
    sender = Sender(private=True, plain=True)
    with holding(shop, sender=sender):
        yield sender
    await sender.close()
    await change("DELETE FROM webhooks")


async def verified_in_node(secret: str, headers: dict[str, str], text: bytes) -> object:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node here")
    if not (NODE / "node_modules").exists():
        pytest.skip("`make .venv/.node` installs what Node needs")
    pipe = asyncio.subprocess.PIPE
    program = await asyncio.create_subprocess_exec(
        node, NODE / "verify.js", stdin=pipe, stdout=pipe, stderr=pipe
    )
    asked = {"secret": secret, "headers": headers, "body": text.decode()}
    said, complaint = await program.communicate(json.dumps(asked).encode())
    return json.loads(said) if program.returncode == 0 else complaint.decode()


async def test_an_event_reaches_those_it_is_for_signed_and_whole(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver() as mine, a_receiver() as other, a_receiver() as off:
        made = await a_webhook(staff, mine.url, types=["stock.changed", "order.*"])
        await a_webhook(staff, other.url, types=["product.*"])
        await a_webhook(staff, off.url, types=["*"], active=False)
        order = await happened("order.placed", "stock.changed", "payment.declined")
        await send_all(sender, utcnow())

    # Both were sent at once: which arrives first is not said.
    assert (sorted(mine.sequences()), other.got, off.got) == ([1, 2], [], [])
    got = next(got for got in mine.got if got.event["sequence"] == 1)
    assert got.line == "POST /hook HTTP/1.1"
    assert Verifier(made["secret"]).verify(got.body, got.headers) == got.event
    ((id_, position),) = await ask(
        "SELECT id::text, position FROM events WHERE aggregate_id = %s AND sequence = 1", order
    )
    assert got.headers["webhook-id"] == got.event["id"] == id_
    assert got.headers["content-type"] == "application/json"
    del got.event["timestamp"]
    assert {**got.event, "timestamp": ""} == {
        "id": id_,
        "type": "order.placed",
        "timestamp": "",
        "position": position,
        "aggregate": "order",
        "aggregate_id": str(order),
        "sequence": 1,
        "schema_version": 1,
        "actor": {"type": "system", "id": None},
        "data": {"status": "open", "total": 2500},
    }


async def test_a_receiver_in_node_verifies_the_signature(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver() as receiver:
        made = await a_webhook(staff, receiver.url)
        await happened("order.placed")
        await send_all(sender, utcnow())

    (got,) = receiver.got
    assert await verified_in_node(made["secret"], got.headers, got.body) == got.event
    forged = await verified_in_node(made["secret"], got.headers, got.body + b" ")
    assert "No matching signature found" in str(forged)


@pytest.mark.parametrize(
    ("answer", "status", "trouble"),
    [
        (says("500 Oops"), 500, "refused"),
        (says("404 Not Found"), 404, "refused"),
        (says("302 Found", "location: /hook"), 302, "redirected"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", None, "bad_answer"),
        (b"\r\n", None, "bad_answer"),
        (None, None, "timeout"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nsl", None, "bad_answer"),
        (says("200 OK", body="x" * 1_000_000), 200, None),
        (says("299 Fine"), 299, None),
    ],
)
async def test_what_is_not_2xx_in_time_is_tried_again(
    staff: AsyncClient, answer: bytes | None, status: int | None, trouble: str | None
) -> None:
    patience = 60.0 if answer else 1.0
    sender = Sender(private=True, plain=True, patience=patience)
    async with a_receiver(answer) as receiver:
        made = await a_webhook(staff, receiver.url)
        await happened("order.placed")
        now = utcnow()
        assert await send_due(sender, now) == 1
        found = await tried(staff, made)
        assert await send_due(sender, now + 4 * SECOND) == 0
        receiver.answer = OK
        receiver.released.set()
        assert await send_due(sender, now + 10 * SECOND) == int(trouble is not None)
    ended = await tried(staff, made)

    (attempt,) = found["tries"]
    assert (attempt["status"], attempt["trouble"]) == (status, trouble)
    assert found["state"] == ("pending" if trouble else "delivered")
    assert (ended["state"], len(receiver.got)) == ("delivered", 2 if trouble else 1)


async def test_whoever_is_away_or_has_a_wrong_certificate_is_tried_again(
    staff: AsyncClient, sender: Sender, shop: Application
) -> None:
    authority = trustme.CA()
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(theirs)
    wrong = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("erp.example").configure_cert(wrong)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    found = []
    with holding(shop, sender=Sender(private=True, trust=ours)):
        for trust in (theirs, wrong):
            async with a_receiver(trust=trust) as receiver:
                made = await a_webhook(staff, f"https://127.0.0.1:{receiver.port}/")
                answer = await staff.post(f"{at(made)}/test")
                found.append((answer.json()["tries"][0]["trouble"], len(receiver.got)))
        for url in ("https://127.0.0.1:1/", "https://nobody.invalid/"):
            made = await a_webhook(staff, url)
            answer = await staff.post(f"{at(made)}/test")
            found.append((answer.json()["tries"][0]["trouble"], 0))

    assert found == [
        (None, 1),
        ("tls_failed", 0),
        ("connection_failed", 0),
        ("name_not_found", 0),
    ]


async def test_who_asks_for_time_gets_it_and_a_failing_event_is_given_up_after_three_days(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver(says("503 Busy", "Retry-After: 7200")) as receiver:
        made = await a_webhook(staff, receiver.url)
        await happened("order.placed")
        begun = now = utcnow()
        await send_due(sender, now)
        assert await send_due(sender, now + 2 * HOUR - SECOND) == 0
        receiver.answer = says("500 Oops")
        while (found := await tried(staff, made))["state"] == "pending":
            # Others succeed meanwhile: the endpoint is well, only this event is not taken.
            await change("UPDATE webhooks SET failures = 0, failing_since = NULL")
            now += 2 * HOUR
            await send_due(sender, now)
    assert (found["state"], found["attempts"]) == ("failed", 10)
    assert 3 * DAY < now - begun < 4.5 * DAY


async def test_a_resource_that_is_gone_is_disabled_and_its_owner_told(
    staff: AsyncClient, settings: Settings, sender: Sender
) -> None:
    async with a_receiver(says("410 Gone")) as receiver:
        made = await a_webhook(staff, receiver.url, description="Into the ERP")
        await happened("order.placed")
        await send_all(sender, utcnow())
        await happened("order.placed")
        await send_all(sender, utcnow() + DAY)
        shown = (await staff.get(at(made))).json()
        (first,) = await deliveries(staff, made)
        (mail,) = await mails_about(made["id"], settings)
        receiver.answer = OK
        woken = (await staff.patch(at(made), json={"active": True})).json()
        await happened("order.placed")
        await send_all(sender, utcnow() + DAY)

    assert (shown["state"], shown["disabled"], shown["active"]) == ("disabled", "gone", False)
    assert first["state"] == "failed"
    assert (await told_about(made["id"]))[1][0] == "webhook.disabled"
    assert mail["To"] == "erp@example.com"
    assert mail["Subject"] == "Your webhook to 127.0.0.1 is switched off"
    assert "gone for good (410)" in body(mail)
    assert "Its description: Into the ERP" in body(mail)
    assert (woken["state"], woken["disabled"]) == ("active", None)
    assert len(receiver.got) == 2


async def test_who_is_down_for_a_day_gets_everything_when_back(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver(says("502 Bad Gateway")) as receiver:
        made = await a_webhook(staff, receiver.url)
        order = await happened(*["order.placed"] * 12)
        begun = now = utcnow()
        while now < begun + DAY:
            await send_due(sender, now)
            now += 10 * MINUTE
        resting = (await staff.get(at(made))).json()
        tries = len(receiver.got)
        receiver.answer = OK
        back = now
        while now < back + HOUR:
            await send_due(sender, now)
            now += 10 * MINUTE
        well = (await staff.get(at(made))).json()

    assert (resting["state"], resting["version"]) == ("resting", 2)
    assert tries < 12 * 5 + 24 * 2  # while it rests, two tries an hour for all of them
    assert {it.event["sequence"] for it in receiver.got[tries:]} == set(range(1, 13))
    assert {it.event["aggregate_id"] for it in receiver.got} == {str(order)}
    assert {it["state"] for it in await deliveries(staff, made)} == {"delivered"}
    assert (well["state"], well["version"]) == ("active", 3)


async def test_who_only_fails_for_three_days_is_disabled_and_loses_nothing(
    staff: AsyncClient, settings: Settings, sender: Sender
) -> None:
    async with a_receiver(says("500 Oops")) as receiver:
        made = await a_webhook(staff, receiver.url)
        await happened(*["order.placed"] * 5)
        begun = now = utcnow()
        while now < begun + 3 * DAY + HOUR:
            await send_due(sender, now)
            now += HOUR
        shown = (await staff.get(at(made))).json()
        warning, mail = await mails_about(made["id"], settings)
        receiver.got.clear()
        receiver.answer = OK
        await staff.patch(at(made), json={"active": True})
        await send_all(sender, now)

    assert (shown["state"], shown["disabled"]) == ("disabled", "failing")
    assert "has not taken one event for two hours" in body(warning)
    assert "has not taken one event for three days" in body(mail)
    assert sorted(receiver.sequences()) == [1, 2, 3, 4, 5]


async def test_in_order_means_that_the_next_one_waits(staff: AsyncClient, sender: Sender) -> None:
    async with a_receiver(says("500 Oops")) as receiver, a_receiver(None) as parallel:
        await a_webhook(staff, receiver.url, ordered=True)
        await a_webhook(staff, parallel.url)
        await happened(*["order.placed"] * 6)
        now, dispatcher = utcnow(), Dispatcher(sender)
        await dispatcher.take()
        await parallel.has(4)
        await dispatcher.take()
        parallel.released.set()
        await dispatcher.idle()
        await send_all(sender, now + SECOND)
        assert receiver.sequences() == [1]
        receiver.answer = OK
        await send_all(sender, now + HOUR)

    assert receiver.sequences() == [1, 1, 2, 3, 4, 5, 6]
    assert receiver.most_at_once == 1
    assert sorted(parallel.sequences()) == [1, 2, 3, 4, 5, 6]
    assert parallel.most_at_once == 4


async def test_who_always_hangs_slows_nobody_else(staff: AsyncClient, sender: Sender) -> None:
    async with a_receiver(None) as hanging, a_receiver() as well:
        for _ in range(6):  # more than fit on their way at once
            await a_webhook(staff, hanging.url)
        await happened(*["order.placed"] * 10)
        await change("UPDATE webhooks SET failures = 3, failing_since = now()")
        await a_webhook(staff, well.url)
        await happened(*["order.paid"] * 10)
        dispatcher, stopping = Dispatcher(sender), asyncio.Event()
        working = asyncio.create_task(dispatcher.run(stopping))
        await well.has(10)
        await hanging.has(6)
        assert (hanging.most_at_once, hanging.at_once) == (6, 6)  # they have no answer yet
        stopping.set()
        hanging.released.set()
        await asyncio.wait_for(working, 120)

    assert sorted(well.sequences()) == list(range(1, 11))


async def test_two_workers_send_each_delivery_once(staff: AsyncClient, sender: Sender) -> None:
    async with a_receiver() as receiver, a_receiver() as ordered:
        await a_webhook(staff, receiver.url)
        await a_webhook(staff, ordered.url, ordered=True)
        await happened(*["order.placed"] * 40)
        workers = [Dispatcher(sender) for _ in range(4)]
        while len(receiver.got) + len(ordered.got) < 80:
            await asyncio.gather(*(each.take() for each in workers))
            await asyncio.gather(*(each.idle() for each in workers))
        assert await send_due(sender, utcnow()) == 0

    assert sorted(receiver.sequences()) == list(range(1, 41))
    assert ordered.sequences() == list(range(1, 41))
    assert (receiver.most_at_once <= 4, ordered.most_at_once) == (True, 1)


async def test_a_worker_that_dies_loses_nothing_and_one_that_is_late_spoils_nothing(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver() as receiver:
        made = await a_webhook(staff, receiver.url)
        await happened("order.placed")
        now = utcnow()
        (dead,) = await webhook_deliveries.lease(10, 10, now)
        assert await webhook_deliveries.lease(10, 10, now + 29 * SECOND) == []
        (heir,) = await webhook_deliveries.lease(10, 10, now + 31 * SECOND)
        late = Outcome(now, failure=Trouble.TIMEOUT)
        await webhook_deliveries.record(dead, late, now + 32 * SECOND)
        assert await webhook_deliveries.lease(10, 10, now + 33 * SECOND) == []
        outcome = await sender.send(heir, now)
        await webhook_deliveries.record(heir, outcome, now + 34 * SECOND)
        found = await tried(staff, made)

    assert (dead.attempt, heir.attempt, found["state"]) == (1, 2, "delivered")
    assert [it["trouble"] for it in found["tries"]] == ["timeout", None]
    assert len(receiver.got) == 1


async def test_a_secret_that_cannot_be_read_and_an_event_that_is_gone_are_said(
    staff: AsyncClient, sender: Sender, shop: Application
) -> None:
    async with a_receiver() as receiver:
        made = await a_webhook(staff, receiver.url)
        order = await happened("order.placed")
        with replace(shop.process, key=b"another secret of the shop, long enough").in_use():
            await send_all(sender, utcnow())
        unread = await tried(staff, made)
        await change("DELETE FROM events WHERE aggregate_id = %s", order)
        await send_all(sender, utcnow() + MINUTE)
        forgotten = await tried(staff, made)

    assert (unread["state"], unread["tries"][0]["trouble"]) == ("pending", "secret_unreadable")
    assert (forgotten["state"], forgotten["tries"][1]["trouble"]) == ("failed", "event_forgotten")
    assert receiver.got == []


async def test_the_relay_waits_for_no_member_of_staff(staff: AsyncClient, sender: Sender) -> None:
    async with a_receiver() as receiver:
        made = await a_webhook(staff, receiver.url)
        async with transaction() as session:
            claimed = UUID(made["id"])
            query = "SELECT 1 FROM webhooks WHERE id = %s FOR NO KEY UPDATE"
            await session.driver.execute(query, [claimed])
            await asyncio.wait_for(happened("order.placed"), 120)
            assert await send_due(sender, utcnow()) == 0  # whoever holds it is about to change it
        assert await send_due(sender, utcnow()) == 1


async def test_a_worker_sends_what_happens_and_stops_when_asked(
    staff: AsyncClient, settings: Settings
) -> None:
    await forget_jobs()
    stopping = asyncio.Event()
    private = {name: getattr(settings, name) for name in settings.__struct_fields__}
    chosen = Settings(**{**private, "webhooks_private": Switch.ON})
    async with a_receiver() as receiver:
        await a_webhook(staff, receiver.url)
        working = asyncio.create_task(worker.work(chosen, stopping))
        order = await happened("order.placed", aggregate_id=uuid4())
        await receiver.has_told_of(order)  # beside orders that other tests left to be settled
        stopping.set()
        await asyncio.wait_for(working, 120)

    assert receiver.about(order) == [1]
