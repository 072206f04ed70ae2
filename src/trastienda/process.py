"""What a process of the shop holds open, as one object: created once, handed on, closed at the end.

A web worker, the job worker and a command that uses the database have one each. Most of it is
passed as a parameter to the few functions that need it. Four parts are needed deep inside, by
hundreds of functions: what `transaction` and `reading` use, the key of signatures, the current
channel, and external services. Their modules find these in context variables, and `in_use` sets all
four.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import Token
from dataclasses import dataclass, field

from trastienda.controllers.payments import simulated
from trastienda.database.db import Database, connected, database_in_use
from trastienda.services.channels.channels import Storefronts, storefronts_in_use
from trastienda.services.events.listener import EventListener
from trastienda.services.media import store as media_store
from trastienda.services.media.fetching import Fetcher
from trastienda.services.media.store import MediaStore
from trastienda.services.outside import Connections, connections_in_use
from trastienda.services.outside.connection import connections
from trastienda.services.payments import Provider, Providers, return_urls
from trastienda.services.payments.providers.credentials import PURPOSE
from trastienda.services.payments.simulated import cards
from trastienda.services.shared.keyring import Keyring
from trastienda.services.shared.tokens import key_in_use
from trastienda.services.webhooks.sending import Sender
from trastienda.settings import Settings


@dataclass(frozen=True, slots=True)
class Process:
    """Everything that one process holds open."""

    database: Database
    """The pool of connections to PostgreSQL, and SQLAlchemy's engine on top of it."""
    key: bytes = field(repr=False)
    """The shop's secret, which signs tokens and encrypts other secrets."""
    storefronts: Storefronts
    """The channels' settings, as last read."""
    outside: Connections
    """The external services for taxes, couriers' prices and VAT numbers."""
    providers: Providers
    """The payment providers, by name: built-in ones, and a client for each row."""
    pages: frozenset[str]
    """The web origins of this shop's own pages: its address, and that of its front-end."""
    sender: Sender
    """Sends webhooks, within the addresses that are allowed."""
    media: MediaStore
    """The files of pictures."""
    fetcher: Fetcher
    """Fetches pictures, within the same addresses."""
    listener: EventListener
    """Lets clients wait for new events."""

    def in_use(self) -> "InUse":
        """Return a `with` block whose code, and the tasks that it starts, use this process."""
        return InUse(self)


class InUse:
    """A block in which a process is the current one. Blocks may be nested."""

    __slots__ = ("_before", "_process")

    def __init__(self, process: Process) -> None:
        self._process = process
        self._before: tuple[
            Token[Database], Token[bytes], Token[Storefronts], Token[Connections | None]
        ]

    def __enter__(self) -> Process:
        mine = self._process
        self._before = (
            database_in_use.set(mine.database),
            key_in_use.set(mine.key),
            storefronts_in_use.set(mine.storefronts),
            connections_in_use.set(mine.outside),
        )
        return mine

    def __exit__(self, *_: object) -> None:
        database, key, storefronts, outside = self._before
        database_in_use.reset(database)
        key_in_use.reset(key)
        storefronts_in_use.reset(storefronts)
        connections_in_use.reset(outside)


@asynccontextmanager
async def opened(settings: Settings, database: Database) -> AsyncIterator[Process]:
    """Open everything, make it current until the block ends, and close it in reverse."""
    key = settings.signing_secret.encode()
    async with AsyncExitStack() as at_the_end:
        await at_the_end.enter_async_context(connected(database))
        sender = Sender(private=settings.private_webhooks, plain=not settings.in_production)
        at_the_end.push_async_callback(sender.close)
        fetcher = Fetcher(private=settings.private_webhooks, plain=not settings.in_production)
        at_the_end.push_async_callback(fetcher.close)
        outside = await at_the_end.enter_async_context(connections(settings))
        listener = EventListener(settings.database_direct_url or settings.database_url or "")
        at_the_end.callback(listener.close)
        providers = _providers(settings)
        at_the_end.push_async_callback(providers.shut)
        process = Process(
            database=database,
            key=key,
            storefronts=Storefronts(),
            outside=outside,
            providers=providers,
            pages=_pages(settings),
            sender=sender,
            media=media_store.opened(settings.data, settings.media_url),
            fetcher=fetcher,
            listener=listener,
        )
        with process.in_use():
            yield process


def _pages(settings: Settings) -> frozenset[str]:
    urls = [settings.url, *([settings.storefront_url] if settings.storefront_url else [])]
    return frozenset(return_urls.origin(url) for url in urls)


def ring(settings: Settings) -> Keyring:
    """Return the keys of payment providers' credentials."""
    return Keyring(PURPOSE, [secret.encode() for secret in settings.secrets])


def _providers(settings: Settings) -> Providers:
    """Give the payment providers; the simulated one is for trying things out only."""
    built_in: dict[str, Provider] = {}
    if not settings.in_production:
        built_in[cards.NAME] = cards.SimulatedCards(simulated, settings.url)
    return Providers(
        built_in,
        ring(settings),
        addresses=settings.provider_addresses,
        only_live=settings.in_production,
    )
