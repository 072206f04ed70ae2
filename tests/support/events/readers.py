"""Those who follow events: readers of the feed, and of a stream that has no end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, relay_all
from support.people import HERE

from trastienda.database.db import transaction, utcnow
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events.types import CATALOGUE

FEED = "/v1/admin/events"


async def everything(
    client: AsyncClient, after: int = 0, types: str | None = None, limit: int = 500
) -> list[dict[str, Any]]:
    """Read the feed to its end, as a consumer that starts somewhere."""
    events: list[dict[str, Any]] = []
    more = True
    while more:
        asked: dict[str, str | int] = {"after": after, "limit": limit}
        asked |= {"types": types} if types else {}
        answer = await client.get(FEED, params=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        events += page["items"]
        after, more = page["next_after"], page["more"]
    return events


async def retold(client: AsyncClient) -> dict[str, dict[str, Any]]:
    """Read all events; return by aggregate and id what the last of each tells."""
    state: dict[str, dict[str, Any]] = {}
    for event in await everything(client):
        state.setdefault(event["aggregate"], {})[event["aggregate_id"]] = event["data"]
    return state


async def until(true: Callable[[], object]) -> None:
    """Let others work until it holds."""
    async with asyncio.timeout(120):
        while not true():  # noqa: ASYNC110 - nobody tells us
            await asyncio.sleep(0.002)


class Frames:
    """What came on a stream, as a browser would understand it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.status = 0
        self.headers: dict[str, str] = {}
        self.raw = b""
        self.over = asyncio.Event()
        self.left = asyncio.Event()
        self._came = asyncio.Event()
        self._asked = False

    async def receive(self) -> Any:  # noqa: ANN401 - ASGI
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:  # noqa: ANN401 - ASGI
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): text.decode() for name, text in message["headers"]}
        else:
            self.raw += message["body"]
            if not message.get("more_body"):
                self.over.set()
        self._came.set()

    @property
    def frames(self) -> list[dict[str, str]]:
        """Return the fields of each frame, without comments."""
        texts = self.raw.decode().split("\n\n")[:-1]
        lines = ([it for it in text.split("\n") if not it.startswith(":")] for text in texts)
        return [dict(line.split(": ", 1) for line in frame) for frame in lines]

    @property
    def events(self) -> list[dict[str, str]]:
        return [frame for frame in self.frames if "data" in frame]

    async def until(self, enough: Callable[[], object]) -> None:
        """Wait until what came is enough."""
        async with asyncio.timeout(120):
            while not enough():
                self._came.clear()
                await self._came.wait()


@asynccontextmanager
async def a_stream(
    app: ASGIApp, client: AsyncClient, query: str = "", **headers: str
) -> AsyncIterator[Frames]:
    """Open the stream as this client would, and leave it after the block."""
    async with an_answer(app, client, f"{FEED}/stream?{query}", **headers) as frames:
        await frames.until(lambda: frames.status)
        yield frames


@asynccontextmanager
async def an_answer(
    app: ASGIApp, client: AsyncClient, path: str, **headers: str
) -> AsyncIterator[Frames]:
    """Ask as this client would, without waiting for the end as httpx does."""
    request = client.build_request("GET", f"{HERE}{path}", headers=headers)
    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "2",
        "method": "GET",
        "scheme": "https",
        "path": request.url.path,
        "raw_path": request.url.raw_path.partition(b"?")[0],
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("10.9.9.9", 1),
        "server": ("localhost", 8443),
        "state": {},
    }
    frames = Frames()
    task = asyncio.ensure_future(app(scope, frames.receive, frames.send))
    try:
        yield frames
    finally:
        frames.left.set()
        await asyncio.wait_for(task, 120)


async def tells_all_that_is_listed(staff: AsyncClient, told: dict[str, dict[str, Any]]) -> None:
    """Compare what events have told with what staff's lists show."""
    for aggregate, path in (
        ("category", "categories"),
        ("shipping_option", "shipping-options"),
        ("location", "locations"),
        ("tax_class", "tax-classes"),
    ):
        there = (await staff.get(f"/v1/admin/{path}")).json()["items"]
        assert told[aggregate] == {it["id"]: it for it in there}


async def the_end(staff: AsyncClient) -> int:
    await relay_all()
    ((last,),) = await ask("SELECT last FROM outbox")
    return int(last)


async def happen(*types: str) -> str:
    """Let these happen to something new; return what."""
    aggregate_id = uuid4()
    for type_ in types:
        async with transaction() as session:
            await events.append(session, CATALOGUE[type_], aggregate_id, {}, Context(utcnow()))
    return str(aggregate_id)
