"""Work that was leased ends when a worker stops."""

import asyncio
from contextlib import suppress

from trastienda.jobs.leases import Leases, Taken


async def test_work_that_loses_a_cancellation_is_cancelled_again() -> None:
    """As `asyncio.wait_for` of Python 3.11 does, if what it waits for ends at the same moment."""
    ended: list[str] = []

    async def work() -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("it")

    async def taken(_: int) -> Taken:
        return Taken([work()], more=False)

    leases = Leases("work", 1, taken)
    assert await leases.take() == 1
    await asyncio.sleep(0)
    await leases.idle(patience=0)

    assert ended == ["it"]
