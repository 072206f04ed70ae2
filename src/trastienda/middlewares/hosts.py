"""Which names this server answers to. A Host that is none of them is refused.

"Ours" comes from the settings, never from the request: links in mail and the Origin check would
otherwise follow whatever a stranger writes into Host.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda.errors import Malformed
from trastienda.settings import Settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
DEFAULT_PORT = {"https": 443, "http": 80}


class UnknownHost(Malformed):
    """No shop answers to that host name here."""


def ours(settings: Settings) -> set[str]:
    """Return the values of Host that mean this server: its public name, and loopback names."""
    names = {f"{name}:{settings.port}" for name in LOOPBACK}
    if settings.host not in ANY_ADDRESS:
        literal = f"[{settings.host}]" if ":" in settings.host else settings.host
        names.add(f"{literal}:{settings.port}".lower())
    return names | spelled(settings.url)


def spelled(url: str) -> set[str]:
    """Return the values of Host that a client of `url` may send: a default port may be left out."""
    parts = urlsplit(url)
    host, default = parts.netloc.lower(), DEFAULT_PORT.get(parts.scheme)
    if parts.port is None:
        return {host, f"{host}:{default}"}
    return {host, host.removesuffix(f":{default}")}


def only(mine: AbstractSet[str], channels: AbstractSet[str]) -> Callable[[ASGIApp], ASGIApp]:
    """Refuse other hosts than ours and those of channels, which may grow while we run."""

    def wrapped(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            named = [value for name, value in scope["headers"] if name == b"host"]
            host = named[0].decode("latin-1").lower() if len(named) == 1 else ""
            if host not in mine and host not in channels:
                raise UnknownHost
            await app(scope, receive, send)

        return serve

    return wrapped
