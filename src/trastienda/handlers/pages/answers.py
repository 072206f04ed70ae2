"""Answers of pages: a whole page, a redirect after a form, and what is said once after it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.types import Scope

from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError
from trastienda.handlers.pages import brand, currency, forms, language
from trastienda.handlers.pages.rendering import Body, Views
from trastienda.middlewares.identity import access, cookies, csrf
from trastienda.schemas.catalogue.category import CategoryView
from trastienda.schemas.shared.visitor import ANYONE, Visitor
from trastienda.schemas.storefront.settings import StorefrontView
from trastienda.services.channels import channels
from trastienda.services.storefront import shown

AnyRequest = Request[Any, Any, Any]
HTML = "text/html"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
OPEN_TO_ALL = "private, no-cache"
"""May be shown again by *Back*, and is asked for anew otherwise."""
PERSONAL = "no-store"
KEY_OF_FORM = b'name="key"'
"""A form that posts has a key of its own, so a page with one is not shown twice."""
WORTH_PACKING = 1_000
"""Bytes. Pages with a CSRF token, or with anything else that only one visitor may know, are never
compressed: their length would tell of it, as BREACH has shown."""
NOTICE = "__Host-notice"
LONGEST_NOTICE = 3_000  # characters: browsers keep cookies of 4 KB
SHORTENED = 300  # characters: what a notice says at most where it would be too long
OVER = timedelta(0)
Undo = tuple[str, Mapping[str, str]]
"""The address of a form that takes something back, and its fields."""


@dataclass
class Frame:
    """What every page shows around its content. The templates know it as `page`."""

    scope: Scope
    views: Views
    visitor: Visitor = ANYONE
    categories: Sequence[CategoryView] = ()
    cart_units: int = 0
    is_preview: bool = False
    """Whether staff see what buyers do not see yet."""
    told: Mapping[str, Any] | None = None
    """What is said once: `text`, `kind` (done or failed), and `undo`, an address, with `fields`."""
    seed: str | None = None
    """The random value of the CSRF cookie; None without a session, which needs no token."""
    cookies: list[Cookie] = field(default_factory=list)

    @property
    def locale(self) -> Locale:
        return language.of(self.scope)

    @property
    def path(self) -> str:
        path: str = self.scope["path"]
        return path

    @property
    def query(self) -> str:
        return self.scope["query_string"].decode("latin-1")

    @property
    def here(self) -> str:
        """The address of this page, without the host."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def canonical(self) -> str:
        return self.views.address + self.path

    def absolute(self, url: str) -> str:
        """Return an address with the host."""
        return url if "://" in url else self.views.address + url

    @cached_property
    def look(self) -> StorefrontView:
        """What the shop shows around its pages: logo, texts, legal pages."""
        return shown.view(self.locale) if self.shop else shown.NOTHING

    @property
    def brand_css(self) -> str:
        """The address of the stylesheet with the shop's colours; nothing if it has none."""
        sheet = brand.stylesheet(self.look.palette)
        return sheet.address if sheet.text else ""

    @property
    def shop(self) -> str:
        return channels.shop_name()

    @property
    def currency(self) -> str:
        return currency.of(self.scope)

    @property
    def currencies(self) -> list[tuple[str, str]]:
        """The currencies of the shop, and the address of this page in each; none if it has one."""
        known = self.look.currencies
        return [(it, currency.elsewhere(self.scope, it)) for it in known] if known[1:] else []

    @property
    def is_staff(self) -> bool:
        return bool(self.visitor.roles)

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """The languages: tag, name, and the address of this page in each."""
        return [(it.value, language.NAMES[it], language.elsewhere(self.scope, it)) for it in Locale]

    @cached_property
    def csrf_token(self) -> str:
        """The token for this session, or nothing: without a session none is asked for."""
        token = access.session_token(self.scope)
        return csrf.token_for(self.seed, token) if self.seed and token else ""

    def text(self, english: str) -> str:
        """Return a text of a handler in the language of the page."""
        return self.views.gettext(self.locale, english)

    @staticmethod
    def fresh_key() -> str:
        """Return an idempotency key for a form."""
        return forms.fresh_key()


def framed(request: AnyRequest, visitor: Visitor = ANYONE) -> Frame:
    """Return the frame of a page, as far as no other question is needed for it."""
    scope = request.scope
    frame_cookies = [*language.remembered(scope), *currency.remembered(scope)]
    told = cookies.cookie(scope, NOTICE)
    if told is not None:
        frame_cookies.append(cookies.made(NOTICE, "", OVER))
    seed = None
    if access.session_token(scope) is not None:
        seed = csrf.seed_of(scope)
        if seed is None:
            seed = csrf.fresh_seed()
            frame_cookies.append(cookies.made(csrf_cookie(), seed))
    return Frame(
        scope,
        request.app.state["views"],
        visitor,
        told=_read(told) if told else None,
        seed=seed,
        cookies=frame_cookies,
    )


