"""The language of a page: `?locale=`, then the visitor's choice, then as for the API."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from litestar.datastructures import Cookie
from litestar.types import Scope

from trastienda.database.models.shared.text import Locale
from trastienda.middlewares.identity import cookies
from trastienda.middlewares.requests import locale

COOKIE = "__Host-locale"
KEPT = timedelta(days=365)
NAMES = {Locale.ENGLISH: "English", Locale.SPANISH: "Español"}


def asked(scope: Scope) -> Locale | None:
    """Return the language that the address names, if it names one."""
    if b"locale=" not in scope["query_string"]:
        return None
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    return locale.spoken(query.get("locale", ""))


def of(scope: Scope) -> Locale:
    chosen = cookies.cookie(scope, COOKIE) or ""
    return asked(scope) or locale.spoken(chosen) or locale.of(scope)


def remembered(scope: Scope) -> list[Cookie]:
    """Return the cookie that keeps a language that the visitor has just chosen."""
    chosen = asked(scope)
    if chosen is None or cookies.cookie(scope, COOKIE) == chosen.value:
        return []
    return [cookies.made(COOKIE, chosen.value, KEPT)]


def elsewhere(scope: Scope, language: Locale) -> str:
    """Return the address of the same page in a language: a list begins anew."""
    query = parse_qsl(scope["query_string"].decode("latin-1"))
    kept = [(name, text) for name, text in query if name not in {"locale", "cursor"}]
    return f"{scope['path']}?{urlencode([*kept, ('locale', language.value)])}"
