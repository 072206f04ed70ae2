"""What is refused, as a page: for whoever asks for HTML at an address that is not the API's."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote, urlencode

from litestar.types import Scope, Send

from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError, Unauthenticated
from trastienda.handlers.pages import answers, language
from trastienda.handlers.pages.answers import Frame
from trastienda.handlers.pages.rendering import Views
from trastienda.middlewares.answers.errors import status_of
from trastienda.middlewares.asgi import Headers, send_whole
from trastienda.middlewares.identity import access, cookies, csrf
from trastienda.middlewares.requests import form_bodies, request_id
from trastienda.schemas.shared.visitor import ANYONE
from trastienda.titles import title

Refuse = Callable[[ShopError, Headers, Scope, Send], Awaitable[bool]]
API = ("/v1/", "/health/", "/media/", "/docs", "/problems", "/metrics", "/mailbox", "/assets/")
CARRIED = "carried/"
"""Under this name a login page carries the fields of the form whose session had ended."""
NOT_CARRIED = frozenset({form_bodies.TOKEN})
LOGIN = "/login"
MOST_CARRIED = 500
SEE_OTHER, UNAUTHORIZED = 303, 401


def as_pages(views: Views) -> Refuse:
    """Return what answers a refusal with a page, and says whether it did."""

    async def refuse(problem: ShopError, headers: Headers, scope: Scope, send: Send) -> bool:
        if not wanted(scope, views):
            return False
        status, more, text = _answer(problem, scope, views)
        named = [
            (b"content-security-policy", answers.POLICY.encode()),
            (b"referrer-policy", b"same-origin"),
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(text)).encode()),
        ]
        await send_whole(send, status, [*headers, *named, *more], text)
        return True

    return refuse


def wanted(scope: Scope, views: Views) -> bool:
    """Say whether a refusal is shown as a page: to browsers, where there are pages."""
    path = scope["path"]
    if path.startswith(API) or not (views.has_storefront or path.startswith("/admin")):
        return path == LOGIN and _asks_for_html(scope)
    return _asks_for_html(scope)


def _asks_for_html(scope: Scope) -> bool:
    return "text/html" in (cookies.header(scope, b"accept") or "")


def _answer(problem: ShopError, scope: Scope, views: Views) -> tuple[int, Headers, bytes]:
    if isinstance(problem, Unauthenticated):
        return _logging_in(problem, scope, views)
    status = status_of(type(problem))
    locale = language.of(scope)
    facts = {
        "status": status,
        "title": title(type(problem), locale),
        "request_id": request_id.current(),
        "for_staff": scope["path"].startswith("/admin"),
    }
    return status, [], _render(scope, views, "parts/problem.html", locale, facts)


def _logging_in(problem: ShopError, scope: Scope, views: Views) -> tuple[int, Headers, bytes]:
    """Lead to the login page, or show it with all that was typed into a form."""
    here = scope["path"]
    if query := scope["query_string"].decode("latin-1"):
        here += f"?{query}"
    if scope.get("method") in csrf.SAFE:
        where = f"{LOGIN}?{urlencode({'next': here})}"
        return SEE_OTHER, [(b"location", where.encode())], b""
    carried = [
        (CARRIED + name, text)
        for name, text in form_bodies.fields(scope)[:MOST_CARRIED]
        if name not in NOT_CARRIED and "password" not in name
    ]
    locale = language.of(scope)
    in_dialog = cookies.header(scope, b"hx-request") == "true"
    facts = {"next": here, "carried": carried, "told": title(type(problem), locale)}
    template = "parts/session.html" if in_dialog else "parts/session_page.html"
    more: Headers = [(b"hx-retarget", b"#session"), (b"hx-reselect", b"#session-form")]
    text = _render(scope, views, template, locale, facts)
    return UNAUTHORIZED, more if in_dialog else [], text


def _render(
    scope: Scope, views: Views, template: str, locale: Locale, facts: dict[str, Any]
) -> bytes:
    """Render with a frame that needs no question: the database may be what has failed."""
    state: dict[str, Any] = scope.get("state") or {}
    frame = Frame(scope, views, state.get("visitor") or ANYONE)
    if access.session_token(scope):
        frame.seed = csrf.seed_of(scope)
    return views.render(template, locale, {"page": frame, **facts}).encode()


def login_address(next_: str) -> str:
    """Return the address of the login page that leads on to a page."""
    return f"{LOGIN}?next={quote(next_, safe='/')}"
