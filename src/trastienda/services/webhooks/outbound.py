"""Connections to addresses that staff typed in: only to public ones (CWE-918, SSRF).

The name is resolved here, every address is checked, and the connection goes to a checked address.
So it does not help an attacker if the name resolves to another one a moment later (DNS rebinding).
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import httpcore

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns all addresses of a name. Raises OSError."""

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

# Ranges that `is_global` accepts, or accepts in some versions of Python.
_NEVER = tuple(
    map(
        ip_network,
        (
            "192.88.99.0/24",  # 6to4 relays
            "168.63.129.16/32",  # the metadata service of Azure
            "2001::/23",  # Teredo and other tunnels
            "2001:db8::/32",
            "2002::/16",  # 6to4: it contains an IPv4 address
            "3fff::/20",
            "5f00::/16",
        ),
    )
)
_UNICAST = ip_network("2000::/3")
"""All public IPv6 addresses: not mapped (::ffff:…), translated (64:ff9b::) or local ones."""


def public(address: str) -> bool:
    """Say whether an address belongs to the public internet."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return _public(parsed) and not any(parsed in each for each in _NEVER)


def callable_url(url: str, *, private: bool, plain: bool) -> bool:
    """Say whether a URL may be called: by HTTPS, or on this machine by HTTP if `plain`.

    It holds no password and no fragment, and no address that is not public, unless `private`.
    """
    try:
        parts = urlsplit(url)
        host, whole = parts.hostname, parts.port != 0 and "#" not in url
    except ValueError:
        return False
    spoken = parts.scheme == "https" or (plain and host in LOCAL)
    open_ = private or not _is_address(host or "") or public(host or "")
    return bool(host and whole and spoken and open_ and "@" not in parts.netloc)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and (address.scope_id or address not in _UNICAST):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


class Resolver:
    """The system's resolver in threads of its own, so that a slow name server blocks no others."""

    def __init__(self, at_once: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="names")

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, self._ask, host, port
        )
        return list(dict.fromkeys(str(place[0]) for *_, place in found))

    @staticmethod
    def _ask(host: str, port: int) -> Iterable[tuple[Any, ...]]:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


class Guard(httpcore.AsyncNetworkBackend):
    """Connects to checked addresses only; if `private`, to any address: for development."""

    def __init__(
        self,
        resolve: Resolve,
        *,
        private: bool,
        network: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._resolve, self._private = resolve, private
        self.network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers. Raise AddressRefused or NameNotFound."""
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NameNotFound from error
        # One address that is not public is enough to refuse: no honest name has both kinds.
        if not self._private and not all(map(public, addresses)):
            raise AddressRefused
        failure: Exception = NameNotFound()
        for address in addresses:
            try:
                return await self.network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                failure = error
        raise failure


class AddressRefused(Exception):
    """The name resolves to an address that is not public."""


class NameNotFound(Exception):
    """The name does not resolve."""
