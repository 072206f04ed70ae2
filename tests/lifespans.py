"""Run an application's lifespan around a block, as a server does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar.types import ASGIApp


@asynccontextmanager
async def alive(app: ASGIApp) -> AsyncIterator[None]:
    """Start and stop it in one task of its own, as the framework demands."""
    asked: asyncio.Queue[Any] = asyncio.Queue()
    told: asyncio.Queue[Any] = asyncio.Queue()
    scope: Any = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    task = asyncio.ensure_future(app(scope, asked.get, told.put))
    try:
        await _step("startup", task, asked, told)
        yield
    finally:
        await _step("shutdown", task, asked, told)
        await task


async def _step(
    name: str, task: "asyncio.Future[None]", asked: "asyncio.Queue[Any]", told: "asyncio.Queue[Any]"
) -> None:
    await asked.put({"type": f"lifespan.{name}"})
    answer = asyncio.ensure_future(told.get())
    await asyncio.wait({task, answer}, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        answer.cancel()
        task.result()
        return
    assert answer.result()["type"] == f"lifespan.{name}.complete", answer.result()
