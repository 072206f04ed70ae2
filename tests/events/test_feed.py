"""The feed: in order, nothing skipped, nothing doubled, and enough to know what the shop knows."""

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack, ExitStack, closing
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.applications import holding
from support.background import ask, change, relay_all
from support.events.readers import FEED, a_stream, everything, happen, retold, the_end, until
from support.people import a_browser, a_customer, a_program
from support.products import a_cart_to_order, a_product, a_sku_for_sale, an_order, check_out

from trastienda.application import Application
from trastienda.controllers.events import initial_state
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.handlers.shared import streams
from trastienda.schemas.shared.actor import Actor, ActorKind
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events, listener
from trastienda.services.events.listener import EventListener
from trastienda.services.events.types import ORDER_PLACED


async def trade(staff: AsyncClient, buyer: AsyncClient) -> None:
    """Order, cancel, pay, send, be declined, move stock and delete, as a shop does in a day."""
    sku = await a_sku_for_sale(staff, stock=20)
    orders = [await an_order(staff, buyer) for _ in range(3)]
    paid = await an_order(staff, buyer, "test")
    cart = await a_cart_to_order(buyer, **{sku: 3})
    declined = await check_out(buyer, cart["id"], "test", token="decline")
    assert declined.status_code == 402
    again = await check_out(buyer, cart["id"], "test", token="ok")
    assert again.status_code == 201
    path = "/v1/admin/orders"
    some = {"lines": [{"line_id": paid["lines"][0]["id"], "quantity": 1}]}
    gone = await a_product(staff, stock=4)
    answers = [
        await staff.post(f"{path}/{orders[0]['id']}/cancel"),
        await staff.post(f"{path}/{orders[1]['id']}/capture"),
        await staff.post(f"{path}/{paid['id']}/fulfilments", json=some),
        await staff.post(f"{path}/{paid['id']}/fulfilments", json=some),
        await staff.post(
            f"/v1/admin/stock/{sku}/movements", json={"quantity": 7, "reason": "received"}
        ),
        await staff.post(
            f"/v1/admin/stock/{sku}/movements", json={"quantity": -2, "reason": "damaged"}
        ),
        await staff.delete(f"/v1/admin/products/{gone['id']}"),
    ]
    assert {answer.status_code // 100 for answer in answers} == {2}, [it.text for it in answers]


async def test_who_reads_from_nothing_to_the_end_knows_every_order_and_all_stock(
    empty_shop: ASGIApp,
) -> None:
    staff = await a_program(empty_shop, Role.OWNER)
    await trade(staff, a_browser(empty_shop))
    await relay_all()
    orders: dict[str, Any] = {}
    stock: dict[tuple[str, str], list[int]] = {}
    for event in await everything(staff, limit=97):
        told = event["data"]
        if event["aggregate"] == "order":
            orders[event["aggregate_id"]] = told
        elif event["type"] == "stock.changed":
            place = told["variant_id"], told["location"]
            stock[place] = [told["on_hand"], told["reserved"]]
        elif event["type"] == "stock.gone":
            del stock[told["variant_id"], told["location"]]

    rows = await ask(
        "SELECT id::text, number::text, status, payment_status, fulfilment_status, version, total,"
        " email FROM orders"
    )
    facts = ("number", "status", "payment_status", "fulfilment_status", "version")
    assert {
        key: (*(order[it] for it in facts), order["totals"]["total"], order["email"])
        for key, order in orders.items()
    } == {key: tuple(rest) for key, *rest in rows}
    lines = await ask(
        "SELECT order_id::text, sku, quantity, fulfilled_quantity FROM order_lines ORDER BY 1, 2"
    )
    assert (
        sorted(
            (key, line["sku"], line["quantity"], line["fulfilled_quantity"])
            for key, order in orders.items()
            for line in order["lines"]
        )
        == lines
    )
    levels = await ask(
        "SELECT variant_id::text, locations.code, on_hand, reserved FROM stock"
        " JOIN locations ON locations.id = location_id"
    )
    assert stock == {(variant, place): level for variant, place, *level in levels}
    assert len(levels) > 3
    state = await retold(staff)
    for aggregate, path in (("location", "locations"), ("tax_class", "tax-classes")):
        there = (await staff.get(f"/v1/admin/{path}")).json()["items"]
        assert state[aggregate] == {it["id"]: it for it in there}
    assert {it["code"] for it in state["tax_class"].values()} == {"reduced", "standard"}
    assert [*state["channel"].values()] == [(await staff.get("/v1/admin/channel")).json()]


async def test_what_is_there_already_is_told_once_however_many_start_and_change_it(
    staff: AsyncClient,
) -> None:
    start = await the_end(staff)
    ids = [str(uuid4()) for _ in range(8)]
    for id_ in ids:
        await change(
            "INSERT INTO locations (id, code, name, position, version)"
            " VALUES (%s, %s, 'Attic', 9, 1)",
            id_,
            f"attic-{id_}",
        )
    path, patch = "/v1/admin/locations", {"name": "Cellar"}
    answers = await asyncio.gather(
        *(initial_state.record(Context(utcnow())) for _ in range(3)),
        *(staff.patch(f"{path}/{id_}", json=patch) for id_ in ids),
        *(initial_state.record(Context(utcnow())) for _ in range(3)),
    )
    await the_end(staff)
    told = await everything(staff, start)

    assert {it.status_code for it in answers if it is not None} == {200}
    for id_ in ids:
        *first, last = [it for it in told if it["aggregate_id"] == id_]
        assert last["data"] == (await staff.get(f"{path}/{id_}")).json()
        assert last["data"]["name"] == "Cellar"
        assert [it["type"] for it in first] in ([], ["location.created"])
        assert (await staff.delete(f"{path}/{id_}")).status_code == 204


async def test_positions_and_sequences_have_no_gap_and_are_in_order(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    start = await the_end(staff)
    await trade(staff, buyer)
    end = await the_end(staff)
    told = await everything(staff, start, limit=7)

    assert [event["position"] for event in told] == list(range(start + 1, end + 1))
    each = defaultdict(list)
    for event in told:
        each[event["aggregate_id"]].append(event["sequence"])
    assert all(
        numbers == list(range(numbers[0], numbers[0] + len(numbers))) for numbers in each.values()
    )
    assert {event["actor"]["type"] for event in told} == {"key", "guest"}


async def test_an_event_is_the_same_by_its_id_and_404_before_it_has_its_place(
    staff: AsyncClient,
) -> None:
    start = await the_end(staff)
    mine = await happen("order.placed")
    ((event_id,),) = await ask("SELECT id::text FROM events WHERE aggregate_id = %s", mine)
    early = await staff.get(f"{FEED}/{event_id}")
    await relay_all()
    (told,) = await everything(staff, start)

    assert (early.status_code, early.json()["type"]) == (404, "/problems/event-not-found")
    assert (await staff.get(f"{FEED}/{event_id}")).json() == told
    assert (told["id"], told["aggregate_id"], told["schema_version"]) == (event_id, mine, 1)
    assert told["actor"] == {"type": "system", "id": None}


async def test_types_are_exact_or_all_of_a_kind_and_the_position_moves_past_the_others(
    staff: AsyncClient,
) -> None:
    start = await the_end(staff)
    mine = await happen("order.placed", "user.verified", "order.paid", "price_list.created")
    end = await the_end(staff)

    async def types(asked: str) -> list[str]:
        return [it["type"] for it in await everything(staff, start, asked, limit=1)]

    assert await types("order.*") == ["order.placed", "order.paid"]
    assert await types("price_list.*, order.paid") == ["order.paid", "price_list.created"]
    page = (await staff.get(FEED, params={"after": start, "types": "zone.*"})).json()
    assert page == {"items": [], "next_after": end, "more": False}
    first = (await staff.get(FEED, params={"after": start, "limit": 1})).json()
    assert (first["next_after"], first["more"]) == (start + 1, True)
    assert first["items"][0]["aggregate_id"] == mine


@pytest.mark.parametrize(
    ("status", "query", "fact"),
    [
        (422, {"types": "order.lost"}, ("event_type", "order.lost")),
        (422, {"types": "order.*,ord*"}, ("event_type", "ord*")),
        (422, {"types": "*"}, ("event_type", "*")),
        (422, {"types": "order.placed,"}, ("event_type", "")),
        (422, {"types": ".*"}, ("event_type", ".*")),
        (422, {"after": 10**14}, ("errors", None)),
        (400, {"after": -1}, ("errors", None)),
        (400, {"limit": 501}, ("errors", None)),
        (400, {"wait": 31}, ("errors", None)),
    ],
)
async def test_what_cannot_be_asked_is_named(
    staff: AsyncClient, status: int, query: dict[str, Any], fact: tuple[str, str | None]
) -> None:
    answer = await staff.get(FEED, params=query)
    stream = await staff.get(f"{FEED}/stream", params=query) if "types" in query else answer

    name, value = fact
    assert (answer.status_code, stream.status_code) == (status, status)
    assert value is None or answer.json()[name] == value
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(query))}"


