"""Two independent layers against requests that another site makes a browser send.

First, where the request comes from: `Origin`, or where it is absent `Sec-Fetch-Site`. Second, a
token that only our own pages can read, for requests that carry the session cookie. A request with
a bearer key carries nothing that a browser adds by itself, and passes both.
"""

import secrets
from collections.abc import Callable, Container
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda.errors import Forbidden
from trastienda.middlewares import cookies
from trastienda.services import tokens
from trastienda.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PURPOSE = "csrf"
EXEMPT = frozenset({"/v1/unsubscribe"})
"""What goes by the token in its address alone, and is called by mail programs (RFC 8058)."""
LONGEST_SEED = 100  # ours have 43 characters


class ForeignOrigin(Forbidden):
    """The request comes from a page of another site."""


class CsrfTokenWrong(Forbidden):
    """The X-CSRF-Token header is missing or wrong; ask for GET /v1/session to get one."""


def protected(ours: Container[str], storefronts: Container[str]) -> Callable[[ASGIApp], ASGIApp]:
    """Wrap the whole application; `storefronts` are the origins of channels, and may grow."""

    def wrapped(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            if scope.get("method", "GET") not in SAFE and not exempt(scope):
                if not from_our_pages(scope, ours, storefronts):
                    raise ForeignOrigin
                session = cookies.cookie(scope, cookies.SESSION)
                if session is not None and not token_right(scope, session):
                    raise CsrfTokenWrong
            await app(scope, receive, send)

        return serve

    return wrapped


def from_our_pages(scope: Scope, ours: Container[str], storefronts: Container[str]) -> bool:
    origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    if origins:  # "null", which a sandboxed frame sends, is nobody's
        return all(origin in ours or origin in storefronts for origin in origins)
    return cookies.header(scope, b"sec-fetch-site") not in {"cross-site", "same-site"}


def token_right(scope: Scope, session: str) -> bool:
    seed, given = seed_of(scope), cookies.header(scope, b"x-csrf-token")
    if seed is None or given is None:
        return False
    return tokens.verify(PURPOSE, f"{session}\0{seed}", given)


def exempt(scope: Scope) -> bool:
    return scope["path"] in EXEMPT or bearer(scope)


def bearer(scope: Scope) -> bool:
    scheme, _, key = (cookies.header(scope, b"authorization") or "").partition(" ")
    return scheme.lower() == "bearer" and bool(key.strip())


def our_origins(settings: Settings) -> frozenset[str]:
    """Give the origins that are ours by the settings; what the Host header says is not asked."""
    mine = {origin(settings.url)}
    if not settings.in_production:
        hosts = ("localhost", "127.0.0.1", "[::1]")
        mine |= {origin(f"https://{host}:{settings.port}") for host in hosts}
    return frozenset(mine)


def origin(url: str) -> str:
    """Write the origin of a URL as browsers do: ASCII, lower case, no default port."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in {None, usual} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def seed_of(scope: Scope) -> str | None:
    """Give the random value in the browser's CSRF cookie, if it can be one of ours."""
    seed = cookies.cookie(scope, cookies.CSRF)
    return seed if seed is not None and len(seed) <= LONGEST_SEED else None


def fresh_seed() -> str:
    return secrets.token_urlsafe(32)


def token_for(seed: str, session: str | None) -> str:
    """Make the token that goes with a CSRF cookie and a session cookie, if there is one."""
    return tokens.sign(PURPOSE, f"{session or ''}\0{seed}")
