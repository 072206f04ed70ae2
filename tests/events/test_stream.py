"""The stream: what happens is told at once, to those who may know, for as long as they listen."""

import asyncio
import json
from contextlib import closing
from functools import partial
from typing import Any

import pytest
from httpx import AsyncClient
from litestar import Request
from litestar.types import ASGIApp
from support.applications import holding
from support.background import ask, change, relay_all
from support.events.readers import (
    FEED,
    Frames,
    a_stream,
    an_answer,
    everything,
    happen,
    the_end,
    until,
)
from support.people import HERE, a_member_of_staff, a_program

from trastienda.application import Application
from trastienda.controllers.accounts import keys
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.handlers.events.events import SCOPE
from trastienda.handlers.shared.streams import EventStream, Pace, Subscriber
from trastienda.middlewares.identity.access import still_allowed
from trastienda.middlewares.requests.validation import HungUp
from trastienda.schemas.shared.actor import SYSTEM
from trastienda.services.events.listener import EventListener
from trastienda.settings import Settings

QUICK = Pace(beat=0.05, check=0.05, stall=1.0)


async def allowed() -> bool:
    return True


async def test_a_stream_tells_what_happens_from_now_on_as_the_feed_does(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    await happen("order.placed")
    start = await the_end(staff)
    async with a_stream(shop, staff, "types=zone.*,order.paid") as stream:
        mine = await happen("order.placed", "order.paid")
        await relay_all()
        await stream.until(lambda: len(stream.events) == 1)
        other = await happen("zone.created")
        await relay_all()
        await stream.until(lambda: len(stream.events) == 2)

    assert (stream.status, stream.headers["content-type"]) == (
        200,
        "text/event-stream; charset=utf-8",
    )
    assert stream.headers["cache-control"] == "no-store"
    assert stream.frames[0] == {"retry": "2000", "id": str(start)}
    paid, zone = stream.events
    assert (paid["id"], paid["event"]) == (str(start + 2), "order.paid")
    assert (zone["id"], zone["event"]) == (str(start + 3), "zone.created")
    told = [json.loads(paid["data"]), json.loads(zone["data"])]
    assert told == (await everything(staff, start))[1:]
    assert [it["aggregate_id"] for it in told] == [mine, other]


async def test_a_stream_goes_on_after_the_last_event_that_was_seen(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    start = await the_end(staff)
    mine = [await happen("order.placed") for _ in range(130)]
    await relay_all()
    async with a_stream(shop, staff, f"after={start + 100}") as by_address:
        await by_address.until(lambda: len(by_address.events) == 30)
    seen = {"Last-Event-ID": str(start + 3)}
    async with a_stream(shop, staff, f"after={start + 100}", **seen) as stream:
        await stream.until(lambda: len(stream.events) == 127)

    ids = [json.loads(it["data"])["aggregate_id"] for it in stream.events]
    assert sorted(ids) == sorted(mine[3:])
    assert [int(it["id"]) for it in stream.events] == list(range(start + 4, start + 131))
    assert [it["id"] for it in by_address.events] == [it["id"] for it in stream.events[97:]]


async def test_a_place_that_is_none_is_refused(staff: AsyncClient) -> None:
    far = await staff.get(f"{FEED}/stream", headers={"last-event-id": str(10**14)})
    odd = await staff.get(f"{FEED}/stream", headers={"last-event-id": "last week"})
    none = await staff.get(f"{FEED}/stream", headers={"last-event-id": "null"})

    assert (far.status_code, far.json()["type"]) == (422, "/problems/position-unknown")
    assert (odd.status_code, none.status_code) == (400, 400)
    assert none.json()["errors"][0]["source"] == "header"


async def test_who_asks_for_the_headers_of_a_stream_gets_them_alone(staff: AsyncClient) -> None:
    answer = await staff.head(f"{FEED}/stream")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


async def test_a_quiet_stream_beats_and_says_where_it_is(
    shop: Application, staff: AsyncClient
) -> None:
    start = await the_end(staff)
    quick = EventStream(
        ["zone.created"], start, Subscriber(shop.process.listener, SYSTEM, allowed), QUICK
    )
    async with a_stream(quick, staff) as stream:
        await happen("order.placed")
        await relay_all()
        await stream.until(lambda: f": still here\nid: {start + 1}\n\n".encode() in stream.raw)

    assert stream.events == []


def beats(stream: Frames, count: int) -> bool:
    return stream.raw.count(b": still here") >= count


def watched(shop: Application, client: AsyncClient, start: int) -> EventStream:
    """Make a stream as the handler does for this client, which is looked at more often."""
    raw = client.build_request("GET", f"{HERE}{FEED}/stream").headers.raw
    scope: Any = {"type": "http", "headers": [(name.lower(), text) for name, text in raw]}
    subscriber = Subscriber(
        shop.process.listener, SYSTEM, partial(still_allowed, Request(scope), SCOPE)
    )
    return EventStream(None, start, subscriber, QUICK)


async def test_a_stream_ends_when_its_key_is_revoked_or_its_session_is_over(
    shop: Application, staff: AsyncClient
) -> None:
    program = await a_program(shop, None, SCOPE)
    person = await a_member_of_staff(shop, Role.OWNER)
    start = await the_end(staff)
    async with (
        a_stream(shop, person) as real,
        a_stream(watched(shop, program, start), program) as of_key,
        a_stream(watched(shop, person, start), person) as of_session,
    ):
        for stream in (of_key, of_session):
            await stream.until(partial(beats, stream, 4))
        await keys.revoke(program.headers["authorization"].split("_")[1], utcnow())
        await asyncio.wait_for(of_key.over.wait(), 120)
        assert not of_session.over.is_set()
        assert (await person.delete("/v1/session")).status_code == 204
        await asyncio.wait_for(of_session.over.wait(), 120)

    assert real.status == 200
    assert b"api_key.revoked" not in of_key.raw


async def test_to_watch_does_not_keep_a_session_alive(
    shop: Application, staff: AsyncClient
) -> None:
    person = await a_member_of_staff(shop, Role.OWNER)
    await shop.state["last_seen"].settled()
    await change("UPDATE sessions SET seen_at = seen_at - interval '5 minutes'")
    query = "SELECT max(seen_at) FROM sessions"
    before = await ask(query)
    async with a_stream(watched(shop, person, await the_end(staff)), person) as stream:
        await stream.until(partial(beats, stream, 6))
    await shop.state["last_seen"].settled()

    assert await ask(query) == before


async def test_who_takes_nothing_is_given_up_and_costs_one_batch(
    shop: Application, staff: AsyncClient, statements: list[str]
) -> None:
    start = await the_end(staff)
    for _ in range(120):
        await happen("order.placed")
    await relay_all()
    statements.clear()
    sent: list[bytes] = []

    async def takes_one(message: Any) -> None:  # noqa: ANN401 - ASGI
        sent.append(message.get("body", b""))
        if b"event: " in sent[-1]:
            await asyncio.Event().wait()

    nowhere: Any = {}  # a scope: it reads nothing there
    with pytest.raises(HungUp):
        await EventStream(None, start, Subscriber(shop.process.listener, SYSTEM, allowed), QUICK)(
            nowhere, Frames().receive, takes_one
        )

    assert sum("scanned" in it for it in statements) == 1
    assert sent[-1].count(b"data: ") == 50


async def test_who_leaves_gives_the_seat_back_also_while_waiting_at_the_feed(
    shop: Application, staff: AsyncClient
) -> None:
    start, before = await the_end(staff), shop.process.listener.taken
    poll = f"{FEED}?after={start}&types=zone.*&wait=30"
    async with a_stream(shop, staff) as stream, an_answer(shop, staff, poll) as waiting:
        await until(lambda: shop.process.listener.taken == before + 2)
    await until(lambda: shop.process.listener.taken == before)

    assert (stream.status, waiting.status) == (200, 0)


async def test_every_stream_ends_when_the_process_stops(
    shop: Application, staff: AsyncClient, settings: Settings
) -> None:
    with closing(EventListener(settings.database_url or "")) as ours, holding(shop, listener=ours):
        async with a_stream(shop, staff) as stream:
            await stream.until(lambda: stream.frames)
            ours.close()
            await asyncio.wait_for(stream.over.wait(), 120)

    assert stream.status == 200


async def test_a_stream_lasts_as_long_as_it_is_allowed(
    shop: Application, staff: AsyncClient
) -> None:
    asked = 0

    async def thrice() -> bool:
        nonlocal asked
        asked += 1
        return asked < 3

    subscriber = Subscriber(shop.process.listener, SYSTEM, thrice)
    async with a_stream(
        EventStream(None, await the_end(staff), subscriber, QUICK), staff
    ) as stream:
        await asyncio.wait_for(stream.over.wait(), 120)

    assert asked == 3
