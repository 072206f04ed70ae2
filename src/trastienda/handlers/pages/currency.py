"""The currency of a page: `?currency=`, then the visitor's choice, then the channel's own.

Carts keep the currency that they were opened in.
"""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from litestar.datastructures import Cookie
from litestar.types import Scope

from trastienda.middlewares.identity import cookies
from trastienda.services.channels import channels

COOKIE, FIELD = "__Host-currency", "currency"
KEPT = timedelta(days=365)


def asked(scope: Scope) -> str | None:
    """Return the currency that the address names, if it names one that the shop takes."""
    if b"currency=" not in scope["query_string"]:
        return None
    return _taken(dict(parse_qsl(scope["query_string"].decode("latin-1"))).get(FIELD, ""))


def of(scope: Scope) -> str:
    """Return the currency of a page. Raise NoChannel."""
    chosen = asked(scope) or _taken(cookies.cookie(scope, COOKIE) or "")
    return chosen or channels.currency(None)


def remembered(scope: Scope) -> list[Cookie]:
    """Return the cookie that keeps a currency that the visitor has just chosen."""
    chosen = asked(scope)
    if chosen is None or cookies.cookie(scope, COOKIE) == chosen:
        return []
    return [cookies.made(COOKIE, chosen, KEPT)]


def elsewhere(scope: Scope, currency: str) -> str:
    """Return the address of the same page in a currency; bounds of prices do not go with it."""
    query = parse_qsl(scope["query_string"].decode("latin-1"))
    left_out = {FIELD, "cursor", "min_price", "max_price"}
    kept = [(name, text) for name, text in query if name not in left_out]
    return f"{scope['path']}?{urlencode([*kept, (FIELD, currency)])}"


def _taken(currency: str) -> str | None:
    return currency if currency in channels.current().currencies else None
