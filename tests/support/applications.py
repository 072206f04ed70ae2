"""Run an application's lifespan around a block, as a server does, also on a new database."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from trastienda import application
from trastienda.application import Application
from trastienda.database.db import Database
from trastienda.postgres import embedded
from trastienda.process import Process
from trastienda.settings import Settings

TEMPLATE = "only_copied"
"""A database that is only copied: that takes a tenth of what the migrations take."""
SECRET = "not a secret, only long enough for one"


@asynccontextmanager
async def alive(app: Application) -> AsyncIterator[None]:
    """Start and stop it in one task of its own, as the framework demands.

    Meanwhile controllers that are called from here work with what it holds.
    """
    asked: asyncio.Queue[Any] = asyncio.Queue()
    told: asyncio.Queue[Any] = asyncio.Queue()
    scope: Any = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    task = asyncio.ensure_future(app(scope, asked.get, told.put))
    try:
        await _step("startup", task, asked, told)
        with app.process.in_use():
            yield
    finally:
        await _step("shutdown", task, asked, told)
        await task


@asynccontextmanager
async def an_empty_shop(
    server: embedded.Embedded, data: Path, *, has_worker: bool = False
) -> AsyncIterator[Application]:
    """Open a shop on a new database; until it closes, controllers work on that one."""
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER trastienda TEMPLATE {TEMPLATE}")
        url = server.url.replace("/trastienda?", f"/{name}?")
        settings = Settings(database_url=url, secret=SECRET, data=data)
        app = application.create(settings, Database(url, 20), has_worker=has_worker)
        async with alive(app):
            yield app
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def holding(app: Application, **parts: object) -> Iterator[Process]:
    """Let a shop that is alive hold other parts than it opened, until the block ends."""
    before = app.process
    app.state["process"] = replace(before, **parts)  # type: ignore[arg-type]  # of the fields' types
    try:
        with app.process.in_use() as process:
            yield process
    finally:
        app.state["process"] = before


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
