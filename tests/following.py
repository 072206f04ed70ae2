"""Those who follow events: readers of the feed, and of a stream that has no end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from httpx import AsyncClient
from litestar.types import ASGIApp
from people import HERE

FEED = "/v1/admin/events"


async def everything(
    client: AsyncClient, after: int = 0, types: str | None = None, limit: int = 500
) -> list[dict[str, Any]]:
    """Read the feed to its end, as a consumer that starts somewhere."""
    events: list[dict[str, Any]] = []
    more = True
    while more:
        asked = {"after": after, "limit": limit, **({"types": types} if types else {})}
        answer = await client.get(FEED, params=asked)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        events += page["items"]
        after, more = page["next_after"], page["more"]
    return events


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
        """Return each frame's fields; comments have an empty name."""
        return [
            dict(reversed(line.partition(": ")[::2]) if False else line.split(": ", 1)
                 for line in frame.splitlines() if not line.startswith(":"))
            for frame in self.raw.decode().split("\n\n")
            if frame
        ]

    @property
    def events(self) -> list[dict[str, str]]:
        return [frame for frame in self.frames if "data" in frame]

    async def until(self, enough: Any) -> None:  # noqa: ANN401 - a question
        """Wait until what came is enough."""
        async with asyncio.timeout(20):
            while not enough():
                self._came.clear()
                await self._came.wait()


@asynccontextmanager
async def a_stream(
    app: ASGIApp, client: AsyncClient, query: str = "", method: str = "GET", **headers: str
) -> AsyncIterator[Frames]:
    """Open the stream as this client would; httpx would wait for its end."""
    request = client.build_request(method, f"{HERE}{FEED}/stream?{query}", headers=headers)
    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "2",
        "method": method,
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
        await frames.until(lambda: frames.status)
        yield frames
    finally:
        frames.left.set()
        with suppress(Exception):
            await asyncio.wait_for(task, 20)
