"""What a prepared statement costs this process: through the driver's cursor, and as we run it.

Two statements in turns, on one connection; the least of many small rounds. It makes a database
server of its own in `.work/statements`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID

import uvloop
from psycopg import AsyncRawCursor

from trastienda.database.db import Database, connected, prepared, reading
from trastienda.node import folder
from trastienda.postgres import embedded

PLACE = Path(__file__).parent / ".work/statements"
TIMES, ROUNDS = 200, 25
ONE = "SELECT $1::int + 1"
MANY = "SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[])"
LISTS: list[object] = [[UUID(int=1), UUID(int=2)], ["MUG-1", "MUG-2"], [1, 2]]
OURS_ONE = prepared("SELECT %(a)s::int + 1")
OURS_MANY = prepared("SELECT * FROM unnest(%(a)s::uuid[], %(b)s::text[], %(c)s::bigint[])")


async def least(run: Callable[[], Awaitable[object]]) -> float:
    """Return the processor µs of one, in the quickest round."""
    found = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for _ in range(TIMES):
            await run()
        found.append((time.process_time() - begun) / TIMES * 1e6)
        await asyncio.sleep(0)
    return min(found)


async def measured(url: str) -> None:
    async with connected(Database(url, 1)), reading() as session:
        cursor = AsyncRawCursor(session.driver)
        session.driver.prepare_threshold = 5

        async def theirs() -> None:
            await (await cursor.execute(ONE, [1], prepare=True, binary=True)).fetchall()
            await (await cursor.execute(MANY, LISTS, prepare=True, binary=True)).fetchall()

        async def ours() -> None:
            a, b, c = LISTS
            await OURS_ONE.rows(session, a=1)
            await OURS_MANY.rows(session, a=a, b=b, c=c)

        before, after = await least(theirs) / 2, await least(ours) / 2
        print(f"cursor {before:.0f} µs, ours {after:.0f} µs: {after / before:.2f}")


def main() -> None:
    with embedded.running(folder.prepare(PLACE)) as server:
        uvloop.run(measured(server.url))


if __name__ == "__main__":
    main()
