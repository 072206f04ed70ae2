"""Where a buyer may be sent after a second step: pages of the shop, and of its channels."""

from collections.abc import Container
from urllib.parse import urlsplit

from trastienda.errors import Invalid
from trastienda.services.channels import channels

CANCELLED = "cancelled"
"""The parameter that says so of an address that a buyer comes back to without having paid."""


def check(url: str | None, pages: Container[str]) -> None:
    """Raise ReturnUrlUnusable for an address that is on none of the origins."""
    if url is None:
        return
    place = origin(url) if url.isascii() and url.isprintable() and " " not in url else ""
    if not place or (place not in pages and place not in channels.origins()):
        raise ReturnUrlUnusable(pointer="/payment/return_url")


def origin(url: str) -> str:
    """Return the origin of an address as browsers write it; empty for what is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"https", "http"} or not parts.hostname or "@" in parts.netloc:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"https": 443, "http": 80}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if port in {None, usual} else f":{port}")


def after_cancelling(url: str) -> str:
    """Return where a buyer comes back to who does not pay: the page may end the payment then."""
    parts = urlsplit(url)
    query = f"{parts.query}&{CANCELLED}=1" if parts.query else f"{CANCELLED}=1"
    return parts._replace(query=query).geturl()


class ReturnUrlUnusable(Invalid):
    """The buyer can only be sent back to a page of the shop, or of an origin of its channel."""