async def test_an_answer_ends_after_two_megabytes_and_the_next_goes_on_there(
    staff: AsyncClient,
) -> None:
    start = await the_end(staff)
    for size in (900_000, 10, 1_200_000, 3_000_000, 20, 30):
        async with transaction() as session:
            what = {"text": "x" * size}
            await events.append(session, ORDER_PLACED, uuid4(), what, Context(utcnow()))
    end = await the_end(staff)

    async def page(after: int, **asked: Any) -> tuple[list[int], int, bool]:  # noqa: ANN401
        answer = (await staff.get(FEED, params={"after": after, "limit": 500, **asked})).json()
        sizes = [len(it["data"]["text"]) for it in answer["items"]]
        return sizes, answer["next_after"] - start, answer["more"]

    assert await page(start) == ([900_000, 10, 1_200_000], 3, True)
    assert await page(start + 3) == ([3_000_000], 4, True)
    assert await page(start + 4) == ([20, 30], 6, False)
    assert await page(start, types="order.*") == ([900_000, 10, 1_200_000], 3, True)
    assert await page(start + 1, limit=2) == ([10, 1_200_000], 3, True)
    assert await page(start + 4, limit=2) == ([20, 30], 6, False)
    assert [it["position"] for it in await everything(staff, start)] == [*range(start + 1, end + 1)]


