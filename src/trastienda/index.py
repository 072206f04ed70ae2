"""Start here: how everything comes up, in this order, and goes down, in the opposite one."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from os import environ
from secrets import token_urlsafe

import msgspec

from trastienda import demonstration, folder, logs, serving, tls, welcome
from trastienda.database import embedded, migrations
from trastienda.jobs import worker
from trastienda.processes import child, stopped_by_signals
from trastienda.settings import Settings

Say = Callable[[str], None]
"""How the user hears one line."""


def up(given: Settings, say: Say, *, demo: bool = False) -> None:
    """Run a whole node until somebody stops it."""
    with stopped_by_signals():
        here = prepared(given)
        serving.probe(here)
        serving.preload()
        with database(here, say) as settings:
            migrations.upgrade(direct(settings))
            demo = demo and demonstration.ready(settings, say)
            material = tls.ready(settings)
            with jobs(), redirects(settings):
                hello = partial(welcome.summary, settings, material, demo=demo)
                serving.serve(settings, material, hello)
    say("Stopped.")


def serve(given: Settings, say: Say) -> None:
    """Run the web workers alone, on a database that somebody else migrates."""
    with stopped_by_signals():
        here = prepared(given)
        serving.probe(here)
        with database(here, say) as settings, redirects(settings):
            migrations.await_others(direct(settings), settings.database_wait, say)
            hello = partial(say, f"Serving {settings.url}")
            serving.serve(settings, tls.ready(settings), hello)


def work(given: Settings, say: Say) -> None:
    """Run the job worker until somebody stops it."""
    with stopped_by_signals(), database(prepared(given), say) as settings:
        migrations.await_others(direct(settings), settings.database_wait, say)
        asyncio.run(worker.run(settings))


def migrate(given: Settings, say: Say) -> None:
    """Bring the database up to date and leave it."""
    with database(prepared(given), say) as settings:
        migrations.upgrade(direct(settings))


def prepared(settings: Settings) -> Settings:
    """Make the data folder and the secret, for the processes that we start as well."""
    data = folder.prepare(settings.data)
    secret = settings.secret or folder.once(data / "secret", partial(token_urlsafe, 32))
    logs.configure(settings)
    return published(msgspec.structs.replace(settings, data=data, secret=secret))


@contextmanager
def database(settings: Settings, say: Say) -> Iterator[Settings]:
    """Use the database of the settings or the embedded one, and wait until it answers."""
    if settings.database_url:
        migrations.wait(direct(settings), settings.database_wait, say)
        yield settings
        return
    with embedded.running(settings.data) as server:
        if server.note:
            say(server.note)
        migrations.wait(server.url, settings.database_wait, say)
        yield published(msgspec.structs.replace(settings, database_url=server.url))


def direct(settings: Settings) -> str:
    """Return the URL for what a session must hold, which PgBouncer cannot: locks and LISTEN."""
    return settings.database_direct_url or settings.database_url or ""


def jobs() -> AbstractContextManager[None]:
    return child("job worker", "trastienda.jobs")


def redirects(settings: Settings) -> AbstractContextManager[None]:
    return child("redirects", "trastienda.redirects") if settings.http_port else nullcontext()


def published(settings: Settings) -> Settings:
    """Put the settings into the environment, where every process that we start reads them."""
    values = msgspec.to_builtins(settings, enc_hook=str)
    environ.update({name: str(value) for name, value in values.items() if value is not None})
    return settings
