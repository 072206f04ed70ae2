"""Run an application's lifespan around a block, as a server does, also on a new database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from litestar.types import ASGIApp

from trastienda import application
from trastienda.database import embedded
from trastienda.database.db import Database, reading
from trastienda.lifespan import REFRESHING
from trastienda.services import channels
from trastienda.settings import Settings

TEMPLATE = "only_copied"
"""A database that is only copied: that takes a tenth of what the migrations take."""
SECRET = "not a secret, only long enough for one"


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


@asynccontextmanager
async def an_empty_shop(server: embedded.Embedded, data: Path) -> AsyncIterator[ASGIApp]:
    """Open a shop on a new database; until it closes, controllers work on that one."""
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER trastienda TEMPLATE {TEMPLATE}")
        url = server.url.replace("/trastienda?", f"/{name}?")
        settings = Settings(database_url=url, secret=SECRET, data=data)
        app = application.create(settings, Database(url, 20))
        async with alive(app):
            yield app
        async with REFRESHING, reading() as session:
            await channels.refresh(session)  # those of the shop before
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


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