def csrf_cookie() -> str:
    return cookies.CSRF


def page(
    frame: Frame, template: str, *, status: int = 200, keep: str = OPEN_TO_ALL, **facts: object
) -> Response[Any]:
    """Render a page. Its headers are those of a page in place of the API's strict ones."""
    body = Body(frame.views.render(template, frame.locale, {"page": frame, **facts}))
    return _whole(frame, body, status, keep)


def page_of(
    frame: Frame, template: str, source: Hashable, facts: Callable[[], Mapping[str, Any]]
) -> Response[Any]:
    """Return a page whose facts follow from `source` and from the frame; render it if it is new.

    So nothing is shown that is not so any more: what a page shows is read each time. It is for
    pages that many visitors see alike: one with a session has a page of their own.
    """
    if frame.seed is not None or frame.visitor != ANYONE or frame.told or frame.is_preview:
        return page(frame, template, **facts())
    around = msgspec.json.encode((frame.categories, frame.look))
    key = template, frame.locale, frame.here, source, frame.cart_units, frame.currency, around
    pages = frame.views.pages
    body = pages.get(key)
    if body is None:
        body = Body(frame.views.render(template, frame.locale, {"page": frame, **facts()}))
        if KEY_OF_FORM not in body.plain:
            pages.keep(key, body)
    return _whole(frame, body, 200, OPEN_TO_ALL)


def _whole(frame: Frame, body: Body, status: int, keep: str) -> Response[Any]:
    headers = {
        "content-security-policy": POLICY,
        "referrer-policy": "same-origin",  # with none, forms would send `Origin: null`
        "cache-control": keep,
        "content-language": frame.locale.value,
    }
    content = body.plain
    if frame.seed is None and keep == OPEN_TO_ALL and len(content) >= WORTH_PACKING:
        headers["vary"] = "Accept-Encoding"
        if "gzip" in (cookies.header(frame.scope, b"accept-encoding") or ""):
            content, headers["content-encoding"] = body.packed, "gzip"
    return Response(
        content,
        status_code=status,
        media_type=HTML,
        headers=headers,
        cookies=frame.cookies,
    )


def go(
    request: AnyRequest,
    address: str,
    *added: Cookie,
    told: str | None = None,
    undo: Undo | None = None,
) -> Response[None]:
    """Lead on after a form, and say there what was done.

    `undo` is the address of the form that takes it back, and its fields. htmx follows a 303 by
    itself and would put the whole page into its target, so it is told to load the page.
    """
    sent_cookies = list(added)
    if told:
        written = _written(notice(told, undo))
        sent_cookies.append(cookies.made(NOTICE, written, timedelta(minutes=1)))
    headers = {"cache-control": PERSONAL}
    if cookies.header(request.scope, b"hx-request") == "true":
        headers["hx-redirect"] = address.partition("#")[0]  # only the fragment would load nothing
        return Response(None, status_code=200, headers=headers, cookies=sent_cookies)
    headers["location"] = address
    return Response(None, status_code=303, headers=headers, cookies=sent_cookies)


def notice(text: str, undo: Undo | None = None) -> dict[str, Any]:
    """Return what a page says once: that something was done, and the form that takes it back."""
    said: dict[str, Any] = {"text": text, "kind": "done"}
    return said | {"undo": undo[0], "fields": undo[1]} if undo else said


def refused(
    request: AnyRequest, form: forms.Form, problem: ShopError, below: str = ""
) -> forms.Form:
    """Note in a form what was refused, and report it where it is a security event."""
    request.app.state["report"](problem, request.scope)
    return form.refuse(problem, language.of(request.scope), below)


def local(address: str, otherwise: str = "/") -> str:
    """Return an address of this shop as it is; anything that could lead elsewhere is not taken."""
    parts = urlsplit(address)
    plain = address.isascii() and address.isprintable() and "\\" not in address
    if parts.scheme or parts.netloc or not plain or not address.startswith("/"):
        return otherwise
    return otherwise if address.startswith("//") else address


def _written(said: Mapping[str, Any]) -> str:
    """Write a notice; one that is too long for a cookie goes without the way back."""
    text = urlsafe_b64encode(msgspec.json.encode(said)).decode().rstrip("=")
    if len(text) <= LONGEST_NOTICE:
        return text
    cut = {"text": said["text"][:SHORTENED], "kind": said["kind"]}
    return urlsafe_b64encode(msgspec.json.encode(cut)).decode().rstrip("=")


def _read(text: str) -> Mapping[str, Any] | None:
    """Read what `go` wrote; another site cannot set this cookie, a user may write anything."""
    try:
        told = msgspec.json.decode(urlsafe_b64decode(text + "=" * (-len(text) % 4)), type=Notice)
    except (NotBase64, ValueError, msgspec.MsgspecError):
        return None
    return {**told, "undo": local(told.get("undo", ""), "")}


Notice = dict[str, Any]
