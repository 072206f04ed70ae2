"""What one client may hold of a worker at once, told without a network."""

import asyncio
from typing import Any

import pytest
from httpx import Response as Answer
from litestar import Response, Router, get
from support.probes import SETTINGS, SILENCE, a_client, probed, problem, speak

from trastienda.application import guarded, shop
from trastienda.middlewares.answers import sending
from trastienda.middlewares.requests import concurrency
from trastienda.middlewares.requests.validation import HungUp
from trastienda.settings import Settings, Switch

LONG = b"0123456789abcdef" * 20_000


class Waits:
    """An application in which requests wait until they are let go."""

    def __init__(self, settings: Settings) -> None:
        self.begun, self.go = 0, asyncio.Event()

        @get()
        async def wait() -> None:
            self.begun += 1
            await self.go.wait()

        self.app = guarded(
            shop(settings, routes=[Router("/wait", route_handlers=[wait])]), settings
        )

    async def filled(self, group: asyncio.TaskGroup, **headers: str) -> list[asyncio.Task[Answer]]:
        """Have as many requests of one client as there may be."""
        before = self.begun
        client = a_client(self.app, **headers)
        tasks = [group.create_task(client.get("/wait")) for _ in range(concurrency.MOST)]
        async with asyncio.timeout(60):
            while self.begun < before + concurrency.MOST:  # noqa: ASYNC110 - a counter wakes nobody
                await asyncio.sleep(0)
        return tasks


async def test_a_client_has_so_many_requests_at_once() -> None:
    waits = Waits(SETTINGS)
    async with asyncio.TaskGroup() as group:
        tasks = await waits.filled(group)
        refused = await a_client(waits.app).get("/wait")
        waits.go.set()
    again = await a_client(waits.app).get("/wait")

    assert problem(refused)["type"] == "/problems/too-many-at-once"
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert {task.result().status_code for task in tasks} == {200}
    assert again.status_code == 200


async def test_behind_a_proxy_clients_are_told_apart() -> None:
    waits = Waits(Settings(secret="s" * 32, behind_proxy=Switch.ON))
    forwarded = {"x-forwarded-for": "198.51.100.1"}
    async with asyncio.TaskGroup() as group:
        await waits.filled(group, **forwarded)
        refused = await a_client(waits.app, **forwarded).get("/wait")
        waits.go.set()
        other = await a_client(waits.app, **{"x-forwarded-for": "198.51.100.2"}).get("/wait")

    assert (refused.status_code, other.status_code) == (429, 200)


async def test_long_answers_go_out_in_pieces_with_every_header() -> None:
    @get()
    async def read() -> Response[bytes]:
        return Response(LONG, media_type="application/octet-stream")

    long = Router("/long", route_handlers=[read])
    app = guarded(shop(SETTINGS, routes=[long]), SETTINGS)

    start, *pieces = await speak(app, method="GET", path="/long")

    headers = dict(start["headers"])
    assert headers[b"content-length"] == b"320000"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"".join(piece["body"] for piece in pieces) == LONG
    assert [len(piece["body"]) for piece in pieces] == [8_192] * 39 + [512]
    assert [piece["more_body"] for piece in pieces] == [True] * 39 + [False]


async def test_a_client_that_takes_no_piece_is_given_up() -> None:
    sent = []

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI
        sent.append(message["type"])
        if len(sent) == 3:
            await asyncio.Event().wait()

    async def app(_scope: Any, _receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": LONG, "more_body": False})

    served: Any = sending.in_pieces(0.01)(app)
    with pytest.raises(HungUp):
        await served({"type": "http"}, None, send)

    assert len(sent) == 3


@pytest.mark.parametrize(("version", "closes"), [("1.1", [b"close"]), ("2", [])])
async def test_a_body_that_does_not_arrive_is_refused_in_time(
    version: str, closes: list[bytes]
) -> None:
    app = probed(Settings(secret="s" * 32, client_deadline=0))
    half = {"type": "http.request", "body": b"{", "more_body": True}
    json = (b"content-type", b"application/json")

    start, body = await speak(app, [json], [half, SILENCE], http_version=version)

    assert start["status"] == 408
    assert [value for name, value in start["headers"] if name == b"connection"] == closes
    assert b'"/problems/body-too-slow"' in body["body"]
