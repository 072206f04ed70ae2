"""External services: for tax rates, couriers' prices, and checks of VAT numbers."""

from contextvars import ContextVar

from trastienda.services.outside.connection import Connections, connections
from trastienda.services.outside.questions import COURIER, TAX, VAT

__all__ = [
    "COURIER",
    "TAX",
    "VAT",
    "Connections",
    "connections",
    "connections_in_use",
    "current",
    "has",
]

connections_in_use: ContextVar[Connections | None] = ContextVar("connections in use", default=None)


def current() -> Connections | None:
    """Return the external services of this process, or None if it has none."""
    return connections_in_use.get()


def has(service: str) -> bool:
    """Say whether a service is configured."""
    mine = current()
    return mine is not None and service in mine.places