async def test_what_commits_late_is_not_skipped_by_who_reads_meanwhile(staff: AsyncClient) -> None:
    start = await the_end(staff)
    late = uuid4()
    async with transaction() as session:
        await events.append(session, ORDER_PLACED, late, {}, Context(utcnow()))
        early = await happen("order.placed")
        await relay_all()
        page = (await staff.get(FEED, params={"after": start})).json()
    await relay_all()
    rest = (await staff.get(FEED, params={"after": page["next_after"]})).json()

    assert [it["aggregate_id"] for it in page["items"]] == [early]
    assert [it["aggregate_id"] for it in rest["items"]] == [str(late)]


async def test_a_long_poll_wakes_on_the_event_that_it_waits_for_and_on_no_other(
    staff: AsyncClient, statements: list[str]
) -> None:
    start = await the_end(staff)
    query: dict[str, str | int] = {"after": start, "types": "zone.*", "wait": 30}
    waiting = [asyncio.ensure_future(staff.get(FEED, params=query)) for _ in range(20)]
    await until(lambda: sum("scanned" in it for it in statements) == 20)
    await happen("order.placed")
    await relay_all()
    began = monotonic()
    mine = await happen("zone.created")
    await relay_all()
    pages = [(await it).json() for it in waiting]

    assert monotonic() - began < 25
    assert {it["items"][0]["aggregate_id"] for it in pages} == {mine}
    assert {(it["next_after"], len(it["items"])) for it in pages} == {(start + 2, 1)}


async def test_who_waits_for_nothing_gets_an_empty_answer_in_time(staff: AsyncClient) -> None:
    start = await the_end(staff)
    began = monotonic()
    answer = await staff.get(FEED, params={"after": start, "types": "zone.*", "wait": 1})

    assert 0.9 < monotonic() - began < 25
    assert answer.json() == {"items": [], "next_after": start, "more": False}


