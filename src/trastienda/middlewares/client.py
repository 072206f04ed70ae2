"""Where a request comes from, as far as attempts are counted by it."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.types import Scope

from trastienda.middlewares.hosts import LOOPBACK
from trastienda.settings import Settings, Switch

Counted = NamedDependency[str | None]
"""A handler that counts attempts takes `client: Counted`; it is None when limits are off."""

PASSED_ON = frozenset({b"forwarded", b"via", b"x-forwarded-for", b"x-real-ip"})
"""Headers by which a proxy gives itself away."""
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


def on_this_machine(scope: Scope) -> bool:
    """Say whether a program on this machine asks us, for nobody else.

    The connection comes from here, nothing says that it was passed on, and it asks for a name
    that means this machine: a proxy beside us shows the names that its clients ask for.
    """
    names = [name for name, _ in scope["headers"]]
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if not scope["client"] or len(hosts) != 1 or not PASSED_ON.isdisjoint(names):
        return False
    try:
        peer = ip_address(scope["client"][0])
    except ValueError:
        return False
    mapped = peer.ipv4_mapped if isinstance(peer, IPv6Address) else None
    return (mapped or peer).is_loopback and hosts[0].rpartition(":")[0].lower() in LOOPBACK
