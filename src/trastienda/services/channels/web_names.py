"""Hosts and origins as browsers send them (WHATWG URL), to be compared with headers."""

import re
from ipaddress import IPv4Address, IPv6Address

from trastienda.errors import Invalid

HTTPS = "https://"
HTTPS_PORT = 443
LONGEST = 253  # RFC 1035, as text
_PLACE = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^:\[\]]+)(?::(?P<port>[1-9][0-9]{0,4}))?")
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")


def host(text: str, pointer: str) -> str:
    """Normalise `host` or `host:port`: lower case, ASCII, no default port. Raise HostUnusable."""
    try:
        return _place(text)
    except ValueError:
        raise HostUnusable(host=text, pointer=pointer) from None


def origin(text: str, pointer: str) -> str:
    """Normalise `https://host` or `https://host:port`, with no path. Raise OriginUnusable."""
    scheme, rest = text[: len(HTTPS)].lower(), text[len(HTTPS) :]
    try:
        authority = _place(rest)
    except ValueError:
        raise OriginUnusable(origin=text, pointer=pointer) from None
    if scheme != HTTPS:
        raise OriginUnusable(origin=text, pointer=pointer)
    return scheme + authority


def _place(text: str) -> str:
    match = _PLACE.fullmatch(text.lower())
    if match is None:
        raise ValueError(text)
    port = int(match["port"] or HTTPS_PORT)
    if port > 65_535:  # noqa: PLR2004 - the largest there is
        raise ValueError(text)
    return _host(match["host"]) + ("" if port == HTTPS_PORT else f":{port}")


def _host(text: str) -> str:
    """Normalise a name or an address. Raise ValueError, of which UnicodeError is a subclass."""
    if text.startswith("["):
        return f"[{IPv6Address(text[1:-1])}]"
    name = text.encode("idna").decode("ascii").lower()
    if name.rpartition(".")[2].isdecimal():  # a name that ends in a number is an address
        return str(IPv4Address(name))
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        raise ValueError(text)
    return name


class HostUnusable(Invalid):
    """A host is a name or an address, with a port if need be."""


class OriginUnusable(Invalid):
    """An origin is https:// and a host, with a port if need be."""
