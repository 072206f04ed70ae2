"""A real HTTP server that takes webhooks as receivers do: well, badly, late, or never."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

LATE = 0.2  # seconds


class Receiver:
    """What was received at each path, in order; until `well` it fails, hangs and is late."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.well = chance, False
        self.received: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self.failed = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split()[1]
            pairs = (line.split(": ", 1) for line in head[1:] if line)
            headers = {name.lower(): value for name, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            fate = 1.0 if self.well else self.chance.random()
            if fate < 0.03:
                await reader.read()  # never an answer: until they hang up
            elif fate < 0.15:
                self.failed += 1
                await self._answer(writer, 503)
            else:
                if fate < 0.3:
                    await asyncio.sleep(LATE)
                what = (headers["webhook-id"], json.loads(body))
                self.received.setdefault(path, []).append(what)
                await self._answer(writer, 204)
        writer.close()

    async def _answer(self, writer: asyncio.StreamWriter, status: int) -> None:
        writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()


@asynccontextmanager
async def receiving(receiver: Receiver) -> AsyncIterator[str]:
    """Listen on loopback; give the address."""
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
