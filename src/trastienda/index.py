"""Start here: how everything starts, in this order, and stops, in the opposite one."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from os import environ
from pkgutil import resolve_name

import msgspec

from trastienda.database import migrations, naming, pooler
from trastienda.node import embedded, folder, logs, serving, tls, welcome
from trastienda.node.secret import kept
from trastienda.settings import Settings
from trastienda.system.processes import child, stopped_by_signals

Say = Callable[[str], None]
"""Shows the user one line."""
JOBS = "trastienda.jobs.worker:run"
"""By name, because a job worker loads what makes PDFs, which web workers have no use for: they
would share 50 MB of it."""
DEMONSTRATION = "trastienda.demo.shop:ready"
"""By name: only a start with `--demo` loads it."""


def up(given: Settings, say: Say, *, demo: bool = False) -> None:
    """Run a whole node until it is stopped."""
    with stopped_by_signals():
        here = prepared(given)
        serving.probe(here)
        serving.preload()
        with database(here, say) as settings:
            migrations.upgrade(direct(settings))
            demo = demo and resolve_name(DEMONSTRATION)(settings, say)
            material = tls.ready(settings)
            with jobs(), redirects(settings):
                hello = partial(welcome.summary, settings, material, demo=demo)
                serving.serve(settings, material, hello, has_worker=True)
    say("Stopped.")


def serve(given: Settings, say: Say) -> None:
    """Run the web workers alone, on a database that is migrated elsewhere."""
    with stopped_by_signals():
        here = prepared(given)
        serving.probe(here)
        with database(here, say) as settings, redirects(settings):
            migrations.await_others(direct(settings), settings.database_wait, say)
            hello = partial(say, f"Serving {settings.url}")
            serving.serve(settings, tls.ready(settings), hello)


def work(given: Settings, say: Say) -> None:
    """Run the job worker until it is stopped."""
    with stopped_by_signals(), database(prepared(given), say) as settings:
        migrations.await_others(direct(settings), settings.database_wait, say)
        asyncio.run(resolve_name(JOBS)(settings))


def migrate(given: Settings, say: Say) -> None:
    """Bring the database up to date and close it."""
    with database(prepared(given), say) as settings:
        migrations.upgrade(direct(settings))


def prepared(settings: Settings) -> Settings:
    """Create the data folder and the secret, also for the processes that we start."""
    data = folder.prepare(settings.data)
    secret = settings.secret or kept(data)
    logs.configure(settings)
    return published(msgspec.structs.replace(settings, data=data, secret=secret))


@contextmanager
def database(settings: Settings, say: Say) -> Iterator[Settings]:
    """Use the database of the settings or else the embedded one, and wait until it answers."""
    with naming.named_in_refusals(settings):
        if settings.database_url:
            migrations.wait(direct(settings), settings.database_wait, say)
            pooler.probe(settings.database_url)
            yield settings
            return
        with embedded.running(settings.data) as server:
            if server.note:
                say(server.note)
            migrations.wait(server.url, settings.database_wait, say)
            yield published(msgspec.structs.replace(settings, database_url=server.url))


def direct(settings: Settings) -> str:
    """Return the URL for what needs a session, which PgBouncer cannot give: locks and LISTEN."""
    return settings.database_direct_url or settings.database_url or ""


def jobs() -> AbstractContextManager[None]:
    return child("job worker", "trastienda.node.worker")


def redirects(settings: Settings) -> AbstractContextManager[None]:
    return (
        child("redirect server", "trastienda.node.redirects")
        if settings.http_port
        else nullcontext()
    )


def published(settings: Settings) -> Settings:
    """Put the settings into the environment, from which child processes read them."""
    values = msgspec.to_builtins(settings, enc_hook=str)
    environ.update({name: str(value) for name, value in values.items() if value is not None})
    return settings
