"""What is between a payment provider and the shop, and does to webhooks what networks do."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

from httpx import AsyncClient, HTTPError

HELD = 4
"""Webhooks that are kept back until there are so many, and then come in reverse."""


class Letter(NamedTuple):
    """A webhook on its way."""

    path: str
    headers: dict[str, str]
    body: bytes


class Carrier:
    """Loses, refuses, doubles, reverses and delays webhooks, until it is `well`."""

    def __init__(self, chance: random.Random, client: Callable[[], AsyncClient]) -> None:
        self.chance, self._client, self.well = chance, client, False
        self.fates: Counter[str] = Counter()
        self._held: list[Letter] = []
        self._late: set[asyncio.Task[int]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            given = dict(line.split(": ", 1) for line in head[1:] if line)
            headers = {name.lower(): value for name, value in given.items()}
            body = await reader.readexactly(int(headers["content-length"]))
            kept = {it: headers[it] for it in ("test-signature", "content-type")}
            status = await self._carry(Letter(head[0].split()[1], kept, body))
            writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()
        writer.close()

    async def _carry(self, letter: Letter) -> int:
        """Decide about a webhook; return what its sender is told."""
        if self.well:
            return await self._deliver(letter)
        fates: dict[str, Callable[[Letter], Awaitable[int]]] = {
            "lost": self._lose,
            "refused": self._refuse,
            "doubled": self._double,
            "reversed": self._hold,
            "late": self._delay,
            "carried": self._deliver,
        }
        fate = self.chance.choice(list(fates))
        self.fates[fate] += 1
        return await fates[fate](letter)

    async def release(self) -> None:
        """Deliver all that is kept back, the last one first."""
        held, self._held = self._held, []
        for letter in reversed(held):
            await self._deliver(letter)
        await asyncio.gather(*self._late)

    async def _lose(self, _: Letter) -> int:
        return 200

    async def _refuse(self, _: Letter) -> int:
        return 503

    async def _double(self, letter: Letter) -> int:
        return max(await asyncio.gather(self._deliver(letter), self._deliver(letter)))

    async def _hold(self, letter: Letter) -> int:
        self._held.append(letter)
        if len(self._held) >= HELD:
            await self.release()
        return 200

    async def _delay(self, letter: Letter) -> int:
        async def later() -> int:
            await asyncio.sleep(self.chance.uniform(1, 5))
            return await self._deliver(letter)

        task = asyncio.create_task(later())
        self._late.add(task)
        task.add_done_callback(self._late.discard)
        return 200

    async def _deliver(self, letter: Letter) -> int:
        try:
            async with self._client() as client:
                answer = await client.post(letter.path, content=letter.body, headers=letter.headers)
        except (HTTPError, OSError):
            return 502
        return answer.status_code


@asynccontextmanager
async def carrying(carrier: Carrier, port: int) -> AsyncIterator[None]:
    server = await asyncio.start_server(carrier.serve, "127.0.0.1", port)
    try:
        yield
    finally:
        server.close()