async def test_who_reads_events_leaves_connections_to_buyers(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with transaction() as session:
        await session.driver.execute("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE")
        reads = [asyncio.ensure_future(staff.get(FEED, params={"limit": 1})) for _ in range(30)]
        await until(streams.turns.locked)
        sold = await asyncio.wait_for(buyer.get("/v1/products"), 120)
        assert not any(read.done() for read in reads)
    answers = await asyncio.gather(*reads)

    assert sold.status_code == 200
    assert {answer.status_code for answer in answers} == {200}


async def test_only_so_many_may_wait_and_the_others_come_again(
    shop: Application, staff: AsyncClient
) -> None:
    start = await the_end(staff)
    with ExitStack() as taken:
        for _ in range(listener.MOST_WAITING):
            taken.enter_context(shop.process.listener.waiting(Actor(ActorKind.KEY, uuid4())))
        waits = await staff.get(FEED, params={"after": start, "wait": 30})
        streams = await staff.get(f"{FEED}/stream")
        reads = await staff.get(FEED, params={"after": start})

    assert (waits.status_code, streams.status_code, reads.status_code) == (503, 503, 200)
    assert waits.json()["type"] == "/problems/too-many-waiting"
    assert waits.headers["retry-after"] == "2"


async def test_no_key_takes_the_seats_of_the_others(shop: Application, staff: AsyncClient) -> None:
    start = await the_end(staff)
    query: dict[str, str | int] = {"after": start, "types": "zone.*", "wait": 30}
    greedy, other = [await a_program(shop, None, "events.read") for _ in range(2)]
    before = shop.process.listener.taken
    async with AsyncExitStack() as taken:
        for _ in range(listener.SHARE):
            await taken.enter_async_context(a_stream(shop, greedy))
        waits = await greedy.get(FEED, params=query)
        streams = await greedy.get(f"{FEED}/stream", headers={"Accept-Language": "es"})
        reads = await greedy.get(FEED, params={"after": start})
        async with a_stream(shop, other) as stream:
            assert stream.status == 200
    await until(lambda: shop.process.listener.taken == before)
    async with a_stream(shop, greedy) as again:
        assert again.status == 200

    assert (waits.status_code, streams.status_code, reads.status_code) == (429, 429, 200)
    assert waits.json()["type"] == "/problems/waiting-too-often"
    assert waits.json()["limit"] == listener.SHARE < listener.MOST_WAITING
    assert streams.json()["title"].startswith("Usted espera")


async def test_who_waits_is_sent_away_with_an_empty_answer_when_the_process_stops(
    staff: AsyncClient,
    shop: Application,
    settings: Any,  # noqa: ANN401
) -> None:
    start = await the_end(staff)
    with closing(EventListener(settings.database_url)) as mine, holding(shop, listener=mine):
        query: dict[str, str | int] = {"after": start, "types": "zone.*", "wait": 30}
        waiting = asyncio.ensure_future(staff.get(FEED, params=query))
        await until(lambda: mine.taken)
        began = monotonic()
        mine.close()
        answer = await waiting
        late = await staff.get(FEED, params=query)

    assert answer.json() == late.json() == {"items": [], "next_after": start, "more": False}
    assert monotonic() - began < 25


async def test_events_come_also_when_notifications_are_lost(
    shop: Application, staff: AsyncClient, statements: list[str]
) -> None:
    start = await the_end(staff)
    deaf = EventListener("postgresql://nobody@127.0.0.1:1/nowhere")
    with closing(deaf), holding(shop, listener=deaf):
        query: dict[str, str | int] = {"after": start, "types": "zone.*", "wait": 30}
        waiting = asyncio.ensure_future(staff.get(FEED, params=query))
        await until(lambda: any("scanned" in it for it in statements))
        mine = await happen("zone.created")
        await relay_all()
        page = (await waiting).json()

    assert [it["aggregate_id"] for it in page["items"]] == [mine]


async def test_only_who_has_the_scope_reads_what_happened(
    shop: ASGIApp, buyer: AsyncClient
) -> None:
    customer, other = await a_customer(shop), await a_program(shop, None, "orders.read")
    for path in (FEED, f"{FEED}/stream", f"{FEED}/{uuid4()}"):
        codes = [(await it.get(path)).status_code for it in (buyer, customer, other)]
        assert codes == [401, 403, 403]
    async with await a_program(shop, None, "events.read") as reader:
        assert (await reader.get(FEED)).status_code == 200
