"""The host names of this server. A request for any other Host is refused.

They come from the settings, never from the request: otherwise links in mails and the Origin check
would follow whatever a stranger writes into Host.
"""

from collections.abc import Callable, Container
from urllib.parse import urlsplit

from litestar.types import Scope

from trastienda.errors import Malformed
from trastienda.middlewares.asgi import Wrapper, checked
from trastienda.settings import Settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
DEFAULT_PORT = {"https": 443, "http": 80}


class UnknownHost(Malformed):
    """No shop answers to that host name here."""


def ours(settings: Settings) -> set[str]:
    """Return the values of Host that mean this server: its public name and the loopback names."""
    names = {f"{name}:{settings.port}" for name in LOOPBACK}
    if settings.host not in ANY_ADDRESS:
        literal = f"[{settings.host}]" if ":" in settings.host else settings.host
        names.add(f"{literal}:{settings.port}".lower())
    return names | spelled(settings.url)


def spelled(url: str) -> set[str]:
    """Return the values of Host for a URL: a default port may be left out."""
    parts = urlsplit(url)
    host, default = parts.netloc.lower(), DEFAULT_PORT.get(parts.scheme)
    if parts.port is None:
        return {host, f"{host}:{default}"}
    return {host, host.removesuffix(f":{default}")}


def only(mine: Container[str], channels: Callable[[], Container[str]]) -> Wrapper:
    """Refuse all hosts but ours and those of channels, which may change while we run."""

    def check(scope: Scope) -> None:
        named = [value for name, value in scope["headers"] if name == b"host"]
        host = named[0].decode("latin-1").lower() if len(named) == 1 else ""
        if host not in mine and host not in channels():
            raise UnknownHost

    return checked(check)
