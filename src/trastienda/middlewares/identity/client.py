"""The client address by which attempts are counted."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Any

from litestar.connection import Request
from litestar.di import NamedDependency
from litestar.types import Scope

from trastienda.middlewares.identity.networks import client as counted_client
from trastienda.middlewares.requests.hosts import LOOPBACK
from trastienda.settings import Settings, Switch

Counted = NamedDependency[str | None]
"""The type of the parameter `client` of handlers that count attempts; None if limits are off."""

PASSED_ON = frozenset({b"forwarded", b"via", b"x-forwarded-for", b"x-real-ip"})
"""Headers that reveal a proxy."""


def counted(settings: Settings) -> Callable[[Request[Any, Any, Any]], str | None]:
    """Return the provider of `Counted`."""

    def client(request: Request[Any, Any, Any]) -> str | None:
        if settings.rate_limits is Switch.OFF:
            return None
        return address(request.scope, behind_proxy=settings.behind_proxy is Switch.ON)

    return client


def address(scope: Scope, *, behind_proxy: bool) -> str:
    """Return the address to count: for IPv6, its network.

    Behind a proxy, it is the last one in X-Forwarded-For, which the proxy has added; the client may
    have made up those before it.
    """
    client = scope["client"]
    peer = client[0] if client else ""
    if behind_proxy:
        forwarded = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        if forwarded:
            peer = forwarded[-1].decode("latin-1").rpartition(",")[2].strip()
    return counted_client(peer)


def on_this_machine(scope: Scope) -> bool:
    """Say whether the request comes from a program on this machine, on its own behalf.

    The connection is local, no header shows a proxy, and Host is a name of this machine: a proxy
    beside us passes on the names that its clients asked for.
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
