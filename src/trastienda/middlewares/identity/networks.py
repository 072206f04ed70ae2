"""The client that an address stands for, wherever clients are counted."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

NETWORK = 64  # bits: a client with one IPv6 address usually has its whole network
REMEMBERED = 4_096


@lru_cache(REMEMBERED)
def client(address: str) -> str:
    """Return the address itself, for IPv6 its network, or `unknown`."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((int(parsed), NETWORK), strict=False))
    return str(parsed)
