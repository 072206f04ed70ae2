"""Two independent defences against requests that another site makes a browser send.

First, the origin of the request: `Origin`, or if it is absent `Sec-Fetch-Site`. Second, for
requests with the session cookie, a token that only our own pages can read, in a header or in a
field of a form. A request with a bearer key contains nothing that a browser adds by itself, and
passes both.
"""

import re
import secrets
from collections.abc import Callable, Container
from urllib.parse import urlsplit

from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda.errors import Forbidden
from trastienda.middlewares.asgi import Wrapper, wrapper
from trastienda.middlewares.identity import cookies
from trastienda.middlewares.requests import form_bodies
from trastienda.services.shared import tokens
from trastienda.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PURPOSE, API = "csrf", "/v1/"
EXEMPT = frozenset({"/v1/unsubscribe", "/checkout/return"})
"""Paths that mail programs call (RFC 8058), where the token in the URL alone authorises the
request, and the one that banks send buyers back to by POST, which only leads to a GET."""
OF_PROVIDERS = re.compile(r"/v1/payments/(?:[^/]+/webhook|test/challenges/[^/]+)", re.ASCII)
"""What payment providers sign and send, and a page for people of the simulated one."""
LONGEST_SEED = 100  # ours have 43 characters


class ForeignOrigin(Forbidden):
    """The request comes from a page of another site."""


class CsrfTokenWrong(Forbidden):
    """The X-CSRF-Token header is missing or wrong; ask for GET /v1/session to get one."""


def protected(ours: Container[str], storefronts: Callable[[], Container[str]]) -> Wrapper:
    """Return the wrapper; `storefronts` returns the origins of channels, which may change."""

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("method", "GET") not in SAFE and not exempt(scope):
            if not from_our_pages(scope, ours, storefronts()):
                raise ForeignOrigin
            if not scope["path"].startswith(API):  # the API takes the header alone
                receive = await form_bodies.heard(scope, receive)
            session = cookies.cookie(scope, cookies.SESSION)
            if session is not None and not token_right(scope, session):
                raise CsrfTokenWrong
        await app(scope, receive, send)

    return serve


def from_our_pages(scope: Scope, ours: Container[str], storefronts: Container[str]) -> bool:
    origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    if origins:  # "null", which a sandboxed frame sends, is never ours
        return all(origin in ours or origin in storefronts for origin in origins)
    return cookies.header(scope, b"sec-fetch-site") not in {"cross-site", "same-site"}


def token_right(scope: Scope, session: str) -> bool:
    seed = seed_of(scope)
    given = cookies.header(scope, b"x-csrf-token") or form_bodies.token(scope)
    if seed is None or given is None:
        return False
    return tokens.verify(PURPOSE, f"{session}\0{seed}", given)


def exempt(scope: Scope) -> bool:
    return open_to_others(scope["path"]) or bearer(scope)


def open_to_others(path: str) -> bool:
    """Say whether it does not matter from which page a request comes."""
    return path in EXEMPT or OF_PROVIDERS.fullmatch(path) is not None


def bearer(scope: Scope) -> bool:
    scheme, _, key = (cookies.header(scope, b"authorization") or "").partition(" ")
    return scheme.lower() == "bearer" and bool(key.strip())


def our_origins(settings: Settings) -> frozenset[str]:
    """Return our own origins, from the settings and never from the Host header."""
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
    """Return the random value of the CSRF cookie, if it can be one of ours."""
    seed = cookies.cookie(scope, cookies.CSRF)
    return seed if seed is not None and len(seed) <= LONGEST_SEED else None


def fresh_seed() -> str:
    return secrets.token_urlsafe(32)


def token_for(seed: str, session: str | None) -> str:
    """Return the token that belongs to a CSRF cookie and, if there is one, a session cookie."""
    return tokens.sign(PURPOSE, f"{session or ''}\0{seed}")
