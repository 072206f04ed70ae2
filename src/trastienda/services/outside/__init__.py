"""Services outside: who says rates of tax, a courier's price, whether a VAT number is in force."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from trastienda.services.outside.connection import Connections, connections
from trastienda.services.outside.questions import COURIER, TAX, VAT
from trastienda.settings import Settings

__all__ = ["COURIER", "TAX", "VAT", "connected", "current", "has"]

_connected: list[Connections] = []


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Connections]:
    """Say which services this shop has, until the block ends."""
    async with connections(settings) as mine:
        _connected.append(mine)
        try:
            yield mine
        finally:
            _connected.remove(mine)


def current() -> Connections | None:
    return _connected[-1] if _connected else None


def has(service: str) -> bool:
    """Say whether there is anybody to ask."""
    mine = current()
    return mine is not None and service in mine.places
