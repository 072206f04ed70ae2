"""The job worker: one process beside the web workers, for everything that is not a request."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from trastienda.database.db import Database
from trastienda.database.listening import listen
from trastienda.errors import Unavailable
from trastienda.jobs import carts as left_carts
from trastienda.jobs import events, mail, payments, simulated_payments, sweeps
from trastienda.jobs.accounts import passwords
from trastienda.jobs.clock import every
from trastienda.jobs.lanes import Lanes, quiet
from trastienda.jobs.ledger import reports
from trastienda.jobs.mail import Mailer
from trastienda.jobs.orders import draft_orders, gift_cards, returns
from trastienda.jobs.orders import links as order_links
from trastienda.jobs.orders import unpaid as unpaid_orders
from trastienda.jobs.prices import Switch
from trastienda.jobs.webhooks import Dispatcher
from trastienda.process import Process, opened
from trastienda.services.events.relay import WAKE
from trastienda.services.payments.simulated import cards
from trastienda.settings import Settings

OURS = 4  # connections at most; the lanes have some of their own
Work = tuple[float, str, Callable[[], Awaitable[bool]]]
"""How often, in seconds, what, and how; it says whether there may be more."""

# Each of these may run on every node: rows that one node has locked, the others skip. Work that
# must run once is a job that the clock queues (`jobs/queue.py`).
CLOCK = (
    (60.0, "carts that were left", left_carts.remind),
    (60.0, "carts whose time is over", left_carts.expire),
    (2.0, "links to orders", order_links.send),
    (2.0, "requests for passwords", passwords.send),
    (60.0, "unpaid orders", unpaid_orders.look),
    (60.0, "draft orders whose time has come", draft_orders.look),
    (60.0, "returns of which nothing came", returns.look),
    (30.0, "jobs of dead workers", sweeps.take_up),
    (2.0, "gift cards that are paid", gift_cards.issue),
    (60.0, "gift cards that expire", gift_cards.expire),
    (30.0, "mails of dead workers", mail.take_up),
    (15.0, "orders that the ledger lacks", payments.catch_up),
    (300.0, "days of reports", reports.keep),
)


async def run(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM; wait for the database whenever it is away."""
    stopping = asyncio.Event()
    quiet(asyncio.get_running_loop())
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await work(settings, stopping)


async def work(settings: Settings, stopping: asyncio.Event) -> None:
    """Relay, send, settle and sweep until `stopping`, then finish what has begun."""
    database = Database(settings.database_url or "", OURS)
    async with (
        opened(settings, database) as process,
        _woken(settings, database),
        asyncio.TaskGroup() as group,
    ):
        with suppress(Unavailable, psycopg.Error, SQLAlchemyError):  # the clock tries again
            await payments.know_providers(process.providers)
        dispatcher, mailer = Dispatcher(process.sender), Mailer(settings)
        group.create_task(Lanes(settings).run(_direct(settings), stopping))
        group.create_task(dispatcher.run(stopping))
        group.create_task(mailer.run(stopping))
        relay, wake = _waking(events.relay, mailer.wake, dispatcher.wake), database.happened
        group.create_task(every(1.0, "outbox", relay, stopping, wake))
        sales = (1.0, "sales switched by the clock", Switch().look)
        tidy = (30.0, "letters half written", mail.tidying(settings))
        paying = _payments(settings, process)
        for seconds, name, periodic in (*CLOCK, *paying, sales, tidy):
            group.create_task(every(seconds, name, periodic, stopping))


def _waking(
    work: Callable[[], Awaitable[bool]], *wake: Callable[[], None]
) -> Callable[[], Awaitable[bool]]:
    """Wrap `work`, so that what it may have made due is looked for at once."""

    async def work_and_wake() -> bool:
        more = await work()
        for each in wake:
            each()
        return more

    return work_and_wake


def _payments(settings: Settings, process: Process) -> list[Work]:
    """Say what is done about payments, and how often."""
    providers = process.providers
    works: list[Work] = [
        (5.0, "payment providers", partial(payments.know_providers, providers)),
        (15.0, "abandoned payments", partial(sweeps.settle_abandoned, providers)),
        (5.0, "payments to compare", partial(payments.compare, providers)),
        (2.0, "refunds", partial(payments.send_refunds, providers)),
        (1.0, "payment webhooks", partial(payments.work_off, providers)),
    ]
    if cards.NAME in providers:
        act = simulated_payments.Provider(settings).act
        works.append((1.0, "the simulated payment provider", act))
    return works


@asynccontextmanager
async def _woken(settings: Settings, database: Database) -> AsyncIterator[None]:
    """Wake the relay as soon as another process notifies it of an event."""
    heard = listen(_direct(settings), WAKE, lambda _: database.happened.set())
    listening = asyncio.create_task(heard, name="woken by others")
    try:
        yield
    finally:
        listening.cancel()


def _direct(settings: Settings) -> str:
    return settings.database_direct_url or settings.database_url or ""
