"""Where a request comes from, as far as attempts are counted by it."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.types import Scope

from trastienda.settings import Settings, Switch

Counted = NamedDependency[str | None]
"""A handler that counts attempts takes `client: Counted`; it is None when limits are off."""

HOUSEHOLD = 64  # bits: who has one IPv6 address has all the others of its network


def counted(settings: Settings) -> Callable[[Request[Any, Any, Any]], str | None]:
    """Make the provider of `Counted`."""

    def client(request: Request[Any, Any, Any]) -> str | None:
        if settings.rate_limits is Switch.OFF:
            return None
        return address(request.scope, behind_proxy=settings.behind_proxy is Switch.ON)

    return client


def address(scope: Scope, *, behind_proxy: bool) -> str:
    """Give the address to count, of an IPv6 one its network.

    Behind a proxy it is the last of X-Forwarded-For, which the proxy itself has added; what stands
    before it is only what the client says.
    """
    client = scope["client"]
    peer = client[0] if client else ""
    forwarded = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    if behind_proxy and forwarded:
        peer = forwarded[-1].decode("latin-1").rpartition(",")[2].strip()
    try:
        parsed = ip_address(peer)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((int(parsed), HOUSEHOLD), strict=False))
    return str(parsed)
