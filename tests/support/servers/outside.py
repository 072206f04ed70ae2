"""Services outside, as a test needs them: a real server that does what it is told."""

import json
from asyncio import Event, IncompleteReadError, StreamReader, StreamWriter, start_server
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

Heard = Callable[[], Awaitable[None]]


class Outside:
    """Answers every path by its `answers`; a path without one hangs until the end."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.headers: list[dict[str, str]] = []
        self.port = 0
        self.over = Event()
        self.heard: Heard | None = None
        """What to do while somebody waits."""

    def questions(self, path: str) -> list[dict[str, Any]]:
        return [question for asked, question in self.asked if asked == path]

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            await self._one(reader, writer)
        except (ConnectionError, IncompleteReadError):
            pass  # who asked has hung up
        finally:
            writer.close()

    async def _one(self, reader: StreamReader, writer: StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(it.lower().split(": ", 1) for it in head[1:] if it)
        body = await reader.readexactly(int(headers["content-length"]))
        path = head[0].split()[1]
        self.asked.append((path, json.loads(body)))
        self.headers.append(headers)
        if self.heard:
            await self.heard()
        if path not in self.answers:
            await self.over.wait()
            return
        status, answer = self.answers[path]
        text = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        lines = f"HTTP/1.1 {status} X\r\nContent-Length: {len(text)}\r\nConnection: close\r\n\r\n"
        writer.write(lines.encode() + text)
        await writer.drain()


@asynccontextmanager
async def an_outside() -> AsyncIterator[Outside]:
    mine = Outside()
    server = await start_server(mine.serve, "127.0.0.1", 0)
    mine.port = server.sockets[0].getsockname()[1]
    try:
        yield mine
    finally:
        mine.over.set()
        server.close()
        await server.wait_closed()
